"""What a section is about whose heading says nothing known: by what stands in it. Pure."""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import cast

from coordinator.candidates.facts import words
from coordinator.candidates.facts.employments.finding import jobs
from coordinator.candidates.facts.entries.tabled import blocks, table_entries
from coordinator.candidates.facts.lists.items import TONGUES, is_item, is_level, items
from coordinator.candidates.facts.lists.skills import skills
from coordinator.candidates.facts.model import Row
from coordinator.candidates.facts.works import shows_works
from coordinator.candidates.headings.known import heading_key, known_kind
from coordinator.candidates.headings.sections import Part
from coordinator.candidates.schemas import SectionKind
from coordinator.candidates.words.dates import periods

LISTED_MIN = 3
NAMED_ONE_IN = 3
"""One dated entry of these has a title or a firm that is known by its words."""
LISTED_WORDS_MAX = 4
LISTED_JOBS_MIN = 2
MOSTLY = 0.6
"""This share of a list that is languages makes it one of these."""
_UNSURE = ("other", "activities", "projects")
"""Kinds that a heading in words no list has may be taken for."""
_MISTAKEN = ("other", "publications")
"""Kinds that such a heading may have by a word with several meanings: "Papers I hold" are certificates."""
_OF_TWO_MEANINGS = ("papers",)
_SENTENCE = re.compile(r"(?:[a-z가-힣]{2}[.!?]|다|요)$")
_ENDED = re.compile(r"(?:[\w가-힣%)”\"][.!?]|[니한었했]다|요)$")
_QUOTED = re.compile(r"[“\"『「《〈][^”\"』」》〉]{6,}[”\"』」》〉]")
_CAREER = re.compile(r"career|professional|employment|경력|업무|이력", re.IGNORECASE)
_ASIDE = re.compile(r"\s*[(（][^()（）]*[)）]")
_PRIZES = re.compile(
    r"\b(?:awards?|prizes?|medals?|nominat(?:ed|ion)|winner|finalist|runner-up|honou?rable mention)\b"
    r"|(?:대|금|은|동|우수|장려|최우수|특별|공로|신인|작품|본)상(?=$|[\s,·(])|표창|입선|입상|수상",
    re.IGNORECASE,
)
_UNPAID = re.compile(r"\bvolunteer(?:ed|ing)?\b|자원 ?봉사|봉사 ?활동", re.IGNORECASE)
PERMITS = re.compile(
    r"\b(?:licen[sc]es?|certifi\w+|accredited|emt|first aid|cards?|permits?|tickets?|level \d|renewed"
    r"|expir(?:es|y)|(?:valid|good) (?:to|until|till|through)|osha|asme|twic|cscs|haccp)\b"
    r"|기사(?=$|[\s(])|기능사|기술사|면허|자격증|[가-힣] ?[1-3]급",
    re.IGNORECASE,
)
_ASKS_UNPAID = re.compile(
    r"(?:직무 ?)?경험(?: ?사항)?(?:\s?[/·,및]\s?(?:대외 ?|교외 ?|사회 ?)?(?:활동|교육|봉사|연수))*$"
)
PROSE_CHARACTERS_MIN = 40


def by_content(parts: Sequence[Part], rows: Sequence[Row]) -> list[Part]:
    """``parts`` with those no heading names made what the resume has no section of, where their rows say so."""
    parts = [replace(part, kind="activities") if _is_unpaid(part, parts) else part for part in parts]
    have = {part.kind for part in parts}
    made: list[Part] = []
    for part in parts:
        unnamed = part.kind in _UNSURE and known_kind(part.title) is None
        said = rows[part.first : part.last]
        if _names_schools(part, parts, rows):
            made.append(replace(part, kind="education"))
            continue
        if _holds_no_school(part, parts, rows):
            made.append(replace(part, kind="certificates"))
            continue
        if part.kind == "summary" and _lists_jobs(said, alone="experience" not in have):
            made.append(replace(part, kind="experience"))
            continue
        kind = _kind(said) if unnamed else None
        unclear = known_kind(part.title) is None or heading_key(part.title) in _OF_TWO_MEANINGS
        told = _told(said) if unclear and part.kind in _MISTAKEN else None
        told = told if kind is None or told == "publications" else None
        first = bool(made) and all(before.kind == "profile" for before in made)
        worked = "experience" in have or any(before.kind == "experience" for before in made)
        shown = worked and unnamed and part.kind == "other" and "projects" not in have
        if shown and shows_works(said):
            made.append(replace(part, kind="projects"))
        elif told is not None and told not in have and told != part.kind:
            made.append(replace(part, kind=told))
        elif kind == "experience" and part.kind == "other" and "experience" not in have and _dated_firms(said):
            made.append(replace(part, kind="experience"))
        elif unnamed and part.kind == "other" and first and "summary" not in have and _is_prose(said):
            made.append(replace(part, kind="summary"))
        elif kind is not None and kind not in have and (part.kind == "other" or kind == "experience"):
            # A heading that speaks of activities has no employments below it where another one has.
            worked = kind == "experience" and kind in {one.kind for one in made}
            made.append(part if worked and part.kind == "activities" else replace(part, kind=kind))
        elif unnamed and part.kind == "other" and first:
            # Above all that is known it is no heading: what somebody is, below the name.
            made[-1] = replace(made[-1], last=part.last)
        else:
            made.append(part)
    if any(part.kind == "experience" for part in made):
        return made
    return [replace(part, kind="experience") if _tells_of_jobs(part, rows) else part for part in made]


