"""What the camera sees: counts per question, and observations. For a person; never a rating, never in sound's way."""

import asyncio
import math
from typing import NamedTuple

from edge_node.core.interview.camera_events import ObservationNoted, PresenceObserved
from edge_node.core.observation.baseline import Baseline
from edge_node.core.observation.emotion import EmotionSpans, Shown
from edge_node.core.observation.observer import Observer, ObserverRules
from edge_node.core.observation.pace import Pace, PaceRules, paced
from edge_node.core.observation.signs import Kind
from edge_node.core.observation.spans import Observation, looked_ms
from edge_node.ports.clock import Clock
from edge_node.ports.failure import EngineError
from edge_node.ports.media import Peer, Picture
from edge_node.ports.vision import Watcher
from edge_node.room.ledger import Ledger
from edge_node.room.page import Page

OLDEST_SECONDS = 2.0
"""A picture older than this shows nothing of now."""

WATCH_TIMEOUT_SECONDS = 1.0
PRESSED_SECONDS = 2.0
"""Between two pictures while the machine is short."""

MISSING_SECONDS = 10.0
"""Time without a first picture before the candidate is told."""


class _Seen(NamedTuple):
    """All that is kept of a picture until the next step of the interview."""

    at_ms: int
    faces: int


class Watching:
    """The eyes of one visit. When vision is slow or away they look less often, so that sound keeps the machine."""

    def __init__(
        self,
        *,
        peer: Peer,
        watcher: Watcher,
        page: Page,
        ledger: Ledger,
        clock: Clock,
        pictures_per_second: float,
        rules: ObserverRules | None = None,
        baseline: Baseline | None = None,
        emotions: bool = False,
    ) -> None:
        self._peer = peer
        self._watcher = watcher
        self._page = page
        self._ledger = ledger
        self._clock = clock
        period_seconds = 1 / pictures_per_second
        self._pacing = PaceRules(period_seconds, max(period_seconds, PRESSED_SECONDS))
        self._pace = Pace()
        self._rules = rules or ObserverRules()
        self._observer = Observer(self._rules, baseline)
        self._emotions = EmotionSpans() if emotions else None
        self._guessed_ms = -math.inf
        self._shown: list[Shown] = []
        self._seen: list[_Seen] = []
        self._observed: list[Observation] = []
        self._last_ms = -1
        self.skipped = 0
        """Pictures not watched: too old, or vision was late or away."""

        self.kept = 0
        """Pictures watched."""

    async def run(self) -> None:
        """Watch until cancelled. One picture at a time, always the newest."""
        missing_seconds = 0.0
        while True:
            picture = self._peer.newest_picture()
            if picture is not None:
                missing_seconds = -1.0
                await self._watch(picture)
            elif missing_seconds >= 0:
                missing_seconds += self._pacing.period_seconds
                if missing_seconds >= MISSING_SECONDS:
                    self._page.notice("camera_missing")
                    missing_seconds = -1.0
            await asyncio.sleep(self._pace.seconds(self._pacing))

    async def _watch(self, picture: Picture) -> None:
        at_ms = max(self._ledger.now_ms(), self._last_ms + 1)
        if not self._ledger.state.observable:
            return  # taken back during the interview
        if picture.age_seconds > OLDEST_SECONDS:
            self.skipped += 1
            return
        self._last_ms = at_ms
        guess = self._guesses(at_ms)
        began = self._clock.monotonic()
        try:
            seen = await self._watcher.watch(
                self._ledger.kit.interview_id, picture, at_ms, timeout_seconds=WATCH_TIMEOUT_SECONDS, emotion=guess
            )
        except EngineError:
            self.skipped += 1
            self._pace = paced(self._pace, self._pacing, None)
        else:
            self.kept += 1
            self._seen.append(_Seen(seen.at_ms, seen.faces))
            self._observed.extend(self._observer.take(seen))
            if guess and self._emotions:
                self._shown.extend(self._emotions.take(seen))
            self._pace = paced(self._pace, self._pacing, self._clock.monotonic() - began)

    def _guesses(self, at_ms: int) -> bool:
        """Whether this picture is also for what the face expresses: not while the machine is short."""
        if not (self._emotions and self._ledger.state.emotions_allowed) or self._pace.pressed:
            return False
        if at_ms - self._guessed_ms < self._emotions.rules.every_seconds * 1000:
            return False
        self._guessed_ms = at_ms
        return True

    @property
    def pressed(self) -> bool:
        """Whether it looks less often now."""
        return self._pace.pressed

    @property
    def baseline(self) -> Baseline | None:
        """How the candidate looks at the screen, once that is known."""
        return self._observer.baseline

    def take(self, *, last: bool = False) -> list[PresenceObserved | ObservationNoted]:
        """What was seen since the last call: counts, and the observations that are over; with ``last`` all of them."""
        seen, self._seen = self._seen, []
        observed, self._observed = self._observed, []
        shown, self._shown = self._shown, []
        if last:
            observed.extend(self._observer.end())
            shown.extend(self._emotions.end() if self._emotions else ())
        if not self._ledger.state.observable:
            return []  # taken back: nothing that was seen before, and is not on record yet, is kept
        if not self._ledger.state.emotions_allowed:
            shown = []
        facts: list[PresenceObserved | ObservationNoted] = []
        if seen:
            facts.append(
                PresenceObserved(
                    start_ms=seen[0].at_ms,
                    end_ms=seen[-1].at_ms,
                    samples=len(seen),
                    samples_without_face=sum(one.faces == 0 for one in seen),
                    samples_with_several_faces=sum(one.faces > 1 for one in seen),
                    sampled_ms=looked_ms([one.at_ms for one in seen], self._rules.spans.covers_seconds),
                )
            )
        return [*facts, *map(self._noted, observed), *map(_expressed, shown)]

    def _noted(self, observed: Observation) -> ObservationNoted:
        known = self.baseline if observed.kind is Kind.LOOKING_AWAY else None
        return ObservationNoted(
            kind=observed.kind.value,
            start_ms=observed.start_ms,
            end_ms=observed.end_ms,
            samples=observed.samples,
            sampled_percent=observed.sampled_percent,
            baseline=known.measured.value if known else "",
        )


def _expressed(shown: Shown) -> ObservationNoted:
    return ObservationNoted(
        kind=shown.emotion.value,
        start_ms=shown.start_ms,
        end_ms=shown.end_ms,
        samples=shown.samples,
        sampled_percent=shown.sampled_percent,
    )
