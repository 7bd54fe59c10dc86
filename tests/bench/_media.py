"""Two receivers, each a process that answers offers line by line, and the sender beside them."""

import asyncio
import contextlib
import json
import os
import subprocess
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import numpy as np
from aiortc import MediaStreamTrack, RTCPeerConnection, RTCSessionDescription
from aiortc.mediastreams import AudioStreamTrack, MediaStreamError
from aiortc.rtcconfiguration import RTCBundlePolicy, RTCConfiguration
from edge_node.media.sockets import PortPool
from edge_node.media.webrtc import WebRtcMedia
from edge_node.ports.media import Peer
from edge_node.rehearsal.sound import RATE_HZ, Samples
from edge_node.rehearsal.tracks import Camera, Ear, Mouth

SETTLE_SECONDS = 2.0
LOOPBACK = "127.0.0.1"
KINDS = ("bare", "ours")


def _configuration() -> RTCConfiguration:
    return RTCConfiguration(iceServers=[], bundlePolicy=RTCBundlePolicy.MAX_BUNDLE)


async def _drain(track: MediaStreamTrack) -> None:
    with contextlib.suppress(MediaStreamError):
        while True:
            await track.recv()


class Bare:
    """Receivers of aiortc alone."""

    def __init__(self) -> None:
        self._held: list[Any] = []

    async def answer(self, sdp: str) -> str:
        """The answer's SDP."""
        connection = RTCPeerConnection(_configuration())
        connection.on("track", lambda track: self._held.append(asyncio.create_task(_drain(track))))
        await connection.setRemoteDescription(RTCSessionDescription(sdp, "offer"))
        connection.addTrack(AudioStreamTrack())
        PortPool(0, 0, (LOOPBACK,)).attach(connection)
        await connection.setLocalDescription(await connection.createAnswer())
        self._held.append(connection)
        return str(connection.localDescription.sdp)


class Ours:
    """The product's media, read as a room reads it."""

    def __init__(self) -> None:
        self._media = WebRtcMedia(udp_port_first=0, udp_port_last=0, addresses=(LOOPBACK,))
        self._held: list[Any] = []

    async def answer(self, sdp: str) -> str:
        """The answer's SDP."""
        peer, answer = await self._media.answer(sdp, microphone=True, camera=True)
        self._held += [asyncio.create_task(self._hear(peer)), asyncio.create_task(self._see(peer))]
        return answer

    async def _hear(self, peer: Peer) -> None:
        async for _ in peer.frames():
            pass

    async def _see(self, peer: Peer) -> None:
        while not peer.gone:
            peer.newest_picture()
            await asyncio.sleep(1)


async def _receive(kind: str) -> None:
    """Answer each line of standard input, an offer, until it ends."""
    receiver: Bare | Ours = Ours() if kind == "ours" else Bare()
    reader = asyncio.StreamReader(limit=1 << 20)
    await asyncio.get_running_loop().connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), sys.stdin)
    while line := await reader.readline():
        sys.stdout.write(json.dumps(await receiver.answer(json.loads(line))) + "\n")
        sys.stdout.flush()
    # The processor time was read; there is nobody left to say goodbye to.
    os._exit(0)


class _Receiver:
    """One receiver's process."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process

    async def answer(self, sdp: str) -> str:
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(json.dumps(sdp).encode() + b"\n")
        return str(json.loads(await asyncio.wait_for(self._process.stdout.readline(), 20)))

    def cpu_seconds(self) -> float:
        fields = Path(f"/proc/{self._process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


@contextlib.asynccontextmanager
async def _receiver(kind: str) -> AsyncIterator[_Receiver]:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bench._media", kind, stdin=subprocess.PIPE, stdout=subprocess.PIPE, limit=1 << 20
    )
    try:
        yield _Receiver(process)
    finally:
        process.kill()
        await process.wait()


def _speech(seconds: float) -> Samples:
    """Sound that is as much work to code as speech: noise that swells and fades, from a seed."""
    count = round(seconds * RATE_HZ)
    swell = 0.5 + 0.5 * np.sin(2 * np.pi * 3 * np.arange(count) / RATE_HZ)
    return (4000 * swell * np.random.default_rng(1).normal(size=count)).clip(-32768, 32767).astype(np.int16)


@contextlib.asynccontextmanager
async def _session(receiver: _Receiver, sound: Samples) -> AsyncIterator[None]:
    mouth, ear = Mouth(lambda _: None), Ear(lambda _: None, lambda _: None)
    connection = RTCPeerConnection(_configuration())
    tasks: list[asyncio.Task[None]] = []
    connection.addTrack(mouth)
    connection.addTrack(Camera(""))
    connection.on("track", lambda track: tasks.append(asyncio.create_task(ear.listen(track))))
    connected = asyncio.Event()
    connection.on("connectionstatechange", lambda: connection.connectionState == "connected" and connected.set())
    PortPool(0, 0, (LOOPBACK,)).attach(connection)
    await connection.setLocalDescription(await connection.createOffer())
    answer = await receiver.answer(str(connection.localDescription.sdp))
    await connection.setRemoteDescription(RTCSessionDescription(answer, "answer"))
    await asyncio.wait_for(connected.wait(), 20)
    tasks.append(asyncio.create_task(mouth.say(sound)))
    try:
        yield
    finally:
        mouth.stop()
        await connection.close()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def _round(kind: str, sessions: int, seconds: float, sound: Samples) -> float:
    """Percent of a processor a session."""
    async with _receiver(kind) as receiver, contextlib.AsyncExitStack() as held:
        for _ in range(sessions):
            await held.enter_async_context(_session(receiver, sound))
        await asyncio.sleep(SETTLE_SECONDS)
        before = receiver.cpu_seconds()
        await asyncio.sleep(seconds)
        return round(100 * (receiver.cpu_seconds() - before) / seconds / sessions, 2)


async def measured(sessions: int, rounds: int, seconds: float) -> dict[str, list[float]]:
    """Percent of a processor a session, by kind, in the order of the rounds."""
    sound = _speech(seconds + 3 * SETTLE_SECONDS + sessions)
    found: dict[str, list[float]] = {kind: [] for kind in KINDS}
    for number in range(rounds):
        for kind in KINDS if number % 2 else reversed(KINDS):
            found[kind].append(await _round(kind, sessions, seconds, sound))
            sys.stderr.write(f"media: {kind} {found[kind][-1]} %\n")
    return found


if __name__ == "__main__":
    asyncio.run(_receive(sys.argv[1]))
