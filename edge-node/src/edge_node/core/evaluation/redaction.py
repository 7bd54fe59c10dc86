"""What an evaluation must not know is masked before a model reads it: name, age, gender, schools.

The record keeps every word. A model copies masked sentences, and each is traced back to the sentence it was made from
before it is looked for in the turn; so a quote is verified, stored and shown as it was said.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from edge_node.core.evaluation.evidence import Quote
from edge_node.core.interview.events import Evidence
from edge_node.core.interview.plan import Competency, Kit
from edge_node.core.interview.text import hangul_share, nfc

VERSION = "redaction/1"

_MASKS = {
    "en": {"name": "[name]", "age": "[age]", "gender": "[person]", "school": "[school]"},
    "ko": {"name": "[이름]", "age": "[나이]", "gender": "[사람]", "school": "[학교]"},
}
_NUMBER = (
    r"(?:\d{1,2}|(?:twenty|thirty|forty|fifty|sixty|seventy)(?:[- ](?:one|two|three|four|five|six|seven|eight|nine))?|"
    r"eighteen|nineteen)"
)
_AGE = {
    "en": (
        rf"\b(?:i am|i'm|i was|aged?|age of|at the age of) {_NUMBER}(?: years? old| years of age)?(?= *(?:[,.;!?]|"
        rf"and\b|but\b"
        r"|when\b|now\b|then\b|years?\b|$))|"
        rf"\b{_NUMBER}[- ]years?[- ]old\b|\bborn (?:in|on) [\w ,]*\d{{2,4}}|\b(?:my|his|her|their) (?:early |mid |"
        rf"late )?"
        r"(?:twenties|thirties|forties|fifties|sixties)\b|\b(?:my|our) (?:\w+ )?birthday\b"
    ),
    "ko": (
        r"(?:만 ?)?(?:\d{1,2}|[가-힣]{1,4}) ?(?:살|세)(?=[에의이일인때 ,.]|였|입|부터|까지|$)|(?:19|20)?\d{2} ?년 ?생|"
        r"(?:이|삼|사|오|육|[2-7]0) ?십?대 ?(?:초반|중반|후반)|[2-6]0대|(?:이십|삼십|사십|오십|육십)대|생년월일|"
        r"나이[가는도]? ?[가-힣\d]+ ?(?:이라|라서|인)"
    ),
}
_GENDER = {
    "en": (
        r"\b(?:wom[ae]n|m[ae]n|girls?|boys?|females?|males?|lad(?:y|ies)|gentlem[ae]n|mothers?|fathers?|moms?|mums?|"
        r"dads?|"
        r"wife|wives|husbands?|girlfriends?|boyfriends?|sisters?|brothers?|daughters?|sons?|mr|mrs|ms|maternity|"
        r"paternity|"
        r"pregnan\w*)\b\.?"
    ),
    "ko": (
        r"여자|남자|여성|남성|여직원|남직원|아내|남편|와이프|엄마|아빠|어머니|아버지|딸|아들(?=[이을은과도 ]|$)|누나|"
        r"언니|오빠|형님|"
        r"여동생|남동생|며느리|사위|임신|출산|군대|군 ?복무|병역|전역|제대"
    ),
}
_SCHOOL = {
    "en": (
        r"\b(?:the )?(?:[A-Z][\w.&'-]+ ){1,5}(?:University|College|Institute of Technology|Polytechnic|Academy|"
        r"(?:High |"
        r"Business |Law |Medical |Grammar )?School)\b|\b(?:University|College|Institute|School) of (?:[A-Z][\w-]+ "
        r"?)+(?:, "
        r"[A-Z]\w+)?|\b(?:Harvard|Stanford|Yale|Oxford|Cambridge|Princeton|Columbia University|MIT|Caltech|KAIST|"
        r"POSTECH|"
        r"UCLA|Berkeley|SNU|Yonsei)\b"
    ),
    "ko": (
        r"[가-힣A-Za-z]{1,12}(?:대학교|대학원|고등학교|중학교|초등학교|여고|남고|과학고|외국어고|외고|여대|교대|공대|"
        r"의대|법대|사관학교)|"
        r"(?:서울|연세|고려|성균관|한양|서강|중앙|이화여|경희|부산|경북|전남|인하|건국|동국|홍익|숙명여|아주|"
        r"충남)대(?=[를을에의와과는은도 ,.]|$)|"
        r"카이스트|포스텍|유니스트|KAIST|POSTECH|UNIST|SKY ?대"
    ),
}
_ASKS_FOR_SCHOOL = re.compile(
    r"\b(?:school|universit\w*|college|degree|alma mater|graduat\w*|academic)\b|학교|학력|학위|전공|출신교|대학",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Redaction:
    """What is masked in one interview's evaluation."""

    language: str
    names: tuple[str, ...]
    schools: bool = True
    """Whether names of schools are masked; not where the rubric asks for them."""


