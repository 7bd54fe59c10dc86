"""What the labeller is told of a resume's words: themselves, their rows, what stands in such places. Pure."""

from collections.abc import Callable, Sequence

from coordinator.candidates.facts.labelling.marks import Habits, RowMarks, row_marks, sense, simple
from coordinator.candidates.facts.labelling.tokens import Stretch, Token, stretches
from coordinator.candidates.facts.model import Row

_NOTHING = Stretch(-1, -1, 0, 0, "", "^", "$")


def shape(text: str) -> str:
    """Kind of letters of a word."""
    if text.isdigit():
        return "9"
    if any("\uac00" <= letter <= "\ud7a3" for letter in text):
        return "ko" if text.isalpha() else "ko+"
    if text.isupper():
        return "XX" if len(text) > 1 else "X"
    if text[:1].isupper():
        return "Xx"
    return "xx" if text.islower() else "x?"


def attributes(
    rows: Sequence[Row],
    found: Sequence[Token],
    kinds: Sequence[str],
    headings: frozenset[int],
    judge: Callable[[str], str] = sense,
) -> list[list[str]]:
    """For each token what is said of it; ``kinds`` are the sections of the rows, ``judge`` knows words."""
    parts = stretches(found, rows)
    marks = row_marks(rows, found, parts, headings, judge)
    at: dict[int, Stretch] = {place: part for part in parts for place in range(part.first, part.last)}
    in_row: dict[int, list[Stretch]] = {}
    for part in parts:
        in_row.setdefault(part.row, []).append(part)
    looks = {part: simple(judge(part.text)) for part in parts}
    keys = {part: _keys(part, marks[part.row], kinds[part.row], len(in_row[part.row])) for part in parts}
    habits = Habits.of([(key, looks[part]) for part in parts for key in keys[part]])
    of_rows = [_of_row(marks, kinds, index) for index in range(len(rows))]
    of_parts = {part: _of_part(part, in_row[part.row], looks, keys[part], habits, marks, judge) for part in parts}
    made: list[list[str]] = []
    for place, token in enumerate(found):
        said = [f"k={token.kind}", *of_rows[token.row], *_of_token(found, place, judge)]
        inside = at.get(place)
        if inside is None:
            divider = token.text if token.kind == "mark" else token.kind
            said.append(f"divider={divider}")
            said += _of_divider(found, place, divider, at, looks, keys, habits)
            if token.kind in ("period", "point", "now"):
                said += _of_date(found, place, in_row.get(token.row, []), looks, marks, kinds)
        else:
            said += of_parts[inside]
            where = ("a" if place == inside.first else "") + ("z" if place == inside.last - 1 else "")
            said += [f"in={where}", f"in={where}|{looks[inside]}|{kinds[token.row]}"]
        made.append(said)
    return made


def _keys(part: Stretch, mark: RowMarks, kind: str, in_row: int) -> list[tuple[object, ...]]:
    """The kinds of place a stretch stands in: from the dates above and below, from its print."""
    return [
        ("down", kind, min(mark.down, 3), part.order, mark.bullet),
        ("up", kind, min(mark.up, 3), part.order, mark.bullet, mark.long),
        ("print", kind, mark.print, min(part.order, 2), min(in_row, 4), mark.bullet),
    ]


def _of_row(marks: Sequence[RowMarks], kinds: Sequence[str], index: int) -> list[str]:
    mark, kind = marks[index], kinds[index]
    form = f"{'D' if mark.dated else 'd' if mark.single else ''}{'b' if mark.bullet else ''}{'l' if mark.long else ''}"
    said = [
        f"sec={kind}",
        f"row={form}",
        f"row={form}|{kind}",
        f"bold={mark.print[1]}|{kind}|{form}",
        f"size={mark.size}|{kind}",
        f"indent={mark.indent}|{form}",
        f"gap={mark.gap}|{form}",
        f"label={mark.label}",
        f"up={mark.up}|{kind}",
        f"down={mark.down}|{kind}",
        f"updown={mark.up}{mark.down}|{form}|{kind}",
        f"looks={mark.looks}",
        f"looks={mark.looks}|{form}|{kind}",
    ]
    for step, name in ((-1, "prev"), (1, "next")):
        other = index + step
        if not 0 <= other < len(marks):
            said.append(f"{name}=none")
            continue
        near = marks[other]
        dates = "O" if near.only_dates else "D" if near.dated else "d" if near.single else ""
        near_form = f"{'H' if near.heading else ''}{dates}{'b' if near.bullet else ''}{'l' if near.long else ''}"
        same = "=" if near.print[:3] == mark.print[:3] else "#"
        said += [
            f"{name}={near_form}{same}",
            f"{name}={near_form}|{form}",
            f"{name}looks={near.looks[:2]}",
            f"{name}looks={near.looks[:2]}|{mark.looks[:2]}|{form}|{near_form}",
            f"{name}label={near.label}",
        ]
    return said


