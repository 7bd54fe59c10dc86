"""A room process with stand-ins beside it, and candidates who hold interviews in it at the same time."""

import asyncio
import contextlib
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from edge_node.bus.local import Bus, connect
from edge_node.core.interview.plan import Kit, PlannedQuestion, Stage
from edge_node.kiosk.errors import KioskError
from edge_node.kiosk.signalling import Rooms
from edge_node.kiosk.tokens import Ticket
from edge_node.media.sockets import PortPool
from edge_node.rehearsal.kiosk_client import KioskRefusal
from edge_node.rehearsal.performance import Performance
from edge_node.rehearsal.persona import Answer, Habits, Persona
from edge_node.rehearsal.report import Report
from edge_node.rehearsal.sound import Samples, audible
from edge_node.rehearsal.tape import Tape
from edge_node.rehearsal.voice import Voice
from edge_node.tasks import cancel
from edge_node.uplink.codec import encode_kit
from fakes.scripted_room import short_kit
from interview_proto import subjects
from provisioning.network import free_ports

from bench._candidates import CheapCamera, CheapMouth
from bench.turn import spread

BIN = Path(sys.executable).parent
NODE_ID = "node-1"
ANSWER = "Our nightly export lost orders, so I rebuilt the export pipeline with checks on every single table."
FOLLOW_UP = "You mentioned the export pipeline. What did you learn from it?"
READY_SECONDS = 60.0
LONGEST_SECONDS = 300.0
CANDIDATES_NICE = 10
"""Candidates sit at other machines: what they take of the processors here is taken last."""

APART_SECONDS = 0.7
"""Between two candidates who join: people do not press the same key in the same instant."""

HOLE_FRAMES = 6
"""Silent frames within a tone beyond which it was another text, not a hole: the next one begins 0.15 s later."""


def kit(interview_id: str, questions: int) -> Kit:
    """So many planned questions, the first with a follow-up, and a closing one."""
    first, *_ = short_kit().stages
    texts = (
        "Which problem did you solve at work?",
        "How do you share what you know with others?",
        "When did you last change a plan?",
        "What did you do about a mistake of yours?",
        "Who did you help to learn something new?",
        "Why did you choose this kind of work?",
    )
    stages = [
        replace(first, stage_id=f"s{n}", questions=(PlannedQuestion(f"q{n}", text),), follow_up_depth=int(n == 0))
        for n, text in enumerate(texts[:questions])
    ]
    closing = Stage("end", "Closing", "", (PlannedQuestion("end", "Is there anything to add?"),), 0, closing=True)
    return replace(
        short_kit(), interview_id=interview_id, kit_id=f"kit-{interview_id}", stages=(*stages, closing), vocabulary=()
    )


class BusKiosk:
    """``rehearsal.kiosk_client.KioskClient`` without HTTP: the same questions to the room process."""

    def __init__(self, rooms: Rooms, kit: Kit) -> None:
        self._rooms = rooms
        self._ticket = Ticket(kit.interview_id, kit.kit_id)

    async def join(self, code: str) -> dict[str, Any]:
        await self._rooms.claim(code)
        return {"interview": {"id": code}, "notice_version": "n1"}

    async def consent(self, purposes: list[str], notice_version: str) -> None:
        await self._rooms.consent(self._ticket, purposes, notice_version)

    async def offer(self, sdp: str, *, camera: bool) -> str:
        try:
            return await self._rooms.offer(self._ticket, sdp, microphone=True, camera=camera)
        except KioskError as error:
            raise KioskRefusal(error.code) from error

    async def state(self) -> dict[str, Any]:
        return {"closed": (await self._rooms.state(self._ticket)).closed}


class Listener(Tape):
    """Counts holes of silence in what is heard."""

    def __init__(self) -> None:
        super().__init__(None)
        self.holes = 0
        self._silent = 0
        self._sounding = False

    def heard(self, samples: Samples) -> None:
        """Follow 20 ms of the interviewer."""
        if audible(samples):
            self.holes += self._sounding and 0 < self._silent <= HOLE_FRAMES
            self._sounding, self._silent = True, 0
        else:
            self._silent += 1
            self._sounding = self._sounding and self._silent <= HOLE_FRAMES


@dataclass
class Candidates:
    """What a number of candidates saw."""

    reports: list[Report] = field(default_factory=list)
    holes: int = 0
    late_ms: list[float] = field(default_factory=list)


