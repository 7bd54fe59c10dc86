"""Facts <-> ``interview.v1.Envelope``. The wire stays in here: bytes out, domain values in."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from google.protobuf.message import DecodeError
from interview_proto.v1 import clock_pb2, envelope_pb2, events_pb2

from edge_node.core.interview import events as domain
from edge_node.core.interview.camera_events import ObservationNoted, PresenceObserved
from edge_node.core.interview.plan import QuestionKind, Source
from edge_node.core.interview.review_events import (
    CompetencyAbstained,
    CompetencyRated,
    Evidence,
    Finding,
    RatingRepeated,
    ReviewCompleted,
    SummaryWritten,
)
from edge_node.ports.clock import ClockReading

_SYNC_TO_WIRE = {
    None: clock_pb2.CLOCK_SYNC_UNSPECIFIED,
    True: clock_pb2.CLOCK_SYNC_SYNCHRONISED,
    False: clock_pb2.CLOCK_SYNC_UNSYNCHRONISED,
}

_KIND_TO_WIRE = {
    QuestionKind.PLANNED: events_pb2.QUESTION_KIND_PLANNED,
    QuestionKind.FOLLOW_UP: events_pb2.QUESTION_KIND_FOLLOW_UP,
    QuestionKind.FALLBACK: events_pb2.QUESTION_KIND_FALLBACK,
    QuestionKind.CLOSING: events_pb2.QUESTION_KIND_CLOSING,
}
_KIND_FROM_WIRE = {wire: kind for kind, wire in _KIND_TO_WIRE.items()}
_MODE_TO_WIRE = {
    domain.TurnMode.SPOKEN: events_pb2.TURN_MODE_SPOKEN,
    domain.TurnMode.TYPED: events_pb2.TURN_MODE_TYPED,
}
_MODE_FROM_WIRE = {wire: mode for mode, wire in _MODE_TO_WIRE.items()}

_REPEATED: dict[str, tuple[Callable[..., Any], Any]] = {
    "engines": (domain.EngineUsed, events_pb2.EngineUsed),
    "sources": (Source, events_pb2.Source),
    "words": (domain.Word, events_pb2.Word),
    "evidence": (Evidence, events_pb2.Evidence),
    "refused": (domain.RefusedProposal, events_pb2.RefusedProposal),
    "strengths": (Finding, events_pb2.Finding),
    "improvements": (Finding, events_pb2.Finding),
}
"""Fields that hold a run of values, each mirrored field by field."""

_PLAIN_RUNS = frozenset({"purposes", "lacking", "levels"})
"""Fields that hold a run of words or numbers."""

FACTS: dict[str, Callable[..., domain.Event]] = {
    "interview_opened": domain.InterviewOpened,
    "candidate_joined": domain.CandidateJoined,
    "consent_given": domain.ConsentGiven,
    "stage_entered": domain.StageEntered,
    "question_asked": domain.QuestionAsked,
    "turn_taken": domain.TurnTaken,
    "turn_timed": domain.TurnTimed,
    "question_interrupted": domain.QuestionInterrupted,
    "candidate_left": domain.CandidateLeft,
    "presence_observed": PresenceObserved,
    "observation_noted": ObservationNoted,
    "interview_closed": domain.InterviewClosed,
    "rating_repeated": RatingRepeated,
    "competency_rated": CompetencyRated,
    "competency_abstained": CompetencyAbstained,
    "summary_written": SummaryWritten,
    "review_completed": ReviewCompleted,
    "recording_stopped": domain.RecordingStopped,
}
"""Name of the field in ``Event.fact`` -> the fact's type. A test holds it against the schema."""

_NAMES = {kind: name for name, kind in FACTS.items()}


