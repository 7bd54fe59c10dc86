"""Usual headings of resumes, English and Korean, by their words. Pure."""

import re
from typing import cast

from coordinator.candidates.headings.hints import hint
from coordinator.candidates.schemas import SectionKind
from coordinator.candidates.words.vocabulary import VOCABULARY

HEADING_CHARACTERS_MAX = 40

_KINDS: dict[str, SectionKind] = {
    re.sub(r"[\W_]+", "", heading).lower(): cast("SectionKind", kind)
    for kind, headings in VOCABULARY["headings"].items()
    for heading in headings
}
_NUMBERING = re.compile(
    r"^\s*(?:(?:[0-9]{1,2}|[IVX]{1,5}|[ⅰ-ⅻⅠ-Ⅻ]|[가나다라마바사아자차카타파하]"
    r"|하나|둘|셋|넷|다섯|여섯|일곱|여덟|아홉|열|[가-힣]{1,2}째)\s*[.)]|[0-9]{1,2}\s+(?=[^\W\d])|[ⅰ-ⅻⅠ-Ⅻ①-⑳❶-❿])\s*"
)
_ASIDE = re.compile(r"\s*[(（].*?[)）]\s*$")
TOTAL = re.compile(
    r"[\s:·|/–—-]+(?:총|약|total|over)?\s?(?:\d{1,2}\+?\s?(?:년|개월|건|개|회|years?|yrs?|months?)[\s,]*)+(?:차|간|이상)?$",
    re.IGNORECASE,
)
"""How long or how many, after what a heading says: "경력 총 11년 9개월"."""
_MEMBERSHIP = re.compile(r"memberships?$|affiliations?$", re.IGNORECASE)
_SPACED_OUT = re.compile(r"^(?:\w\s){2,}\w$")
_JOINING = re.compile(r"\s*(?:[/&,+·|]|\band\b|및)\s*", re.IGNORECASE)


def heading_key(text: str) -> str:
    """The letters and digits of a heading in lower case, without its number."""
    bare = _NUMBERING.sub("", text).replace("&", "and")
    return re.sub(r"[\W_]+", "", bare).lower()


def tidy(text: str) -> str:
    """A heading without numbering, frames and colons; "E D U C A T I O N" as one word."""
    bare = _NUMBERING.sub("", text).strip(" \t:：-–—=|[]【】<>《》〈〉■□●○◎◉⊙◆◇◈❖▶▪•*#_")
    return bare.replace(" ", "") if _SPACED_OUT.match(bare) else " ".join(bare.split())


def bare(text: str) -> str:
    """A heading without its number and what stands in brackets behind it."""
    return _ASIDE.sub("", _NUMBERING.sub("", text)).strip()


def known_kind(text: str) -> SectionKind | None:
    """The kind of section a usual heading opens: alone, with an aside, in both languages, or two joined."""
    said = bare(text)
    if not 0 < len(said) <= HEADING_CHARACTERS_MAX or (said.endswith(".") and len(said.split()) > 1):
        return None
    for form in (text, _ASIDE.sub("", text), TOTAL.sub("", text)):
        kind = _KINDS.get(heading_key(form))
        if kind is not None:
            return kind
    korean = _KINDS.get(re.sub(r"[^\uac00-\ud7a3]", "", text))
    latin = _KINDS.get(re.sub(r"[^a-z]", "", text.lower()))
    if korean and latin:
        return korean
    joined = joined_kinds(text)
    if "certificates" in joined and _MEMBERSHIP.search(_JOINING.split(_ASIDE.sub("", tidy(text)))[0]):
        # Who may work in a profession is a member of its body: "Memberships and Licences".
        return "certificates"
    return joined[0] if joined else None


def joined_kinds(text: str, *, hinted: bool = False) -> list[SectionKind]:
    """The kinds of a heading that joins several, "자격증·어학"; empty where the whole is usual."""
    if _KINDS.get(heading_key(text)) is not None:
        return []
    parts = [part for part in _JOINING.split(_ASIDE.sub("", tidy(text))) if part]
    said = [_KINDS.get(heading_key(part)) or (hint(part) if hinted else None) for part in parts]
    known = [part for part in said if part is not None]
    return known if len(known) == len(parts) > 1 else []
