"""Whether this node can open an interview now: weights, disk, clock, and whether it is being drained."""

import asyncio
import contextlib
from collections.abc import Callable, Iterable, Sequence

from edge_node.core.interview.plan import ANY_LANGUAGE, DISK_BYTES, EngineNeed, Kit, Needs, usual_needs
from edge_node.journal.space import Space
from edge_node.models.weights import UNCHECKED, Weights
from edge_node.ports.assignments import Assignments
from edge_node.ports.clock import Clock
from edge_node.room import metrics
from edge_node.telemetry.logs import get_logger

LOOK_SECONDS = 1.0
KITS_EVERY_LOOKS = 5
CLOCK_TOLERANCE_MS = 5 * 60 * 1000
EARLIEST_UNIX_MS = 1_735_689_600_000
"""2025-01-01: before this program was written."""

DISK_FULL = "disk_full"
CLOCK_WRONG = "clock_wrong"
DRAINING = "draining"

log = get_logger("room")


class Condition:
    """Says no to new interviews, and why. :meth:`watch` keeps it current; running interviews are never touched."""

    def __init__(
        self, *, weights: Weights, space: Space, assignments: Assignments, clock: Clock, languages: Sequence[str]
    ) -> None:
        self._weights = weights
        self._languages = languages
        self._space = space
        self._assignments = assignments
        self._clock = clock
        self._kits: list[Kit] = []
        self._problems: tuple[str, ...] = (UNCHECKED,)
        self._told: set[str] = set()
        self.draining = False

    @property
    def problems(self) -> tuple[str, ...]:
        """Stable codes of what keeps the node from opening the interviews it holds kits for."""
        return (DRAINING, *self._problems) if self.draining else self._problems

    def refusal(self, kit: Kit) -> str:
        """Why the interview of ``kit`` cannot be opened now: draining, disk_full, clock_wrong, model_missing,
        model_damaged or models_unchecked. Empty when it can.
        """
        if self.draining:
            return DRAINING
        return next(iter(self._found(kit.needed, [kit], self._weights.problem)), "")

    async def watch(self) -> None:
        """Look every second until cancelled; the weights are read in a thread."""
        await asyncio.to_thread(self._read_weights)
        looks = 0
        while True:
            if looks % KITS_EVERY_LOOKS == 0:
                self._kits = await self._open_kits()
            looks += 1
            await asyncio.to_thread(self._look)
            await asyncio.sleep(LOOK_SECONDS)

    async def _open_kits(self) -> list[Kit]:
        try:
            kits = await self._assignments.kits()
        except TimeoutError:
            return self._kits
        now_ms = self._clock.unix_ms()
        return [kit for kit in kits if kit.join_code.expires_unix_ms > now_ms]

    def _read_weights(self) -> None:
        """Read whatever weights there are once, so that no candidate waits for it."""
        for language in self._languages:
            for need in usual_needs(language).engines:
                self._weights.check(need.role, need.language)

    def _look(self) -> None:
        self._space.make_room()
        try:
            self._space.fill()
        except OSError as error:
            log.warning("no disk reserve", error=error.strerror)
        self._tell_disk()
        found = self._found(self._needed(), self._kits, self._weights.check)
        if found != self._problems:
            log.info("condition", problems=found)
        self._problems = found
        for code in self._told.difference(self.problems):
            metrics.problem.labels(code).set(0)
        for code in self.problems:
            metrics.problem.labels(code).set(1)
        self._told.update(self.problems)

    def _tell_disk(self) -> None:
        with contextlib.suppress(OSError):
            seen = self._space.look()
            metrics.disk_size_bytes.set(seen.size_bytes)
            metrics.disk_free_bytes.set(seen.free_bytes)
            metrics.disk_reserve_bytes.set(seen.reserve_bytes)

    def _needed(self) -> Needs:
        """What the kits at hand need together; what a kit of any language would, while there is none."""
        wanted = [kit.needed for kit in self._kits]
        wanted.append(Needs(tuple(EngineNeed(role) for role in ANY_LANGUAGE), DISK_BYTES))
        engines = dict.fromkeys(need for needs in wanted for need in needs.engines)
        return Needs(tuple(engines), max(needs.disk_bytes for needs in wanted))

    def _found(self, needs: Needs, kits: Sequence[Kit], weights: Callable[[str, str], str]) -> tuple[str, ...]:
        codes = [*self._disk(needs.disk_bytes), *self._time(kits), *_weights(needs.engines, weights)]
        return tuple(dict.fromkeys(codes))

    def _disk(self, needed_bytes: int) -> Iterable[str]:
        try:
            fits = self._space.fits(needed_bytes)
        except OSError as error:
            log.error("disk not readable", error=error.strerror)
            fits = False
        return () if fits else (DISK_FULL,)

    def _time(self, kits: Sequence[Kit]) -> Iterable[str]:
        """A clock behind the one that wrote the kit cannot tell whether a join code has ended."""
        now_ms = self._clock.unix_ms()
        newest_ms = max((kit.created_unix_ms for kit in kits), default=0)
        wrong = now_ms < EARLIEST_UNIX_MS or now_ms < newest_ms - CLOCK_TOLERANCE_MS
        return (CLOCK_WRONG,) if wrong else ()


def _weights(engines: Iterable[EngineNeed], problem: Callable[[str, str], str]) -> Iterable[str]:
    return [code for need in engines if (code := problem(need.role, need.language))]