def _holds_no_school(part: Part, parts: Sequence[Part], rows: Sequence[Row]) -> bool:
    """Whether qualifications stand beside an education of their own and name no school: they are certificates."""
    asked = part.kind == "education" and re.search(r"qualification", part.title, re.IGNORECASE) is not None
    taught = any(one.kind == "education" and one.title != part.title for one in parts)
    said = rows[part.first : part.last]
    return asked and taught and bool(said) and not any(words.is_institution(row.text) for row in said)


def _lists_jobs(rows: Sequence[Row], *, alone: bool) -> bool:
    """Whether an overview names employers with their dates, in a table whose head says so.

    Or each in its line, where nothing else in the resume does: ``alone``.
    """
    headed = [block for block in blocks(rows) if block.names_employers and "employer" in block.columns]
    if headed:
        return any(entry.first is not None for block in headed for entry in table_entries(block))
    dated = sum(bool(periods(row.text)) for row in rows)
    return alone and 2 * dated >= len(rows) and sum(job.employer is not None for job in jobs(rows)) >= LISTED_JOBS_MIN


def _dated_firms(rows: Sequence[Row]) -> bool:
    """Whether rows name several employers, each with its time: among them sentences tell of the work."""
    return sum(job.employer is not None and job.first is not None for job in jobs(rows)) >= LISTED_JOBS_MIN


def _tells_of_jobs(part: Part, rows: Sequence[Row]) -> bool:
    """Whether what is called a summary of a career lists employers, each with its time."""
    found = jobs(rows[part.first : part.last]) if part.kind == "summary" and _CAREER.search(part.title) else []
    return any(job.employer is not None and job.first is not None and job.last is not None for job in found)


def _is_unpaid(part: Part, parts: Sequence[Part]) -> bool:
    """Whether a Korean form asks here for what was done without pay: it asks for employments elsewhere."""
    asked = part.kind == "experience" and _ASKS_UNPAID.match(part.title) is not None
    return asked and any(one.kind == "experience" and "경력" in one.title for one in parts)


def _names_schools(part: Part, parts: Sequence[Part], rows: Sequence[Row]) -> bool:
    """Whether what may be certificates lists schools, in a resume that has no other section of these."""
    kinds = [one.kind for one in parts]
    if part.kind != "certificates" or "education" in kinds:
        return False
    if kinds.count("certificates") < 2 and not re.search(r"training|교육|연수", part.title, re.IGNORECASE):
        return False
    said = rows[part.first : part.last]
    return bool(said) and 2 * sum(words.is_institution(row.text) for row in said) >= len(said)


def _kind(rows: Sequence[Row]) -> SectionKind | None:
    found = jobs(rows)
    named = sum(
        (job.title is not None and (words.names_a_title(job.title.text) or words.could_be_title(job.title.text)))
        or (job.employer is not None and words.is_employer(job.employer.text))
        for job in found
    )
    if any(words.is_institution(row.text) and words.is_degree(f"{row.text} {_below(rows, row)}") for row in rows):
        return "education"
    if named * NAMED_ONE_IN >= max(len(found), 1):
        return "experience"
    if any(words.is_institution(row.text) for row in rows):
        return "education"
    if found or not rows or any(_SENTENCE.search(row.text.strip()) for row in rows):
        return None
    said = [row.text[start:end] for row in rows for start, end in items(row.text, bracketed=False)]
    tongues = sum(TONGUES.match(item) is not None for item in said)
    if tongues and MOSTLY * sum(not is_level(item) for item in said) <= tongues:
        return "languages"
    listed = [span.text for span in skills(rows)]
    short = all(is_item(text) and len(_ASIDE.sub("", text).split()) <= LISTED_WORDS_MAX for text in listed)
    dated = any(re.search(r"\d{4}|@", row.text) for row in rows)
    return "skills" if len(listed) >= LISTED_MIN and short and not dated else None


def _told(rows: Sequence[Row]) -> SectionKind | None:
    """What short rows without employers name in so many words; None where most name nothing of the kind."""
    text = "\n".join(row.text for row in rows)
    for kind, pattern, least in (
        ("publications", _QUOTED, 2),
        ("certificates", PERMITS, 2),
        ("awards", _PRIZES, 2),
        ("activities", _UNPAID, 1),
    ):
        named = (
            len(pattern.findall(text)) if pattern is _QUOTED else sum(bool(pattern.search(row.text)) for row in rows)
        )
        if named >= min(least, len(rows)) and 2 * named >= len(rows):
            return cast("SectionKind", kind)
    return None


def _is_prose(rows: Sequence[Row]) -> bool:
    """Whether the rows are sentences: somebody tells of themselves."""
    text = " ".join(row.text.strip() for row in rows)
    return len(text) >= PROSE_CHARACTERS_MIN and _ENDED.search(text) is not None and "@" not in text


def _below(rows: Sequence[Row], row: Row) -> str:
    return next((below.text for place, below in enumerate(rows[1:]) if rows[place] is row), "")
