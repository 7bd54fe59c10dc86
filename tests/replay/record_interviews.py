"""Writes the recorded interviews of this folder anew.

Run it with ``PYTHONPATH=tests .venv/bin/python tests/replay/record_interviews.py``.

A recording is the journal's own bytes, one envelope a line in base64, and beside it the decision taken after each fact.
Record again only when a decision is meant to change, and read the difference.
"""

import base64
import json
from itertools import chain, repeat
from pathlib import Path
from typing import Any

from edge_node.core.interview import session
from edge_node.core.interview.events import EngineUsed, Event, Recorded
from edge_node.core.interview.follow_up import FollowUpBrief
from edge_node.core.interview.plan import Kit
from edge_node.core.interview.state import State
from edge_node.journal import codec
from fakes.walked_interview import ANSWERS, Walk, good_question, kit

JOURNALS = Path(__file__).parent / "journals"


def decision(state: State) -> dict[str, Any]:
    """What would be done now, in plain values."""
    try:
        move = session.next_move(state)
    except session.DecisionError as error:
        return {"error": error.code}
    match move:
        case session.AskFollowUp(brief):
            return {"follow_up_on": brief.turn_id, "phrases": list(brief.phrases)}
        case session.Repeat(question):
            return {"repeat": question.question_id}
        case session.AskPlanned():
            return {"ask": move.question.question_id, "kind": move.question.kind.value}
        case session.Close(events):
            return {"close": [type(event).__name__ for event in events]}


def decisions(plan: Kit, recorded: list[Recorded]) -> list[dict[str, Any]]:
    """The decision after every fact."""
    return [decision(session.replay(plan, recorded[:count])) for count in range(1, len(recorded) + 1)]


def _walk(language: str) -> Walk:
    """Follow-ups accepted, refused and missing; a lost connection, an interruption, a restart, a refusal."""
    walk = Walk(kit(language))
    walk.keep(session.open_room(walk.state, (EngineUsed("language", "smol", "starter", "ab" * 32),)))
    walk.keep(session.consent(walk.state, ("interview", "recording"), "2026-01"))
    walk.keep(session.join(walk.state, True, True))
    proposals = chain([good_question, lambda _: None, lambda _: "Why?"], repeat(good_question))
    turn = 0
    while not walk.state.closed:
        is_follow_up = walk.state.answered and isinstance(session.next_move(walk.state), session.AskFollowUp)
        walk.ask(next(proposals) if is_follow_up else _never, reason="late")
        if walk.state.closed:
            break
        if turn == 1:
            walk.keep(session.interrupted(walk.state, 800))
        if turn == 2:
            walk.keep(session.left(walk.state, "process_restarted"))
            walk.now_ms += 9_000
            walk.keep(session.join(walk.state, True, False))
        walk.say(ANSWERS[language][turn % len(ANSWERS[language])], 12)
        turn += 1
    return walk


def _never(_: FollowUpBrief) -> str | None:
    raise AssertionError("no follow-up was due")


def _line(number: int, fact: Recorded) -> str:
    place = codec.Place("node-1", "epoch-1", fact.interview_id, number, fact.interview_ms, fact.wall_time_unix_ms)
    event: Event = fact.event
    return base64.b64encode(codec.encode(place, event)).decode()


def main() -> None:
    """Record one interview in each language."""
    JOURNALS.mkdir(exist_ok=True)
    for language in ("en", "ko"):
        walk = _walk(language)
        lines = [_line(number, fact) for number, fact in enumerate(walk.recorded, start=1)]
        (JOURNALS / f"{language}.journal").write_text("\n".join(lines) + "\n")
        taken = [json.dumps(d, ensure_ascii=False) for d in decisions(kit(language), walk.recorded)]
        (JOURNALS / f"{language}.decisions.jsonl").write_text("\n".join(taken) + "\n")


if __name__ == "__main__":
    main()
