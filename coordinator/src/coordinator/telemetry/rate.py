"""Counting in a sliding window, for a bounded number of keys; time comes with the data."""

from collections import OrderedDict, deque


class RateWindow:
    """At most ``limit`` marks a key within ``window_seconds``; beyond ``keys_max`` keys the oldest are forgotten."""

    def __init__(self, *, limit: int, window_seconds: float, keys_max: int) -> None:
        self._limit = limit
        self._window_seconds = window_seconds
        self._keys_max = keys_max
        self._marks: OrderedDict[str, deque[float]] = OrderedDict()

    def wait_seconds(self, key: str, *, now_seconds: float) -> float:
        """Seconds until ``key`` may go on; 0 when it may now."""
        marks = self._marks.get(key)
        if marks is None:
            return 0.0
        while marks and marks[0] <= now_seconds - self._window_seconds:
            marks.popleft()
        if len(marks) < self._limit:
            return 0.0
        return marks[0] + self._window_seconds - now_seconds

    def mark(self, key: str, *, now_seconds: float) -> None:
        """Count one for ``key``."""
        marks = self._marks.setdefault(key, deque(maxlen=self._limit))
        marks.append(now_seconds)
        self._marks.move_to_end(key)
        while len(self._marks) > self._keys_max:
            self._marks.popitem(last=False)

    def unmark(self, key: str) -> None:
        """Take back the latest count of ``key``."""
        marks = self._marks.get(key)
        if marks:
            marks.pop()

    def forget(self, key: str) -> None:
        """Start over for ``key``."""
        self._marks.pop(key, None)
