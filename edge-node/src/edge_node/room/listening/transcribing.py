"""The words of a visit's turns while they are said: the draft, its captions, and the model that reads along."""

from collections.abc import Callable

from edge_node.core.dialogue.utterance import samples
from edge_node.room.ledger import Ledger
from edge_node.room.listening.draft import Draft
from edge_node.room.listening.partials import PartialCaptions
from edge_node.room.listening.scribe import Scribe
from edge_node.room.listening.tape import Tape
from edge_node.room.page import Page
from edge_node.room.replying.early import EarlyReading

PRE_ROLL_SECONDS = 0.5
"""Sound kept before the first speech; longer than the guard behind the interviewer's last word."""


class Transcribing:
    """One turn at a time. ``worded`` is told the turn's whole text whenever a pause may be its end."""

    def __init__(
        self,
        scribe: Scribe,
        tape: Tape,
        page: Page,
        early: EarlyReading,
        ledger: Ledger,
        *,
        partial_every_seconds: float,
        worded: Callable[[str], None],
    ) -> None:
        self._scribe = scribe
        self._tape = tape
        self._early = early
        self._ledger = ledger
        self._worded = worded
        self._partials = PartialCaptions(scribe, page, tape, early, every_seconds=partial_every_seconds)
        self._turns = 0
        self.draft: Draft | None = None
        """The turn in the making; None between turns."""

    @property
    def caption_id(self) -> str:
        """Names the present turn's caption on the page."""
        return f"answer-{self._ledger.state.visit}-{self._turns}"

    def begin(self, first_sample: int, origin_ms: int) -> None:
        """A turn begins with the speech at ``first_sample``; ``origin_ms`` is the interview time of sample 0."""
        self._turns += 1
        self._partials.begin()
        first = max(self._tape.start, first_sample - samples(PRE_ROLL_SECONDS))
        self.draft = Draft(
            self._scribe, self._tape, origin_ms=origin_ms, first_sample=first, speculated=self._speculated
        )

    def show(self) -> None:
        """Speech goes on: a caption, if one is due."""
        if self.draft:
            self._partials.show(self.draft, self.caption_id)

    def went_on(self) -> None:
        """The candidate speaks again after a pause."""
        if self.draft:
            self.draft.went_on()
            self._early.went_on()

    def stop_captions(self) -> None:
        """The turn may be over: no more partial captions of it."""
        self._partials.stop()

    def stop_reading(self) -> None:
        """The turn is over: whoever asks the model now needs it at once."""
        self._early.stop()

    async def close(self) -> None:
        """Stop everything under way."""
        await self._partials.close()
        await self._early.close()
        if self.draft:
            await self.draft.close()

    def _speculated(self, text: str) -> None:
        self._early.transcript(text)
        self._worded(text)
