"""Vision yields first: how often a room looks, at virtual time."""

import asyncio

import pytest
from edge_node.core.observation import Observation, Pace, PaceRules, paced
from edge_node.ports.failure import EngineError
from edge_node.ports.media import Picture
from edge_node.room.ledger import Ledger
from edge_node.room.page import Page
from edge_node.room.watching import Watching
from fakes.scripted_peer import ScriptedPeer
from fakes.scripted_room import MemoryJournal, short_kit
from fakes.virtual_time import VirtualClock, run_virtual

RULES = PaceRules(period_seconds=0.2)


def test_one_slow_or_refused_picture_slows_down_and_five_quick_ones_speed_up() -> None:
    for trouble in (None, 0.3):
        pace = paced(Pace(), RULES, trouble)
        assert pace.seconds(RULES) == 2.0
        for _ in range(4):
            pace = paced(pace, RULES, 0.05)
            assert pace.pressed
        assert paced(pace, RULES, trouble) == Pace(pressed=True), "it starts counting anew"
        assert paced(pace, RULES, 0.05).seconds(RULES) == 0.2


def test_never_more_than_five_pictures_a_second() -> None:
    with pytest.raises(ValueError, match="5 pictures"):
        PaceRules(period_seconds=0.1)


class Eyes:
    """``ports.vision.Watcher``: takes ``seconds``, or refuses; counts."""

    def __init__(self) -> None:
        self.seconds, self.busy = 0.02, False
        self.asked = 0

    async def watch(self, interview_id: str, picture: Picture, at_ms: int, timeout_seconds: float) -> Observation:
        self.asked += 1
        if self.busy:
            raise EngineError("busy")
        await asyncio.sleep(self.seconds)
        return Observation(at_ms, 1, 0.0, 0.0, 0.0, 120.0)


def test_a_room_looks_less_often_while_vision_is_busy_or_slow_and_recovers() -> None:
    async def visit() -> None:
        clock, peer, eyes = VirtualClock(), ScriptedPeer(), Eyes()
        peer.picture = Picture(bytes(12), 2, 2, 0.0)
        ledger = Ledger(MemoryJournal(clock), clock, short_kit(), ())
        watching = Watching(
            peer=peer, watcher=eyes, page=Page(peer), ledger=ledger, clock=clock, pictures_per_second=5.0
        )
        running = asyncio.create_task(watching.run(), name="watching")

        async def asked_in(seconds: float) -> int:
            before = eyes.asked
            await asyncio.sleep(seconds)
            return eyes.asked - before

        assert await asked_in(10) == pytest.approx(45, abs=2), "five a second, less the time each takes"
        eyes.busy = True
        await asyncio.sleep(1)
        assert (await asked_in(20), watching.pressed) == (10, True)
        eyes.busy, eyes.seconds = False, 0.4
        assert await asked_in(20) == pytest.approx(8, abs=1)
        assert watching.pressed
        eyes.seconds = 0.02
        await asyncio.sleep(12)
        assert not watching.pressed
        assert await asked_in(10) == pytest.approx(45, abs=2)
        (seen,) = watching.take()
        assert seen.samples == watching.kept
        assert watching.skipped == pytest.approx(11, abs=1)
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)
        await peer.close()

    run_virtual(visit())
