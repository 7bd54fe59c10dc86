"""Headings of resumes, English and Korean: known ones by their words, others by how they are printed. Pure."""

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median

from coordinator.candidates.headings.apart import Key, key, said_again, set_apart, sized
from coordinator.candidates.headings.capitals import in_capitals
from coordinator.candidates.headings.hints import hint
from coordinator.candidates.headings.known import HEADING_CHARACTERS_MAX, TOTAL, bare, heading_key, known_kind, tidy
from coordinator.candidates.headings.outranking import SPOKEN_WORDS_MAX, is_short, largest
from coordinator.candidates.headings.plain_words import in_plain_words
from coordinator.candidates.headings.prints import (
    SURE_SHARE,
    Print,
    counts,
    has_a_margin,
    in_larger_print,
    in_other_colors,
    print_of,
    ranks_first,
)
from coordinator.candidates.headings.spoken import spoken
from coordinator.candidates.headings.standing import standing
from coordinator.candidates.schemas import Line, SectionKind
from coordinator.candidates.words.dates import periods

HEADING_WORDS_MAX = 5
HEADING_SHARE = 0.3
LARGER = 1.12
SENTENCE_WORDS_MIN = 3
FEW = 2
"""Fewer headings than this are none to tell others by."""
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

_PROSE_OR_LIST = frozenset(("핵심역량", "강점", "highlights", "careerhighlights", "핵심역량요약"))
LISTED_CHARACTERS_MAX = 30
_LISTS = re.compile(r"[,，、·|/;\t•](?:.*[,，、·|/;\t•])+")
_TELLS = re.compile(r"(?:[다요음임함됨]|\w)[.!]$|(?:다|요|음|임|함)$")


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
                return known_kind(line.text) is not None and not counts(line, lines)
            # Where no heading has usual words, large print that speaks of a section is one.
            large = line.size >= size * LARGER and len(line.text.split()) <= HEADING_WORDS_MAX
            return large and hint(line.text) is not None and not is_title(line.text)

        known = Counter(print_of(line) for line in lines if is_known(line))
        # Where few lines of a print are headings by their words, those words are labels.
        usual = {one for one, count in known.items() if count >= HEADING_SHARE * printed[one]}
        apart = set_apart(pages, lambda line: is_known(line) and print_of(line) != body, print_of, size * LARGER)
        spaced = Counter(print_of(line) for line in lines if key(line) in apart)
        told = Counter(
            print_of(line) for line in lines if known_kind(line.text) or (hint(line.text) and is_short(line))
        )
        usual |= {
            one
            for one in known
            if one[0] >= size * LARGER and max(known[one] + spaced[one], told[one]) >= SURE_SHARE * printed[one]
        }
        usual |= {one for one in known if spaced[one] and known[one] + spaced[one] >= SURE_SHARE * printed[one]}
        capitals = in_capitals(body, usual, lines, is_known)
        usual |= capitals
        sure = capitals | {
            one for one in usual if known[one] >= SURE_SHARE * printed[one] or known[one] + spaced[one] == printed[one]
        }
        margin = {one for one in usual - {body} if has_a_margin(one, known[one], lines, is_known)}
        sure |= margin | {one for one in usual - {body} if ranks_first(one, lines, is_known)}
        others = in_other_colors(usual, lines, size * LARGER)
        others |= in_larger_print(sure | others, lines)
        others |= spoken(lines, body, is_title)
        usual, sure = usual | others, sure | others
        if not named and not usual:
            usual = sure = {print_of(line) for line in largest(lines)}
        if sum(printed[one] for one in usual - {body}) < FEW:
            stood = standing(pages, body, is_title)
            usual, sure = usual | stood, sure | stood
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
            hinted = self._speaks_of(line) not in ("other", "profile") or print_of(line) in self.margin
            hinted = hinted or self._is_apart(line)
            return (
                hinted
                and self._could_be_one(line)
                and "\t" not in bare(line.text)
                and (print_of(line) in self.sure or self._is_apart(line))
                and not periods(line.text)
            )
        if line.heads_row:
            known = line.heads_table or heading_key(line.text) not in LABELS_TOO or print_of(line) in self.margin
            return known and not self._labels_row(line)
        return not self.prints or print_of(line) in self.prints

    def prints_like_one(self, line: Line) -> bool:
        """Whether ``line`` is printed as hardly anything but usual headings is, or set apart as these are."""
        return print_of(line) in self.sure or self._is_apart(line)

    def _speaks_of(self, line: Line) -> SectionKind:
        """What a heading in unusual words is about; what is said in plain words only counts in headings' own print."""
        text = tidy(line.text)
        said = _hinted(text)
        plain = said == "other" or (said != "activities" and len(text.split()) >= SENTENCE_WORDS_MIN)
        return (in_plain_words(text) if plain and self.prints_like_one(line) else None) or said

    def _labels_row(self, line: Line) -> bool:
        return line.heads_row and sized(line) in self.labels

    def _is_apart(self, line: Line) -> bool:
        return key(line) in self.apart

    def kind(self, line: Line, following: Sequence[Line]) -> SectionKind | None:
        """The kind of section ``line`` opens, None when it is no heading; ``following`` are the lines after it."""
        text = line.text.strip()
        if not text or len(bare(text)) > HEADING_CHARACTERS_MAX or "\t" in bare(text) or self._labels_row(line):
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
        hinted = self._speaks_of(line)
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
        if TOTAL.fullmatch(f" {text}"):
            return False
        return (
            wordy
            and len(bare(text).split()) <= (SPOKEN_WORDS_MAX if print_of(line) in self.sure else HEADING_WORDS_MAX)
            and not line.text.strip().endswith((".", ",", ":", ";"))
        )


def _by_what_follows(kind: SectionKind | None, text: str, following: Sequence[Line]) -> SectionKind | None:
    """``kind``, or skills where a heading that stands over both has a list of words below it instead of prose."""
    if kind != "summary" or heading_key(text) not in _PROSE_OR_LIST or not following:
        return kind
    told = [line for line in following if len(line.text) > LISTED_CHARACTERS_MAX and not _LISTS.search(line.text)]
    return kind if told or any(_TELLS.search(line.text.strip()) for line in following) else "skills"


def _is_dated(line: Line, following: Sequence[Line]) -> bool:
    """An employer or a school is printed boldly too, with its dates beside or below it."""
    return any(periods(near.text) for near in (line, *following[:3]))


def _hinted(text: str) -> SectionKind:
    return hint(text) or "other"