class RoomProcess:
    """The product's room process and what it used."""

    def __init__(self, process: subprocess.Popen[bytes], log: Path) -> None:
        self._process = process
        self._log = log
        self.others: dict[str, subprocess.Popen[bytes]] = {}
        """Further room processes of the node, by name."""

    def kill(self, name: str) -> None:
        """End one without a chance to tidy up."""
        process = self.others.get(name, self._process)
        process.kill()
        process.wait()

    def cpu_seconds(self) -> float:
        """Processor time so far."""
        fields = Path(f"/proc/{self._process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def rss_mb(self) -> float:
        """Memory in use now."""
        pages = int(Path(f"/proc/{self._process.pid}/statm").read_text().split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE") / 1e6

    def counts(self) -> Counter[str]:
        """What its peers dropped or were late with, all together, as its log tells."""
        found: Counter[str] = Counter()
        for told in self._gone():
            found.update({name: value for name, value in told.items() if isinstance(value, int)})
        return found

    def peers_gone(self) -> int:
        """Connections that were there and ended."""
        return len(self._gone())

    def _gone(self) -> list[dict[str, Any]]:
        lines = self._log.read_text().splitlines()
        told = [json.loads(line) for line in lines if line.startswith("{")]
        return [line for line in told if line.get("event") == "peer gone"]


@contextlib.asynccontextmanager
async def room_process(kits: list[Kit], rooms_max: int, **settings: str) -> AsyncIterator[tuple[Bus, RoomProcess]]:
    """A nats-server with the kits, the stand-ins and the room process, or as many as ``settings`` say, ready.

    ``settings``: other variables of the environment, and with a port for ``EDGE_NODE_HTTP_PORT`` a kiosk, too.
    """
    (port,) = free_ports(1)
    url = f"nats://127.0.0.1:{port}"
    with contextlib.ExitStack() as held:
        folder = Path(held.enter_context(tempfile.TemporaryDirectory(prefix="bench-rooms-")))
        (folder / "nats.conf").write_text(
            f'listen: "127.0.0.1:{port}"\nmax_payload: 8MB\n'
            f'jetstream: {{ store_dir: "{folder}/js", domain: edge-{NODE_ID}, sync_interval: always }}\n'
        )
        _start(held, [str(BIN / "nats-server"), "-c", str(folder / "nats.conf")], folder / "nats.log")
        bus = await connect(url, process="bench", token="")
        bucket = await bus.client.jetstream().create_key_value(bucket=subjects.kits_bucket(NODE_ID))
        for one in kits:
            await bucket.put(one.interview_id, encode_kit(one))
        stand_ins = json.dumps({"url": url, "answer": ANSWER, "question": FOLLOW_UP})
        _start(held, [sys.executable, "-m", "bench._standins", stand_ins], folder / "standins.log")
        environment = {
            "EDGE_NODE_NATS_URL": url,
            "EDGE_NODE_NODE_ID": NODE_ID,
            "EDGE_NODE_DATA_DIR": str(folder),
            "EDGE_NODE_ROOMS_MAX": str(rooms_max),
            "EDGE_NODE_MEDIA__ADDRESSES": '["127.0.0.1"]',
            **settings,
        }
        if "EDGE_NODE_HTTP_PORT" in settings:
            _start(held, [str(BIN / "edge-node"), "kiosk"], folder / "kiosk.log", **environment)
        log = folder / "room.log"
        process = _start(held, [str(BIN / "edge-node"), "room"], log, **environment)
        rooms = RoomProcess(process, log)
        for number in range(2, int(settings.get("EDGE_NODE_ROOM_PROCESSES", "1")) + 1):
            name = f"room-{number}"
            rooms.others[name] = _start(held, [str(BIN / "edge-node"), name], folder / f"{name}.log", **environment)
        try:
            await _ready(bus, log)
            for name in rooms.others:
                await _ready(bus, folder / f"{name}.log", name)
            if "EDGE_NODE_HTTP_PORT" in settings:
                await _listening(environment.get("EDGE_NODE_HTTP_HOST", "127.0.0.1"), settings["EDGE_NODE_HTTP_PORT"])
            yield bus, rooms
        finally:
            await bus.close()


def _start(held: contextlib.ExitStack, command: list[str], log: Path, **environment: str) -> "subprocess.Popen[bytes]":
    out = held.enter_context(log.open("wb"))
    process = subprocess.Popen(command, env={**os.environ, **environment}, stdout=out, stderr=subprocess.STDOUT)
    held.callback(_end, process)
    return process


def _end(process: "subprocess.Popen[bytes]") -> None:
    process.terminate()
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


async def _listening(host: str, port: str) -> None:
    """Return when somebody does; raises TimeoutError."""
    async with asyncio.timeout(READY_SECONDS):
        while True:
            with contextlib.suppress(OSError):
                _, writer = await asyncio.open_connection(host, int(port))
                writer.close()
                return
            await asyncio.sleep(0.2)


async def _ready(bus: Bus, log: Path, name: str = "room") -> None:
    """Return when the room process would open an interview; raises RuntimeError with its last words."""
    from edge_node.bus.codec import decode_health
    from edge_node.ports.failure import EngineError

    deadline, said = time.monotonic() + READY_SECONDS, ""
    while time.monotonic() < deadline:
        with contextlib.suppress(EngineError):
            health = decode_health(await bus.request(subjects.health(name), b"", timeout_seconds=1.0))
            if not health.problems:
                return
            said = ", ".join(health.problems)
        await asyncio.sleep(0.3)
    raise RuntimeError(f"the room process is not ready ({said}): {log.read_text()[-600:]}")


async def _candidate(bus: Bus, wanted: Kit, sound: Samples, after_seconds: float, seen: Candidates) -> None:
    await asyncio.sleep(after_seconds)
    answer = Answer(text=ANSWER)
    persona = Persona(name="A", language="en", planned=(answer,), follow_ups=(answer,), habits=Habits())
    tape = Listener()
    kiosk = BusKiosk(Rooms(bus), wanted)
    network = PortPool(0, 0, ("127.0.0.1",))
    performance = Performance(
        kiosk,  # type: ignore[arg-type]
        network,
        persona,
        {answer.script: sound},
        tape,
        lambda _, __: None,
        mouth=CheapMouth,
        camera=CheapCamera,
    )
    await performance.hold(wanted.interview_id)
    performance.report.outcome = "closed"
    seen.reports.append(performance.report)
    seen.holes += tape.holes


async def _late(seen: Candidates) -> None:
    loop = asyncio.get_running_loop()
    while True:
        before = loop.time()
        await asyncio.sleep(0.02)
        seen.late_ms.append(1000 * (loop.time() - before - 0.02))


async def _sound() -> Samples:
    async with Voice("en", seed=1) as voice:
        return await voice.speak(ANSWER)


def _held(url: str, kits: list[Kit], sound: Samples) -> tuple[Candidates, list[BaseException]]:
    """Every candidate's interview, in a thread of lower priority that has a loop of its own, and its threads."""
    os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), CANDIDATES_NICE)

    async def hold() -> tuple[Candidates, list[BaseException]]:
        seen = Candidates()
        bus = await connect(url, process="candidates", token="")
        watch = asyncio.create_task(_late(seen), name="late")
        try:
            async with asyncio.timeout(LONGEST_SECONDS):
                held = [_candidate(bus, one, sound, APART_SECONDS * n, seen) for n, one in enumerate(kits)]
                failed = [error for error in await asyncio.gather(*held, return_exceptions=True) if error]
        finally:
            await cancel(watch)
            await bus.close()
        return seen, failed

    return asyncio.run(hold())