def _of_part(
    part: Stretch,
    row: Sequence[Stretch],
    looks: dict[Stretch, str],
    keys: Sequence[tuple[object, ...]],
    habits: Habits,
    marks: Sequence[RowMarks],
    judge: Callable[[str], str],
) -> list[str]:
    mark = marks[part.row]
    own = looks[part]
    before = row[part.order - 1] if part.order else _NOTHING
    after = row[part.order + 1] if part.order + 1 < len(row) else _NOTHING
    near = f"{looks.get(before, '^')}{own}{looks.get(after, '$')}"
    count = len(part.text.split())
    length = "1" if count == 1 else "2-3" if count <= 3 else "4-6" if count <= 6 else "7+"
    said = [
        f"p={own}",
        f"p.whole={judge(part.text)}",
        f"p.near={near}",
        f"p.order={min(part.order, 4)}/{min(len(row), 5)}",
        f"p.order={min(part.order, 4)}|{'D' if mark.dated else ''}|{own}",
        f"p.before={part.before}|{own}",
        f"p.after={part.after}|{own}",
        f"p.marks={part.before}{part.after}",
        f"p.length={length}",
        f"p.length={length}|{mark.bullet}|{mark.dated}",
        f"p.upper={part.text[:1].isupper()}|{part.text.isupper()}",
        f"p.small={part.text[:1].islower() and part.text.isascii()}",
    ]
    for key in keys:
        habit = habits.says(key)
        name = key[0]
        count = habits.counts[key]
        often = "1" if count == 1 else "2" if count == 2 else "3+"
        said += [f"h.{name}={habit}|{often}", f"h.{name}={habit}|{own}"]
    said.append("h.all=" + "|".join(habits.says(key) for key in keys[:2]))
    said.append(f"h.sib={_others(part, row, keys, habits)}|{own}")
    return said


def _others(part: Stretch, row: Sequence[Stretch], keys: Sequence[tuple[object, ...]], habits: Habits) -> str:
    """Whether a title or a firm usually stands in the other places around a date such as this one's."""
    kind, down, order = keys[0][1], keys[0][2], keys[0][3]
    found: set[str] = set()
    for row_down, other, title, firm in habits.around(kind):
        if (row_down, other) == (down, order):
            continue
        where = row_down if row_down != down else "="
        if title:
            found.add(f"T{where}")
        if firm:
            found.add(f"E{where}")
    return "".join(sorted(found)[:4])


def _of_token(found: Sequence[Token], place: int, judge: Callable[[str], str]) -> list[str]:
    token = found[place]
    low = token.text.lower()
    said = []
    if token.kind == "word":
        said += [
            f"w={low}",
            f"shape={shape(token.text)}",
            f"lex={judge(token.text)}",
            f"end={low[-2:]}",
            f"end={low[-3:]}",
        ]
        if "\uac00" <= low[-1:] <= "\ud7a3":
            said += [f"last={low[-1]}", f"len={min(len(low), 6)}"]
    for step in (-2, -1, 1, 2):
        near = found[place + step] if 0 <= place + step < len(found) else None
        if near is None or near.row != token.row:
            said.append(f"t{step}=none")
        elif near.kind == "word":
            said += [f"t{step}.lex={judge(near.text)}", f"t{step}.shape={shape(near.text)}"]
            if abs(step) == 1:
                said.append(f"t{step}.w={near.text.lower()}")
        else:
            said.append(f"t{step}={near.text if near.kind == 'mark' else near.kind}")
    return said


def _of_divider(
    found: Sequence[Token],
    place: int,
    divider: str,
    at: dict[int, Stretch],
    looks: dict[Stretch, str],
    keys: dict[Stretch, list[tuple[object, ...]]],
    habits: Habits,
) -> list[str]:
    """Of what divides: what stands on both sides of it, and usually stands there."""
    sides = [at.get(place + step) for step in (-1, 1)]
    near = [looks[side] if side and side.row == found[place].row else "-" for side in sides]
    usual = [habits.says(keys[side][0]) if side and side.row == found[place].row else "-" for side in sides]
    return [f"v={near[0]}{divider}{near[1]}", f"v.usual={usual[0]}{divider}{usual[1]}"]


def _of_date(
    found: Sequence[Token],
    place: int,
    row: Sequence[Stretch],
    looks: dict[Stretch, str],
    marks: Sequence[RowMarks],
    kinds: Sequence[str],
) -> list[str]:
    """Of a date: what stands in its row, how many of its kind there are, and what is around it."""
    token = found[place]
    mark = marks[token.row]
    senses = "".join(sorted({looks[part] for part in row}))
    position = (
        "alone" if not row else "first" if row[0].first > place else "last" if row[-1].last <= place else "inside"
    )
    around = "".join(
        marks[index].looks[:2] + "/" for index in range(max(token.row - 2, 0), min(token.row + 3, len(marks)))
    )
    return [
        f"d.senses={senses}",
        f"d.at={position}",
        f"d.at={position}|{mark.bullet}|{mark.long}|{kinds[token.row]}",
        f"d.around={around}",
        f"d.words={min(sum(part.last - part.first for part in row), 12)}|{token.kind}",
        f"d.kind={token.kind}|{kinds[token.row]}",
    ]
