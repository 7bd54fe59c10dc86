"""Whose resume it is: name, e-mail address, telephone. Pure."""

import re
from collections.abc import Sequence
from statistics import median

from coordinator.candidates.facts import words
from coordinator.candidates.facts.model import Row, Span
from coordinator.candidates.facts.rows.pieces import Piece, pieces
from coordinator.candidates.headings.known import known_kind

ROWS_MOST = 12
EMAIL = re.compile(r"[A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+\.[A-Za-z]{2,}")
PHONE = re.compile(
    r"(?<![\d+])(?:\+\d{1,3}[\s.-]?(?:\(0\)[\s.-]?)?)?(?:\(\d{2,4}\)\s?|\d{2,4}\)\s?)?\d{1,5}(?:[\s.-]\d{2,8}){1,5}(?!\d)"
)
"""As written in either country and abroad: "+33 (0)6 12 34 56 78", "02)123-4567"."""
BESIDE_CONTACT = 1.0
FIRST_OF_ALL = 0.5
"""What speaks for a name that nothing stands above."""
_PHONE_DIGITS_MIN = 8
_TITLES = re.compile(
    r"resum|résum|curriculum|vitae|이력서|자기소개서|경력기술서|경력증명|portfolio"
    r"|포트폴리오|^[나저]의\s|^cv$|page \d|지원서|연락처|프로필|\bprofile\b|\bexport\b",
    re.IGNORECASE,
)
_PARTICLES = (
    "dela|delos|de|das|do|los|las|ben|abu|zur|vom|da|di|del|della|van|von|der|den|la|le|el|al|bin|binti|ibn|dos|du|ter|zu|av|af"
    "|y|e"
)
_LATIN = re.compile(
    rf"^(?:(?:mr|mrs|ms|dr|prof)\.?\s)?[^\W\d_](?:[^\W\d_]|['’.-])*(?:\s(?:(?:{_PARTICLES})|[^\W\d_](?:[^\W\d_]|['’.-])*)){{1,4}}$",
    re.IGNORECASE,
)
_AFTER_NAME = re.compile(
    r"(?:[\s,]+(?:r\.?n\.?|bsn|msn|ph\.?\s?d\.?|m\.?d\.?|mba|cpa|cfa|cma|pmp|p\.?e\.?|esq\.?|j\.?d\.?|ll\.?m|m\.?sc|b\.?sc|m\.?a\.?"
    r"|m\.?s\.?|b\.?a\.?|b\.?s\.?|m\.?eng|b\.?eng|ceng|dds|dvm|cissp|phr|sphr|shrm-c?cp|acca|aca|mcipd|cipd|frcs|mrcp|eit|lcsw|csm"
    r"|rd|dr|dpt|pharmd|riba|mrics|frics))+$",
    re.IGNORECASE,
)
"""Degrees and memberships written after a name."""
_GENERATION = re.compile(r",?\s(?:[JS]r\b\.?|I{2,3}\b|IV\b)", re.IGNORECASE)
_GREETING = re.compile(r"안녕하(?:세요|십니까)[,.!]?\s*(?:저는\s)?([가-힣]{2,4})(?:입니다|라고 합니다)")
_LABELLED = re.compile(r"\W*(?:이름|성명|성함)\s{1,3}([가-힣]{2,4})(?=\s*$|\t|\s{2}|\s?[|(])")
_SEXED = re.compile(r"\s*([가-힣]{2,4})\s(?:남|여)(?:성|자)?(?=\s*(?:$|[\t,(|/·]|(?:19|20)\d\d))")
"""As portals print it: "남궁현우 남, 1991년"."""
_HONORIFIC = re.compile(r"^(?:mr|mrs|ms|dr|prof)\.?\s(?=\S)", re.IGNORECASE)
_KOREAN = re.compile(r"^[가-힣](?:\s*[가-힣]){1,3}$")
_SCRIPTS = re.compile(r"[a-zA-Z가-힣]")
_SHORT_NAME = re.compile(r"^[^\W\d_][\w'’.-]*\s[\"“‘'(][^\W\d_]+[\"”’')]\s[^\W\d_][\w'’.-]*(?:\s[^\W\d_][\w'’.-]*)?$")
"""A name with what its bearer is called: "Robert "Bob" Tallis"."""
_SURNAMES = frozenset(
    "김이박최정강조윤장임한오서신권황안송류유전홍고문양손배백허남심노하곽성차주우구민나진지엄채원천방공현함변염여추도소석선설마길연위표명"
    "기반왕금옥육인맹제모탁국은편용온좌빈감봉사부태복목형피두음호승간상시갈단견당화창동도라마배"
    "어예경빙팽옹범묵영포내뇌돈순엽종초춘풍해후"
) | frozenset(("남궁", "황보", "제갈", "선우", "독고", "사공", "서문", "동방", "망절", "강전", "을지"))


