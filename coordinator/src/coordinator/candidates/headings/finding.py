"""Headings of resumes, English and Korean: known ones by their words, others by how they are printed. Pure."""

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median
from typing import cast

from coordinator.candidates.headings.apart import Key, key, said_again, set_apart, sized
from coordinator.candidates.headings.hints import hint
from coordinator.candidates.headings.outranking import largest
from coordinator.candidates.headings.prints import (
    SURE_SHARE,
    Print,
    has_a_margin,
    in_other_colors,
    print_of,
    ranks_first,
)
from coordinator.candidates.schemas import Line, SectionKind
from coordinator.candidates.words.dates import periods
from coordinator.candidates.words.vocabulary import VOCABULARY

HEADING_CHARACTERS_MAX = 40
HEADING_WORDS_MAX = 5
HEADING_SHARE = 0.3
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
_PROSE_OR_LIST = frozenset(("핵심역량", "강점", "highlights", "careerhighlights", "핵심역량요약"))
LISTED_CHARACTERS_MAX = 30
_LISTS = re.compile(r"[,，、·|/;\t•](?:.*[,，、·|/;\t•])+")
_TELLS = re.compile(r"(?:[다요음임함됨]|\w)[.!]$|(?:다|요|음|임|함)$")
_NUMBERING = re.compile(r"^\s*(?:(?:[0-9]{1,2}|[IVX]{1,4}|[ⅰ-ⅻⅠ-Ⅻ])\s*[.)]|[0-9]{1,2}\s+(?=[^\W\d])|[ⅰ-ⅻⅠ-Ⅻ①-⑳❶-❿])\s*")
_ASIDE = re.compile(r"\s*[(（].*?[)）]\s*$")
_TOTAL = re.compile(
    r"[\s:·|/–—-]+(?:총|약|total|over)?\s?(?:\d{1,2}\+?\s?(?:년|개월|건|개|회|years?|yrs?|months?)[\s,]*)+(?:차|간|이상)?$",
    re.IGNORECASE,
)
"""How long or how many, after what a heading says: "경력 총 11년 9개월"."""
_SPACED_OUT = re.compile(r"^(?:\w\s){2,}\w$")
_JOINING = re.compile(r"\s*(?:[/&,+·|]|\band\b|및)\s*", re.IGNORECASE)


def _key(text: str) -> str:
    bare = _NUMBERING.sub("", text).replace("&", "and")
    return re.sub(r"[\W_]+", "", bare).lower()


def tidy(text: str) -> str:
    """A heading without numbering, frames and colons; "E D U C A T I O N" as one word."""
    bare = _NUMBERING.sub("", text).strip(" \t:：-–—=|[]【】<>《》〈〉■□●○◆◇▶▪•*#_")
    return bare.replace(" ", "") if _SPACED_OUT.match(bare) else " ".join(bare.split())


def _bare(text: str) -> str:
    """A heading without its number and what stands in brackets behind it."""
    return _ASIDE.sub("", _NUMBERING.sub("", text)).strip()


def known_kind(text: str) -> SectionKind | None:
    """The kind of section a usual heading opens: alone, with an aside, in both languages, or two joined."""
    bare = _bare(text)
    if not 0 < len(bare) <= HEADING_CHARACTERS_MAX or (bare.endswith(".") and len(bare.split()) > 1):
        return None
    for form in (text, _ASIDE.sub("", text), _TOTAL.sub("", text)):
        kind = _KINDS.get(_key(form))
        if kind is not None:
            return kind
    korean = _KINDS.get(re.sub(r"[^\uac00-\ud7a3]", "", text))
    latin = _KINDS.get(re.sub(r"[^a-z]", "", text.lower()))
    if korean and latin:
        return korean
    return next(iter(joined_kinds(text)), None)


def joined_kinds(text: str, *, hinted: bool = False) -> list[SectionKind]:
    """The kinds of a heading that joins several, "자격증·어학"; empty where the whole is usual."""
    if _KINDS.get(_key(text)) is not None:
        return []
    parts = [part for part in _JOINING.split(_ASIDE.sub("", tidy(text))) if part]
    said = [_KINDS.get(_key(part)) or (hint(part) if hinted else None) for part in parts]
    known = [part for part in said if part is not None]
    return known if len(known) == len(parts) > 1 else []


