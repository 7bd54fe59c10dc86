"""A disk that fills up under the node: nothing new is opened, what runs is finished, nothing is lost."""

import asyncio
import contextlib
import os
import shutil
import subprocess
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from pathlib import Path
from typing import cast

import pytest
from coordinator.keys import keyring
from edge_node.app.room import SystemClock
from edge_node.bus.local import Bus, connect
from edge_node.core.interview.events import InterviewOpened
from edge_node.journal.space import FILE, Space
from edge_node.journal.store import JetStreamJournal
from edge_node.kiosk.errors import KioskError
from edge_node.kiosk.signalling import Rooms
from edge_node.models.weights import Weights
from edge_node.room.desk.condition import Condition
from edge_node.room.desk.service import RoomService
from fakes.issued_credentials import issue
from fakes.scripted_peer import ScriptedPeer
from fakes.scripted_room import ID, Branch, ScriptedModel, short_kit
from provisioning.nats_config import Link, write_node
from real_servers import NATS_SERVER, free_port
from test_room_journal import ANSWERS, FAST, FOLLOW_UP

MEGABYTE = 1024 * 1024
TOKEN = "token-of-the-node"


class Whole:
    """Weights that are all there."""

    def problem(self, *_: str) -> str:
        return ""

    check = problem


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "disk"
    folder.mkdir()
    if os.geteuid():
        pytest.skip("a file system of its own needs root")
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=48m", "tmpfs", str(folder)], check=True)
    try:
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


@contextlib.asynccontextmanager
async def served(small_disk: Path, tmp_path: Path) -> AsyncIterator[Bus]:
    """The node's server as installed, its store on the small disk."""
    port, conf = free_port(), tmp_path / "node.conf"
    ring = keyring.prepare(tmp_path / "identity", ("localhost",))
    nobody_listens = f"127.0.0.1:{free_port()}"
    write_node(
        conf,
        node_id="test",
        client_port=port,
        store=small_disk / "jetstream",
        token=TOKEN,
        link=Link([nobody_listens], ring.folder / "link-ca.pem", issue(ring, tmp_path, "test")),
    )
    server = subprocess.Popen([str(NATS_SERVER), "-c", str(conf)], stderr=subprocess.DEVNULL)
    bus = await connect(f"nats://127.0.0.1:{port}", process="test", token=TOKEN)
    try:
        yield bus
    finally:
        await bus.close()
        server.kill()
        server.wait(10)


@pytest.fixture
async def node(small_disk: Path, tmp_path: Path) -> AsyncIterator[Bus]:
    async with served(small_disk, tmp_path) as bus:
        yield bus


def fill_to_the_brim(path: Path) -> None:
    """As a log nobody rotates: until the system says no."""
    handle = os.open(path, os.O_CREAT | os.O_WRONLY | os.O_APPEND)
    try:
        for size in (MEGABYTE, 4096, 1):
            with pytest.raises(OSError, match="No space"):
                while True:
                    os.write(handle, b"x" * size)
    finally:
        os.close(handle)


async def answer_one(peer: ScriptedPeer, asked: list[str]) -> bool:
    """Type the answer to the next question; False when the interview is closed."""
    await peer.until(
        lambda p: (
            p.state["phase"] == "closed" or (p.state["phase"] == "listening" and p.state["question"]["id"] not in asked)
        ),
        seconds=15,
    )
    if peer.state["phase"] == "closed":
        return False
    asked.append(peer.state["question"]["id"])
    peer.say(type="typed_answer", text=ANSWERS[asked[-1]])
    return True


@pytest.mark.timeout(120)
async def test_a_full_disk_opens_nothing_and_loses_nothing(node: Bus, small_disk: Path) -> None:
    space = Space(small_disk, reserve_bytes=16 * MEGABYTE, headroom_bytes=4 * MEGABYTE)
    journal = JetStreamJournal(node.client, "test", before_write=space.make_room)
    branch = Branch(
        kit=short_kit(),
        model=ScriptedModel(FOLLOW_UP, seconds=0.01),
        journal=journal,
        clock=SystemClock(),
        rules=FAST,
        character_seconds=0.0005,
    )
    late = replace(short_kit(), interview_id="late")
    branch.assignments.by_id["late"] = late
    condition = Condition(
        weights=cast(Weights, Whole()),
        space=space,
        assignments=branch.assignments,
        clock=SystemClock(),
        languages=("en",),
    )
    branch.refusal = condition.refusal
    service = RoomService(branch.desk, condition)
    await service.serve(node)
    watching = asyncio.create_task(condition.watch())
    kiosk = Rooms(node)
    try:
        async with asyncio.timeout(10):
            while condition.problems:
                await asyncio.sleep(0.05)
        peer = await branch.admit()
        asked: list[str] = []
        assert await answer_one(peer, asked)

        fill_to_the_brim(small_disk / "runaway.log")
        # Whoever looks first, the watch or the next fact, has given a slice back by now.
        while await answer_one(peer, asked):
            assert space.look().reserve_bytes < 16 * MEGABYTE
            with pytest.raises(KioskError, match="disk_full"):
                await kiosk.claim("late")
        assert asked == ["q1", "q1.1", "q2", "q3"]
        async with asyncio.timeout(10):  # the watch looks every second, and the interview is over in less
            while "disk_full" not in service.health().problems:
                await asyncio.sleep(0.05)
        facts = await journal.replay(ID)
        assert [fact.number for fact in facts] == list(range(1, len(facts) + 1))
        assert {type(fact.event).__name__ for fact in facts} >= {"InterviewOpened", "TurnTaken", "InterviewClosed"}
        assert await journal.replay("late") == [], "its code is not used up"

        (small_disk / "runaway.log").unlink()
        async with asyncio.timeout(10):
            while condition.problems:
                await asyncio.sleep(0.05)
        assert (small_disk / FILE).stat().st_size == 16 * MEGABYTE
        await kiosk.claim("late")
        assert len(await journal.replay("late")) == 1
    finally:
        watching.cancel()
        await branch.close()


@pytest.mark.timeout(60)
async def test_the_server_sets_no_limit_of_its_own(small_disk: Path, tmp_path: Path) -> None:
    """By itself it would: three quarters of what is free whenever it starts."""
    kept = 0
    for left in (20, 14, 8):
        async with served(small_disk, tmp_path) as node:
            journal = JetStreamJournal(node.client, "test")
            while shutil.disk_usage(small_disk).free > left * MEGABYTE:
                await journal.append("big", [InterviewOpened("k" * 400_000, "en", ())], after=kept, interview_ms=kept)
                kept += 1
            assert len(await journal.replay("big")) == kept
