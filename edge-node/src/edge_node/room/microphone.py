"""Is the microphone switched off? A live one always has some noise."""

from edge_node.core.audio import seconds

DEAD_PEAK = 8
"""Sample value up to which a sound is as good as none."""

DEAD_SECONDS = 10.0
"""Sound without any signal, while an answer is awaited, after which the candidate is told."""


class Microphone:
    """Watches one visit's sound until it has heard anything, or has told."""

    def __init__(self) -> None:
        self._settled = False
        self._dead_samples = 0

    def found_dead(self, pcm: bytes, *, wanted: bool) -> bool:
        """Whether to tell the candidate now, once. ``pcm``: s16le, mono, 16 kHz; ``wanted``: an answer is awaited."""
        if self._settled:
            return False
        window = memoryview(pcm).cast("h")
        if max(window) > DEAD_PEAK or min(window) < -DEAD_PEAK:
            self._settled = True
            return False
        if wanted:
            self._dead_samples += len(window)
            self._settled = seconds(self._dead_samples) >= DEAD_SECONDS
        return self._settled
