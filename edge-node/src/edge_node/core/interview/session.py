"""Decisions of an interview: facts in, facts out. Nothing here acts; the room does, once the facts are kept."""

from collections.abc import Sequence

from edge_node.core.interview.events import (
    CandidateJoined,
    CandidateLeft,
    ConsentGiven,
    EngineUsed,
    Event,
    InterviewClosed,
    InterviewOpened,
    QuestionInterrupted,
    TurnMode,
    TurnTaken,
    Word,
)
from edge_node.core.interview.moves import (
    Asked,
    AskFollowUp,
    AskPlanned,
    Close,
    DecisionError,
    Move,
    Repeat,
    follow_up,
    next_move,
)
from edge_node.core.interview.state import State, evolve, record, replay, start
from edge_node.core.interview.wording import (
    closing_words,
    go_on_words,
    one_moment_words,
    opening_words,
    welcome_back_words,
)

__all__ = [
    "AskFollowUp",
    "AskPlanned",
    "Asked",
    "Close",
    "DecisionError",
    "Move",
    "Repeat",
    "State",
    "answer",
    "close",
    "closing_words",
    "consent",
    "evolve",
    "follow_up",
    "go_on_words",
    "interrupted",
    "join",
    "left",
    "next_move",
    "one_moment_words",
    "open_room",
    "opening_words",
    "record",
    "replay",
    "start",
    "welcome_back_words",
]


def open_room(state: State, engines: Sequence[EngineUsed]) -> list[Event]:
    """Open the interview; nothing when it is open already."""
    if state.opened:
        return []
    return [InterviewOpened(state.kit.kit_id, state.kit.language, tuple(engines))]


def consent(state: State, purposes: Sequence[str], notice_version: str) -> list[Event]:
    """Keep the purposes agreed to; nothing when they are known already. Raises DecisionError when closed."""
    _not_closed(state)
    if tuple(purposes) == state.purposes:
        return []
    return [ConsentGiven(tuple(purposes), notice_version)]


def join(state: State, microphone: bool, camera: bool) -> list[Event]:
    """A peer is connected. Raises DecisionError (not_open, no_consent, closed)."""
    _not_closed(state)
    if not state.opened:
        raise DecisionError("not_open")
    if not state.consented:
        raise DecisionError("no_consent")
    return [CandidateJoined(state.visit + 1, microphone, camera)]


def answer(
    state: State, text: str, mode: TurnMode, start_ms: int, end_ms: int, words: Sequence[Word] = ()
) -> list[Event]:
    """The turn that answers the current question; nothing for an empty text. Raises DecisionError."""
    _not_closed(state)
    if state.question is None:
        raise DecisionError("no_question")
    if not text.strip():
        return []
    turn_id = f"t{len(state.turns) + 1}"
    return [TurnTaken(turn_id, state.question.question_id, text.strip(), mode, start_ms, end_ms, tuple(words))]


def interrupted(state: State, heard_ms: int) -> list[Event]:
    """The candidate spoke over the current question. Raises DecisionError without one."""
    if state.question is None:
        raise DecisionError("no_question")
    return [QuestionInterrupted(state.question.question_id, heard_ms)]


def left(state: State, reason: str) -> list[Event]:
    """The peer is gone; nothing when none was there. ``process_restarted`` is decided after a replay."""
    return [CandidateLeft(reason)] if state.present and not state.closed else []


def close(state: State, reason: str) -> list[Event]:
    """End the interview; nothing when it is over already."""
    return [] if state.closed else [InterviewClosed(reason)]


def _not_closed(state: State) -> None:
    if state.closed:
        raise DecisionError("closed")
