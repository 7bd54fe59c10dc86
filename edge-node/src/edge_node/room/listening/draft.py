"""The text of one turn in the making. A pause is transcribed at once, in the hope that it was the end.

When the candidate goes on after a long stretch, that transcript stays as settled text, so that a long answer costs no
more at its end than a short one. Otherwise it is dropped: a recogniser takes as long for 2 s as for 20, and more
context gives better text.
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass

from edge_node.core.audio import SAMPLE_RATE_HZ
from edge_node.core.dialogue.utterance import samples
from edge_node.room.listening.scribe import Scribe
from edge_node.room.listening.tape import Tape
from edge_node.room.signals import UNHEARD, Said
from edge_node.tasks import cancel

SETTLE_SECONDS = 14.0
"""Stretch from which its transcript stays when the candidate goes on."""

SENTENCE_SECONDS = 7.0
"""The same for a stretch that sounded like the end of a turn: nothing of a sentence is cut off there."""

SHORT_SECONDS = 3.0
"""A last stretch shorter than this is transcribed again together with the one before it."""

LONGEST_STRETCH_SECONDS = 24.0
"""Stretch that is transcribed without waiting for a pause; recognisers look at 30 s."""

TAIL_SECONDS = 0.2
"""Silence kept behind the last speech, so that its last sound is whole."""


@dataclass(frozen=True, slots=True)
class _Stretch:
    first: int
    last: int
    task: asyncio.Task[Said]


class Draft:
    """One turn's sound on the tape, stretch by stretch. ``origin_ms`` is the interview time of sample 0.

    ``speculated`` is told the whole text whenever a pause was transcribed that may be the end.
    """

    def __init__(
        self, scribe: Scribe, tape: Tape, *, origin_ms: int, first_sample: int, speculated: Callable[[str], None]
    ) -> None:
        self._speculated = speculated
        self._scribe = scribe
        self._tape = tape
        self._origin_ms = origin_ms
        self._settled: list[_Stretch] = []
        self._speculative: _Stretch | None = None
        self._settle_seconds = SETTLE_SECONDS
        self.open_from = first_sample
        """First sample not settled yet."""

    @property
    def busy(self) -> bool:
        """Whether a transcript is being made."""
        stretches = [*self._settled, *([self._speculative] if self._speculative else [])]
        return any(not stretch.task.done() for stretch in stretches)

    @property
    def settled_text(self) -> str:
        """Text of the stretches that are done."""
        done = (s.task for s in self._settled if s.task.done() and not s.task.cancelled() and not s.task.exception())
        return " ".join(task.result().text for task in done).strip()

    def speculate(self, last_sample: int) -> None:
        """Transcribe the open stretch as if the turn ended with the speech before ``last_sample``."""
        last = self._padded(last_sample)
        if self._speculative and self._speculative.last == last:
            return
        self.drop_speculation()
        self._settle_seconds = SETTLE_SECONDS
        self._join_short(last)
        self._speculative = self._transcribe(last)
        self._speculative.task.add_done_callback(self._tell)

    def sounded_complete(self) -> None:
        """The pause just transcribed sounded like an end."""
        self._settle_seconds = SENTENCE_SECONDS

    def went_on(self) -> None:
        """The candidate speaks again: keep a long speculation, drop a short one."""
        stretch, self._speculative = self._speculative, None
        if stretch is None:
            return
        if stretch.last - stretch.first >= samples(self._settle_seconds):
            self._settle(stretch)
        else:
            stretch.task.cancel()

    def speech_until(self, at_sample: int) -> None:
        """Speech goes on; a stretch that grows too long is settled without a pause."""
        if at_sample - self.open_from >= samples(LONGEST_STRETCH_SECONDS):
            self.drop_speculation()
            self._settle(self._transcribe(at_sample))

    def drop_speculation(self) -> None:
        """Forget the open stretch's transcript."""
        if self._speculative:
            self._speculative.task.cancel()
            self._speculative = None

    async def text(self, last_sample: int) -> tuple[Said, ...]:
        """Everything said up to ``last_sample``; a cancelled caller leaves the work running.

        The scribe has asked again for as long as its patience lasts; a stretch it gave up is marked as unheard.
        Raises EngineError when no stretch at all could be transcribed.
        """
        if self._padded(last_sample) > self.open_from:
            self.speculate(last_sample)
        stretches = [*self._settled, *([self._speculative] if self._speculative else [])]
        if stretches:
            await asyncio.wait([stretch.task for stretch in stretches])
        failed = [stretch.task for stretch in stretches if stretch.task.cancelled() or stretch.task.exception()]
        if failed and len(failed) == len(stretches):
            failed[0].result()
        said = (self._unheard(stretch) if stretch.task in failed else stretch.task.result() for stretch in stretches)
        return tuple(stretch for stretch in said if stretch.text)

    async def close(self) -> None:
        """Stop every transcript under way."""
        self.drop_speculation()
        await cancel(*(stretch.task for stretch in self._settled))

    def _tell(self, task: asyncio.Task[Said]) -> None:
        current = self._speculative is not None and self._speculative.task is task
        settled = all(stretch.task.done() for stretch in self._settled)
        if current and settled and not task.cancelled() and not task.exception():
            self._speculated(" ".join(part for part in (self.settled_text, task.result().text) if part))

    def _join_short(self, last: int) -> None:
        before = self._settled[-1] if self._settled else None
        if before is None or last - self.open_from >= samples(SHORT_SECONDS):
            return
        if last - before.first <= samples(LONGEST_STRETCH_SECONDS + SHORT_SECONDS) and before.first >= self._tape.start:
            self._settled.pop().task.cancel()
            self.open_from = before.first

    def _padded(self, last_sample: int) -> int:
        return min(last_sample + samples(TAIL_SECONDS), self._tape.end)

    def _settle(self, stretch: _Stretch) -> None:
        self._settled.append(stretch)
        self.open_from = stretch.last

    def _unheard(self, stretch: _Stretch) -> Said:
        return Said(UNHEARD, (), self._at_ms(stretch.first), self._at_ms(stretch.last))

    def _at_ms(self, sample: int) -> int:
        return self._origin_ms + sample * 1000 // SAMPLE_RATE_HZ

    def _transcribe(self, last: int) -> _Stretch:
        pcm = self._tape.cut(self.open_from, last)
        start_ms = self._at_ms(self.open_from)
        return _Stretch(self.open_from, last, asyncio.create_task(self._scribe.final(pcm, start_ms), name="transcript"))
