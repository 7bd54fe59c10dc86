"""Sections under a heading that joins several kinds, "자격증 및 수상": each row to the kind that it speaks of. Pure."""

import re
from collections.abc import Sequence
from dataclasses import replace

from coordinator.candidates.facts import words
from coordinator.candidates.facts.lists.items import TONGUES, is_language_test
from coordinator.candidates.facts.model import Row
from coordinator.candidates.headings.known import joined_kinds, known_kind
from coordinator.candidates.headings.sections import Part
from coordinator.candidates.schemas import SectionKind

PARTED: frozenset[SectionKind] = frozenset(
    ("certificates", "awards", "languages", "skills", "activities", "education", "publications")
)
"""Kinds whose rows can be told from each other; employments are read as a whole."""
_AWARD = re.compile(
    r"[가-힣A-Z]상(?=$|[\s(（,\t])|수상|표창|장려|입상|포상|\b(?:awards?|prizes?|scholarships?|medals?|winner|honou?rs)\b",
    re.IGNORECASE,
)
_PERMIT = re.compile(
    r"(?:(?<![봉회행감])사|기능장|면허|자격증?|\d급)(?=$|[\s(,\t])|\b(?:certifi\w+|licen[cs]ed?)\b", re.IGNORECASE
)
_ACTIVITY = re.compile(r"봉사|동아리|활동|\b(?:volunteer\w*|clubs?|society|hobb\w+)\b", re.IGNORECASE)
_LABEL = re.compile(r"^\W*[\[【〔<〈(（]\s*([^\]】〕>〉)）]{1,12}?)\s*[\]】〕>〉)）]\s*(?=\S)")
_FIRST_OF_SEVERAL = re.compile(
    r"^(?P<date>[\d.\s/년월-]*\t)?\W*(?P<kind>[^\W\d_]{2,12})(?:\s*[|·:：]|\s[-–]\s)\s*(?=\S)"
)
_LABELLED = ("certificates", "languages")
_MARKS = re.compile(r"[\t:：|·,;/]")


def apart(parts: Sequence[Part], rows: Sequence[Row]) -> list[Part]:
    """``parts`` with those of several kinds as one for each stretch of rows that speaks of one of these."""
    made: list[Part] = []
    for part in parts:
        kinds = list(dict.fromkeys(joined_kinds(part.title, hinted=True)))
        if len(kinds) < 2 or not PARTED.issuperset(kinds):
            made.append(part)
            continue
        stretch = replace(part, last=part.first)
        for place in range(part.first, part.last):
            kind = _kind(rows[place], kinds) or stretch.kind
            if kind != stretch.kind and stretch.last > stretch.first:
                made.append(stretch)
                stretch = replace(stretch, first=place)
            stretch = replace(stretch, kind=kind, last=place + 1)
        made.append(stretch)
    return made


def without_labels(rows: Sequence[Row]) -> list[Row]:
    """``rows`` without what stands before them to say their kind: "[자격] 전기기사", "자격증 | 전기기사 | 2020"."""
    return [_without_label(row) for row in rows]


def _without_label(row: Row) -> Row:
    label = _LABEL.match(row.text)
    if label and known_kind(label.group(1)) is not None:
        return Row(replace(row.line, text=" " * label.end() + row.text[label.end() :]), row.start)
    first = _FIRST_OF_SEVERAL.match(row.text)
    if first and known_kind(first["kind"]) in _LABELLED:
        begin, end = first.start("kind"), first.end()
        return Row(replace(row.line, text=row.text[:begin] + " " * (end - begin) + row.text[end:]), row.start)
    return row


def _kind(row: Row, kinds: Sequence[SectionKind]) -> SectionKind | None:
    """Which of ``kinds`` a row speaks of, first by a word that labels it; None where it says none."""
    label = _LABEL.match(row.text)
    bracketed = known_kind(label.group(1)) if label else None
    if bracketed in kinds:
        return bracketed
    said = [bare for part in _MARKS.split(row.text) if any(map(str.isalpha, bare := part.strip(" •-–▪■")))]
    labelled = next((kind for part in said[:2] if (kind := known_kind(part)) in kinds), None)
    if labelled is not None:
        return labelled
    spoken = {
        "languages": 2 * sum(map(_is_of_tongues, said)) >= len(said),
        "awards": _AWARD.search(row.text) is not None,
        "certificates": _PERMIT.search(row.text) is not None,
        "activities": _ACTIVITY.search(row.text) is not None,
        "education": words.is_institution(row.text),
    }
    told = next((kind for kind in kinds if spoken.get(kind)), None)
    # What stands with languages and names none is a skill, whichever came before it.
    return told or ("skills" if set(kinds) == {"languages", "skills"} else None)


def _is_of_tongues(text: str) -> bool:
    return TONGUES.match(text) is not None or is_language_test(text)
