"""The language model, as the rest of the node sees it."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from enum import IntEnum
from typing import Protocol


class DeadlineClass(IntEnum):
    """Who waits for an answer. The numbers are the wire's; :attr:`urgency` says who goes first."""

    LIVE = 1
    SUMMARY = 2
    RATING = 3
    AHEAD = 4
    """A prompt that may be asked for soon is read into memory; nothing is generated."""

    @property
    def urgency(self) -> int:
        """Lower goes first; a higher one is never in front of a live question (0)."""
        return (DeadlineClass.LIVE, DeadlineClass.AHEAD, DeadlineClass.SUMMARY, DeadlineClass.RATING).index(self)


@dataclass(frozen=True, slots=True)
class Message:
    """One chat message; role is system, user or assistant."""

    role: str
    text: str


@dataclass(frozen=True, slots=True)
class Generation:
    """A request to generate text."""

    messages: tuple[Message, ...]
    max_tokens: int
    """0 for, and only for, the class AHEAD: the last message may still go on."""

    deadline_class: DeadlineClass
    timeout_seconds: float
    grammar: str = ""
    """GBNF; empty for free text."""

    temperature: float = 0.0
    seed: int = 1
    conversation: str = ""
    """Requests of one conversation begin alike: what one decoded is kept for the next. Empty for a single request."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of generated text.

    The last one has ``last`` set and says why it ended: stop, length, cancelled, or read for a prompt read ahead.
    """

    text: str
    last: bool = False
    finish_reason: str = ""
    prompt_tokens: int = 0
    generated_tokens: int = 0
    model_digest: str = ""
    reused_tokens: int = 0
    """Prompt tokens that were in memory already."""


class LanguageModel(Protocol):
    """Generates text."""

    def generate(self, request: Generation) -> AsyncIterator[Piece]:
        """Stream pieces; raises EngineError (late when the timeout passes). Closing the iterator cancels."""
        ...
