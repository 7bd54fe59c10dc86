"""Asking the language model after an interview: nobody waits, so a dead or busy model is asked again, for a while."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from edge_node.core.interview.prompts import Prompt
from edge_node.ports.failure import EngineError
from edge_node.ports.language import DeadlineClass, Generation, LanguageModel, Message, Piece
from edge_node.review import metrics
from edge_node.telemetry import traces
from edge_node.telemetry.logs import get_logger

Parsed = TypeVar("Parsed")
Sleep = Callable[[float], Awaitable[None]]

FIRST_PAUSE_SECONDS = 1.0
LONGEST_PAUSE_SECONDS = 20.0
MALFORMED_MOST = 2
"""Answers that are not what the grammar allows (cut off) before the model counts as unable."""

RESEED = 1000
"""What a malformed answer's seed is moved by."""

log = get_logger("review")


@dataclass(frozen=True, slots=True)
class Reply(Generic[Parsed]):
    """What the model answered, parsed, and the digest of its weights."""

    value: Parsed
    model_digest: str


class Asker:
    """Asks one model. ``patience_seconds`` is what all retries of one interview may take together."""

    def __init__(
        self,
        model: LanguageModel,
        *,
        timeout_seconds: float,
        patience_seconds: float,
        sleep: Sleep = asyncio.sleep,
    ) -> None:
        self._model = model
        self._timeout_seconds = timeout_seconds
        self._sleep = sleep
        self._patience_seconds = patience_seconds
        self._left_seconds = patience_seconds

    def renew(self) -> None:
        """Full patience again, for the next interview."""
        self._left_seconds = self._patience_seconds

    async def ask(
        self, prompt: Prompt, deadline_class: DeadlineClass, parse: Callable[[str], Parsed | None], *, seed: int = 1
    ) -> Reply[Parsed] | None:
        """The parsed answer, or None when patience ran out or the model cannot give one."""
        pause_seconds, malformed = FIRST_PAUSE_SECONDS, 0
        while True:
            try:
                text, digest = await self._once(prompt, deadline_class, seed=seed + RESEED * malformed)
            except EngineError as error:
                metrics.model_failed_total.labels(error.code).inc()
                log.warning("model failed", prompt=prompt.version, code=error.code)
                if not error.retryable or self._left_seconds <= 0:
                    return None
                pause_seconds = min(pause_seconds, self._left_seconds)
                self._left_seconds -= pause_seconds
                await self._sleep(pause_seconds)
                pause_seconds = min(2 * pause_seconds, LONGEST_PAUSE_SECONDS)
                continue
            value = parse(text)
            if value is not None:
                return Reply(value, digest)
            malformed += 1
            metrics.model_failed_total.labels("malformed").inc()
            log.warning("malformed answer", prompt=prompt.version, pii_text=text)
            if malformed >= MALFORMED_MOST:
                return None

    async def _once(self, prompt: Prompt, deadline_class: DeadlineClass, seed: int) -> tuple[str, str]:
        """Text and weights' digest of one generation."""
        request = Generation(
            messages=tuple(Message(role, text) for role, text in prompt.messages),
            max_tokens=prompt.max_tokens,
            deadline_class=deadline_class,
            timeout_seconds=self._timeout_seconds,
            grammar=prompt.grammar,
            temperature=prompt.temperature,
            seed=seed,
        )
        pieces: list[Piece] = []
        with traces.marked(**{"gen_ai.prompt.version": prompt.version}):
            async for piece in self._model.generate(request):
                pieces.append(piece)
        return "".join(p.text for p in pieces), pieces[-1].model_digest if pieces else ""
