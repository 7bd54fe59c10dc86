"""The end of a turn: its words, and the moment in which speaking again still takes it back."""

import asyncio
from collections.abc import Callable

from edge_node.core.audio import SAMPLE_RATE_HZ
from edge_node.core.dialogue.endpoint import Ended, EndReason
from edge_node.core.dialogue.grammar import trails_off
from edge_node.core.dialogue.turn import Floor, Turn
from edge_node.core.dialogue.utterance import VoiceState
from edge_node.ports.clock import Clock
from edge_node.ports.failure import EngineError
from edge_node.room.listening.carried import Carried
from edge_node.room.listening.draft import Draft
from edge_node.room.signals import Spoke
from edge_node.telemetry.logs import get_logger

BEGINNING_STEPS = 30
"""Looks, 20 ms apart, at a sound that begins before it counts as noise; sooner while sound comes in."""

log = get_logger("room")


class TurnEnd:
    """Ends one visit's turns. ``turn`` tells the floor as it is now."""

    def __init__(self, carried: Carried, clock: Clock, turn: Callable[[], Turn], *, language: str) -> None:
        self._carried = carried
        self._clock = clock
        self._turn = turn
        self._language = language

    async def spoke(self, draft: Draft, ended: Ended, caption_id: str) -> Spoke:
        """What was said in the turn and before it. Cancelled by a candidate who speaks on; nothing is changed here."""
        decided = self._clock.monotonic()
        try:
            said = await draft.text(ended.last_sample)
        except EngineError as error:
            log.error("a turn stayed without a transcript", code=error.code)
            said = ()
        before = await self._carried.said()
        await self._until_clear()
        endpoint = self._turn().endpoint
        began = endpoint.first_sample if endpoint else ended.last_sample
        text = said[-1].text if said and ended.reason is EndReason.SILENCE else ""
        if not any(part.text for part in said):
            log.info("turn without words", reason=str(ended.reason))
        return Spoke(
            said=(*before, *said),
            end_of_turn_ms=max(0, ended.at_sample - ended.last_sample) * 1000 // SAMPLE_RATE_HZ,
            stt_ms=round((self._clock.monotonic() - decided) * 1000),
            caption_id=caption_id,
            trails_off=trails_off(text, self._language),
            speech_ms=(ended.last_sample - began) * 1000 // SAMPLE_RATE_HZ,
        )

    async def _until_clear(self) -> None:
        """While a sound is beginning: speech takes the turn back and cancels its end, a noise passes."""
        for _ in range(BEGINNING_STEPS):
            turn = self._turn()
            if turn.floor is not Floor.RETURNED or turn.voice.state is not VoiceState.STARTING:
                return
            await asyncio.sleep(0.02)
