"""Time, as the rooms see it."""

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class ClockReading:
    """The machine's clock at one moment."""

    synchronised: bool | None
    """Whether the wall clock follows a time source; None when the machine does not tell."""

    error_max_ms: int
    """Largest error of a synchronised wall clock, milliseconds; 0 when not known."""

    boot_ms: int
    """Milliseconds since the machine was started, sleep included; never goes back, never jumps."""

    boot_id: bytes
    """Which start of the machine; empty when not known."""

    unix_ms: int
    """The wall clock, milliseconds since 1970-01-01 UTC; may be wrong and may jump."""


class Clock(Protocol):
    """Wall time and monotonic time."""

    def unix_ms(self) -> int:
        """Milliseconds since 1970-01-01 UTC by the wall clock; may jump."""
        ...

    def monotonic(self) -> float:
        """Seconds that never go back."""
        ...
