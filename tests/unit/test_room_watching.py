"""Vision yields first: how often a room looks, at virtual time."""

import asyncio
from collections.abc import Callable
from dataclasses import replace

import pytest
from edge_node.core.interview.camera_events import ObservationNoted, PresenceObserved
from edge_node.core.interview.events import ConsentGiven, InterviewOpened, Recorded
from edge_node.core.interview.session import consent
from edge_node.core.observation.pace import Pace, PaceRules, paced
from edge_node.core.observation.sample import Sample
from edge_node.ports.failure import EngineError
from edge_node.ports.media import Picture
from edge_node.room.ledger import Ledger
from edge_node.room.page import Page
from edge_node.room.watching import Watching
from fakes.scripted_peer import ScriptedPeer
from fakes.scripted_room import ID, MemoryJournal, short_kit
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


def agreed(clock: VirtualClock, *purposes: str) -> Ledger:
    """The record of a candidate who agreed to be observed, and to ``purposes``; more may be kept in it."""
    journal = MemoryJournal(clock)
    facts = (InterviewOpened("kit-1", "en"), ConsentGiven(("interview", "observation", *purposes), "n1"))
    journal.facts[ID] = [Recorded(ID, n, 0, clock.unix_ms(), fact) for n, fact in enumerate(facts, start=1)]
    return Ledger(journal, clock, short_kit(), journal.facts[ID])


class Eyes:
    """``ports.vision.Watcher``: takes ``seconds``, or refuses; counts."""

    def __init__(self) -> None:
        self.seconds, self.busy = 0.02, False
        self.asked = 0
        self.guessed: list[int] = []
        self.sees: Callable[[int], Sample] = somebody

    async def watch(
        self, interview_id: str, picture: Picture, at_ms: int, timeout_seconds: float, *, emotion: bool = False
    ) -> Sample:
        self.asked += 1
        if emotion:
            self.guessed.append(at_ms)
        if self.busy:
            raise EngineError("busy")
        await asyncio.sleep(self.seconds)
        return self.sees(at_ms)


def test_a_room_looks_less_often_while_vision_is_busy_or_slow_and_recovers() -> None:
    async def visit() -> None:
        clock, peer, eyes = VirtualClock(), ScriptedPeer(), Eyes()
        peer.picture = Picture(bytes(6), 2, 2, 0.0)
        ledger = agreed(clock)
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
        ledger = agreed(clock)
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


def smiling(at_ms: int) -> Sample:
    return replace(somebody(at_ms), emotion="happy", emotion_share=0.9)


def watching_of(ledger: Ledger, eyes: Eyes, clock: VirtualClock, peer: ScriptedPeer, *, emotions: bool) -> Watching:
    peer.picture = Picture(bytes(6), 2, 2, 0.0)
    return Watching(
        peer=peer,
        watcher=eyes,
        page=Page(peer),
        ledger=ledger,
        clock=clock,
        pictures_per_second=5.0,
        emotions=emotions,
    )


def test_what_a_face_expresses_is_guessed_at_most_every_two_seconds_and_not_while_the_machine_is_short() -> None:
    async def visit() -> None:
        clock, peer, eyes = VirtualClock(), ScriptedPeer(), Eyes()
        eyes.sees = smiling
        ledger = agreed(clock, "emotion")
        watching = watching_of(ledger, eyes, clock, peer, emotions=True)
        running = asyncio.create_task(watching.run(), name="watching")
        await asyncio.sleep(21)
        assert len(eyes.guessed) == pytest.approx(10, abs=1)
        assert all(later - earlier >= 2000 for earlier, later in zip(eyes.guessed, eyes.guessed[1:], strict=False))
        eyes.sees = somebody
        await asyncio.sleep(4)
        _, noted = watching.take()
        assert isinstance(noted, ObservationNoted)
        assert (noted.kind, noted.baseline) == ("emotion_happy", "")
        assert noted.samples == pytest.approx(10, abs=1)
        assert noted.sampled_percent == 100
        eyes.busy = True
        await asyncio.sleep(5)
        before = len(eyes.guessed)
        await asyncio.sleep(30)
        assert len(eyes.guessed) == before
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)
        await peer.close()

    run_virtual(visit())


@pytest.mark.parametrize(("switch", "purposes"), [(False, ("emotion",)), (True, ()), (True, ("recording",))])
def test_nothing_is_guessed_without_the_switch_and_without_the_consent(switch: bool, purposes: tuple[str, ...]) -> None:
    async def visit() -> None:
        clock, peer, eyes = VirtualClock(), ScriptedPeer(), Eyes()
        eyes.sees = smiling
        watching = watching_of(agreed(clock, *purposes), eyes, clock, peer, emotions=switch)
        running = asyncio.create_task(watching.run(), name="watching")
        await asyncio.sleep(20)
        assert eyes.asked > 50
        assert eyes.guessed == []
        assert [type(fact) for fact in watching.take(last=True)] == [PresenceObserved]
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)
        await peer.close()

    run_virtual(visit())


def test_a_consent_that_is_taken_back_ends_it_at_once() -> None:
    async def visit() -> None:
        clock, peer, eyes = VirtualClock(), ScriptedPeer(), Eyes()
        eyes.sees = smiling
        ledger = agreed(clock, "emotion")
        watching = watching_of(ledger, eyes, clock, peer, emotions=True)
        running = asyncio.create_task(watching.run(), name="watching")
        await asyncio.sleep(20)
        await ledger.keep(lambda state: consent(state, ("interview", "observation"), "n1"))
        before = len(eyes.guessed)
        await asyncio.sleep(20)
        assert len(eyes.guessed) == before
        assert [type(fact) for fact in watching.take(last=True)] == [PresenceObserved], "what was guessed is dropped"
        await ledger.keep(lambda state: consent(state, ("interview",), "n1"))
        asked = eyes.asked
        eyes.sees = nobody
        await asyncio.sleep(20)
        assert eyes.asked == asked, "no program looks any more"
        assert watching.take(last=True) == []
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)
        await peer.close()

    run_virtual(visit())
