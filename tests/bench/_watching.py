"""The vision process, rooms that look, and a clock beside them."""

import asyncio
import contextlib
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import replace
from pathlib import Path
from statistics import mean, median
from typing import Any

import cv2
import mediapipe as mp
import numpy as np
from edge_node import settings as node_settings
from edge_node.app.room import SystemClock
from edge_node.bus.local import connect
from edge_node.core.interview.consent import Purpose
from edge_node.core.interview.events import ConsentGiven, Recorded
from edge_node.models.registry import Registry
from edge_node.ports.failure import EngineError
from edge_node.ports.media import Picture
from edge_node.ports.vision import Watcher
from edge_node.room.ledger import Ledger
from edge_node.room.page import Page
from edge_node.room.watching import Watching
from edge_node.vision.client import BusWatcher, SocketWatcher
from edge_node.vision.frames import SOCKET_NAME
from fakes.scripted_peer import ScriptedPeer
from fakes.scripted_room import MemoryJournal, short_kit
from matplotlib import cbook
from mediapipe.tasks.python import BaseOptions, vision
from provisioning.network import free_ports

WIDTH, HEIGHT = 320, 240
PER_SECOND = 5.0
ROOMS = 8
PICTURES, WARM_UP = 100, 5
TICK_SECONDS = 0.02
READY_SECONDS = 60.0
BIN = Path(sys.executable).parent


def portrait() -> np.ndarray:
    """Grace Hopper (public domain, as it comes with matplotlib) before a wall: rgb24, uint8 [height, width, 3]."""
    person = cv2.imread(str(cbook.get_sample_data("grace_hopper.jpg", asfileobj=False)))
    person = cv2.cvtColor(person, cv2.COLOR_BGR2RGB)
    wall = np.full((HEIGHT, WIDTH, 3), 90, np.uint8)
    seen = cv2.resize(person, None, fx=HEIGHT / person.shape[0], fy=HEIGHT / person.shape[0])[:HEIGHT, :WIDTH]
    wall[: seen.shape[0], : seen.shape[1]] = seen
    return wall


def sent(rgb: np.ndarray) -> Picture:
    """The picture as a room's camera would send it."""
    return Picture(cv2.cvtColor(rgb, cv2.COLOR_RGB2YUV_I420).tobytes(), WIDTH, HEIGHT, 0.0)


@contextlib.contextmanager
def bare_model(rgb: np.ndarray) -> Iterator[Callable[[int], float]]:
    """The model alone: looks at the picture for the time-th time, and says how many ms it took."""
    settings = node_settings.load()
    model = Registry(settings.models_dir, settings.model_profile).path("face").path
    landmarker = vision.FaceLandmarker.create_from_options(
        vision.FaceLandmarkerOptions(
            base_options=BaseOptions(model_asset_path=str(model)),
            running_mode=vision.RunningMode.VIDEO,
            num_faces=1,
            output_facial_transformation_matrixes=True,
        )
    )

    def look(number: int) -> float:
        began = time.perf_counter()
        image = mp.Image(image_format=mp.ImageFormat.SRGB, data=np.ascontiguousarray(rgb))
        landmarker.detect_for_video(image, 200 * (number + 1))
        return 1000 * (time.perf_counter() - began)

    try:
        yield look
    finally:
        landmarker.close()


@contextlib.asynccontextmanager
async def vision_process() -> AsyncIterator[tuple[Watcher, int]]:
    """A nats-server and the vision process of the product: what a room asks it by, and its process id."""
    (port,) = free_ports(1)
    url = f"nats://127.0.0.1:{port}"
    with tempfile.TemporaryDirectory() as folder, contextlib.ExitStack() as processes:
        config = Path(folder) / "nats.conf"
        config.write_text(f'listen: "127.0.0.1:{port}"\nmax_payload: 8MB\n')
        processes.enter_context(_child([str(BIN / "nats-server"), "-c", str(config)]))
        await asyncio.sleep(1)
        environment = {"EDGE_NODE_NATS_URL": url, "EDGE_NODE_DATA_DIR": folder, "EDGE_NODE_ROOMS_MAX": str(ROOMS)}
        process_id = processes.enter_context(_child([str(BIN / "edge-node"), "vision"], **environment))
        bus = await connect(url, process="bench", token="")
        try:
            watcher = SocketWatcher(Path(folder) / SOCKET_NAME, BusWatcher(bus))
            await _ready(watcher)
            yield watcher, process_id
            watcher.close()
        finally:
            await bus.close()


async def _ready(watcher: Watcher) -> None:
    deadline = time.monotonic() + READY_SECONDS
    while True:
        try:
            await watcher.watch("ready", sent(portrait()), round(time.monotonic() * 1000), 5.0)
            return
        except EngineError:
            if time.monotonic() > deadline:
                raise
            await asyncio.sleep(0.5)