@dataclass(frozen=True, slots=True)
class Place:
    """Where a fact stands: everything of the envelope but the fact itself."""

    node_id: str
    journal_epoch: str
    interview_id: str
    number: int
    interview_ms: int
    wall_time_unix_ms: int
    clock: ClockReading | None = None

    @property
    def event_id(self) -> str:
        """Unique over all nodes and all incarnations of their journals."""
        return f"{self.journal_epoch}:{self.interview_id}:{self.number}"


def _field_names(message: type) -> list[str]:
    return [field.name for field in message.DESCRIPTOR.fields]  # type: ignore[attr-defined]


def _value_to_wire(field: str, value: Any) -> Any:
    if field in _REPEATED:
        _, wire_item = _REPEATED[field]
        return [_message(wire_item, item) for item in value]
    if isinstance(value, QuestionKind):
        return _KIND_TO_WIRE[value]
    if isinstance(value, domain.TurnMode):
        return _MODE_TO_WIRE[value]
    return value


def _message(wire_type: Any, value: Any) -> Any:
    names = _field_names(wire_type)
    return wire_type(**{name: _value_to_wire(name, getattr(value, name)) for name in names})


def _value_from_wire(field: str, value: Any) -> Any:
    if field in _REPEATED:
        item_type, _ = _REPEATED[field]
        return tuple(_domain(item_type, item) for item in value)
    if field == "kind" and not isinstance(value, str):
        return _KIND_FROM_WIRE[value]
    if field == "mode":
        return _MODE_FROM_WIRE[value]
    return tuple(value) if field in _PLAIN_RUNS else value


def _domain(kind: Callable[..., Any], message: Any) -> Any:
    return kind(**{name: _value_from_wire(name, getattr(message, name)) for name in _field_names(type(message))})


def _to_wire(event: domain.Event) -> events_pb2.Event:
    wire_type = getattr(events_pb2, type(event).__name__)
    return events_pb2.Event(**{_NAMES[type(event)]: _message(wire_type, event)})


def _from_wire(event: events_pb2.Event) -> domain.Event:
    name = event.WhichOneof("fact")
    if name is None:
        raise ValueError("an envelope without a fact this version knows")
    fact: domain.Event = _domain(FACTS[name], getattr(event, name))
    return fact


def clock_message(reading: ClockReading) -> clock_pb2.ClockReading:
    """The wire form of a look at the clock."""
    return clock_pb2.ClockReading(
        sync=_SYNC_TO_WIRE[reading.synchronised],
        error_max_ms=reading.error_max_ms,
        boot_ms=reading.boot_ms,
        boot_id=reading.boot_id,
        wall_time_unix_ms=reading.unix_ms,
    )


def encode(place: Place, event: domain.Event) -> bytes:
    """The envelope of one fact, as the journal keeps it."""
    return envelope_pb2.Envelope(
        event_id=place.event_id,
        interview_id=place.interview_id,
        node_id=place.node_id,
        journal_epoch=place.journal_epoch,
        number=place.number,
        wall_time_unix_ms=place.wall_time_unix_ms,
        interview_ms=place.interview_ms,
        event=_to_wire(event),
        clock=clock_message(place.clock) if place.clock else None,
    ).SerializeToString()


def decode(data: bytes) -> domain.Recorded:
    """The fact in an envelope; raises ValueError for bytes that are none or a fact this version does not know."""
    try:
        envelope = envelope_pb2.Envelope.FromString(data)
        return domain.Recorded(
            interview_id=envelope.interview_id,
            number=envelope.number,
            interview_ms=envelope.interview_ms,
            wall_time_unix_ms=envelope.wall_time_unix_ms,
            event=_from_wire(envelope.event),
        )
    except DecodeError as error:
        raise ValueError("not an envelope") from error
    except (KeyError, TypeError) as error:
        raise ValueError(f"not a fact: {error}") from error


def number_of(data: bytes) -> int:
    """Number within its interview of an envelope whose fact need not be known; raises ValueError."""
    try:
        return envelope_pb2.Envelope.FromString(data).number
    except DecodeError as error:
        raise ValueError("not an envelope") from error
