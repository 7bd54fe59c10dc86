"""Asking for a follow-up: a context that is too small costs the interview so far, not the question."""

from dataclasses import replace

from edge_node.core.interview import session
from edge_node.core.interview.earlier import Exchange
from edge_node.core.interview.follow_up import FollowUpBrief
from edge_node.ports.failure import EngineError
from edge_node.ports.language import Generation
from edge_node.room.replying.asking import Asker
from edge_node.room.rules import RoomRules
from fakes.scripted_language import ScriptedLanguage
from fakes.virtual_time import VirtualClock
from fakes.walked_interview import ANSWERS, Walk, kit


def brief() -> FollowUpBrief:
    walk = Walk(kit("en"))
    walk.enter()
    walk.ask()
    walk.say(ANSWERS["en"][0])
    move = session.next_move(walk.state)
    assert isinstance(move, session.AskFollowUp)
    earlier = tuple(Exchange(f"Question {n}?", "Planning", "I moved the store. " * 9) for n in range(4))
    return replace(move.brief, earlier=earlier)


def small_context(request: Generation) -> str | EngineError:
    """Has room for a system message and one exchange only."""
    return EngineError("bad_request", "at most 100") if len(request.messages) > 2 else "You did that. Why?"


async def test_what_does_not_fit_is_asked_without_the_interview_so_far() -> None:
    model = ScriptedLanguage(small_context)
    asker = Asker(model, VirtualClock(), RoomRules(), profile="starter", conversation="i1")
    proposal = await asker.propose(brief(), 1)
    assert proposal.reason != "bad_request"
    assert [len(request.messages) > 2 for request in model.requests[:2]] == [True, False]
    assert {request.conversation for request in model.requests} == {"i1"}


async def test_a_bad_request_without_an_interview_so_far_is_one() -> None:
    model = ScriptedLanguage(lambda _: EngineError("bad_request"))
    asker = Asker(model, VirtualClock(), RoomRules(), profile="starter", conversation="i1")
    proposal = await asker.propose(replace(brief(), earlier=()), 1)
    assert (proposal.text, proposal.reason) == (None, "bad_request")
