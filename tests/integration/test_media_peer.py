"""Two real peers over UDP on loopback: one is the node's, the other stands for the candidate's page."""

import asyncio
import contextlib
import re
import socket
import threading
from collections.abc import AsyncIterator, Awaitable, Callable
from fractions import Fraction

import av
import cv2
import numpy as np
import pytest
from aiortc import RTCDataChannel, RTCPeerConnection, RTCSessionDescription
from aiortc.mediastreams import MediaStreamError, MediaStreamTrack
from aiortc.rtcconfiguration import RTCBundlePolicy, RTCConfiguration
from edge_node.core.audio import AudioFrame
from edge_node.media.sockets import PortPool
from edge_node.media.webrtc import WebRtcMedia
from edge_node.ports.media import MediaError, Peer

STEP_FRAMES = 25
"""The page's voice is louder every 0.5 s, so that the order can be heard."""


class Stairs(MediaStreamTrack):
    """Audio whose loudness goes up in steps: 1000, 2000, ... 10000, and again."""

    kind = "audio"

    def __init__(self) -> None:
        super().__init__()
        self.count = 0

    async def recv(self) -> av.AudioFrame:
        await asyncio.sleep(0.02)
        step = self.count // STEP_FRAMES % 10 + 1
        wave = step * 1000 * np.sin(2 * np.pi * 440 * (np.arange(960) + self.count * 960) / 48_000)
        frame = av.AudioFrame.from_ndarray(wave.astype(np.int16).reshape(1, -1), format="s16", layout="mono")
        frame.sample_rate, frame.pts, frame.time_base = 48_000, self.count * 960, Fraction(1, 48_000)
        self.count += 1
        return frame


class Camera(MediaStreamTrack):
    """Green pictures."""

    kind = "video"
    count = 0

    async def recv(self) -> av.VideoFrame:
        await asyncio.sleep(0.1)
        picture = np.zeros((240, 320, 3), np.uint8)
        picture[:, :, 1] = 200
        frame = av.VideoFrame.from_ndarray(picture, format="rgb24")
        frame.pts, frame.time_base = self.count * 9000, Fraction(1, 90_000)
        self.count += 1
        return frame


class Page:
    """The other side: a plain aiortc peer that offers."""

    def __init__(self, *, camera: bool = False) -> None:
        configuration = RTCConfiguration(iceServers=[], bundlePolicy=RTCBundlePolicy.MAX_BUNDLE)
        self.connection = RTCPeerConnection(configuration)
        self.connection.addTrack(Stairs())
        if camera:
            self.connection.addTrack(Camera())
        self.channel: RTCDataChannel = self.connection.createDataChannel("room")
        self.opened = asyncio.Event()
        self.channel.on("open", self.opened.set)
        self.heard: asyncio.Queue[str] = asyncio.Queue()
        self.channel.on("message", self.heard.put_nowait)
        self.loudness: list[int] = []
        self.connection.on("track", self._listen)

    def _listen(self, track: MediaStreamTrack) -> None:
        async def drain() -> None:
            with contextlib.suppress(MediaStreamError):
                while True:
                    frame = await track.recv()
                    self.loudness.append(int(np.abs(frame.to_ndarray()).max()))

        self.task = asyncio.create_task(drain())

    async def offer(self) -> str:
        PortPool(0, 0, ["127.0.0.1"]).attach(self.connection)
        await self.connection.setLocalDescription(await self.connection.createOffer())
        return str(self.connection.localDescription.sdp)

    async def accept(self, sdp: str) -> None:
        await self.connection.setRemoteDescription(RTCSessionDescription(sdp, "answer"))
        await asyncio.wait_for(self.opened.wait(), 10)


def free_udp_range(length: int) -> int:
    """First of ``length`` neighbouring free UDP ports."""
    for first in range(51_000, 60_000, length):
        with contextlib.ExitStack() as stack, contextlib.suppress(OSError):
            for port in range(first, first + length):
                stack.enter_context(socket.socket(socket.AF_INET, socket.SOCK_DGRAM)).bind(("127.0.0.1", port))
            return first
    raise OSError("no free range")


@pytest.fixture
async def media() -> AsyncIterator[WebRtcMedia]:
    first = free_udp_range(3)
    made = WebRtcMedia(udp_port_first=first, udp_port_last=first + 2, addresses=["127.0.0.1"])
    try:
        yield made
    finally:
        await made.close()


