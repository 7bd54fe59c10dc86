"""One tracker per interview, the least recently used one closed beyond a bound; one thread for all of them."""

import asyncio
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from edge_node.core.observation.sample import Sample
from edge_node.ports.failure import EngineError
from edge_node.vision.landmarker import FaceTracker

TRACKERS_AT_MOST = 8


class Trackers:
    """Looks. A picture that waits is dropped when a newer one of the same interview comes."""

    def __init__(self, make: Callable[[], FaceTracker], *, at_most: int = TRACKERS_AT_MOST) -> None:
        self._make = make
        self._at_most = at_most
        self._open: OrderedDict[str, FaceTracker] = OrderedDict()
        self._newest: dict[str, int] = {}
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="watch")

    async def look(self, interview_id: str, i420: bytes, width: int, height: int, at_ms: int) -> Sample:
        """The sample of one picture; raises EngineError: bad_request, or cancelled for an overtaken picture."""
        if self._newest.get(interview_id, -1) < at_ms:
            self._newest[interview_id] = at_ms
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._thread, self._look, interview_id, i420, width, height, at_ms)

    def _look(self, interview_id: str, i420: bytes, width: int, height: int, at_ms: int) -> Sample:
        if self._newest.get(interview_id, -1) > at_ms:
            raise EngineError("cancelled", "a newer picture came")
        tracker = self._open.get(interview_id)
        if tracker is None:
            tracker = self._open[interview_id] = self._make()
        self._open.move_to_end(interview_id)
        while len(self._open) > self._at_most:
            oldest, closing = self._open.popitem(last=False)
            self._newest.pop(oldest, None)
            closing.close()
        try:
            return tracker.look(i420, width=width, height=height, at_ms=at_ms)
        except ValueError as error:
            raise EngineError("bad_request", str(error)) from error

    async def close(self) -> None:
        """Close every tracker; running work ends first."""
        await asyncio.to_thread(self._thread.shutdown, wait=True, cancel_futures=True)
        for tracker in self._open.values():
            tracker.close()
        self._open.clear()
