"""What the candidate is saying, shown while they say it: one request at a time, and not too often."""

import asyncio

from edge_node.core.dialogue.utterance import samples
from edge_node.room.listening.draft import Draft
from edge_node.room.listening.scribe import Scribe
from edge_node.room.listening.tape import Tape
from edge_node.room.page import Page
from edge_node.room.replying.early import EarlyReading
from edge_node.tasks import cancel

HEARD_SECONDS = 12.0
"""Sound of one partial caption at the most."""


class PartialCaptions:
    """Captions of one visit's turns in the making. Time is counted in samples of the tape."""

    def __init__(self, scribe: Scribe, page: Page, tape: Tape, early: EarlyReading, *, every_seconds: float) -> None:
        self._early = early
        self._scribe = scribe
        self._page = page
        self._tape = tape
        self._every = samples(every_seconds)
        self._last_at = 0
        self._task: asyncio.Task[None] | None = None

    def begin(self) -> None:
        """A turn begins."""
        self._last_at = self._tape.end

    def show(self, draft: Draft, caption_id: str) -> None:
        """Speech goes on: ask for a caption if one is due and the recogniser is free."""
        if draft.busy or (self._task and not self._task.done()) or self._tape.end - self._last_at < self._every:
            return
        self._last_at = self._tape.end
        first = max(draft.open_from, self._tape.end - samples(HEARD_SECONDS))
        pcm = self._tape.cut(first, self._tape.end)
        self._task = asyncio.create_task(self._show(draft, pcm, caption_id), name="partial caption")

    async def _show(self, draft: Draft, pcm: bytes, caption_id: str) -> None:
        text = await self._scribe.partial(pcm)
        # A cancellation can get lost on the way; a caption that was stopped says nothing all the same.
        if text and self._task is asyncio.current_task():
            whole = " ".join(part for part in (draft.settled_text, text) if part)
            self._page.caption("candidate", caption_id, whole, final=False)
            self._early.caption(whole)

    def stop(self) -> None:
        """The turn is over: no partial comes behind its final text."""
        if self._task:
            self._task.cancel()
            self._task = None

    async def close(self) -> None:
        """Stop, and wait for it."""
        task = self._task
        self.stop()
        if task:
            await cancel(task)
