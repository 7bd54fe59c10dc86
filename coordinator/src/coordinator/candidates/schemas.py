"""Candidates and resumes over HTTP, and what reading a file yields."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

from pydantic import BaseModel, Field

Language = Literal["en", "ko"]
SectionKind = Literal[
    "profile",
    "summary",
    "experience",
    "education",
    "skills",
    "projects",
    "certificates",
    "awards",
    "languages",
    "publications",
    "activities",
    "other",
]

Print = tuple[float, bool, int]
"""How something is printed: size in points, bold, colour."""
IfKnown = Literal["ask", "add", "new"]
FactKind = Literal["person", "employment", "education", "skill", "certificate", "language"]


@dataclass(frozen=True)
class Line:
    """One line of a page, or a row of a table, its cells divided by tabs.

    Position in points from the page's top left corner; ``size`` is the font's, points; ``color`` 0xRRGGBB.
    """

    text: str
    x0: float
    y0: float
    x1: float
    y1: float
    size: float
    bold: bool
    color: int = 0
    breaks: tuple[int, ...] = ()
    """Places in ``text`` where the print changes."""
    cells: tuple[float, ...] = ()
    """Left edge of each cell of a row; empty for a plain line."""
    prints: tuple[Print, ...] = ()
    """How each cell of a row is printed; empty where all are printed as the line is."""
    opens_column: bool = False
    """The first line of a column that stands for itself: nothing before it goes on in it."""
    heads_row: bool = False
    """A heading taken out of the row of a table that it stands before."""
    heads_table: bool = False
    """Beside several rows of a ruled table, the first of which names its columns."""
    ruled: bool = False
    """A row of a table with drawn lines."""
    opening: Print | None = None
    """How its first letters are printed, None where as the line is."""
    wrapped: bool = False
    """A name that the margin broke, whole again: its length says nothing."""
    spans: bool = False
    """The one cell of a row as wide as its ruled table, with rows of several cells below."""
    frame: tuple[float, float, float, float] | None = None
    """The smallest ground or frame drawn around it and another line, None without one."""
    table: int = 0
    """Which table with drawn lines of its page, from 1; 0 for what stands in none."""


@dataclass(frozen=True)
class Section:
    """A part of a resume under one heading."""

    kind: SectionKind
    title: str
    text: str


class SectionSize(BaseModel):
    """A section as an upload reports it."""

    kind: SectionKind
    title: str
    characters: int


class UploadReply(BaseModel):
    """What became of an uploaded resume."""

    candidate_id: UUID
    resume_id: UUID
    email: str | None = Field(description="The candidate's, as given with the upload, else as the resume says it.")
    pages: int
    hidden_words: int
    sections: list[SectionSize]
    chunks: int


class KnownCandidate(BaseModel):
    """Somebody who may be the person of an uploaded resume: one of the details of 409 candidate_known."""

    candidate_id: UUID
    name: str
    email: str | None
    created_at: datetime
    same: list[Literal["email", "file"]]


class ResumeSection(BaseModel):
    """A stored section."""

    kind: SectionKind
    title: str
    text: str


class ResumeFact(BaseModel):
    """One thing the resume says, and where.

    ``entry`` numbers the employments (or schools, skills ...) from 0; ``field`` is name, email, phone, employer, title,
    start, end, institution or degree; ``text`` are the resume's own words, found at ``start_char`` to ``end_char`` of
    ``line``; ``value`` is what a date says ("2019-03", "2019", "present"), else those words.
    """

    kind: FactKind
    entry: int
    field: str
    text: str
    value: str
    line: str
    start_char: int
    end_char: int


class Resume(BaseModel):
    """A stored resume, without the file; ``hidden_words`` are those nobody sees on its pages: they were left out."""

    id: UUID
    sha256: str
    pages: int
    hidden_words: int
    uploaded_at: datetime
    sections: list[ResumeSection]
    facts: list[ResumeFact]


class CandidateSummary(BaseModel):
    """A candidate in a list."""

    id: UUID
    name: str
    email: str | None
    language: Language
    created_at: datetime
    resume_id: UUID | None
    pages: int | None


class Candidate(BaseModel):
    """A candidate with the newest resume."""

    id: UUID
    name: str
    email: str | None
    language: Language
    created_at: datetime
    resume: Resume | None
