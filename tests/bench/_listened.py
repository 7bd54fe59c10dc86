"""One spoken answer through the room's own ears, faster than real time: where did its turns end?

The room's ``Listening`` runs whole, with the real voice activity and end-of-turn models, on an event loop that jumps
to its next timer. Only two things are stood in for: the recogniser, which returns the script's words, without
punctuation, ``STT_SECONDS`` after it was asked, and the time an end-of-turn check takes, ``CHECK_SECONDS``.
"""

import asyncio
import re
from dataclasses import dataclass, replace

from edge_node.core.audio import SAMPLE_RATE_HZ
from edge_node.core.dialogue.utterance import samples
from edge_node.ports.speech import Transcript, VoiceActivity
from edge_node.room.ledger import Ledger
from edge_node.room.listening.listening import Listening
from edge_node.room.listening.scribe import Scribe
from edge_node.room.page import Page
from edge_node.room.replying.early import EarlyReading
from edge_node.room.rules import RoomRules
from edge_node.room.signals import Signals, Spoke
from edge_node.speech.end_of_turn import SmartTurn
from fakes.scripted_peer import ScriptedPeer
from fakes.scripted_room import MemoryJournal, ScriptedModel, short_kit
from fakes.virtual_time import VirtualClock, run_virtual

from bench._answers import SpokenAnswer

STT_SECONDS = 0.6
"""What the starter recogniser takes for the open stretch of an answer, about."""

CHECK_SECONDS = 0.1
"""What one end-of-turn check takes."""


class TimedTurn:
    """``ports.speech.EndOfTurn``: the real model, its time counted in the loop's time."""

    def __init__(self, model: SmartTurn) -> None:
        self._model = model
        self.asked = 0

    async def probability(self, pcm: bytes) -> float:
        """As the model."""
        self.asked += 1
        await asyncio.sleep(CHECK_SECONDS)
        return self._model.judge(pcm)


class ScriptReader:
    """``ports.speech.Transcriber``: the words the script has spoken by the end of the sound it is given."""

    def __init__(self, answer: SpokenAnswer) -> None:
        self._answer = answer

    async def transcribe(
        self, pcm: bytes, *, language: str, partial: bool, prompt: str, timeout_seconds: float
    ) -> Transcript:
        """The last word of the text is right whenever the sound ends in a pause; that is all that is looked at."""
        await asyncio.sleep(STT_SECONDS)
        at = self._answer.pcm.rfind(pcm[-3200:]) // 2 + 1600
        said = next((pause.text for pause in self._answer.pauses if at <= pause.last_sample), self._answer.text)
        return Transcript(" ".join(re.sub(r"[^\w\s]", " ", said).split()), (), 0)


@dataclass(frozen=True, slots=True)
class Outcome:
    """When the answer's turns were kept, as samples at 16 kHz of its sound, in order."""

    kept: tuple[int, ...]
    checks: int


def hold(answer: SpokenAnswer, voice: VoiceActivity, model: SmartTurn, rules: RoomRules) -> Outcome:
    """The answer from its floor to 7 s behind its last word. A turn that was kept early is followed by the next."""
    return run_virtual(_hold(answer, voice, model, rules))


async def _hold(answer: SpokenAnswer, voice: VoiceActivity, model: SmartTurn, rules: RoomRules) -> Outcome:
    clock, peer, signals, turn = VirtualClock(), ScriptedPeer(), Signals(), TimedTurn(model)
    listening = Listening(
        peer=peer,
        voice=voice,
        end_of_turn=turn,
        scribe=Scribe(ScriptReader(answer), clock, rules, language=answer.language, vocabulary=()),
        early=EarlyReading(ScriptedModel(), lambda _: None, conversation=""),
        page=Page(peer),
        ledger=Ledger(MemoryJournal(clock), clock, replace(short_kit(), language=answer.language), ()),
        clock=clock,
        rules=rules,
        signals=signals,
    )
    hearing = asyncio.create_task(listening.run(), name="listening")
    began = clock.monotonic()
    peer.speak(answer.pcm)
    listening.give_floor()
    kept: list[int] = []
    end = began + len(answer.pcm) / 2 / SAMPLE_RATE_HZ
    while clock.monotonic() < end:
        try:
            await asyncio.wait_for(signals.wait(), end - clock.monotonic())
        except TimeoutError:
            break
        if isinstance(signals.take(), Spoke):
            kept.append(samples(clock.monotonic() - began))
            listening.give_floor()
    await listening.close()
    hearing.cancel()
    await peer.close()
    await asyncio.gather(hearing, return_exceptions=True)
    return Outcome(tuple(kept), turn.asked)
