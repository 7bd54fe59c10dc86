"""What of a sentence is told, and what only asks: a question to the interviewer is evidence of nothing.

Told by form, in the sentence's own script. A doubtful sentence counts as a question: what is lost is at most one
sentence of a true answer, and it stays in the record. A question reported in a story ("I asked them what broke") is
part of it.
"""

import re

from edge_node.core.interview.everyday import deeds
from edge_node.core.interview.signals import telling
from edge_node.core.interview.text import hangul_share, nfc

_WHO = r"(?:you|i|we|they|he|she|it|there|this|that|these|those|people|anyone|somebody|someone)"
_WHAT = rf"(?:{_WHO}|the|your|my|a|an|his|her|our|their)"
_ASKS_EN = (
    r"(?:how (?:many|much) (?:\w+ ){1,5}?|how (?:long|often|soon|big|far|old|late|early) |"
    r"(?:what|which) (?!(?:i|we|you|he|she|they|it)\b)\w+ |(?:what|who|when|where|why|how|which)(?:'s|'re)? )"
    rf"(?:(?:is|are|was|were) {_WHAT}\b|(?:do|does|did|will|would|can|could|should|have|has|had) "
    rf"(?!the (?:trick|job|work|rest)\b){_WHAT}\b)|"
    rf"(?:what|who|how|when|where)'s (?:{_WHAT})\b|"
    rf"(?:do|have|are|were|can|could|may|might|shall|should|would|does|did|has|is|was|will) {_WHO}\b(?! was\b)|"
    r"(?:is|are|was|will|would|does|can|could|do) (?:the|your|my|a|an)\b(?=.*\b(?:job|role|position|company|team|"
    r"office|salary|pay|contract|boss|manager|interview)\b)|"
    r"(?:what|how) about\b|who \w+s\b(?=.*\b(?:my|your|me)\b)"
)
_WISHES_EN = (
    r"i(?:'d| would) (?:also |really |just )?like to (?:know|ask|hear)\b|i (?:just |also |really )?want to (?:know|ask)"
    r"(?! for\b)|i(?:'m| am) (?:just |also )?(?:wondering|curious)\b|i wonder\b|i was (?:just |also )?wondering\b|"
    r"(?:let|may|can|could) me ask\b|(?:i have|i've got|there is|one|my) (?:a |one |another |two |some |few )?(?:last |"
    r"other )?questions? (?:for you|about (?:the|this|your)|is)\b|(?:please )?(?:tell|let) me (?:know )?(?:what|who|"
    r"when|where|why|how|if|whether|about)\b"
)
_LEAD_EN = r"(?:(?:and|so|but|well|then|okay|ok|sorry|actually|um+|uh+|hello|hi|sir|also|by the way|please)[, ]+)*"
_CLAUSE_EN = re.compile(rf"(?:^\W*|[,;:–—-]\s+){_LEAD_EN}(?:{_ASKS_EN}|{_WISHES_EN})", re.IGNORECASE)
_TAG_EN = re.compile(
    r",\s*(?:and |so |but |if )?(?:right|ok(?:ay)?|you (?:know|see)|yeah|yes|no|correct|does that [\w ]+|"
    r"is that [\w ]+|do you [\w ]+|you (?:know|see) what i mean|"
    r"(?:is|was|are|did|do|does|has|have|would|could|will)n't [\w ]+)\W*$",
    re.IGNORECASE,
)
_REPORTED_EN = re.compile(
    r"\b(?:i|we|he|she|they|customers?|clients?|manager|boss|colleagues?|team|someone|everyone|people|who|and|then) "
    r"(?:\w+ ){0,2}(?:asked|wondered|said|told|thought|wanted to know|kept asking|questioned|checked|explained|"
    r"showed|discussed|understood|learned|learnt|found out|decided|wrote|saw|described)\b|\basking\b",
    re.IGNORECASE,
)
_OWN_PAST_EN = re.compile(rf"^\W*{_LEAD_EN}(?:i|we|my|our|in|at|after|when|because|first|finally)\b", re.IGNORECASE)