async def join(media: WebRtcMedia, *, camera: bool = False) -> tuple[Page, Peer, str]:
    page = Page(camera=camera)
    peer, answer = await media.answer(await page.offer(), microphone=True, camera=camera)
    await page.accept(answer)
    return page, peer, answer


async def hear(peer: Peer, count: int) -> list[AudioFrame]:
    frames: list[AudioFrame] = []
    async with asyncio.timeout(20):
        async for frame in peer.frames():
            frames.append(frame)
            if len(frames) == count:
                break
    return frames


async def test_audio_arrives_in_order_as_even_frames(media: WebRtcMedia) -> None:
    page, peer, _ = await join(media)
    frames = await hear(peer, 150)
    assert [frame.start_sample for frame in frames] == [320 * n for n in range(150)]
    assert {len(frame.pcm) for frame in frames} == {640}
    levels = [int(np.abs(np.frombuffer(frame.pcm, np.int16)).max()) for frame in frames]
    steps = [levels[n] for n in range(STEP_FRAMES // 2, 150, STEP_FRAMES)]
    assert steps == sorted(steps)
    assert steps[-1] > steps[0] + 3000
    await page.connection.close()


async def test_played_seconds_drained_and_clear(media: WebRtcMedia) -> None:
    page, peer, _ = await join(media)
    tone = (8000 * np.sin(2 * np.pi * 440 * np.arange(48_000) / 48_000)).astype(np.int16).tobytes()
    await peer.play(tone)
    await asyncio.wait_for(peer.drained(), 5)
    assert peer.played_seconds == pytest.approx(1.0)
    await asyncio.sleep(0.3)
    audible = sum(level > 1000 for level in page.loudness)
    assert audible == pytest.approx(50, abs=4)
    await peer.play(tone * 2)
    await asyncio.sleep(0.5)
    before = peer.played_seconds
    peer.clear()
    await asyncio.sleep(0.1)
    assert peer.played_seconds - before <= 0.021
    assert 1.3 < peer.played_seconds < 1.8
    await asyncio.wait_for(peer.drained(), 0.1)
    await asyncio.sleep(0.2)
    assert max(page.loudness[-3:]) < 500
    await page.connection.close()


async def test_play_waits_when_two_seconds_are_queued(media: WebRtcMedia) -> None:
    page, peer, _ = await join(media)
    # A second more than what may wait: a busy machine takes some of it away before the next call.
    await peer.play(bytes(96_000 * 3))
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.01):
            await peer.play(b"\0\0")
    await asyncio.wait_for(peer.play(b"\0\0"), 10)
    await page.connection.close()


async def test_newest_picture_and_no_picture_without_leave(media: WebRtcMedia) -> None:
    page, peer, _ = await join(media, camera=True)
    async with asyncio.timeout(10):
        while (picture := peer.newest_picture()) is None:
            await hear(peer, 5)
    assert (picture.width, picture.height, len(picture.i420)) == (320, 240, 320 * 240 * 3 // 2)
    planes = np.frombuffer(picture.i420, np.uint8).reshape(240 * 3 // 2, 320)
    red, green, blue = cv2.cvtColor(planes, cv2.COLOR_YUV2RGB_I420)[0, 0].tolist()
    assert green > 150
    assert max(red, blue) < 60
    await page.connection.close()
    await asyncio.wait_for(peer.close(), 5)

    page = Page(camera=True)
    peer, answer = await media.answer(await page.offer(), microphone=True, camera=False)
    await page.accept(answer)
    await hear(peer, 25)
    assert peer.newest_picture() is None
    await page.connection.close()


async def test_channel_carries_json_and_drops_garbage(media: WebRtcMedia) -> None:
    page = Page()
    peer, answer = await media.answer(await page.offer(), microphone=True, camera=False)
    peer.send({"type": "state", "phase": "greeting"})  # before the channel opens: kept
    await page.accept(answer)
    for garbage in ("no json", "[1]", b"\x00\x01", '"' + "x" * 70_000 + '"', "[" * 50_000):
        page.channel.send(garbage)
    page.channel.send('{"type": "done_speaking"}')
    message = await asyncio.wait_for(anext(peer.messages()), 5)
    assert message == {"type": "done_speaking"}
    assert peer.counts["messages_in_dropped"] == 5
    assert await asyncio.wait_for(page.heard.get(), 5) == '{"type":"state","phase":"greeting"}'
    await page.connection.close()


async def test_ports_stay_inside_the_range_run_out_and_come_back(media: WebRtcMedia) -> None:
    first = media._ports._ports[0]
    joined = [await join(media) for _ in range(3)]
    ports = {
        int(port) for _, _, answer in joined for port in re.findall(r"candidate:.* 127\.0\.0\.1 (\d+) typ", answer)
    }
    assert ports == {first, first + 1, first + 2}
    late = Page()
    with pytest.raises(MediaError) as refused:
        await media.answer(await late.offer(), microphone=True, camera=False)
    assert refused.value.code == "no_free_port"
    await joined[0][1].close()
    peer, answer = await media.answer(await late.offer(), microphone=True, camera=False)
    await late.accept(answer)
    assert len(await hear(peer, 5)) == 5
    for page, _, _ in joined:
        await page.connection.close()
    await late.connection.close()


@pytest.mark.parametrize(
    "offer", ["", "nonsense", "v=0\r\n", "v=0\r\nm=audio 9 UDP/TLS/RTP/SAVPF 111\r\n", "x" * 70_000]
)
async def test_bad_offers_are_refused_and_leave_no_port(media: WebRtcMedia, offer: str) -> None:
    with pytest.raises(MediaError) as refused:
        await media.answer(offer, microphone=True, camera=False)
    assert refused.value.code == "bad_offer"


async def test_a_closing_page_is_noticed_at_once(media: WebRtcMedia) -> None:
    page, peer, _ = await join(media)
    await page.connection.close()
    await asyncio.wait_for(peer.wait_gone(), 2)
    assert [frame async for frame in peer.messages()] == []
    await asyncio.wait_for(peer.play(bytes(960_000)), 1)


async def test_a_page_that_falls_silent_is_lost_within_six_seconds(media: WebRtcMedia) -> None:
    page, peer, _ = await join(media)
    await hear(peer, 10)
    for ice in page.connection.getTransceivers()[0].receiver.transport.transport.iceGatherer._connection._protocols:
        ice.transport.abort()  # as if the cable were pulled: no goodbye
    await asyncio.wait_for(peer.wait_gone(), 6.5)
    assert peer.gone
    await page.connection.close()


async def test_the_advertised_host_replaces_the_bound_one() -> None:
    media = WebRtcMedia(udp_port_first=0, udp_port_last=0, addresses=["127.0.0.1"], advertised_host="203.0.113.7")
    page = Page()
    peer, answer = await media.answer(await page.offer(), microphone=True, camera=False)
    assert "203.0.113.7" in answer
    assert "127.0.0.1" not in answer
    await peer.close()
    await page.connection.close()
    await media.close()


async def test_the_end_waits_for_a_peer_that_is_being_closed(
    media: WebRtcMedia, monkeypatch: pytest.MonkeyPatch
) -> None:
    page, peer, _ = await join(media)
    whole = RTCPeerConnection.close
    begun, may_end = asyncio.Event(), asyncio.Event()

    async def slow(connection: RTCPeerConnection) -> None:
        begun.set()
        await may_end.wait()
        await whole(connection)

    with monkeypatch.context() as patched:
        patched.setattr(RTCPeerConnection, "close", slow)
        closing = asyncio.create_task(peer.close())
        await begun.wait()
        await asyncio.sleep(0.1)
        ending = asyncio.create_task(media.close())
        await asyncio.sleep(0.1)
        assert not ending.done()
        may_end.set()
        await ending
        await closing
    await page.connection.close()


async def _hang(_: RTCPeerConnection) -> None:
    await asyncio.Event().wait()


async def _break(_: RTCPeerConnection) -> None:
    raise ConnectionError


@pytest.mark.parametrize("close", [_hang, _break])
async def test_nothing_outlives_a_connection_that_does_not_close(
    media: WebRtcMedia, monkeypatch: pytest.MonkeyPatch, close: Callable[[RTCPeerConnection], Awaitable[None]]
) -> None:
    # The page sends pictures and gets none: whoever decodes them is the node.
    def decoders() -> list[threading.Thread]:
        return [one for one in threading.enumerate() if one.name == "video-decoder"]

    assert decoders() == []
    page, peer, _ = await join(media, camera=True)
    async with asyncio.timeout(10):
        while not decoders():
            await asyncio.sleep(0.05)
    with monkeypatch.context() as patched:
        patched.setattr(RTCPeerConnection, "close", close)
        patched.setattr("edge_node.media.peer.CLOSE_WITHIN_SECONDS", 0.1)
        await peer.close()
    assert decoders() == []
    assert all(task.done() for task in peer._tasks)
    await page.connection.close()
