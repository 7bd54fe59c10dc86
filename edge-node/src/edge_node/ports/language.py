"""The language model, as the rest of the node sees it."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from enum import IntEnum
from typing import Protocol


class DeadlineClass(IntEnum):
    """Lower goes first; a higher one is never in front of a live question."""

    LIVE = 1
    SUMMARY = 2
    RATING = 3


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
    deadline_class: DeadlineClass
    timeout_seconds: float
    grammar: str = ""
    """GBNF; empty for free text."""

    temperature: float = 0.0
    seed: int = 1


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of generated text; the last one has ``last`` set and says why it ended: stop, length or cancelled."""

    text: str
    last: bool = False
    finish_reason: str = ""
    prompt_tokens: int = 0
    generated_tokens: int = 0
    model_digest: str = ""


class LanguageModel(Protocol):
    """Generates text."""

    def generate(self, request: Generation) -> AsyncIterator[Piece]:
        """Stream pieces; raises EngineError (late when the timeout passes). Closing the iterator cancels."""
        ...