_PUNCTUATED = re.compile(r"[?？][\"'”’)\s]*$")
_ASKS_KO = re.compile(
    r"(?:[가-힣](?<![만끝떠어러타혼빛])나요|[가-힣](?<!니)까요|(?:인|는)지요|"
    r"궁금(?:합니다|해요|한데요|하네요|했습니다|하거든요)|알고 ?싶(?:습니다|어요|은데요)|"
    r"(?:여쭤|여쭙|물어|질문)[가-힣]{0,2} ?(?:보고 ?|드리고 ?|하고 ?)?싶(?:습니다|어요|은데요)|"
    r"질문(?:이|을|도)? ?(?:하나 ?|있)(?:있)?(?:습니다|어요|는데요)|(?:알려|가르쳐|말씀해|답해|설명해) ?주(?:세요|"
    r"십시오|실 ?수|시겠|시면))[\s.!~]*$"
)
_BY_FINAL_KO = re.compile(r"([가-힣])(니까|가요)[\s.!~]*$")
_REPORTED_KO = re.compile(
    r"(?:라고|다고|냐고|지|는지|인지|을지|하고|고) ?(?:\S{1,8} )?(?:물었|묻|물어봤|물어보|여쭤봤|여쭈었|질문했|확인했)"
)
_STATED_KO = re.compile(r"(?<!니까)(?:습니다|어요|았다|었다|했다|니다)[?？][\"'”’)\s]*$")
_BREAK_EN = re.compile(r"[,;]\s+(?:and |but |so )?|\s+[–—-]\s+")
_BREAK_KO = re.compile(r"[,;]\s*|(?<=는데)\s+|(?<=지만)\s+|(?<=[은인]데)\s+|\s+[–—-]\s+")
_FINALS_ASKING = {"니까": 17, "가요": 4}
_FIRST, _FINALS = ord("가"), 28


def asks(sentence: str) -> bool:
    """Whether ``sentence``, as a whole, asks somebody something."""
    text = nfc(sentence)
    return _asks_korean(text) if _script(text) == "ko" else _asks_english(text)


def told(sentence: str) -> str:
    """What of ``sentence`` is no question, exactly as it stands in it: all, what comes before the question, or "".

    "I rebuilt the index, is that what you mean?" tells "I rebuilt the index".
    """
    if not asks(sentence):
        return sentence
    breaks = _BREAK_KO if _script(sentence) == "ko" else _BREAK_EN
    for found in reversed(list(breaks.finditer(sentence))):
        head = sentence[: found.start()].rstrip()
        script = _script(head)
        if head and not asks(head) and (telling(head, script) or deeds(nfc(head), script)):
            return head
    return ""


def _script(text: str) -> str:
    return "ko" if hangul_share(text) >= 0.3 else "en"


def _asks_english(text: str) -> bool:
    if _REPORTED_EN.search(text) and not re.search(r"\b(?:you|your)\b[^\"”]*\?", text, re.IGNORECASE):
        return False
    if _TAG_EN.search(text) or _CLAUSE_EN.search(text):
        return True
    # A voice that rises, or a recogniser's slip: "I fixed it myself?"
    risen = _OWN_PAST_EN.search(text) and deeds(text, "en") and not re.search(r"\byou(?:r|rs)?\b", text, re.IGNORECASE)
    return bool(_PUNCTUATED.search(text)) and not risen


def _asks_korean(text: str) -> bool:
    if _REPORTED_KO.search(text):
        return False
    if _PUNCTUATED.search(text):
        return not _STATED_KO.search(text)
    if _ASKS_KO.search(text):
        return True
    ending = _BY_FINAL_KO.search(text)
    # 합니까 asks, 하니까 gives a reason; 건가요 asks, 누나가요 does not: it is the syllable before, in ㅂ or in ㄴ.
    return ending is not None and (ord(ending[1]) - _FIRST) % _FINALS == _FINALS_ASKING[ending[2]]
