"""One tracker per interview, the least recently used one closed beyond a bound; one picture at a time."""

import asyncio
import threading
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

from edge_node.core.observation.sample import Sample
from edge_node.ports.failure import EngineError
from edge_node.vision.codec import Sight
from edge_node.vision.emotion import EmotionReader
from edge_node.vision.landmarker import FaceTracker

TRACKERS_AT_MOST = 8


class Trackers:
    """Looks. A picture that waits is dropped when a newer one of the same interview comes.

    ``emotions``: only where this node has switched that on; then still only for a picture that asks for it.
    """

    def __init__(
        self,
        make: Callable[[], FaceTracker],
        *,
        at_most: int = TRACKERS_AT_MOST,
        emotions: EmotionReader | None = None,
    ) -> None:
        self._make = make
        self._at_most = at_most
        self._emotions = emotions
        self._open: OrderedDict[str, FaceTracker] = OrderedDict()
        self._newest: dict[str, int] = {}
        self._one_at_a_time = threading.Lock()
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="watch")

    async def look(self, sight: Sight) -> Sample:
        """As :meth:`look_now`, in a thread of its own."""
        if self._newest.get(sight.interview_id, -1) < sight.at_ms:
            self._newest[sight.interview_id] = sight.at_ms
        return await asyncio.get_running_loop().run_in_executor(self._thread, self.look_now, sight)

    def look_now(self, sight: Sight) -> Sample:
        """The sample of one picture, by any thread; blocks for about 6 ms of a core.

        Raises EngineError: bad_request, or cancelled for an overtaken picture.
        """
        with self._one_at_a_time:
            if self._newest.get(sight.interview_id, -1) > sight.at_ms:
                raise EngineError("cancelled", "a newer picture came")
            self._newest[sight.interview_id] = sight.at_ms
            tracker = self._open.get(sight.interview_id)
            if tracker is None:
                tracker = self._open[sight.interview_id] = self._make()
            self._open.move_to_end(sight.interview_id)
            while len(self._open) > self._at_most:
                oldest, closing = self._open.popitem(last=False)
                self._newest.pop(oldest, None)
                closing.close()
            try:
                seen = tracker.look(sight.i420, width=sight.width, height=sight.height, at_ms=sight.at_ms)
            except ValueError as error:
                raise EngineError("bad_request", str(error)) from error
            if not sight.emotion or self._emotions is None:
                return seen
            label, share = self._emotions.read(sight.i420, sight.width, sight.height, seen)
            return replace(seen, emotion=label, emotion_share=share)

    async def close(self) -> None:
        """Close every tracker; running work ends first."""
        await asyncio.to_thread(self._thread.shutdown, wait=True, cancel_futures=True)
        with self._one_at_a_time:
            for tracker in self._open.values():
                tracker.close()
            self._open.clear()
