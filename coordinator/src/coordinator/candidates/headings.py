"""Headings of resumes, English and Korean: known ones by their words, others by how they are printed. Pure."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from statistics import median
from typing import cast

from coordinator.candidates.dates import periods
from coordinator.candidates.schemas import Line, SectionKind
from coordinator.candidates.vocabulary import VOCABULARY

HEADING_CHARACTERS_MAX = 40
HEADING_WORDS_MAX = 5
HEADING_SHARE = 0.3
SURE_SHARE = 0.65
LARGER = 1.12
LABELS_TOO = frozenset(
    (
        "languages",
        "language",
        "tools",
        "technologies",
        "training",
        "other",
        "언어",
        "기술",
        "교육",
        "경험",
        "자격",
        "기타",
    )
)
"""Headings that in a table are as often labels of a row."""

_KINDS: dict[str, SectionKind] = {
    re.sub(r"[\W_]+", "", heading).lower(): cast("SectionKind", kind)
    for kind, headings in VOCABULARY["headings"].items()
    for heading in headings
}
# What a line printed like a heading speaks of, in the order they are tried.
_HINTS: tuple[tuple[SectionKind, str], ...] = (
    ("certificates", r"certif|licen[sc]e|credential|accreditation|자격|면허"),
    (
        "awards",
        r"award|honou?r|recognition|prizes?\b|scholarships?\b|fellowships?\b|grants?\b|distinctions|수상|표창|상훈|포상",
    ),
    ("projects", r"project|portfolio|프로젝트|포트폴리오"),
    ("publications", r"publication|patent|paper|talks|논문|특허|저서|발표"),
    ("activities", r"volunt|activit|interest|hobb|communit|outside work|\bservice$|활동|봉사|취미"),
    # The last word of an English heading says what it is about: academic appointments are no schooling.
    ("experience", r"appointments?$|positions?(?: held)?$|employment$|(?<!educational )experiences?$"),
    ("education", r"educat|academ|studies|schooling|qualification|degrees|학력|학교|학업"),
    (
        "experience",
        r"experience|employ|career|work history|where i.?ve worked|positions|roles|background|appointments|journey"
        r"|경력|근무|직장|이력|경험|재직|커리어",
    ),
    ("languages", r"language|linguistic|tongue|spoken|어학|외국어|언어"),
    (
        "skills",
        r"skill|competenc|technolog|tech stack|toolbox|tooling|toolkit|proficienc|expertise|strength"
        r"|what i (?:use|know|bring|can|do)"
        r"|abilit|know-how|software|methods|speciali|tools|stack|기술|스킬|역량|활용|능력|특기",
    ),
    (
        "summary",
        r"summary|profile|about|objective|introduc|statement|who i am|in brief|at a glance|snapshot"
        r"|highlights|\bbio\b|hello"
        r"|소개|요약|지원동기|성장",
    ),
    ("profile", r"contact|personal|details|reach me|인적|연락|기본 ?정보"),
    ("other", r"reference|additional|추천|기타|병역|가족"),
)
_PROSE_OR_LIST = frozenset(("핵심역량", "강점", "highlights", "careerhighlights", "핵심역량요약"))
LISTED_CHARACTERS_MAX = 30
_LISTS = re.compile(r"[,，·|/](?:.*[,，·|/])+")
_TELLS = re.compile(r"(?:[다요음임함됨]|\w)[.!]$|(?:다|요|음|임|함)$")
_NUMBERING = re.compile(r"^\s*(?:(?:[0-9]{1,2}|[IVX]{1,4}|[ⅰ-ⅻⅠ-Ⅻ])\s*[.)]|[ⅰ-ⅻⅠ-Ⅻ①-⑳❶-❿])\s*")
_ASIDE = re.compile(r"\s*[(（].*?[)）]\s*$")
_SPACED_OUT = re.compile(r"^(?:\w\s){2,}\w$")
_JOINING = re.compile(r"\s*(?:[/&,+·|]|\band\b|및)\s*", re.IGNORECASE)


def _key(text: str) -> str:
    bare = _NUMBERING.sub("", text).replace("&", "and")
    return re.sub(r"[\W_]+", "", bare).lower()


def tidy(text: str) -> str:
    """A heading without numbering, frames and colons; "E D U C A T I O N" as one word."""
    bare = _NUMBERING.sub("", text).strip(" \t:：-–—=|[]【】<>《》〈〉■□●○◆◇▶▪•*#_")
    return bare.replace(" ", "") if _SPACED_OUT.match(bare) else " ".join(bare.split())


def split_label(line: Line) -> list[Line]:
    """A heading in another print before its text, in one line, as two lines at one height; others as they are."""
    if not line.breaks or "\t" in line.text[: line.breaks[0]]:
        return [line]
    place = line.breaks[0]
    label, rest = line.text[:place].strip(), line.text[place:].strip(" \t|-–—")
    if not rest or known_kind(label) is None or label.endswith((":", "：")) or line.text[place:].lstrip()[:1] in ":：":
        return [line]
    middle = line.x0 + (line.x1 - line.x0) * place / len(line.text)
    return [
        replace(line, text=label, x1=middle - 1, breaks=(), heads_row=True),
        replace(line, text=rest, x0=middle + 1, breaks=()),
    ]


def known_kind(text: str) -> SectionKind | None:
    """The kind of section a usual heading opens: alone, with an aside, in both languages, or two joined."""
    if not 0 < len(text) <= HEADING_CHARACTERS_MAX or (text.strip().endswith(".") and len(text.split()) > 1):
        return None
    for form in (text, _ASIDE.sub("", text)):
        kind = _KINDS.get(_key(form))
        if kind is not None:
            return kind
    korean = _KINDS.get(re.sub(r"[^\uac00-\ud7a3]", "", text))
    latin = _KINDS.get(re.sub(r"[^a-z]", "", text.lower()))
    if korean and latin:
        return korean
    parts = [_KINDS.get(_key(part)) for part in _JOINING.split(_ASIDE.sub("", tidy(text))) if part]
    return parts[0] if len(parts) > 1 and all(parts) else None


Print = tuple[float, bool, bool, int]


def _print(line: Line) -> Print:
    """How a line is printed: size, bold, all capitals, colour."""
    return round(line.size * 2) / 2, line.bold, line.text.isupper(), line.color


@dataclass(frozen=True)
class Headings:
    """What headings look like in one resume."""

    body: Print
    body_size: float
    prints: frozenset[Print]
    """Prints of the usual headings that are not the body's."""
    sure: frozenset[Print]
    """Those that hardly any other line has."""

    @staticmethod
    def of(lines: Sequence[Line]) -> "Headings":
        """Learn from a resume's lines in reading order; there is at least one."""
        counted: Counter[Print] = Counter()
        for line in lines:
            counted[_print(line)] += len(line.text)
        size, bold, _, color = counted.most_common(1)[0][0]
        body = (size, bold, False, color)
        printed = Counter(_print(line) for line in lines)
        known = Counter(_print(line) for line in lines if known_kind(line.text) is not None)
        # Where few lines of a print are headings by their words, those words are labels.
        usual = {one for one, count in known.items() if count >= HEADING_SHARE * printed[one]}
        sure = {one for one in usual if known[one] >= SURE_SHARE * printed[one]}
        return Headings(body, median(line.size for line in lines), frozenset(usual - {body}), frozenset(sure - {body}))

    def opens(self, line: Line) -> bool:
        """Whether ``line`` is a usual heading in the print that headings have here."""
        if known_kind(line.text) is None:
            hinted = _hinted(line.text) not in ("other", "profile") and self._could_be_one(line)
            return hinted and "\t" not in line.text and _print(line) in self.sure and not periods(line.text)
        if line.heads_row:
            return line.heads_table or _key(line.text) not in LABELS_TOO
        return not self.prints or _print(line) in self.prints

    def prints_like_one(self, line: Line) -> bool:
        """Whether ``line`` is printed as hardly anything but usual headings is."""
        return _print(line) in self.sure

    def kind(self, line: Line, following: Sequence[Line]) -> SectionKind | None:
        """The kind of section ``line`` opens, None when it is no heading; ``following`` are the lines after it."""
        text = line.text.strip()
        if not text or len(text) > HEADING_CHARACTERS_MAX or "\t" in text:
            return None
        stands_out = _print(line) in self.prints
        if line.heads_row and self.opens(line):
            return known_kind(text) or _hinted(text)
        kind = _by_what_follows(known_kind(text), text, following)
        if line.spans and self._could_be_one(line) and not any(map(str.isdigit, text)):
            return kind or _hinted(text)
        if kind is not None:
            # The word alone is not enough where headings have a print of their own.
            return kind if stands_out or not self.prints else None
        hinted = _hinted(text)
        if not self._could_be_one(line) or (_is_dated(line, following) and not self._is_sure(line, hinted)):
            return None
        if stands_out:
            return hinted
        larger = line.size >= self.body_size * LARGER
        looks = larger and (line.bold or text.isupper() or line.size >= self.body_size * 1.25)
        return hinted if looks and not self.prints else None

    def _is_sure(self, line: Line, hinted: SectionKind) -> bool:
        return _print(line) in (self.prints if hinted != "other" else self.sure)

    def _could_be_one(self, line: Line) -> bool:
        text = line.text.strip()
        wordy = sum(character.isalpha() for character in text) * 2 > len(text)
        return wordy and len(text.split()) <= HEADING_WORDS_MAX and not text.endswith((".", ",", ":", ";"))


def _by_what_follows(kind: SectionKind | None, text: str, following: Sequence[Line]) -> SectionKind | None:
    """``kind``, or skills where a heading that stands over both has a list of words below it instead of prose."""
    if kind != "summary" or _key(text) not in _PROSE_OR_LIST or not following:
        return kind
    told = [line for line in following if len(line.text) > LISTED_CHARACTERS_MAX and not _LISTS.search(line.text)]
    return kind if told or any(_TELLS.search(line.text.strip()) for line in following) else "skills"


def _is_dated(line: Line, following: Sequence[Line]) -> bool:
    """An employer or a school is printed boldly too, with its dates beside or below it."""
    return any(periods(near.text) for near in (line, *following[:3]))


def hint(text: str) -> SectionKind | None:
    """What the words of a heading speak of; None for what says nothing known."""
    for kind, pattern in _HINTS:
        if re.search(pattern, text, re.IGNORECASE):
            return kind
    return None


def _hinted(text: str) -> SectionKind:
    return hint(text) or "other"
