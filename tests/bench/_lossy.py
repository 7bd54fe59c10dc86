"""A UDP relay that loses and delays, and answers spoken through it."""

import asyncio
import contextlib
import os
import random
import re
import sys
from collections.abc import AsyncIterator
from functools import partial
from pathlib import Path
from typing import Any

import jiwer
from aiortc import RTCPeerConnection, RTCSessionDescription
from aiortc.rtcconfiguration import RTCBundlePolicy, RTCConfiguration
from edge_node import settings as node_settings
from edge_node.core.audio import FRAME_SAMPLES
from edge_node.media.sockets import PortPool
from edge_node.media.webrtc import WebRtcMedia
from edge_node.models.registry import Registry
from edge_node.ports.media import Peer
from edge_node.rehearsal.sound import Samples
from edge_node.rehearsal.tracks import Mouth
from edge_node.rehearsal.voice import Voice
from edge_node.speech.hearing import Hearing
from edge_node.speech.recogniser import Recogniser
from edge_node.speech.transcript_filter import plain
from edge_node.speech.voice_activity import SileroVoiceActivity, one_thread_session
from edge_node.speech.whisper import Whisper

from bench._sentences import CLAUSE, SENTENCES, WORD

LOOPBACK = "127.0.0.1"
BEHIND_SECONDS = 1.0
"""Listened to behind an answer: longer than any packet is held back."""

Address = tuple[str, int]


class Relay:
    """Packets of one connection, both ways, each lost with a probability or held back for up to so many seconds."""

    def __init__(self, loss: float, jitter_seconds: float, seed: int) -> None:
        self._random = random.Random(seed)
        self._loss, self._jitter = loss, jitter_seconds
        self._page: Address | None = None
        self._room: Address | None = None
        self.port = 0
        self._sides: list[asyncio.DatagramTransport] = []

    async def open(self, room: Address) -> None:
        """Listen for the page, and speak to the room."""
        self._room = room
        loop = asyncio.get_running_loop()
        for towards_room in (True, False):
            made = partial(_Side, partial(self._came, towards_room))
            transport, _ = await loop.create_datagram_endpoint(made, local_addr=(LOOPBACK, 0))
            self._sides.append(transport)
        self.port = int(self._sides[0].get_extra_info("sockname")[1])

    def _came(self, towards_room: bool, data: bytes, sender: Address) -> None:
        if towards_room:
            self._page = sender
        if self._random.random() < self._loss:
            return
        held = self._random.uniform(0, self._jitter)
        asyncio.get_running_loop().call_later(held, self._send, towards_room, data)

    def _send(self, towards_room: bool, data: bytes) -> None:
        # The page's side listens on the first socket and is answered from it.
        side, address = (self._sides[1], self._room) if towards_room else (self._sides[0], self._page)
        if address and not side.is_closing():
            side.sendto(data, address)

    def close(self) -> None:
        """Stop."""
        for side in self._sides:
            side.close()


class _Side(asyncio.DatagramProtocol):
    def __init__(self, came: Any) -> None:
        self._came = came

    def datagram_received(self, data: bytes, addr: Any) -> None:
        self._came(data, addr[:2])


class Line:
    """One page connected to one room's peer, through a relay."""

    def __init__(self, mouth: Mouth, peer: Peer) -> None:
        self._mouth, self._peer = mouth, peer
        self._pcm = bytearray()

    async def hear(self) -> None:
        """Keep what the room hears, until cancelled."""
        async for frame in self._peer.frames():
            self._pcm += frame.pcm

    async def say(self, sound: Samples) -> bytes:
        """The answer as the room heard it: s16le, mono, 16 kHz."""
        began = len(self._pcm)
        await self._mouth.say(sound)
        await asyncio.sleep(BEHIND_SECONDS)
        return bytes(self._pcm[began:])


