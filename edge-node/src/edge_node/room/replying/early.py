"""The model reads an answer while it is being given, so that after the turn only its end is left to read.

What is read is a guess and decides nothing: a wrong one costs the model's idle time, a failing one costs nothing.
"""

import asyncio
from collections.abc import Callable

from edge_node.core.interview.prompts import Prompt
from edge_node.core.interview.supposed import agreed
from edge_node.ports.failure import EngineError
from edge_node.ports.language import DeadlineClass, Generation, LanguageModel, Message
from edge_node.room.replying.ahead import QuestionAhead
from edge_node.room.replying.speaking import closing
from edge_node.tasks import cancel

READ_SECONDS = 20.0
"""Longest wait for one reading; a new one replaces it long before."""


class EarlyReading:
    """Reads one interview's answers ahead. ``prompt`` makes what would be asked after a text; None for nothing.

    ``ahead`` makes the question itself in a pause that may be the end.
    """

    def __init__(
        self,
        model: LanguageModel,
        prompt: Callable[[str], Prompt | None],
        *,
        conversation: str,
        ahead: QuestionAhead | None = None,
    ) -> None:
        self._ahead = ahead
        self._model = model
        self._prompt = prompt
        self._conversation = conversation
        self._caption = ""
        self._read = ""
        self._task: asyncio.Task[None] | None = None

    def caption(self, text: str) -> None:
        """A caption of the turn so far: what it has in common with the one before is read."""
        stable, self._caption = agreed(self._caption, text), text
        self._follow(stable)

    def transcript(self, text: str) -> None:
        """The turn's transcript, if it ended now."""
        self._caption = text
        self._follow(text)
        if self._ahead:
            self._ahead.suppose(text)

    def went_on(self) -> None:
        """The candidate speaks again: what the pause led to is no longer due."""
        if self._ahead:
            self._ahead.drop()

    def stop(self) -> None:
        """The turn is over: whoever asks the model now needs it at once."""
        self._caption = self._read = ""
        if self._task:
            self._task.cancel()
            self._task = None

    async def close(self) -> None:
        """Stop, and wait for it."""
        task = self._task
        self.stop()
        if self._ahead:
            await self._ahead.close()
        if task:
            await cancel(task)

    def _follow(self, text: str) -> None:
        # What is in memory already stays there: less of the same needs no request.
        if not text or self._read.startswith(text):
            return
        prompt = self._prompt(text)
        if prompt is None:
            return
        if self._task:
            self._task.cancel()
        self._read = text
        self._task = asyncio.create_task(self._request(prompt), name="read ahead")

    async def _request(self, prompt: Prompt) -> None:
        request = Generation(
            messages=tuple(Message(role, text) for role, text in prompt.messages),
            max_tokens=0,
            deadline_class=DeadlineClass.AHEAD,
            timeout_seconds=READ_SECONDS,
            conversation=self._conversation,
        )
        pieces = self._model.generate(request)
        try:
            async with closing(pieces):
                async for _ in pieces:
                    pass
        except EngineError:
            self._read = ""
