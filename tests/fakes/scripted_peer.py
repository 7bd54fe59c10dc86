"""A candidate without a network: ``ports.media.Peer`` and ``Media`` at the pace of the running loop's time."""

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Callable, Mapping
from typing import Any

from edge_node.core.audio import AudioFrame
from edge_node.ports.media import MediaError, Picture

FRAME_BYTES = 640
PLAYED_BYTES_PER_SECOND = 96_000


class ScriptedPeer:
    """Speaks what a test puts into it, and remembers what it is told."""

    def __init__(self) -> None:
        self._microphone = bytearray()
        self._queued = 0.0
        self._played = 0.0
        self._gone = asyncio.Event()
        self._changed = asyncio.Event()
        self._messages: deque[dict[str, Any]] = deque()
        self.sent: list[dict[str, Any]] = []
        self.cleared = 0
        self.mute = False
        """Whether no sound is sent at all, as by a page without a microphone."""

        self.picture: Picture | None = None
        self._playing = asyncio.create_task(self._play_out(), name="scripted playout")

    # What the room uses ---------------------------------------------------------------------------------
    async def frames(self) -> AsyncIterator[AudioFrame]:
        at = 0
        while not self.gone:
            if self.mute:
                await self._change()
                continue
            await asyncio.sleep(0.02)
            pcm = bytes(self._microphone[:FRAME_BYTES])
            del self._microphone[:FRAME_BYTES]
            yield AudioFrame(pcm.ljust(FRAME_BYTES, b"\0"), at)
            at += FRAME_BYTES // 2
            self._notify()

    def newest_picture(self) -> Picture | None:
        return self.picture

    async def play(self, pcm: bytes) -> None:
        self._queued += len(pcm) / PLAYED_BYTES_PER_SECOND
        while self._queued > 2.0 and not self.gone:
            await asyncio.sleep(0.02)

    async def drained(self) -> None:
        while self._queued > 0 and not self.gone:
            await asyncio.sleep(0.02)

    def clear(self) -> None:
        self.cleared += 1
        self._queued = 0.0

    @property
    def played_seconds(self) -> float:
        return self._played

    def send(self, message: Mapping[str, Any]) -> None:
        self.sent.append(dict(message))
        self._notify()

    async def messages(self) -> AsyncIterator[dict[str, Any]]:
        while not self.gone:
            while self._messages:
                yield self._messages.popleft()
            await self._change()

    @property
    def gone(self) -> bool:
        return self._gone.is_set()

    async def wait_gone(self) -> None:
        await self._gone.wait()

    async def close(self) -> None:
        self._gone.set()
        self._notify()
        self._playing.cancel()
        await asyncio.gather(self._playing, return_exceptions=True)

    # What a test uses -----------------------------------------------------------------------------------
    def speak(self, pcm: bytes) -> None:
        """Put sound behind what the microphone still has to send."""
        self._microphone += pcm

    def say(self, **message: Any) -> None:
        """Send a message as the page."""
        self._messages.append(message)
        self._notify()

    async def until(self, what: Callable[["ScriptedPeer"], bool], *, seconds: float = 120.0) -> None:
        """Wait for something that was sent or said; raises TimeoutError with the last messages."""
        try:
            async with asyncio.timeout(seconds):
                while not what(self):
                    await self._change()
        except TimeoutError:
            raise TimeoutError(f"never came; last messages: {self.sent[-5:]}") from None

    async def listening_to(self, question_id: str = "") -> dict[str, Any]:
        """Wait until the newest state says that it listens (to that question); returns the question."""

        def listens(_: ScriptedPeer) -> bool:
            state = self.state
            if state["phase"] != "listening":
                return False
            return not question_id or state["question"]["id"] == question_id

        await self.until(listens)
        question: dict[str, Any] = self.state["question"]
        return question

    @property
    def state(self) -> dict[str, Any]:
        """The newest state message."""
        none: dict[str, Any] = {"phase": "", "question": None}
        return next((m for m in reversed(self.sent) if m["type"] == "state"), none)

    def captions(self, who: str, *, final: bool = True) -> list[str]:
        """Texts shown, in order."""
        return [m["text"] for m in self.sent if m["type"] == "caption" and m["who"] == who and m["final"] is final]

    def notices(self) -> list[str]:
        """Notice codes shown, in order."""
        return [m["code"] for m in self.sent if m["type"] == "notice"]

    def _notify(self) -> None:
        self._changed.set()

    async def _change(self) -> None:
        self._changed.clear()
        await self._changed.wait()

    async def _play_out(self) -> None:
        while True:
            await asyncio.sleep(0.02)
            step = min(0.02, self._queued)
            self._queued = max(0.0, self._queued - 0.02)
            self._played += step


class ScriptedMedia:
    """``ports.media.Media``: a new peer for every offer that says ``v=0``."""

    def __init__(self) -> None:
        self.peers: list[ScriptedPeer] = []

    async def answer(self, offer_sdp: str, *, microphone: bool, camera: bool) -> tuple[ScriptedPeer, str]:
        if not offer_sdp.startswith("v=0"):
            raise MediaError("bad_offer")
        self.peers.append(ScriptedPeer())
        return self.peers[-1], "v=0 answer"

    async def close(self) -> None:
        for peer in self.peers:
            await peer.close()
