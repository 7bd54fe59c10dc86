"""What the ears and the page tell the conversation, in order. Bounded; a drop is counted."""

import asyncio
from collections import deque
from dataclasses import dataclass

from edge_node.core.interview.events import Word

SIGNALS_MOST = 32


@dataclass(frozen=True, slots=True)
class Said:
    """A stretch of the candidate's speech as text; times are milliseconds since the interview was opened."""

    text: str
    words: tuple[Word, ...]
    start_ms: int
    end_ms: int


UNHEARD = "[\u2026]"
"""Stands in an answer where a stretch of speech stayed without a transcript, so that it never looks whole."""


@dataclass(frozen=True, slots=True)
class Spoke:
    """The candidate's turn is over and transcribed."""

    said: tuple[Said, ...]
    end_of_turn_ms: int
    """From the last speech to the decision that the turn is over."""

    stt_ms: int
    """From that decision to the transcript."""

    caption_id: str = ""
    trails_off: bool = False
    """It ended by silence alone, behind a word after which more has to come."""

    speech_ms: int = 0
    """From the turn's first speech to its last."""


@dataclass(frozen=True, slots=True)
class Began:
    """The candidate began to speak with the floor theirs."""


@dataclass(frozen=True, slots=True)
class Typed:
    """The candidate typed an answer."""

    text: str


@dataclass(frozen=True, slots=True)
class Silent:
    """The candidate said nothing for long, or pressed done without a word."""


@dataclass(frozen=True, slots=True)
class Interrupted:
    """The candidate spoke over the interviewer."""


@dataclass(frozen=True, slots=True)
class RepeatWanted:
    """The candidate wants the question again."""


@dataclass(frozen=True, slots=True)
class TimeWanted:
    """The candidate wants time to think, and no sound could tell how long: the wait for an answer begins anew."""


@dataclass(frozen=True, slots=True)
class LeaveWanted:
    """The candidate ends the interview."""


Signal = Began | Spoke | Typed | Silent | Interrupted | RepeatWanted | TimeWanted | LeaveWanted


class Signals:
    """Signals not yet dealt with, oldest first."""

    def __init__(self) -> None:
        self._waiting: deque[Signal] = deque()
        self._arrived = asyncio.Event()
        self.dropped = 0

    def put(self, signal: Signal) -> None:
        """Add a signal; a flood from the page drops wishes, never what was said."""
        if len(self._waiting) >= SIGNALS_MOST and not isinstance(signal, Spoke):
            self.dropped += 1
            return
        self._waiting.append(signal)
        self._arrived.set()

    async def wait(self) -> None:
        """Return when a signal waits; takes nothing."""
        await self._arrived.wait()

    @property
    def first(self) -> Signal | None:
        """The oldest signal, left in place."""
        return self._waiting[0] if self._waiting else None

    def take(self) -> Signal | None:
        """Remove and return the oldest signal."""
        signal = self._waiting.popleft() if self._waiting else None
        if not self._waiting:
            self._arrived.clear()
        return signal
