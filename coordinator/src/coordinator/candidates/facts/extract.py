"""All facts of one resume, each found in its text. Pure."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from coordinator.candidates.facts import person
from coordinator.candidates.facts.education import Study, studies, told_once
from coordinator.candidates.facts.employments import once
from coordinator.candidates.facts.employments.finding import jobs
from coordinator.candidates.facts.entries.leave import is_service
from coordinator.candidates.facts.entries.tabled import Place, head_above
from coordinator.candidates.facts.joined import without_labels
from coordinator.candidates.facts.lists.items import is_language_test
from coordinator.candidates.facts.lists.permits import certificates
from coordinator.candidates.facts.lists.skills import skills
from coordinator.candidates.facts.lists.tongues import languages, languages_among_skills, without_tests_of
from coordinator.candidates.facts.model import Fact, Row, Span, rows_of
from coordinator.candidates.facts.rows.dated import Dated
from coordinator.candidates.headings.known import known_kind
from coordinator.candidates.headings.sections import Part
from coordinator.candidates.schemas import FactKind, Line

SKILLS_MOST = 120
ENTRIES_MOST = 60
_INLINE_SKILLS = re.compile(r"^\W*([^:：]{2,24}?)\s*[:：]\s*\S")
_DIVIDED = re.compile(r"[\u00ad\u2010] ?|(?<=[a-z])- (?=[a-z])")
_SPACED_SYLLABLES = re.compile(r"^[가-힣](?:\s[가-힣])+$")


def facts(lines: Sequence[Line], parts: Sequence[Part], text: str) -> list[Fact]:
    """What the resume says, in its order; ``text`` is ``lines`` joined by line ends. Nothing that is not in it."""
    rows = rows_of(lines)
    by_kind = {
        kind: [[*head_above(rows, part.first), *rows[part.first : part.last]] for part in parts if part.kind == kind]
        for kind in ("profile", "summary", "experience", "education", "skills", "certificates", "languages")
    }
    for kind in ("certificates", "languages"):
        by_kind[kind] = [without_labels(part) for part in by_kind[kind]]
    schools = told_once([study for part in by_kind["education"] for study in studies(part)])
    made = [
        *_person(rows, [row for part in by_kind["profile"] for row in part]),
        *_employments(by_kind["experience"], [study.at for study in schools if study.at is not None]),
        *_studies(schools),
        *_listed("skill", (span for part in _skill_rows(by_kind) for span in skills(part))),
        *_listed(
            "certificate",
            (span for part in by_kind["certificates"] for span in certificates(part) if not is_service(span.text)),
        ),
        *_listed(
            "language",
            without_tests_of(
                [
                    *(span for part in by_kind["languages"] for span in languages(part, alone=True)),
                    *(span for part in by_kind["skills"] for span in languages_among_skills(part)),
                    *(
                        span
                        for part in by_kind["certificates"]
                        for row in part
                        if is_language_test(row.text)
                        for span in languages([row])
                    ),
                ]
            ),
        ),
    ]
    said = [_with_text(fact, text) for fact in made]
    return [fact for fact in said if is_in(fact.span, text)]


def is_in(span: Span, text: str) -> bool:
    """Whether ``span`` is what stands at its place in ``text``, white space apart."""
    return bool(span.text) and " ".join(text[span.start : span.end].split()) == span.text


def _with_text(fact: Fact, text: str) -> Fact:
    span = fact.span
    return fact if span.text else replace(fact, span=replace(span, text=" ".join(text[span.start : span.end].split())))


def _person(rows: Sequence[Row], profile: Sequence[Row]) -> list[Fact]:
    said = (
        ("name", person.name(rows, profile)),
        ("email", person.email(rows)),
        ("phone", person.phone([*profile, *rows])),
    )
    return [Fact("person", 0, field, span, _value(span)) for field, span in said if span is not None]


def _value(span: Span) -> str:
    """The words without what print did to them: divided at the margin, or set with wide spaces."""
    whole = _DIVIDED.sub("", span.text)
    return whole.replace(" ", "") if _SPACED_SYLLABLES.match(whole) else whole


def _date(kind: FactKind, entry: int, field: str, dated: Dated | None) -> list[Fact]:
    if dated is None:
        return []
    point = dated.point
    return [Fact(kind, entry, field, Span("", point.start, point.end), point.value)]


def _employments(sections: Sequence[Sequence[Row]], schools: Sequence[Place]) -> list[Fact]:
    made: list[Fact] = []
    for entry, job in enumerate(once.told_once([jobs(section, schools) for section in sections])[:ENTRIES_MOST]):
        for field, piece in (("employer", job.employer), ("title", job.title)):
            if piece is not None:
                made.append(Fact("employment", entry, field, piece.span, _value(piece.span)))
        made += _date("employment", entry, "start", job.first)
        made += _date("employment", entry, "end", job.last)
    return made


def _studies(schools: Sequence[Study]) -> list[Fact]:
    made: list[Fact] = []
    for entry, study in enumerate(schools):
        made.append(Fact("education", entry, "institution", study.institution.span, _value(study.institution.span)))
        if study.degree is not None:
            made.append(Fact("education", entry, "degree", study.degree.span, _value(study.degree.span)))
        made += _date("education", entry, "start", study.first)
        made += _date("education", entry, "end", study.last)
    return made


def _listed(kind: FactKind, spans: Iterable[Span]) -> list[Fact]:
    kept: dict[str, Span] = {}
    for span in spans:
        kept.setdefault(span.text.casefold(), span)
    return [
        Fact(kind, entry, "name", span, _value(span)) for entry, span in enumerate(list(kept.values())[:SKILLS_MOST])
    ]


def _skill_rows(by_kind: dict[str, list[list[Row]]]) -> list[list[Row]]:
    """The rows of skills; without a section of their own, lines that say what they list."""
    if by_kind["skills"]:
        return by_kind["skills"]
    return [
        [row]
        for kind in ("profile", "summary")
        for part in by_kind[kind]
        for row in part
        if (label := _INLINE_SKILLS.match(row.text)) and known_kind(label.group(1)) == "skills"
    ]