@dataclass(frozen=True)
class Headings:
    """What headings look like in one resume."""

    body: Print
    body_size: float
    prints: frozenset[Print]
    """Prints of the usual headings that are not the body's."""
    sure: frozenset[Print]
    """Those that hardly any other line has."""
    margin: frozenset[Print] = frozenset()
    """Those of headings that have a margin for themselves, whatever their words."""
    apart: frozenset[Key] = frozenset()
    """Lines set apart as headings are, whatever their words."""
    labels: frozenset[tuple[str, float]] = frozenset()
    """Usual headings that one page has several times in one size: in tables they label rows."""

    @staticmethod
    def of(pages: Sequence[Sequence[Line]], is_title: Callable[[str], bool] = lambda _: False) -> "Headings":
        """Learn from the lines of a resume's pages; there is at least one. What ``is_title`` of a job heads nothing."""
        lines = [line for page in pages for line in page]
        counted: Counter[Print] = Counter()
        for line in lines:
            counted[print_of(line)] += len(line.text)
        size, bold, _, color = counted.most_common(1)[0][0]
        body = (size, bold, False, color)
        printed = Counter(print_of(line) for line in lines)
        named = any(known_kind(line.text) is not None for line in lines)

        def is_known(line: Line) -> bool:
            if named:
                return known_kind(line.text) is not None
            # Where no heading has usual words, large print that speaks of a section is one.
            large = line.size >= size * LARGER and len(line.text.split()) <= HEADING_WORDS_MAX
            return large and hint(line.text) is not None and not is_title(line.text)

        known = Counter(print_of(line) for line in lines if is_known(line))
        # Where few lines of a print are headings by their words, those words are labels.
        usual = {one for one, count in known.items() if count >= HEADING_SHARE * printed[one]}
        apart = set_apart(pages, lambda line: is_known(line) and print_of(line) != body, print_of, size * LARGER)
        spaced = Counter(print_of(line) for line in lines if key(line) in apart)
        usual |= {
            one for one in known if one[0] >= size * LARGER and known[one] + spaced[one] >= SURE_SHARE * printed[one]
        }
        sure = {one for one in usual if known[one] >= SURE_SHARE * printed[one]}
        margin = {one for one in usual - {body} if has_a_margin(one, known[one], lines, is_known)}
        sure |= margin | {one for one in usual - {body} if ranks_first(one, lines, is_known)}
        others = in_other_colors(usual, lines, size * LARGER)
        usual, sure = usual | others, sure | others
        if not named and not usual:
            usual = sure = {print_of(line) for line in largest(lines)}
        return Headings(
            body,
            median(line.size for line in lines),
            frozenset(usual - {body}),
            frozenset(sure - {body}),
            frozenset(margin),
            apart,
            said_again(pages, lambda line: known_kind(line.text) is not None),
        )

    def opens(self, line: Line) -> bool:
        """Whether ``line`` is a usual heading in the print that headings have here."""
        if known_kind(line.text) is None:
            hinted = _hinted(line.text) not in ("other", "profile") or print_of(line) in self.margin
            hinted = hinted or self._is_apart(line)
            return (
                hinted
                and self._could_be_one(line)
                and "\t" not in line.text
                and (print_of(line) in self.sure or self._is_apart(line))
                and not periods(line.text)
            )
        if line.heads_row:
            known = line.heads_table or _key(line.text) not in LABELS_TOO or print_of(line) in self.margin
            return known and not self._labels_row(line)
        return not self.prints or print_of(line) in self.prints

    def prints_like_one(self, line: Line) -> bool:
        """Whether ``line`` is printed as hardly anything but usual headings is, or set apart as these are."""
        return print_of(line) in self.sure or self._is_apart(line)

    def _labels_row(self, line: Line) -> bool:
        return line.heads_row and sized(line) in self.labels

    def _is_apart(self, line: Line) -> bool:
        return key(line) in self.apart

    def kind(self, line: Line, following: Sequence[Line]) -> SectionKind | None:
        """The kind of section ``line`` opens, None when it is no heading; ``following`` are the lines after it."""
        text = line.text.strip()
        if not text or len(_bare(text)) > HEADING_CHARACTERS_MAX or "\t" in text or self._labels_row(line):
            return None
        stands_out = print_of(line) in self.prints
        if line.heads_row and self.opens(line):
            return _by_what_follows(known_kind(text), text, following) or _hinted(text)
        kind = _by_what_follows(known_kind(text), text, following)
        if line.spans and self._could_be_one(line) and not any(map(str.isdigit, text)):
            return kind or _hinted(text)
        if kind is not None:
            # The word alone is not enough where headings have a print of their own.
            return kind if stands_out or not self.prints else None
        hinted = _hinted(text)
        if not self._could_be_one(line) or (_is_dated(line, following) and not self._is_sure(line, hinted)):
            return None
        if stands_out and (hinted != "other" or self.prints_like_one(line)):
            return hinted
        larger = line.size >= self.body_size * LARGER
        looks = larger and (line.bold or text.isupper() or line.size >= self.body_size * 1.25)
        return hinted if looks and not self.prints else None

    def _is_sure(self, line: Line, hinted: SectionKind) -> bool:
        return print_of(line) in self.prints if hinted != "other" else self.prints_like_one(line)

    def _could_be_one(self, line: Line) -> bool:
        text = tidy(line.text)
        wordy = sum(character.isalpha() for character in text) * 2 > len(text.replace(" ", ""))
        if _TOTAL.fullmatch(f" {text}"):
            return False
        return (
            wordy
            and len(_bare(text).split()) <= HEADING_WORDS_MAX
            and not line.text.strip().endswith((".", ",", ":", ";"))
        )


def _by_what_follows(kind: SectionKind | None, text: str, following: Sequence[Line]) -> SectionKind | None:
    """``kind``, or skills where a heading that stands over both has a list of words below it instead of prose."""
    if kind != "summary" or _key(text) not in _PROSE_OR_LIST or not following:
        return kind
    told = [line for line in following if len(line.text) > LISTED_CHARACTERS_MAX and not _LISTS.search(line.text)]
    return kind if told or any(_TELLS.search(line.text.strip()) for line in following) else "skills"


def _is_dated(line: Line, following: Sequence[Line]) -> bool:
    """An employer or a school is printed boldly too, with its dates beside or below it."""
    return any(periods(near.text) for near in (line, *following[:3]))


def _hinted(text: str) -> SectionKind:
    return hint(text) or "other"
