"""How far an interview is, for the page of who waits outside its room."""

from dataclasses import dataclass

from edge_node.core.interview.consent import Purpose
from edge_node.core.interview.session import State

LINES_MOST = 200
CHARACTERS_MOST = 100_000
"""Of the conversation shown again; a reply on the bus may have 1 MB."""


@dataclass(frozen=True, slots=True)
class Line:
    """Something said so far."""

    who: str
    """interviewer or candidate."""

    line_id: str
    text: str


@dataclass(frozen=True, slots=True)
class RoomView:
    """One interview as the kiosk shows it."""

    claimed: bool
    consented: bool
    closed: bool
    question_id: str
    question_text: str
    stages_done: int
    stages_total: int
    recording: bool
    """Whether the candidate agreed to be recorded, and this node records."""

    purposes: tuple[str, ...]
    """What the candidate agreed to."""

    said: tuple[Line, ...] = ()
    """The conversation so far, oldest first; of a long one its end."""


def view_of(state: State, *, records: bool) -> RoomView:
    """The view of an interview on a node that ``records`` or does not."""
    question = state.question
    return RoomView(
        claimed=state.opened,
        consented=state.consented,
        closed=state.closed,
        question_id=question.question_id if question else "",
        question_text=question.text if question else "",
        stages_done=state.stages_done,
        stages_total=state.stages_total,
        recording=records and Purpose.RECORDING in state.purposes,
        purposes=state.purposes,
        said=() if state.closed else _said(state),
    )


def _said(state: State) -> tuple[Line, ...]:
    lines: list[Line] = []
    for question in state.questions:
        lines.append(Line("interviewer", question.question_id, question.spoken))
        turns = (turn for turn in state.turns if turn.question_id == question.question_id and turn.text)
        lines += [Line("candidate", turn.turn_id, turn.text) for turn in turns]
    kept: list[Line] = []
    left = CHARACTERS_MOST
    for line in reversed(lines[-LINES_MOST:]):
        left -= len(line.text)
        if left < 0:
            break
        kept.insert(0, line)
    return tuple(kept)
