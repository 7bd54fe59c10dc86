"""What would be asked next if the candidate stopped speaking now."""

from edge_node.core.interview.events import TurnMode
from edge_node.core.interview.follow_up import FollowUpBrief
from edge_node.core.interview.session import AskFollowUp, DecisionError, State, answer, evolve, next_move


def supposed_brief(state: State, heard: str) -> FollowUpBrief | None:
    """The brief of the follow-up that would be due after the answer ``heard``; None when none would be."""
    now_ms = state.interview_ms
    try:
        for event in answer(state, heard, TurnMode.SPOKEN, now_ms, now_ms):
            state = evolve(state, event)
        move = next_move(state)
    except DecisionError:
        return None
    return move.brief if isinstance(move, AskFollowUp) else None


def agreed(before: str, now: str) -> str:
    """The words two captions of one turn begin with alike: what a recogniser said twice, it rarely takes back."""
    first, second = before.split(), now.split()
    alike = 0
    while alike < min(len(first), len(second)) and first[alike] == second[alike]:
        alike += 1
    return " ".join(second[:alike])
