"""What is seen of rows and of stretches of words, as the labeller is told it. Pure."""

import re
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from statistics import median

from coordinator.candidates.dates import is_mostly_dates
from coordinator.candidates.facts import words
from coordinator.candidates.facts.labelling.tokens import Stretch, Token
from coordinator.candidates.facts.model import Row
from coordinator.candidates.labels import field_of
from coordinator.candidates.sections import BULLET

FAR = 4
_ENDED = re.compile(r"(?:[.。]|다|요|음|함)$")


@lru_cache(maxsize=16384)
def sense(text: str) -> str:
    """What the words of a stretch speak for: letters for title, employer, place, department, school and more."""
    if not text:
        return "-"
    said = "".join(
        letter
        for letter, holds in (
            ("T", words.is_title(text)),
            ("E", words.is_employer(text)),
            ("P", words.is_place(text)),
            ("D", words.is_department(text)),
            ("K", words.is_employment_kind(text)),
            ("S", words.is_institution(text)),
            ("G", words.is_degree(text)),
            ("F", words.is_own_account(text)),
        )
        if holds
    )
    return said or "0"


def simple(said: str) -> str:
    """The likeliest single thing of a sense."""
    for letter in "FKP":
        if letter in said:
            return letter
    if "T" in said and "E" in said:
        return "B"
    return next((letter for letter in "TEDSG" if letter in said), said[:1])


@dataclass(frozen=True)
class RowMarks:
    """What is seen of a row."""

    dated: bool
    single: bool
    """Whether it has a lone date."""
    bullet: bool
    long: bool
    heading: bool
    label: str
    """What a label before a colon or tab says of the row."""
    only_dates: bool
    looks: str
    """The sense of its stretches, one letter each."""
    print: tuple[float, bool, int, int]
    up: int
    """Rows to the last dated row above, 0 for itself, at most FAR."""
    down: int
    indent: str
    gap: str
    size: str


def row_marks(
    rows: Sequence[Row],
    found: Sequence[Token],
    parts: Sequence[Stretch],
    headings: frozenset[int],
    judge: Callable[[str], str],
) -> list[RowMarks]:
    """Marks of every row; ``headings`` are the rows that open a section."""
    dated, single = set(), set()
    for token in found:
        if token.kind == "period":
            dated.add(token.row)
        elif token.kind == "point":
            single.add(token.row)
    senses: dict[int, list[str]] = defaultdict(list)
    for part in parts:
        senses[part.row].append(simple(judge(part.text)))
    body = median(row.line.size for row in rows) if rows else 1.0
    up = _distances([index in dated for index in range(len(rows))])
    down = _distances([index in dated for index in range(len(rows))][::-1])[::-1]
    made: list[RowMarks] = []
    for index, row in enumerate(rows):
        text = row.text.strip()
        line = row.line
        label = re.match(r"^\W*([^:：\t]{1,24}?)\s*[:：\t]", BULLET.sub("", text))
        made.append(
            RowMarks(
                index in dated,
                index in single and index not in dated,
                bool(BULLET.match(text)),
                len(text) > 64 or len(text.split()) > 12 or (len(text) > 20 and bool(_ENDED.search(text))),
                index in headings,
                (field_of(label.group(1)) or "") if label else "",
                is_mostly_dates(text),
                "".join(senses[index][:4]),
                (round(line.size * 2) / 2, line.bold, line.color, round(line.x0 / 3)),
                up[index],
                down[index],
                _indent(rows, index, headings),
                _gap(rows, index),
                "large" if line.size > body * 1.08 else "small" if line.size < body * 0.93 else "same",
            )
        )
    return made


def _distances(marked: Sequence[bool]) -> list[int]:
    found: list[int] = []
    last = FAR
    for one in marked:
        last = 0 if one else min(last + 1, FAR)
        found.append(last)
    return found


def _indent(rows: Sequence[Row], index: int, headings: frozenset[int]) -> str:
    """Against the row above: further in, out, or the same."""
    if index == 0:
        return "first"
    step = rows[index].line.x0 - rows[index - 1].line.x0
    if abs(step) > 150:
        return "column"
    return "in" if step > 4 else "out" if step < -4 else "same"


def _gap(rows: Sequence[Row], index: int) -> str:
    if index == 0:
        return "first"
    line, before = rows[index].line, rows[index - 1].line
    gap = (line.y0 - before.y1) / max(line.size, 1.0)
    return "back" if gap < -1 else "tight" if gap < 0.45 else "loose" if gap < 1.1 else "wide"


@dataclass(frozen=True)
class Habits:
    """How often the stretches of one kind of place speak for each thing, over the whole resume."""

    shares: dict[tuple[object, ...], dict[str, float]]
    counts: dict[tuple[object, ...], int]
    near: dict[object, list[tuple[int, int, bool, bool]]]

    @staticmethod
    def of(keyed: Sequence[tuple[tuple[object, ...], str]]) -> "Habits":
        """From places and the simple sense of what stands there."""
        counted: dict[tuple[object, ...], dict[str, int]] = defaultdict(lambda: defaultdict(int))
        for key, said in keyed:
            counted[key][said] += 1
        counts = {key: sum(said.values()) for key, said in counted.items()}
        shares = {key: {said: count / counts[key] for said, count in held.items()} for key, held in counted.items()}
        near: dict[object, list[tuple[int, int, bool, bool]]] = defaultdict(list)
        for key, share in shares.items():
            if key[0] == "down" and not key[4] and isinstance(key[2], int) and isinstance(key[3], int) and key[2] <= 2:
                title, firm = share.get("T", 0.0) + share.get("B", 0.0) > 0.5, share.get("E", 0.0) > 0.5
                if title or firm:
                    near[key[1]].append((key[2], key[3], title, firm))
        return Habits(shares, counts, near)

    def around(self, kind: object) -> list[tuple[int, int, bool, bool]]:
        """In a section the places above a date: rows down to it, order in the row, whether of titles, of firms."""
        return self.near.get(kind, [])

    def says(self, key: tuple[object, ...]) -> str:
        """The shares of titles, employers and places there, in three steps each."""
        shares = self.shares.get(key, {})
        titles = shares.get("T", 0.0) + shares.get("B", 0.0) * 0.5
        firms = shares.get("E", 0.0) + shares.get("B", 0.0) * 0.5
        return f"T{_step(titles)}E{_step(firms)}P{_step(shares.get('P', 0.0) + shares.get('D', 0.0))}"


def _step(share: float) -> int:
    return 0 if share < 0.2 else 1 if share < 0.6 else 2
