"""Answers on their way into the record: spoken, typed, or none."""

from collections.abc import Sequence

from edge_node.core.dialogue.grammar import backchannel
from edge_node.core.interview import session
from edge_node.core.interview.events import Event, TurnMode, TurnTaken
from edge_node.core.interview.session import State
from edge_node.core.interview.text import words
from edge_node.ports.failure import EngineError
from edge_node.room.ledger import Ledger
from edge_node.room.listening.listening import Listening
from edge_node.room.signals import UNHEARD, Said


class Answers:
    """Keeps the candidate's answers to the current question. Its methods raise JournalError."""

    def __init__(self, ledger: Ledger, listening: Listening) -> None:
        self._ledger = ledger
        self._listening = listening

    async def spoken(self, said: Sequence[Said]) -> str:
        """Keep a spoken turn; its id, or an empty string when no word was in it."""
        recorded = await self._ledger.keep(lambda state: spoken_turn(state, said))
        turns = [fact.event.turn_id for fact in recorded if isinstance(fact.event, TurnTaken)]
        return turns[0] if turns else ""

    async def typed(self, text: str) -> None:
        """Keep a typed answer; what was spoken before it stands in front."""
        end_ms = self._ledger.now_ms()
        said = await self._spoken_so_far()
        whole = " ".join([*(part.text for part in said), text])
        start_ms = said[0].start_ms if said else end_ms
        await self._ledger.keep(lambda state: session.answer(state, whole, TurnMode.TYPED, start_ms, end_ms))

    async def unheard(self, speech_ms: int) -> None:
        """Keep that there was an answer of which no word was understood: no silence, and nothing to rate."""
        end_ms = self._ledger.now_ms()
        start_ms = max(0, end_ms - speech_ms)
        await self._ledger.keep(lambda state: session.answer(state, UNHEARD, TurnMode.SPOKEN, start_ms, end_ms))

    async def silence(self) -> None:
        """Keep that there was no answer, or what a lost connection left of one, so that the interview goes on."""
        now_ms = self._ledger.now_ms()
        said = await self._spoken_so_far()
        await self._ledger.keep(lambda state: spoken_turn(state, said) or unanswered(state, now_ms))

    async def _spoken_so_far(self) -> tuple[Said, ...]:
        try:
            return await self._listening.take_spoken()
        except EngineError:
            now_ms = self._ledger.now_ms()
            return (Said(UNHEARD, (), now_ms, now_ms),)


def spoken_turn(state: State, said: Sequence[Said]) -> list[Event]:
    """The turn of what was said; nothing when there is no word in it."""
    if not said:
        return []
    text = " ".join(part.text for part in said if part.text)
    timed = [word for part in said for word in part.words]
    start_ms = timed[0].start_ms if timed else said[0].start_ms
    end_ms = timed[-1].end_ms if timed else said[-1].end_ms
    return session.answer(state, text, TurnMode.SPOKEN, start_ms, max(start_ms, end_ms), timed)


def is_echo(said: Sequence[Said], question: str) -> bool:
    """Whether what interrupted the question is a run of its own words: the loudspeaker came back."""
    heard = words(" ".join(part.text for part in said))
    asked = words(question)
    runs = (asked[at : at + len(heard)] for at in range(len(asked) - len(heard) + 1))
    return len(heard) >= 2 and any(list(run) == list(heard) for run in runs)


def is_backchannel(said: Sequence[Said], language: str) -> bool:
    """Whether what interrupted the question only says that the candidate listens."""
    return backchannel(" ".join(part.text for part in said), language)


def unanswered(state: State, now_ms: int) -> list[Event]:
    """A turn without words: the question was put, and the candidate kept silent."""
    if state.question is None or state.answered or state.closed:
        return []
    turn_id = f"t{len(state.turns) + 1}"
    return [TurnTaken(turn_id, state.question.question_id, "", TurnMode.SPOKEN, now_ms, now_ms)]
