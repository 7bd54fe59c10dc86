"""Figures of interviews, counted from the facts a room keeps: they say what the record says."""

from collections.abc import Iterable

from prometheus_client import Counter, Gauge, Histogram

from edge_node.core.interview.events import (
    CandidateJoined,
    CandidateLeft,
    Event,
    InterviewClosed,
    InterviewOpened,
    QuestionAsked,
    QuestionInterrupted,
    TurnTaken,
    TurnTimed,
)
from edge_node.core.interview.text import words
from edge_node.telemetry.metrics import SPOKEN_SECONDS, registry

rooms_open = Gauge("edge_node_rooms_open", "Interviews held now.", registry=registry)
rooms_limit = Gauge(
    "edge_node_rooms_limit", "Interviews that this process may hold at the same time.", registry=registry
)
candidates_present = Gauge(
    "edge_node_candidates_present", "Interviews whose candidate is connected now.", registry=registry
)
problem = Gauge(
    "edge_node_room_problem", "1 while this keeps the node from opening an interview.", ("problem",), registry=registry
)
disk_size_bytes = Gauge("edge_node_disk_size_bytes", "Size of the disk under the node's data.", registry=registry)
disk_free_bytes = Gauge("edge_node_disk_free_bytes", "Free on the disk under the node's data.", registry=registry)
disk_reserve_bytes = Gauge(
    "edge_node_disk_reserve_bytes", "What is left of the space kept aside for running interviews.", registry=registry
)
refused_total = Counter(
    "edge_node_interviews_refused", "Interviews that were not opened, by reason.", ("reason",), registry=registry
)
died_total = Counter("edge_node_rooms_died", "Rooms that ended with an error.", registry=registry)
opened_total = Counter("edge_node_interviews_opened", "Join codes used up.", ("language",), registry=registry)
joined_total = Counter(
    "edge_node_candidates_joined", "Connections of a candidate, returns included.", registry=registry
)
left_total = Counter("edge_node_candidates_left", "Connections that ended, by reason.", ("reason",), registry=registry)
closed_total = Counter("edge_node_interviews_closed", "Interviews closed, by reason.", ("reason",), registry=registry)
questions_total = Counter("edge_node_questions_asked", "Questions asked, by kind.", ("kind",), registry=registry)
fallbacks_total = Counter(
    "edge_node_question_fallbacks",
    "Questions of the kit asked in place of the model's, by reason.",
    ("reason",),
    registry=registry,
)
proposals_refused_total = Counter(
    "edge_node_proposals_refused", "Questions of the model a check refused, by reason.", ("reason",), registry=registry
)
interrupted_total = Counter("edge_node_questions_interrupted", "Questions the candidate spoke over.", registry=registry)
turns_total = Counter("edge_node_turns", "Answers, by how they were given.", ("mode", "heard"), registry=registry)
turn_gap_seconds = Histogram(
    "edge_node_turn_gap_seconds",
    "From the candidate's last speech to the first sound of the next question.",
    registry=registry,
    buckets=SPOKEN_SECONDS,
)
turn_gap_part_seconds = Histogram(
    "edge_node_turn_gap_part_seconds",
    "The gap's parts: end_of_turn, stt, llm_first_sentence, tts_first_audio.",
    ("part",),
    registry=registry,
    buckets=SPOKEN_SECONDS,
)


def count(events: Iterable[Event]) -> None:
    """Count facts that are on disk, each once."""
    for event in events:
        match event:
            case InterviewOpened():
                opened_total.labels(event.language).inc()
            case CandidateJoined():
                joined_total.inc()
            case CandidateLeft():
                left_total.labels(event.reason).inc()
            case InterviewClosed():
                closed_total.labels(event.reason).inc()
            case QuestionAsked():
                _question(event)
            case QuestionInterrupted():
                interrupted_total.inc()
            case TurnTaken():
                turns_total.labels(event.mode.value, "yes" if words(event.text) else "no").inc()
            case TurnTimed():
                _timed(event)


def _question(event: QuestionAsked) -> None:
    questions_total.labels(event.kind.value).inc()
    if event.fallback_reason:
        fallbacks_total.labels(event.fallback_reason).inc()
    for proposal in event.refused:
        proposals_refused_total.labels(proposal.reason).inc()


def _timed(event: TurnTimed) -> None:
    parts = {
        "end_of_turn": event.end_of_turn_ms,
        "stt": event.stt_ms,
        "llm_first_sentence": event.llm_first_sentence_ms,
        "tts_first_audio": event.tts_first_audio_ms,
    }
    for part, milliseconds in parts.items():
        turn_gap_part_seconds.labels(part).observe(milliseconds / 1000)
    turn_gap_seconds.observe(sum(parts.values()) / 1000)