@dataclass(frozen=True, slots=True)
class Masked:
    """Sentences as a model reads them, and what each was made from."""

    shown: tuple[tuple[str, str], ...]
    """(turn id, masked sentence), in order."""

    originals: Mapping[tuple[str, str], str]


def redaction(kit: Kit, competency: Competency) -> Redaction:
    """What is masked when ``competency`` is rated."""
    rubric = " ".join([competency.name, competency.definition, *(a.text for a in competency.anchors)])
    return Redaction(kit.language, names_of(kit.candidate_name), schools=not _ASKS_FOR_SCHOOL.search(rubric))


def names_of(name: str) -> tuple[str, ...]:
    """The ways a candidate's name is said, longest first: whole, its parts, a Korean given name."""
    whole = nfc(name)
    parts = [whole, *whole.split()]
    parts += [part[1:] for part in whole.split() if hangul_share(part) == 1 and len(part) >= 3]
    return tuple(sorted({part for part in parts if len(part) >= 2}, key=lambda part: (-len(part), part)))


def redact(text: str, rule: Redaction) -> str:
    """``text`` with everything masked that the rule names; the same text always gives the same."""
    masked = nfc(text)
    for language in dict.fromkeys((rule.language, "en", "ko")):
        masks = _MASKS[rule.language]
        if rule.schools:
            masked = re.sub(_SCHOOL[language], masks["school"], masked)
        masked = re.sub(_AGE[language], masks["age"], masked, flags=re.IGNORECASE)
        masked = re.sub(_GENDER[language], masks["gender"], masked, flags=re.IGNORECASE)
    for name in rule.names:
        edge = "" if hangul_share(name) else r"\b"
        masked = re.sub(rf"{edge}{re.escape(name)}{edge}", _MASKS[rule.language]["name"], masked, flags=re.IGNORECASE)
    return masked


def masked(sentences: Sequence[tuple[str, str]], rule: Redaction) -> Masked:
    """``sentences`` ((turn id, sentence)) as a model may read them."""
    shown = tuple((turn_id, redact(sentence, rule)) for turn_id, sentence in sentences)
    originals: dict[tuple[str, str], str] = {}
    for masked_one, (_, sentence) in zip(shown, sentences, strict=True):
        originals.setdefault(masked_one, sentence)
    return Masked(shown, originals)


def restored(quotes: Sequence[Quote], known: Masked) -> tuple[Quote, ...]:
    """Quotes of masked sentences as quotes of what was said; any other quote as it is."""
    return tuple(Quote(q.turn_id, known.originals.get((q.turn_id, nfc(q.text)), q.text)) for q in quotes)


def masked_evidence(evidence: Sequence[Evidence], rule: Redaction) -> tuple[Evidence, ...]:
    """Verified quotes as a model may read them."""
    return tuple(replace(item, quote=redact(item.quote, rule)) for item in evidence)
