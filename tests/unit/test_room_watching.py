"""Vision yields first: how often a room looks, at virtual time."""

import asyncio
from collections.abc import Callable
from dataclasses import replace

import pytest
from edge_node.core.interview.events import ObservationNoted, PresenceObserved
from edge_node.core.observation.pace import Pace, PaceRules, paced
from edge_node.core.observation.sample import Sample
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


def somebody(at_ms: int) -> Sample:
    return Sample(at_ms, 1, brightness=120.0, contrast=50.0, gaze=0.5, left=0.4, top=0.3, width=0.2, height=0.3)


def nobody(at_ms: int) -> Sample:
    return Sample(at_ms, 0, brightness=120.0, contrast=50.0)


class Eyes:
    """``ports.vision.Watcher``: takes ``seconds``, or refuses; counts."""

    def __init__(self) -> None:
        self.seconds, self.busy = 0.02, False
        self.asked = 0
        self.sees: Callable[[int], Sample] = somebody

    async def watch(self, interview_id: str, picture: Picture, at_ms: int, timeout_seconds: float) -> Sample:
        self.asked += 1
        if self.busy:
            raise EngineError("busy")
        await asyncio.sleep(self.seconds)
        return self.sees(at_ms)


def test_a_room_looks_less_often_while_vision_is_busy_or_slow_and_recovers() -> None:
    async def visit() -> None:
        clock, peer, eyes = VirtualClock(), ScriptedPeer(), Eyes()
        peer.picture = Picture(bytes(6), 2, 2, 0.0)
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
        assert isinstance(seen, PresenceObserved)
        assert seen.samples == watching.kept
        assert seen.sampled_ms == pytest.approx(seen.end_ms - 21_000 + 2_500, rel=0.05), "21 s were not looked at"
        assert watching.skipped == pytest.approx(11, abs=1)
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)
        await peer.close()

    run_virtual(visit())


def test_what_stayed_is_a_fact_at_the_next_step_and_what_is_under_way_at_the_last_one() -> None:
    async def visit() -> None:
        clock, peer, eyes = VirtualClock(), ScriptedPeer(), Eyes()
        peer.picture = Picture(bytes(6), 2, 2, 0.0)
        ledger = Ledger(MemoryJournal(clock), clock, short_kit(), ())
        watching = Watching(
            peer=peer, watcher=eyes, page=Page(peer), ledger=ledger, clock=clock, pictures_per_second=1.0
        )
        running = asyncio.create_task(watching.run(), name="watching")
        await asyncio.sleep(12)
        assert watching.baseline is not None
        eyes.sees = nobody
        await asyncio.sleep(10)
        assert [type(fact) for fact in watching.take()] == [PresenceObserved], "it is not over yet"
        eyes.sees = somebody
        await asyncio.sleep(10)
        _, noted = watching.take()
        assert isinstance(noted, ObservationNoted)
        assert (noted.kind, noted.baseline) == ("face_absent", "")
        assert noted.end_ms - noted.start_ms == pytest.approx(9_000, abs=1_500)
        assert noted.sampled_percent == 100
        eyes.sees = lambda at_ms: replace(somebody(at_ms), yaw_degrees=45.0)
        await asyncio.sleep(10)
        _, turned = watching.take(last=True)
        assert isinstance(turned, ObservationNoted)
        assert (turned.kind, turned.baseline) == ("looking_away", "interview")
        assert watching.take(last=True) == []
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)
        await peer.close()

    run_virtual(visit())