def email(rows: Sequence[Row]) -> Span | None:
    """The first e-mail address."""
    for row in rows:
        match = EMAIL.search(row.text)
        if match:
            return row.span(*match.span())
    return None


def phone(rows: Sequence[Row]) -> Span | None:
    """The first telephone number."""
    for row in rows:
        for match in PHONE.finditer(row.text):
            digits = sum(map(str.isdigit, match.group()))
            if digits >= _PHONE_DIGITS_MIN and not re.match(r"(?:19|20)\d\d[\s.-]", match.group()):
                return row.span(*match.span())
    return None


def name(rows: Sequence[Row], profile: Sequence[Row]) -> Span | None:
    """The name: labelled as such, or what looks most like one among the profile's lines and the largest print."""
    for row in profile:
        for piece in pieces(row, 0):
            if piece.field == "name" and (_KOREAN.match(piece.text) or _LATIN.match(piece.text)):
                return piece.span
    for row in profile[:ROWS_MOST]:
        greeting = _LABELLED.match(row.text) or _GREETING.search(row.text)
        if greeting:
            return row.span(*greeting.span(1))
    if not rows:
        return None
    body = median(row.line.size for row in rows)
    largest = max(row.line.size for row in rows)
    address = email(rows)
    local = re.sub(r"[^a-z]", "", address.text.split("@")[0].lower()) if address else ""
    early = {row.start for row in profile[:ROWS_MOST]}
    printed = [row for row in rows if row.line.size >= largest * 0.98 and row.start not in early]
    near = [*profile[:ROWS_MOST], *printed[:ROWS_MOST]]
    after = dict(zip((row.start for row in rows), rows[1:], strict=False))
    best: tuple[float, Span] | None = None
    for place, row in enumerate(near):
        for span, plain in _could_be(row, after.get(row.start), largest):
            score = 2.0 * min(row.line.size / body, 3.0) - 0.25 * place + _likeness(plain, local) + 0.3 * row.line.bold
            # "김하늘 (Haneul Kim)": the name comes first, the other spelling after it.
            score += BESIDE_CONTACT * (EMAIL.search(row.text) is not None or phone([row]) is not None)
            behind = span.start > row.start + len(row.text) - len(row.text.lstrip())
            score -= 4.0 * (behind and not words.is_korean_title(row.text[: span.start - row.start].strip()))
            score += FIRST_OF_ALL * (row.start == rows[0].start)
            if best is None or score > best[0]:
                best = (score, span)
    return _with_generation(_name_alone(best[1]), rows) if best and best[0] > 2.0 else None


def _with_generation(span: Span, rows: Sequence[Row]) -> Span:
    """The name and which of several of that name it is, where that is said after it: "Jr.", "III"."""
    row = next((row for row in rows if row.start <= span.start and span.end <= row.start + len(row.text)), None)
    after = _GENERATION.match(row.text[span.end - row.start :]) if row else None
    return row.span(span.start - row.start, span.end - row.start + after.end()) if row and after else span


def _name_alone(span: Span) -> Span:
    """The name without what is said before and after it: "Dr", "RN"."""
    honorific = _HONORIFIC.match(span.text)
    if honorific:
        span = Span(span.text[honorific.end() :], span.start + honorific.end(), span.end)
    after = _AFTER_NAME.search(span.text)
    if after and after.start() and len(span.text[: after.start()].split()) >= 2:
        span = Span(span.text[: after.start()], span.start, span.end - (len(span.text) - after.start()))
    return span


