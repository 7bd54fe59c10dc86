"""Join codes: found among the node's kits without the link, in constant time, with few tries."""

import hashlib
import hmac
import math
import re
from collections import OrderedDict, deque
from collections.abc import Iterable

from edge_node.core.interview.plan import Kit


def normalise(code: str) -> str:
    """A code as people type it, as it was made: upper case, no spaces, no dashes."""
    return re.sub(r"[\s\-\u2010-\u2015]", "", code).upper()


def find(kits: Iterable[Kit], code: str) -> Kit | None:
    """The kit whose join code is ``code``; every kit is compared, so time tells nothing."""
    wanted = normalise(code)
    found: Kit | None = None
    for kit in kits:
        digest = hashlib.sha256(f"{kit.join_code.salt}:{wanted}".encode()).hexdigest()
        if hmac.compare_digest(digest.encode(), kit.join_code.sha256_hex.lower().encode()):
            found = kit
    return found


class Tries:
    """Failed tries of each client address within a sliding window; remembers at most ``addresses`` of them."""

    def __init__(self, at_most: int = 10, window_seconds: float = 300.0, addresses: int = 1024) -> None:
        self._at_most = at_most
        self._window_seconds = window_seconds
        self._addresses = addresses
        self._failed: OrderedDict[str, deque[float]] = OrderedDict()

    def wait_seconds(self, address: str, now: float) -> int:
        """Seconds until ``address`` may try again, 0 when it may now. ``now`` in seconds of any steady clock."""
        times = self._failed.get(address)
        if not times or len(times) < self._at_most:
            return 0
        return max(0, math.ceil(times[0] + self._window_seconds - now))

    def failed(self, address: str, now: float) -> None:
        """Count one failed try."""
        times = self._failed.setdefault(address, deque(maxlen=self._at_most))
        while times and times[0] + self._window_seconds <= now:
            times.popleft()
        times.append(now)
        self._failed.move_to_end(address)
        if len(self._failed) > self._addresses:
            self._failed.popitem(last=False)
