"""A recording's parts."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from pydantic import BaseModel


class Erased(BaseModel):
    """A recording that is gone here; its node removes its copy when it asks next."""

    interview_id: UUID
    erased_at: datetime


@dataclass(frozen=True, slots=True, order=True)
class Name:
    """Which segment of an interview: the visit, and its number within it from 0."""

    track: int
    number: int


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of one visit's sound."""

    name: Name
    origin_ms: int
    """Interview time of the track's sample 0."""

    first_sample: int
    """Index at 16 kHz of the first packet's first sample."""

    pre_skip: int
    """Encoder's delay, samples at 48 kHz."""

    packets: tuple[bytes, ...]
    """Opus, mono, 20 ms each."""


@dataclass(frozen=True, slots=True)
class SpokenWord:
    """One recognised word; milliseconds since the interview was opened."""

    text: str
    start_ms: int
    end_ms: int


@dataclass(frozen=True, slots=True)
class Span:
    """Interview time [start_ms, end_ms)."""

    start_ms: int
    end_ms: int