@contextlib.contextmanager
def _child(command: list[str], **environment: str) -> Iterator[int]:
    process = subprocess.Popen(
        command, env={**os.environ, **environment}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        yield process.pid
    finally:
        os.kill(process.pid, signal.SIGCONT)
        process.terminate()
        process.wait(10)


async def _ticks(seconds: float) -> list[float]:
    """Milliseconds between two ticks of a steady 20 ms clock."""
    loop = asyncio.get_running_loop()
    began = last = loop.time()
    gaps: list[float] = []
    for number in range(1, round(seconds / TICK_SECONDS)):
        await asyncio.sleep(max(0.0, began + number * TICK_SECONDS - loop.time()))
        now = loop.time()
        gaps.append(1000 * (now - last))
        last = now
    return gaps


async def _rooms(watcher: Watcher, picture: Picture, rooms: int, seconds: float) -> tuple[dict[str, Any], list[float]]:
    """What ``rooms`` rooms kept and shed in ``seconds``, and the clock beside them."""
    clock = SystemClock()
    peers = [ScriptedPeer() for _ in range(rooms)]
    watchings = [_watching(watcher, peer, picture, clock, number) for number, peer in enumerate(peers)]
    tasks = [asyncio.create_task(watching.run(), name="watching") for watching in watchings]
    gaps = await _ticks(seconds)
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, *(peer.close() for peer in peers), return_exceptions=True)
    kept = sum(watching.kept for watching in watchings)
    wanted = round(rooms * seconds * PER_SECOND)
    return {
        "rooms": rooms,
        "kept": kept,
        "shed": max(0, wanted - kept),
        "refused_or_late": sum(watching.skipped for watching in watchings),
        "rooms_pressed_at_the_end": sum(watching.pressed for watching in watchings),
    }, gaps


def _watching(watcher: Watcher, peer: ScriptedPeer, picture: Picture, clock: SystemClock, number: int) -> Watching:
    peer.picture = picture
    kit = replace(short_kit(), interview_id=f"room-{number}-{time.monotonic_ns()}")
    # Without this consent no picture of a camera goes anywhere.
    agreed = ConsentGiven((Purpose.INTERVIEW, Purpose.OBSERVATION), "1")
    ledger = Ledger(MemoryJournal(clock), clock, kit, [Recorded(kit.interview_id, 1, 0, clock.unix_ms(), agreed)])
    return Watching(
        peer=peer,
        watcher=watcher,
        page=Page(peer),
        ledger=ledger,
        clock=clock,
        pictures_per_second=PER_SECOND,
    )


async def _in_turn(
    watcher: Watcher, picture: Picture, look: Callable[[int], float], pictures: int
) -> tuple[list[float], list[float]]:
    """Milliseconds of the bare model and of the round trips, one after the other: a busy moment meets both alike."""
    bare: list[float] = []
    trips: list[float] = []
    for number in range(pictures + WARM_UP):
        bare.append(look(number))
        await asyncio.sleep(0.02)
        began = time.perf_counter()
        await watcher.watch("alone", picture, 200 * (number + 1), 5.0)
        trips.append(1000 * (time.perf_counter() - began))
        await asyncio.sleep(0.02)
    return bare[WARM_UP:], trips[WARM_UP:]


async def _starve(process_id: int) -> None:
    """Let a process run 0.1 s of every 0.5 s, as on a machine whose cores others have."""
    while True:
        os.kill(process_id, signal.SIGSTOP)
        await asyncio.sleep(0.4)
        os.kill(process_id, signal.SIGCONT)
        await asyncio.sleep(0.1)


async def measured(seconds: float) -> dict[str, Any]:
    """Every figure."""
    picture = sent(portrait())
    async with vision_process() as (watcher, process_id):
        sys.stderr.write("vision: one picture at a time, the bare model and the product in turn\n")
        with bare_model(portrait()) as look:
            bare, trips = await _in_turn(watcher, picture, look, PICTURES)
        without = await _ticks(seconds)
        sys.stderr.write("vision: one room, 5 pictures a second\n")
        quiet, with_vision = await _rooms(watcher, picture, 1, seconds)
        sys.stderr.write(f"vision: {ROOMS} rooms, the process starved\n")
        starving = asyncio.create_task(_starve(process_id), name="starve")
        loaded, under_load = await _rooms(watcher, picture, ROOMS, seconds)
        starving.cancel()
    return {
        "bare_ms": round(median(bare), 2),
        "ms": round(median(trips), 2),
        "ratio_ms": round(median(trips) / median(bare), 3),
        "ratio_ms_mean": round(mean(trips) / mean(bare), 3),
        "audio_p99_ms": {"without": _p99(without), "with": _p99(with_vision), "loaded": _p99(under_load)},
        "audio_p99_ratio": round(_p99(with_vision) / _p99(without), 3),
        "kept": quiet["kept"] + loaded["kept"],
        "shed": quiet["shed"] + loaded["shed"],
        "quiet": quiet,
        "loaded": loaded,
    }


def _p99(gaps: list[float]) -> float:
    return round(sorted(gaps)[int(0.99 * (len(gaps) - 1))], 2)
