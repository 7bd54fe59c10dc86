"""Pictures of the device check: what the candidate may mend, and how they look at the screen. In memory only.

What was measured is handed to the room of a candidate who agrees to be observed, and dropped for everyone else.
"""

import math
from collections import OrderedDict, deque
from dataclasses import dataclass, field

from edge_node.core.observation.baseline import Baseline, Measured, baseline
from edge_node.core.observation.observer import ObserverRules
from edge_node.core.observation.sample import Sample
from edge_node.core.observation.signs import Kind, Sign, signs
from edge_node.ports.clock import Clock
from edge_node.ports.failure import EngineError
from edge_node.ports.media import Picture
from edge_node.ports.vision import Watcher

CHECKS_AT_MOST = 32
LONGEST_SECONDS = 3600.0
"""A check this old is of somebody who did not go on."""

LEAST_SECONDS = 0.4
"""Between two pictures of one page; interviews come first."""

LOOK_TIMEOUT_SECONDS = 2.0

HINTS = (
    Kind.CAMERA_COVERED,
    Kind.TOO_DARK,
    Kind.FACE_ABSENT,
    Kind.SEVERAL_FACES,
    Kind.OUT_OF_PICTURE,
    Kind.TOO_CLOSE,
    Kind.TOO_FAR,
    Kind.TOO_BRIGHT,
)
"""What a candidate can mend, the most telling first. Where they look is never among it."""


@dataclass(slots=True)
class _Check:
    began: float
    looked_at: float = -math.inf
    samples: deque[Sample] = field(default_factory=lambda: deque(maxlen=16))
    looking: bool = False


class PictureChecks:
    """The device checks under way, the oldest dropped beyond a bound."""

    def __init__(self, watcher: Watcher, clock: Clock, rules: ObserverRules) -> None:
        self._watcher = watcher
        self._clock = clock
        self._rules = rules
        self._open: OrderedDict[str, _Check] = OrderedDict()

    async def look(self, interview_id: str, picture: Picture) -> tuple[Kind, ...]:
        """What could be better in the picture, the most telling first.

        Raises EngineError: busy for a page that asks too fast, or as the watcher.
        """
        now = self._clock.monotonic()
        check = self._check(interview_id, now)
        if check.looking or now - check.looked_at < LEAST_SECONDS:
            raise EngineError("busy", "one picture at a time")
        check.looking = True
        try:
            # A tracker of its own: its times are of another clock than the interview's.
            sample = await self._watcher.watch(
                f"{interview_id}.check", picture, round(now * 1000), timeout_seconds=LOOK_TIMEOUT_SECONDS
            )
        finally:
            check.looking, check.looked_at = False, self._clock.monotonic()
        check.samples.append(sample)
        shown = signs(sample, None, self._rules.signs)
        return tuple(kind for kind in HINTS if shown[kind] is Sign.THERE)

    def measured(self, interview_id: str) -> Baseline | None:
        """How the candidate looked at the screen during the check; the check is over by this."""
        check = self._open.pop(interview_id, None)
        return baseline(tuple(check.samples), self._rules.baseline, Measured.DEVICE_CHECK) if check else None

    def forget(self, interview_id: str) -> None:
        """Drop what was measured."""
        self._open.pop(interview_id, None)

    def _check(self, interview_id: str, now: float) -> _Check:
        for other in [key for key, check in self._open.items() if now - check.began > LONGEST_SECONDS]:
            del self._open[other]
        check = self._open.setdefault(interview_id, _Check(now))
        self._open.move_to_end(interview_id)
        while len(self._open) > CHECKS_AT_MOST:
            self._open.popitem(last=False)
        return check
