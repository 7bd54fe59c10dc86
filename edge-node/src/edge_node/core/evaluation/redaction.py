"""What an evaluation must not know is masked before a model reads it: name, age, gender, family, army service, schools.

The record keeps every word. A model copies masked sentences, and each is traced back to the sentence it was made from
before it is looked for in the turn; so a quote is verified, stored and shown as it was said.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from edge_node.core.evaluation.evidence import Quote
from edge_node.core.evaluation.private_life import ARMY, FAMILY
from edge_node.core.evaluation.traits import AGE, GENDER, SCHOOL
from edge_node.core.interview.plan import Competency, Kit
from edge_node.core.interview.review_events import Evidence
from edge_node.core.interview.text import hangul_share, nfc

_MASKS = {
    "en": {"name": "[name]", "age": "[age]", "gender": "[person]", "private": "[private matter]", "school": "[school]"},
    "ko": {"name": "[이름]", "age": "[나이]", "gender": "[사람]", "private": "[사생활]", "school": "[학교]"},
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
    """The ways a candidate's name is said, longest first: whole, its parts, a Korean given name, also set apart."""
    whole = nfc(name)
    parts = [whole, *whole.split(), *whole.replace("-", " ").split()]
    korean = [part for part in whole.split() if hangul_share(part) == 1 and len(part) >= 3]
    parts += [form for part in korean for form in (part[1:], f"{part[0]} {part[1:]}")]
    return tuple(sorted({part for part in parts if len(part) >= 2}, key=lambda part: (-len(part), part)))


def redact(text: str, rule: Redaction) -> str:
    """``text`` with everything masked that the rule names; the same text always gives the same."""
    masked = nfc(text)
    for language in dict.fromkeys((rule.language, "en", "ko")):
        masks = _MASKS[rule.language]
        if rule.schools:
            masked = re.sub(SCHOOL[language], masks["school"], masked)
        masked = re.sub(AGE[language], masks["age"], masked, flags=re.IGNORECASE)
        for private in (FAMILY, ARMY):
            masked = re.sub(private[language], masks["private"], masked, flags=re.IGNORECASE)
        masked = re.sub(GENDER[language], masks["gender"], masked, flags=re.IGNORECASE)
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
