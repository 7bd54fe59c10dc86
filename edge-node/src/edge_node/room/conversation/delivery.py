"""The interviewer holding the floor: caption and voice together, until it was said or somebody else wants to speak."""

import asyncio

from edge_node.ports.clock import Clock
from edge_node.ports.media import Peer
from edge_node.room.conversation.timing import Gap
from edge_node.room.listening.listening import Listening
from edge_node.room.page import Page
from edge_node.room.replying.speaking import Mouth
from edge_node.room.signals import (
    Began,
    Interrupted,
    LeaveWanted,
    RepeatWanted,
    Signals,
    Silent,
    Spoke,
    TimeWanted,
    Typed,
)
from edge_node.tasks import cancel


class Delivery:
    """Says one text at a time to one peer."""

    def __init__(
        self, *, peer: Peer, mouth: Mouth, listening: Listening, page: Page, signals: Signals, clock: Clock
    ) -> None:
        self._peer = peer
        self._mouth = mouth
        self._listening = listening
        self._page = page
        self._signals = signals
        self._clock = clock

    @property
    def heard_ms(self) -> int:
        """How much of the text said last was sent."""
        return self._mouth.heard_ms

    async def say(self, caption_id: str, text: str, *, yields: bool, gap: Gap | None = None) -> bool:
        """Speak ``text``; True when the candidate interrupted it. Other signals stop it and stay in the queue."""
        self._page.caption("interviewer", caption_id, text, final=True)
        self._listening.interviewer_begins(yields=yields)
        began = False

        def on_sound() -> None:
            nonlocal began
            if not began:
                began = True
                self._listening.interviewer_sounds(yields=yields)
                if gap:
                    gap.sound_queued(self._clock.monotonic())

        speech = asyncio.create_task(self._mouth.say(text, began=on_sound), name="say")
        try:
            return await self._until_said(speech, yields)
        finally:
            if not speech.done():
                try:
                    await cancel(speech)
                finally:
                    self._peer.clear()

    async def _until_said(self, speech: "asyncio.Task[None]", yields: bool) -> bool:
        while True:
            arrived = asyncio.create_task(self._signals.wait(), name="signal")
            try:
                await asyncio.wait({speech, arrived}, return_when=asyncio.FIRST_COMPLETED)
            finally:
                arrived.cancel()
            match self._signals.first:
                case Interrupted():
                    self._signals.take()
                    return True
                case LeaveWanted():
                    return False
                case Typed() if yields:
                    return False
                case Spoke() if yields:
                    return False
                case Typed() | Spoke():
                    # An answer cannot come before its question: it waits behind the greeting.
                    await asyncio.wait({speech})
                case Began() | Silent() | RepeatWanted() | TimeWanted():
                    self._signals.take()
                    continue
                case None:
                    pass
            if speech.done():
                speech.result()
                return False