async def _count(rooms: int, questions: int, sound: Samples) -> dict[str, Any]:
    kits = [kit(f"room-{rooms}-{number}", questions) for number in range(rooms)]
    # Away from the node's usual ports: who still sends to a killed room there would be taken for this one's page.
    ports = {"EDGE_NODE_MEDIA__UDP_PORT_FIRST": "50200", "EDGE_NODE_MEDIA__UDP_PORT_LAST": "50250"}
    async with room_process(kits, rooms, **ports) as (bus, process):
        empty_mb, cpu, began = process.rss_mb(), process.cpu_seconds(), time.monotonic()
        most_mb = asyncio.create_task(_most_rss(process), name="memory")
        assert bus.client.connected_url is not None
        seen, failed = await asyncio.to_thread(_held, bus.client.connected_url.geturl(), kits, sound)
        seconds, used = time.monotonic() - began, process.cpu_seconds() - cpu
        most_mb.cancel()
        peak_mb = (await asyncio.gather(most_mb, return_exceptions=True))[0]
        await asyncio.sleep(1)
        counts = process.counts()
    for error in failed:
        sys.stderr.write(f"rooms: a candidate failed: {error!r}\n")
    gaps = [t.turn_gap_ms for report in seen.reports for t in report.turns if t.turn_gap_ms is not None]
    late = sorted(seen.late_ms)
    return {
        "closed": len(seen.reports),
        "turn_gap_ms": spread(gaps),
        "underruns": seen.holes + counts["playout_late"],
        "holes": seen.holes,
        "dropped_frames": counts["audio_dropped"] + counts["audio_late"] + counts["audio_missing"],
        "cpu_percent_a_room": round(100 * used / seconds / rooms, 1),
        "rss_mb_a_room": round((float(peak_mb) - empty_mb) / rooms, 1),
        "rss_mb_empty": round(empty_mb, 1),
        "candidates_late_ms": round(late[int(0.99 * (len(late) - 1))], 1) if late else None,
        "seconds": round(seconds, 1),
    }


async def _most_rss(process: RoomProcess) -> float:
    most = 0.0
    try:
        while True:
            most = max(most, process.rss_mb())
            await asyncio.sleep(0.5)
    except asyncio.CancelledError:
        return most


async def measured(counts: list[int], questions: int) -> dict[str, Any]:
    """Figures by number of rooms."""
    sound = await _sound()
    found: dict[str, Any] = {}
    for rooms in counts:
        sys.stderr.write(f"rooms: {rooms}\n")
        found[str(rooms)] = await _count(rooms, questions, sound)
        sys.stderr.write(f"rooms: {found[str(rooms)]}\n")
    return found
