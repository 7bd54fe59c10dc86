"""Pictures past the bus: a Unix socket of the machine, and the bus where there is none."""

import asyncio
import contextlib
import socket
import tempfile
import threading
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from edge_node.bus.local import Bus
from edge_node.core.observation.sample import Sample
from edge_node.ports.failure import EngineError
from edge_node.ports.media import Picture
from edge_node.vision import codec, frames
from edge_node.vision.client import BusWatcher, SocketWatcher
from edge_node.vision.service import VisionService
from edge_node.vision.socket_server import CONNECTIONS_AT_MOST, SocketServer

PICTURE = Picture(bytes(320 * 240 * 3 // 2), 320, 240, 0.0)


class Eyes:
    """``vision.trackers.Trackers``: says the picture's width as brightness; waits for ``go``, or fails."""

    def __init__(self) -> None:
        self.go = threading.Event()
        self.go.set()
        self.failure: Exception | None = None
        self.looked: list[tuple[str, int]] = []

    async def look(self, sight: codec.Sight) -> Sample:
        return await asyncio.to_thread(self.look_now, sight)

    def look_now(self, sight: codec.Sight) -> Sample:
        self.looked.append((sight.interview_id, sight.at_ms))
        assert self.go.wait(30)
        if self.failure:
            raise self.failure
        return Sample(sight.at_ms, 1, brightness=float(sight.width), gaze=0.25)


class Away:
    """``BusWatcher`` of a bus on which nobody serves."""

    async def watch(self, *_: object, **__: object) -> Sample:
        raise EngineError("unavailable", "bus")


@pytest.fixture
def path() -> AsyncIterator[Path]:
    with tempfile.TemporaryDirectory(prefix="v") as folder:  # a socket's path may have about 100 characters
        yield Path(folder) / frames.SOCKET_NAME


@pytest.fixture
def eyes() -> Eyes:
    return Eyes()


def watcher(path: Path) -> SocketWatcher:
    return SocketWatcher(path, Away())  # type: ignore[arg-type]


async def test_a_picture_goes_there_and_its_sample_comes_back(eyes: Eyes, path: Path) -> None:
    async with SocketServer(VisionService(eyes)).serving(path):  # type: ignore[arg-type]
        assert path.stat().st_mode & 0o777 == 0o600
        made = watcher(path)
        for at_ms in (1, 2, 3):
            seen = await made.watch("i-1", PICTURE, at_ms, 5.0)
            assert (seen.at_ms, seen.brightness, seen.gaze) == (at_ms, 320.0, 0.25)
        several = await asyncio.gather(*(made.watch(f"i-{n}", PICTURE, 9, 5.0) for n in range(8)))
        assert len(several) == 8
        made.close()
    assert not path.exists()


async def test_what_goes_wrong_is_said_and_the_next_picture_is_answered(eyes: Eyes, path: Path) -> None:
    async with SocketServer(VisionService(eyes)).serving(path):  # type: ignore[arg-type]
        made = watcher(path)
        for failure, code in (
            (EngineError("cancelled", "a newer picture came"), "cancelled"),
            (RuntimeError("a fault"), "internal"),
        ):
            eyes.failure = failure
            with pytest.raises(EngineError, match=code):
                await made.watch("i-1", PICTURE, 1, 5.0)
        eyes.failure = None
        assert (await made.watch("i-1", PICTURE, 2, 5.0)).faces == 1
        made.close()


async def test_a_late_answer_is_never_taken_for_the_next_ones(eyes: Eyes, path: Path) -> None:
    async with SocketServer(VisionService(eyes)).serving(path):  # type: ignore[arg-type]
        made = watcher(path)
        eyes.go.clear()
        with pytest.raises(EngineError, match="late"):
            await made.watch("i-1", PICTURE, 1, 0.05)
        eyes.go.set()
        small = Picture(bytes(6), 2, 2, 0.0)
        assert (await made.watch("i-1", small, 2, 5.0)).brightness == 2.0
        made.close()


async def test_who_gave_up_waiting_is_not_looked_for(eyes: Eyes, path: Path) -> None:
    async with SocketServer(VisionService(eyes)).serving(path):  # type: ignore[arg-type]
        made = watcher(path)
        eyes.go.clear()
        first = asyncio.create_task(made.watch("i-1", PICTURE, 1, 30.0))
        async with asyncio.timeout(20):
            while not eyes.looked:
                await asyncio.sleep(0.01)
        with pytest.raises(EngineError, match="late"):
            await made.watch("i-2", PICTURE, 1, 0.05)
        for _ in range(3):  # turns of the loop in which the connection is closed
            await asyncio.sleep(0)
        eyes.go.set()
        await first
        await made.watch("i-3", PICTURE, 1, 5.0)
        assert eyes.looked == [("i-1", 1), ("i-3", 1)]
        made.close()


async def test_beyond_a_bound_rooms_are_hung_up_on(eyes: Eyes, path: Path) -> None:
    async with SocketServer(VisionService(eyes)).serving(path):  # type: ignore[arg-type]
        made = watcher(path)
        async with contextlib.AsyncExitStack() as others:
            for _ in range(CONNECTIONS_AT_MOST):
                _, writer = await asyncio.open_unix_connection(path)
                others.callback(writer.close)
            with pytest.raises(EngineError, match="unavailable"):
                await made.watch("one more", PICTURE, 1, 30.0)
        async with asyncio.timeout(20):
            while True:
                try:
                    assert (await made.watch("a room again", PICTURE, 2, 5.0)).faces == 1
                    break
                except EngineError:
                    await asyncio.sleep(0.01)
        made.close()


async def test_a_room_that_reads_no_answers_is_hung_up_on(eyes: Eyes, path: Path) -> None:
    async with SocketServer(VisionService(eyes)).serving(path):  # type: ignore[arg-type]
        made = watcher(path)
        asking = frames.framed(*codec.sight_parts(codec.Sight("i-1", b"", 2, 2, 1)))
        deaf = socket.socket(socket.AF_UNIX)
        deaf.connect(str(path))
        await asyncio.to_thread(_send_until_hung_up, deaf, asking)
        assert (await made.watch("i-1", PICTURE, 2, 5.0)).faces == 1
        made.close()


def _send_until_hung_up(deaf: socket.socket, asking: bytes) -> None:
    deaf.settimeout(20)
    with deaf, pytest.raises(ConnectionError):
        for _ in range(1_000_000):
            deaf.sendall(asking)


async def test_pictures_in_pieces_are_put_together(eyes: Eyes, path: Path) -> None:
    async with SocketServer(VisionService(eyes)).serving(path):  # type: ignore[arg-type]
        reader, writer = await asyncio.open_unix_connection(path)
        message = frames.framed(*codec.sight_parts(codec.Sight("i-1", b"123456", 2, 2, 1)))
        for byte in message:
            writer.write(bytes([byte]))
            await asyncio.sleep(0)
        assert codec.decode_sample(await asyncio.wait_for(frames.read(reader), 20), at_ms=1).faces == 1
        writer.close()


@pytest.mark.parametrize(
    "garbage",
    [
        b"\xff\xff\xff\xff",
        b"\0\0\0\x05ab",
        b"\0\0\0\x02\xff\xff",
        b"\0\0\0\x06\0\0\0\x02\xff\xff",
        b"\0\0\0\x05\0\0\0\x09a",
        b"",
    ],
    ids=["large", "cut", "short", "odd", "beyond", "none"],
)
async def test_garbage_costs_its_own_connection_only(eyes: Eyes, path: Path, garbage: bytes) -> None:
    async with SocketServer(VisionService(eyes)).serving(path):  # type: ignore[arg-type]
        made = watcher(path)
        await made.watch("i-1", PICTURE, 1, 5.0)
        reader, writer = await asyncio.open_unix_connection(path)
        writer.write(garbage)
        writer.write_eof()
        reply = await asyncio.wait_for(reader.read(), 20)
        if reply:
            with pytest.raises(EngineError, match="bad_request"):
                codec.decode_sample(reply[4:], at_ms=1)
        writer.close()
        assert (await made.watch("i-1", PICTURE, 2, 5.0)).faces == 1
        made.close()


async def test_a_vision_process_that_comes_back_is_found_again(eyes: Eyes, path: Path) -> None:
    made = watcher(path)
    with pytest.raises(EngineError, match="bus"):
        await made.watch("i-1", PICTURE, 1, 5.0)
    async with SocketServer(VisionService(eyes)).serving(path):  # type: ignore[arg-type]
        await made.watch("i-1", PICTURE, 2, 5.0)
    with pytest.raises(EngineError, match="unavailable"):
        await made.watch("i-1", PICTURE, 3, 5.0)
    path.touch()  # what a killed process leaves behind
    with pytest.raises(EngineError, match="bus"):
        await made.watch("i-1", PICTURE, 4, 5.0)
    async with SocketServer(VisionService(eyes)).serving(path):  # type: ignore[arg-type]
        assert (await made.watch("i-1", PICTURE, 5, 5.0)).at_ms == 5
    made.close()


async def test_without_a_socket_the_bus_is_asked(eyes: Eyes, bus: Bus, tmp_path: Path) -> None:
    service = VisionService(eyes)  # type: ignore[arg-type]
    await service.serve(bus)
    too_long = tmp_path / ("x" * 120) / frames.SOCKET_NAME
    too_long.parent.mkdir()
    made = SocketWatcher(too_long, BusWatcher(bus))
    async with SocketServer(service).serving(too_long):
        assert (await made.watch("i-1", PICTURE, 7, 5.0)).at_ms == 7