@contextlib.asynccontextmanager
async def connected(loss: float, jitter_seconds: float, seed: int) -> AsyncIterator[Line]:
    """A line; the handshake passes the same relay."""
    media = WebRtcMedia(udp_port_first=0, udp_port_last=0, addresses=(LOOPBACK,))
    page = RTCPeerConnection(RTCConfiguration(iceServers=[], bundlePolicy=RTCBundlePolicy.MAX_BUNDLE))
    relay, mouth = Relay(loss, jitter_seconds, seed), Mouth(lambda _: None)
    page.addTrack(mouth)
    up = asyncio.Event()
    page.on("connectionstatechange", lambda: page.connectionState == "connected" and up.set())
    PortPool(0, 0, (LOOPBACK,)).attach(page)
    await page.setLocalDescription(await page.createOffer())
    # Without its own candidate the page is known to the room only by what comes through the relay.
    offer = re.sub(r"a=candidate:.*\r\n", "", str(page.localDescription.sdp)).replace("a=end-of-candidates\r\n", "")
    peer, answer = await media.answer(offer, microphone=True, camera=False)
    (port,) = set(re.findall(rf"udp \d+ {re.escape(LOOPBACK)} (\d+) typ host", answer))
    await relay.open((LOOPBACK, int(port)))
    towards_relay = answer.replace(f"{LOOPBACK} {port} typ host", f"{LOOPBACK} {relay.port} typ host")
    await page.setRemoteDescription(RTCSessionDescription(towards_relay, "answer"))
    line = Line(mouth, peer)
    hearing = asyncio.create_task(line.hear(), name="hear")
    try:
        await asyncio.wait_for(up.wait(), 30)
        yield line
    finally:
        hearing.cancel()
        mouth.stop()
        await page.close()
        await media.close()
        relay.close()
        await asyncio.gather(hearing, return_exceptions=True)


def texts(count: int) -> list[str]:
    """Answers of two sentences each."""
    clean = [" ".join(text.replace(CLAUSE, " ").replace(WORD, " ").split()) for text in SENTENCES["en"]]
    return [f"{clean[n % len(clean)]} {clean[(n * 5 + 7) % len(clean)]}" for n in range(count)]


async def _sounds(scripts: list[str], seed: int) -> list[Samples]:
    async with Voice("en", "first", seed=seed) as first, Voice("en", "second", seed=seed) as second:
        return [await (first, second)[n % 2].speak(script) for n, script in enumerate(scripts)]


async def _through(sounds: list[Samples], loss: float, jitter_seconds: float, seed: int) -> list[bytes]:
    heard: list[bytes] = []
    async with connected(loss, jitter_seconds, seed) as line:
        for sound in sounds:
            heard.append(await line.say(sound))
            sys.stderr.write(f"loss: {len(heard)} of {len(sounds)} answers through a line that loses {loss:.0%}\n")
    return heard


def _arrived(pcm: bytes) -> float:
    """Share of frames between the first and the last sound that are not digital silence."""
    frames = [pcm[at : at + 2 * FRAME_SAMPLES] for at in range(0, len(pcm), 2 * FRAME_SAMPLES)]
    loud = [any(frame) for frame in frames]
    if True not in loud:
        return 0.0
    spoken = loud[loud.index(True) : len(loud) - loud[::-1].index(True)]
    return sum(spoken) / len(spoken)


async def measured(answers: int, loss: float, jitter_seconds: float, seed: int) -> dict[str, Any]:
    """Both lines at once, then the recogniser."""
    scripts = texts(answers)
    sounds = await _sounds(scripts, seed)
    clean, lossy = await asyncio.gather(_through(sounds, 0.0, 0.0, seed), _through(sounds, loss, jitter_seconds, seed))
    settings = node_settings.load()
    registry = Registry(Path(os.environ.get("EDGE_NODE_MODELS_DIR", settings.models_dir)), settings.model_profile)
    session = one_thread_session(registry.path("vad").path)
    engine = partial(Whisper, registry.path("stt", "en").path, language="en", threads=1)
    recogniser = Recogniser({"en": engine}, partial(SileroVoiceActivity, session))
    try:
        rates = []
        for heard in (clean, lossy):
            told = [plain((await recogniser.transcribe(Hearing(pcm, "en", False))).text) for pcm in heard]
            rates.append(float(jiwer.wer([plain(script) for script in scripts], told)))
    finally:
        await recogniser.close()
    return {
        "wer_clean": round(rates[0], 4),
        "wer_lossy": round(rates[1], 4),
        "wer_rise": round(rates[1] - rates[0], 4),
        "heard_clean": round(sum(map(_arrived, clean)) / len(clean), 4),
        "heard_lossy": round(sum(map(_arrived, lossy)) / len(lossy), 4),
        "answers": answers,
        "words": sum(len(plain(script).split()) for script in scripts),
    }
