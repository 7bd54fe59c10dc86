"""How far an interview is, for the page of who waits outside its room."""

from dataclasses import dataclass

from edge_node.core.interview.consent import Purpose
from edge_node.core.interview.session import State


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
    )
