"""What would come next if the candidate stopped speaking now."""

from dataclasses import dataclass

from edge_node.core.interview.events import TurnMode
from edge_node.core.interview.follow_up import FollowUpBrief
from edge_node.core.interview.session import AskFollowUp, DecisionError, Move, State, answer, evolve, next_move


@dataclass(frozen=True, slots=True)
class Supposed:
    """The interview after an answer that may not be over."""

    state: State
    move: Move


def supposed_next(state: State, heard: str) -> Supposed | None:
    """The state after the answer ``heard`` and the move it would lead to; None when nothing would follow."""
    now_ms = state.interview_ms
    try:
        for event in answer(state, heard, TurnMode.SPOKEN, now_ms, now_ms):
            state = evolve(state, event)
        return Supposed(state, next_move(state))
    except DecisionError:
        return None


def supposed_brief(state: State, heard: str) -> FollowUpBrief | None:
    """The brief of the follow-up that would be due after the answer ``heard``; None when none would be."""
    supposed = supposed_next(state, heard)
    return supposed.move.brief if supposed and isinstance(supposed.move, AskFollowUp) else None


def agreed(before: str, now: str) -> str:
    """The words two captions of one turn begin with alike: what a recogniser said twice, it rarely takes back."""
    first, second = before.split(), now.split()
    alike = 0
    while alike < min(len(first), len(second)) and first[alike] == second[alike]:
        alike += 1
    return " ".join(second[:alike])
