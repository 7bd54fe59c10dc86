"""Candidates and resumes over HTTP, and what reading a file yields."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

from pydantic import BaseModel

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


@dataclass(frozen=True)
class Line:
    """One line of a page. Position in points from the page's top left corner; ``size`` is the font's, points."""

    text: str
    x0: float
    y0: float
    x1: float
    y1: float
    size: float
    bold: bool


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
    pages: int
    sections: list[SectionSize]
    chunks: int


class ResumeSection(BaseModel):
    """A stored section."""

    kind: SectionKind
    title: str
    text: str


class Resume(BaseModel):
    """A stored resume, without the file."""

    id: UUID
    sha256: str
    pages: int
    uploaded_at: datetime
    sections: list[ResumeSection]


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
