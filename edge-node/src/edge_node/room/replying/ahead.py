"""The next question made ready in a pause that may be the end: its words, and their sound.

A guess decides nothing. It is used when the very same question is due once the turn is kept; it yields to every
question somebody waits for, and one that comes late or fails is asked for anew.
"""

import asyncio
from collections.abc import Callable

from edge_node.core.interview import session
from edge_node.core.interview.events import QuestionAsked
from edge_node.core.interview.follow_up import FollowUpBrief
from edge_node.core.interview.session import AskFollowUp, AskPlanned, Close, State
from edge_node.core.interview.supposed import Supposed, supposed_next
from edge_node.ports.language import DeadlineClass
from edge_node.room.replying.asking import Asker, Proposal
from edge_node.room.replying.speaking import Mouth
from edge_node.tasks import cancel


class QuestionAhead:
    """One visit's guess at its next question. ``state`` is the interview as it is kept.

    ``voices``: whether the sound is made ready, too, which is of use only where the synthesizer keeps it.
    """

    def __init__(self, asker: Asker, mouth: Mouth, state: Callable[[], State], *, voices: bool) -> None:
        self._asker = asker
        self._mouth = mouth
        self._state = state
        self._voices = voices
        self._task: asyncio.Task[None] | None = None
        self._heard = ""
        self._made: tuple[FollowUpBrief, Proposal] | None = None
        self.taken = 0
        """Guesses that became the question."""

    def suppose(self, heard: str) -> None:
        """The answer may be over, and these are its words."""
        if heard == self._heard and self._task:
            return
        self.drop()
        supposed = supposed_next(self._state(), heard)
        if supposed:
            self._heard = heard
            self._task = asyncio.create_task(self._make(supposed), name="question ahead")

    def take(self, brief: FollowUpBrief | None) -> Proposal | None:
        """The proposal by this very brief, if there is one; the guess is over in any case."""
        made = self._made
        self.drop()
        if made is None or made[0] != brief:
            return None
        self.taken += 1
        return made[1]

    def drop(self) -> None:
        """The candidate goes on, or something else is asked."""
        self._heard, self._made = "", None
        if self._task:
            self._task.cancel()
            self._task = None

    async def close(self) -> None:
        """Drop, and wait for it."""
        task = self._task
        self.drop()
        if task:
            await cancel(task)

    async def _make(self, supposed: Supposed) -> None:
        text = await self._next_text(supposed)
        if text and self._voices:
            await self._mouth.prepare(text)

    async def _next_text(self, supposed: Supposed) -> str:
        """What would be spoken next; empty where that is not known."""
        state = supposed.state
        match supposed.move:
            case AskFollowUp(brief):
                number = len(state.questions) + 1
                proposal = await self._asker.propose(brief, number, DeadlineClass.SUMMARY)
                if proposal.text is None:
                    return ""
                self._made = (brief, proposal)
                events = session.follow_up(state, proposal.text, proposal.reason, proposal.asked)
            case AskPlanned(planned):
                events = list(planned)
            case Close():
                return session.closing_words(state.kit)
            case _:
                return ""
        asked = [event for event in events if isinstance(event, QuestionAsked)]
        return asked[-1].spoken if asked else ""