def _could_be(row: Row, following: Row | None, largest: float) -> list[tuple[Span, str]]:
    found: list[tuple[Span, str]] = []
    parts = pieces(row, 0)
    for piece in parts[:3]:
        if _is_name(piece):
            found.append((piece.span, piece.text))
    sexed = _SEXED.match(row.text)
    if sexed and not _is_banned(sexed.group(1)):
        found.insert(0, (row.span(*sexed.span(1)), sexed.group(1)))
    first = row.cells[0][1].rstrip()
    if row.line.size >= largest * 0.95 and _SHORT_NAME.match(first) and not _is_banned(first):
        found.append((row.span(0, len(first)), first))
    found += _beside_a_title(parts[0], row) if len(parts) == 1 else []
    # First name and surname in two prints on one line.
    if 1 < len(parts) <= 3 and row.line.breaks and row.line.size >= largest * 0.95:
        start, end = parts[0].span.start - row.start, parts[-1].span.end - row.start
        whole = " ".join(row.text[start:end].split())
        if _LATIN.match(whole) and not _is_banned(whole) and not _is_in_two_scripts(whole):
            found.append((row.span(start, end), whole))
    # First name and surname on lines of their own, in the largest print.
    if (
        following is not None
        and min(row.line.size, following.line.size) >= largest * 0.95
        and len(row.text.split()) <= 2
        and len(following.text.split()) <= 2
        and not _is_banned(row.text)
        and not _is_banned(following.text)
    ):
        whole = f"{row.text} {following.text}"
        if _LATIN.match(whole) and not _is_in_two_scripts(whole):
            # The whole name goes before its first line alone.
            found.insert(0, (Span(" ".join(whole.split()), row.start, following.start + len(following.text)), whole))
    return found


def _beside_a_title(piece: Piece, row: Row) -> list[tuple[Span, str]]:
    """A Korean name before or after what its bearer is: "간호사 김하늘"."""
    named = piece.text.split()
    if len(named) < 2:
        return []
    first, last = (named[0], named[1:], row.text.find(named[0])), (named[-1], named[:-1], row.text.rfind(named[-1]))
    return [
        (row.span(start, start + len(who)), who)
        for who, title, start in (last, first)
        if 2 < len(who) <= 4 and _KOREAN.match(who) and {who[0], who[:2]} & _SURNAMES and not _is_banned(who)
        if words.is_korean_title(" ".join(title))
    ][:1]


def _is_name(piece: Piece) -> bool:
    if piece.field not in (None, "name") or _is_banned(piece.text):
        return False
    if _KOREAN.match(piece.text):
        return True
    if not _LATIN.match(piece.text) or len(piece.text) > 40 or all(len(word) == 1 for word in piece.text.split()):
        return False
    return all(word[0].isupper() or word.lower() in _PARTICLES.split("|") for word in piece.text.split())


def _is_in_two_scripts(text: str) -> bool:
    """Whether a text is in Korean and Latin letters: a name and its other spelling."""
    return len({character.isascii() for character in text if character.isalpha() and _SCRIPTS.match(character)}) > 1


def _is_banned(text: str) -> bool:
    return bool(_TITLES.search(text)) or known_kind(text) is not None or any(map(str.isdigit, text))


def _likeness(text: str, local: str) -> float:
    score = 0.0
    if _KOREAN.match(text):
        plain = re.sub(r"\s", "", text)
        score += 2.0 if plain[0] in _SURNAMES or plain[:2] in _SURNAMES else -2.0
        score += 0.5 * (len(plain) == 3)
    else:
        parts = [re.sub(r"[^a-z]", "", part.lower()) for part in text.split()]
        score += 3.0 * any(len(part) >= 3 and part in local for part in parts)
    score -= 3.0 * words.is_title(text) + 3.0 * words.is_place(text) + 1.5 * words.is_employer(text)
    return score
