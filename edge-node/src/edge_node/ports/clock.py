"""Time, as the rooms see it."""

from typing import Protocol


class Clock(Protocol):
    """Wall time and monotonic time."""

    def unix_ms(self) -> int:
        """Milliseconds since 1970-01-01 UTC by the wall clock; may jump."""
        ...

    def monotonic(self) -> float:
        """Seconds that never go back."""
        ...
