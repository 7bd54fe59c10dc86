"""Employments told in Korean sentences, whose lines may break in the middle of any word. Pure."""

import re
from collections.abc import Sequence

from coordinator.candidates.facts import words
from coordinator.candidates.facts.entries.tabled import Entry
from coordinator.candidates.facts.model import Row
from coordinator.candidates.facts.rows.pieces import Piece, korean_parts
from coordinator.candidates.facts.rows.tight import Tight
from coordinator.candidates.headings.sections import BULLET
from coordinator.candidates.words.dates import PRESENT, Period, Point, periods, points
from coordinator.candidates.words.labels import Field

SENTENCES_MIN = 2
TOLD_SHARE = 0.9
COLUMN_POINTS = 20.0
ROLE_LETTERS_MAX = 16
NAME_LETTERS_MAX = 24
NAME_WORDS_MAX = 3
_ENDS = re.compile(r"(?:[니한었했였]다|요)\.")
_AT = re.compile(r"에서는?,?|에,?")
_AS = re.compile(r"으로|로")
_AFTER_DATES = re.compile(r"(?:까지|동안|부터)?(?:에는|에|는)?,?(?:약?\d{1,2}년(?:\d{1,2}개월)?(?:간|동안),?)?")
_JOINED = re.compile(r"입사|취업|취직|채용|임용|부임|합류|시작|들어가|들어갔")
_LEFT = re.compile(r"(?:까지|에|초|말).*?(?:그만|퇴사|퇴직|나왔|나오|떠났|떠나|이직|마쳤|마치|일했|일하|근무|재직|맡)")
_GOES_ON = re.compile(r"(?:지금|현재)(?:까지|도|에이르)|(?:하|고|로|서)있(?:습니다|다|어요)|(?:근무|재직)중")
_WORKPLACE = re.compile(r"(?:직장|회사|근무처|일터)[은는](?P<employer>\S{2,24}?)(?:이었|였|입니|이며)")
_ADVERBS = frozenset(
    ("그", "뒤", "후", "뒤에", "이후", "이후에", "다음", "다음에", "먼저", "처음", "처음에", "이어서", "그리고")
)


def is_prose(rows: Sequence[Row]) -> bool:
    """Whether the rows are lines of Korean sentences: each fills its column or ends one, none of them is a head."""
    if len(_ENDS.findall("".join(row.text for row in rows))) < SENTENCES_MIN:
        return False
    told = 0
    for row in rows:
        near = (one.line.x1 for one in rows if abs(one.line.x0 - row.line.x0) <= COLUMN_POINTS)
        full = row.line.x1 >= max(near) - 2 * row.line.size
        told += full or _ENDS.search(row.text.strip()[-4:]) is not None
    return told >= TOLD_SHARE * len(rows) and not any("\t" in row.text or BULLET.match(row.text) for row in rows)


def in_korean_prose(rows: Sequence[Row]) -> list[Entry]:
    """The entries of sentences that say from when to when somebody was what at whose; the rows are prose."""
    tight = Tight.of(rows)
    said, single = periods(tight.text), points(tight.text)
    found: list[Entry] = []
    begin, place = 0, None
    for ended in _ENDS.finditer(tight.text):
        until = ended.end()
        within = [period for period in said if begin <= period.start < until]
        dates = [point for point in single if begin <= point.start < until]
        named = _WORKPLACE.search(tight.text, begin, until)
        period = within[0] if len(within) == 1 else None if within else _joined_and_left(tight.text, dates, until)
        parts = _parts(tight, begin, period, until, place) if period else ()
        if period and parts:
            last = period.last
            found.append(Entry(parts, tight.dated(period.first), tight.dated(last) if last else None))
        place = named.span("employer") if named and not within else None
        begin = until
    return found


def _joined_and_left(text: str, dates: Sequence[Point], until: int) -> Period | None:
    """The time from a date at which somebody joined to one at which they left, or to now."""
    if not 1 <= len(dates) <= 2:
        return None
    first, after = dates[0], dates[0].end
    rest = text[after : dates[1].start if len(dates) == 2 else until]
    if len(dates) == 2:
        left = _LEFT.match(text, dates[1].end, until)
        return Period(first, dates[1], first.start, after) if left and _JOINED.search(rest) else None
    goes_on = _GOES_ON.search(text, after, until)
    if goes_on is None or not (_JOINED.search(rest) or rest.startswith("부터")):
        return None
    return Period(first, Point(PRESENT, *goes_on.span()), first.start, after)


def _parts(tight: Tight, begin: int, period: Period, until: int, place: tuple[int, int] | None) -> tuple[Piece, ...]:
    """Employer and title of a sentence from ``begin`` to ``until``; ``place`` is where the one before is about."""
    after = _AFTER_DATES.match(tight.text, period.end, until)
    start = after.end() if after else period.end
    as_what = tight.ended(_AS, start, until)
    if as_what is None:
        return ()
    at = tight.ended(_AT, start, as_what.start())
    role = (at.end() if at else start, as_what.start())
    employer = (start, at.start()) if at else _before(tight, begin, period.start) or place
    if at and place and words.is_department(tight.text[start : at.start()]):
        employer = place
    if employer is None:
        return _both(tight, role)
    if role[1] - role[0] > ROLE_LETTERS_MAX or employer[1] - employer[0] > NAME_LETTERS_MAX:
        return ()
    if not _is_title(tight.span(*role).text.split()[-1]):
        return ()
    return (_piece(tight, _firm(tight, employer), "employer"), _piece(tight, role, "title"))


def _before(tight: Tight, begin: int, end: int) -> tuple[int, int] | None:
    """The name before a date, where it says that something was there: "한결정밀에서 2016년 9월부터"."""
    at = next((one for one in _AT.finditer(tight.text, begin, end) if one.end() == end), None)
    if at is None:
        return None
    named = [word for word in tight.words(begin, at.start()) if tight.text[slice(*word)].strip(",") not in _ADVERBS]
    return (named[0][0], named[-1][1]) if 0 < len(named) <= NAME_WORDS_MAX else None


def _both(tight: Tight, place: tuple[int, int]) -> tuple[Piece, ...]:
    """Firm and title that only spaces divide, the first known to be one: "덕진초등학교 급식실 조리실무사"."""
    span = tight.span(*place)
    parts = korean_parts(Piece(span, 0, 0, bold=False), alone=True) if place[1] > place[0] else []
    if len(parts) < 2 or not words.is_surely_employer(parts[0].text) or not _is_title(parts[-1].text):
        return ()
    return (
        Piece(parts[0].span, 0, 0, bold=False, field="employer"),
        Piece(parts[-1].span, 0, 1, bold=False, field="title"),
    )


def _firm(tight: Tight, place: tuple[int, int]) -> tuple[int, int]:
    """The name of a firm without the department behind it."""
    named = tight.words(*place)
    if len(named) > 1 and words.is_department(tight.text[slice(*named[-1])]):
        return place[0], named[-2][1]
    return place


def _is_title(text: str) -> bool:
    return words.is_title(text) or words.could_be_korean_title(text)


def _piece(tight: Tight, place: tuple[int, int], field: Field) -> Piece:
    return Piece(tight.span(*place), 0, field == "title", bold=False, field=field)
