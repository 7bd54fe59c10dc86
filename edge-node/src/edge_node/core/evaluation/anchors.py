"""Which of action, reason and result the text of an anchor asks for, told by its words in either language."""

import re

from edge_node.core.interview.signals import Facet
from edge_node.core.interview.text import nfc

_ASKED = {
    Facet.ACTION: re.compile(
        r"\b(?:did|does it|done|steps?|actions?|acts?|acted|own (?:part|tasks?|role|work|contribution|decisions?)|"
        r"decisions?|(?:puts?|set|sets) it right|solves?|solved)\b|한 일|행동|조치|직접|본인(?:이|의)|바로잡|실행|해결",
        re.IGNORECASE,
    ),
    Facet.REASON: re.compile(
        r"\b(?:why|reasons?|reasoning|reasoned|because(?! of)|justif\w+|rationale|motives?|grounds|weigh(?:s|ed|ing)?|"
        r"trade-?offs?|alternatives?|options?|compar(?:e|es|ed|ing|isons?))\b|이유|근거|까닭|왜|비교|대안|동기",
        re.IGNORECASE,
    ),
    Facet.RESULT: re.compile(
        r"\b(?:results?|outcomes?|impacts?|effects?|came of|led to|achiev\w+|success\w*|consequences?|measur\w+|"
        r"figures|numbers|improvements?|improves?|improved|(?:what|how much) (?:has )?changed|agreed|is gone|"
        r"delivers?|delivered|works? (?:now|since))\b|결과|성과|효과|영향|달라진|변화|성공|달성|수치|개선|합의|사라진",
        re.IGNORECASE,
    ),
}
_CLAUSE = re.compile(
    r"[,;.:]|\b(?:but|yet|though|although|while)\b|(?<=[가-힣]고)\s|(?<=지만)\s|(?<=으나)\s|(?<=[가-힣]며)\s|(?<=는데)\s"
)
_DENIED_BEFORE = re.compile(
    r"\b(?:no|not(?! (?:only|just|merely))|without|never|lacks?|lacking|missing|omits?|leaves? out|fails?|cannot|can't|"
    r"doesn't|don't|didn't|isn't|hardly|neither|nor|unclear)\b",
    re.IGNORECASE,
)
_DENIED_BEHIND = re.compile(
    r"없|못(?=[ 하한해함])|않|부족|빠[져진지졌]|생략|모르|모른|불분명|\b(?:missing|unclear|absent|lacking)\b"
)


def asked_for(text: str) -> frozenset[Facet]:
    """What of action, reason and result the anchor ``text`` says the candidate shows; what it denies is not asked."""
    clauses = [clause for clause in _CLAUSE.split(nfc(text)) if clause]
    return frozenset(
        facet
        for facet, pattern in _ASKED.items()
        if any(_affirmed(clause, found) for clause in clauses for found in pattern.finditer(clause))
    )


def _affirmed(clause: str, found: re.Match[str]) -> bool:
    return not (_DENIED_BEFORE.search(clause[: found.start()]) or _DENIED_BEHIND.search(clause[found.end() :]))
