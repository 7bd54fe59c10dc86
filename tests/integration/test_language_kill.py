"""kill -9 of the language process under eight live interviews: each goes on, none waits longer than its deadline."""

import asyncio
import signal
import time
from pathlib import Path

import pytest
from edge_node.app.room import SystemClock
from edge_node.bus.local import Bus
from edge_node.core.interview import session
from edge_node.core.interview.events import QuestionAsked
from edge_node.core.interview.plan import QuestionKind
from edge_node.language.client import LanguageClient
from edge_node.ports.failure import EngineError
from edge_node.ports.language import DeadlineClass, Generation, Message, Piece
from edge_node.room.replying.asking import Asker
from edge_node.room.rules import RoomRules
from fakes.walked_interview import ANSWERS, Walk, kit
from test_language_process import ENDLESS, language_process

ROOMS = 8
DEADLINE_SECONDS = 20.0
SYSTEM = Message(
    "system", "You are a polite interviewer for the job of warehouse planner. Ask one short question. " * 4
)


def turn(room: int, *, tokens: int, grammar: str = "") -> Generation:
    """A room's request: the whole prompt, as after any other turn."""
    said = Message("user", f"Room {room}: I moved the stock list, {'and counted it all again, ' * 6}twice.")
    return Generation(
        (SYSTEM, said), tokens, DeadlineClass.LIVE, DEADLINE_SECONDS, grammar, conversation=f"interview-{room}"
    )


async def told(client: LanguageClient, request: Generation) -> Piece:
    """The last piece."""
    pieces = [piece async for piece in client.generate(request)]
    return pieces[-1]


class Live:
    """One room in mid-sentence."""

    def __init__(self) -> None:
        self.speaks = asyncio.Event()
        self.failed = ""
        self.waited_seconds = 0.0

    async def run(self, client: LanguageClient, request: Generation) -> None:
        began = time.monotonic()
        try:
            async for _ in client.generate(request):
                self.speaks.set()
        except EngineError as error:
            self.failed = error.code
        self.waited_seconds = time.monotonic() - began


@pytest.fixture
def eight_rooms(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EDGE_NODE_ROOMS_MAX", str(ROOMS))


@pytest.mark.usefixtures("eight_rooms")
async def test_eight_live_interviews_go_on(node_nats: str, bus: Bus, models_dir: Path) -> None:
    client = LanguageClient(bus)
    rooms = [Live() for _ in range(ROOMS)]
    async with language_process(node_nats, models_dir, bus) as process:
        # Memory of a turn before, which goes with the process.
        await asyncio.gather(*(told(client, turn(room, tokens=2)) for room in range(ROOMS)))
        running = [
            asyncio.create_task(live.run(client, turn(room, tokens=1500, grammar=ENDLESS)))
            for room, live in enumerate(rooms)
        ]
        await asyncio.wait_for(asyncio.gather(*(live.speaks.wait() for live in rooms)), DEADLINE_SECONDS)
        process.send_signal(signal.SIGKILL)
        killed = time.monotonic()
        await process.wait()
        await asyncio.gather(*running)
        noticed = time.monotonic() - killed
    assert {live.failed for live in rooms} <= {"unavailable", "late"}
    assert all(live.waited_seconds <= DEADLINE_SECONDS + 1 for live in rooms)
    # Nobody serves any more, and that is noticed long before the deadline.
    assert noticed < DEADLINE_SECONDS / 2

    # Every room has a question of its kit now: a fallback, or the next one where none is left.
    asker = Asker(client, SystemClock(), RoomRules(follow_up_deadline_seconds=4.0), profile="starter")
    walk = Walk(kit("en"))
    walk.enter()
    walk.ask()
    walk.say(ANSWERS["en"][0])
    move = session.next_move(walk.state)
    assert isinstance(move, session.AskFollowUp)
    proposals = await asyncio.gather(*(asker.propose(move.brief, seed) for seed in range(ROOMS)))
    for proposal in proposals:
        assert proposal.text is None
        facts = session.follow_up(walk.state, proposal.text, proposal.reason, proposal.asked)
        asked = facts[-1]
        assert isinstance(asked, QuestionAsked)
        assert asked.kind in (QuestionKind.FALLBACK, QuestionKind.PLANNED)

    # The service comes back: the requests carry all it needs, and after one of them its memory is as before.
    async with language_process(node_nats, models_dir, bus):
        again = await asyncio.gather(*(told(client, turn(room, tokens=4)) for room in range(ROOMS)))
        assert all(piece.generated_tokens for piece in again)
        warm = [await told(client, turn(room, tokens=4)) for room in range(ROOMS)]
        assert all(piece.prompt_tokens - piece.reused_tokens == 1 for piece in warm)
