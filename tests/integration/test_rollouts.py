"""A release announced at head office reaches a node over its link, and is stopped where a node does not take it."""

import asyncio
import json
import math
import platform
import shutil
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
import pytest
from coordinator.app import rollout
from coordinator.bus.hub import Hub
from coordinator.db.unit_of_work import Database
from coordinator.dispatch.files import Files
from coordinator.ingest.repository import node_figures, rollout_stopped
from coordinator.nodes.service import NodeService
from coordinator.rollouts.answers import Answers
from coordinator.rollouts.service import RolloutService
from coordinator.settings import Settings as OfficeSettings
from edge_node.bus.local import Bus, connect
from edge_node.ports.failure import EngineError
from edge_node.releases.checking import Unfit, check
from edge_node.releases.codec import Announcement, Status, encode_request
from edge_node.releases.puller import Puller
from edge_node.releases.shelf import OUTCOME, Shelf
from edge_node.tasks import cancel
from edge_node.uplink.files import FileError, HubFiles
from interview_proto import subjects
from linked_servers import LinkedServers
from provisioning.bundle import manifest, signature
from provisioning.bundle.build import pack
from provisioning.bundle.manifest import Target
from record_path import rows

CHECKER = Path(__file__).parents[2] / "provisioning/roles/bundle/files/unbundle.py"
MEGABYTE = 1024 * 1024
WAIT_SECONDS = 60.0


def bundle(folder: Path, key: Path, version: str, megabytes: int = 1) -> Path:
    """A signed bundle with so much in it."""
    stage = folder / f"stage-{version}"
    stage.mkdir()
    (stage / "content").write_bytes(version.encode().ljust(16) * (megabytes * MEGABYTE // 16))
    python = f"{sys.version_info.major}.{sys.version_info.minor}"
    said = manifest.of_folder(stage, version, Target(python, platform.machine(), (), "bookworm"))
    return pack(stage, said, key, folder / f"{version}.bundle")


@dataclass
class World:
    """Head office's service on a real database and hub, a node's link, the operator's key."""

    servers: LinkedServers
    service: RolloutService
    database: Database
    database_url: str
    hub: Hub
    link: Bus
    folder: Path

    def office(self, *argv: str) -> int:
        """What IT types at head office."""
        settings = OfficeSettings(
            database_url=self.database_url,
            nats_url=self.servers.hub.url,
            nats_credentials_file=self.servers.core_credentials,
        )
        return asyncio.run(rollout.run(settings, argv))

    async def announce(self, made: Path, *more: str) -> int:
        return await asyncio.to_thread(self.office, "announce", str(made), *more)

    def enrol(self, *node_ids: str) -> None:
        with psycopg.connect(self.database_url) as connection:
            for node_id in node_ids:
                connection.execute("INSERT INTO node (node_id, last_seen) VALUES (%s, now())", (node_id,))
                connection.execute(
                    "INSERT INTO node_identity (node_id, user_key, page_names, enrolled_at, issued_at, expires_at)"
                    " VALUES (%s, %s, '{}', now(), now(), now() + interval '1 day')",
                    (node_id, f"U{node_id}"),
                )

    def pulls(self, node_id: str, group: str, announcement: str = "", state: str = "", reason: str = "") -> None:
        """What another node says of itself."""
        with psycopg.connect(self.database_url) as connection:
            connection.execute(
                "INSERT INTO node_pull VALUES (%s, %s, %s, %s, %s, 0, now()) ON CONFLICT (node_id) DO UPDATE"
                " SET announcement = excluded.announcement, state = excluded.state, reason = excluded.reason",
                (node_id, group, announcement, state, reason),
            )

    async def newest(self) -> tuple[str, str, list[str]]:
        """Status and note of the newest rollout, and each node's state."""
        found = await self.service.shown()
        assert found
        states = [f"{one.node_id}:{one.state if one.opened else 'not told'}" for one in found[1]]
        return found[0].status, found[0].note, states

    async def announcement(self) -> str:
        found = await self.service.shown()
        assert found
        return str(found[0].rollout_id)

    def node(self, *, every_seconds: float = 0.05) -> tuple[Puller, Shelf]:
        """The node's own part, as its process joins it."""
        programs = self.folder / "programs"
        (programs / "pull").mkdir(parents=True, exist_ok=True)
        shelf = Shelf(self.folder / "node", programs)
        files = HubFiles(self.link.client, patience_seconds=math.inf)

        async def ask(request: bytes, timeout_seconds: float) -> bytes:
            subject = subjects.release_request(self.servers.node_id)
            return await self.link.request(subject, request, timeout_seconds=timeout_seconds)

        async def fetch(wanted: Announcement, part: Path) -> None:
            try:
                await files.fetch(subjects.release_file(wanted.bundle_id), part, size_most=wanted.size)
            except FileError as error:
                raise Unfit(str(error)) from error

        async def checked(made: Path, wanted: Announcement) -> None:
            await check(made, wanted, CHECKER, self.folder / "signers")

        settings = {"node_id": self.servers.node_id, "group": "canary", "bytes_most": 100 * MEGABYTE}
        return Puller(shelf, ask, fetch, checked, lambda _: False, every_seconds=every_seconds, **settings), shelf


@pytest.fixture
def servers(tmp_path: Path) -> Iterator[LinkedServers]:
    made = LinkedServers(tmp_path)
    made.start()
    yield made
    made.stop()


@pytest.fixture
async def world(
    servers: LinkedServers, database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[World]:
    # A command sets up the logs of its process, and this one is not its own.
    monkeypatch.setattr(rollout.logs, "configure", lambda *_, **__: None)
    if shutil.which("ssh-keygen") is None:
        pytest.skip("ssh-keygen is not installed: apt-get install openssh-client")
    (tmp_path / "signers").write_text(signature.signers_line(signature.make_key(tmp_path / "key")))
    database = Database(database_url, connections_max=4)
    hub = Hub(servers.hub.url, process="test", credentials_file=servers.core_credentials)
    inbox = subjects.node_inbox(servers.node_id)
    await database.open()
    await hub.open()
    link = await connect(servers.node.url, process="test", token=servers.TOKEN, inbox_prefix=inbox)
    service = RolloutService(database)
    await hub.serve_all(subjects.RELEASE_REQUESTS, Answers(service).answer, queue="rollouts")
    made = World(servers, service, database, database_url, hub, link, tmp_path)
    made.enrol(servers.node_id)
    try:
        yield made
    finally:
        await link.close()
        await hub.close()
        await database.close()


@asynccontextmanager
async def running(puller: Puller) -> AsyncIterator[None]:
    task = asyncio.create_task(puller.run())
    try:
        yield
        assert not task.done(), task.exception()
    finally:
        await cancel(task)


async def until(condition: Any) -> None:
    """Wait for something that must come true; what it stands at is in the failure."""
    async with asyncio.timeout(WAIT_SECONDS):
        while not await condition() if asyncio.iscoroutinefunction(condition) else not condition():
            await asyncio.sleep(0.02)


@pytest.mark.timeout(180)
async def test_an_announced_release_is_brought_over_cuts_and_handed_over_and_then_goes_to_the_next(
    world: World, capsys: pytest.CaptureFixture[str]
) -> None:
    made = bundle(world.folder, world.folder / "key", "1.1", 96)
    assert await world.announce(made) == 1
    assert "no node was heard of" in capsys.readouterr().err
    world.enrol("n2", "gone")
    world.pulls("n2", "rest")
    world.pulls("gone", "canary")
    with psycopg.connect(world.database_url) as connection:
        connection.execute("UPDATE node_identity SET revoked_at = now() WHERE node_id = 'gone'")
    assert await world.announce(made) == 1
    assert "canary" in capsys.readouterr().err, "a node that was shut out is none"

    puller, shelf = world.node()
    async with running(puller):

        async def known() -> bool:
            found = await NodeService(world.database).nodes()
            return any(node.pull is not None and node.pull.group == "canary" for node in found if node.node_id == "n1")

        await until(known)
        assert await world.announce(made) == 0
        await until(lambda: shelf.received_bytes() > MEGABYTE)
    assert not shelf.bundle.exists(), "nothing was interrupted"
    kept = shelf.received_bytes()
    assert kept > MEGABYTE

    puller, shelf = world.node()
    async with running(puller):
        await until(lambda: shelf.received_bytes() > 10 * MEGABYTE)
        world.servers.hub.kill()
        await asyncio.to_thread(world.servers.hub.start)
        await until((shelf.folder / "ready.json").exists)
        assert shelf.bundle.read_bytes() == made.read_bytes()
        assert await world.newest() == ("going", "", ["n1:waiting", "n2:not told"])

        async def ready() -> bool:
            (node,) = [node for node in await NodeService(world.database).nodes() if node.node_id == "n1"]
            return node.pull is not None and node.pull.state == "ready" and node.pull.version == "1.1"

        await until(ready)
        (node,) = [node for node in await NodeService(world.database).nodes() if node.node_id == "n2"]
        assert node.pull is not None and (node.pull.version, node.pull.state) == ("", ""), "it was not told yet"
        async with world.database.transaction() as connection:
            behind = {row["node_id"]: row["release_behind_seconds"] for row in await node_figures(connection)}
        assert behind["n1"] >= 0 and behind["n2"] is None

        said = {"announcement": await world.announcement(), "state": "active", "reason": ""}
        (shelf.programs / OUTCOME).write_text(json.dumps(said))

        async def next_one() -> bool:
            return (await world.newest())[2] == ["n1:active", "n2:waiting"]

        await until(next_one)
    world.pulls("n2", "rest", await world.announcement(), "active")
    assert await world.newest() == ("done", "", ["n1:active", "n2:active"])
    audited = [row[0] for row in rows(world.database_url, "SELECT action FROM audit_entry ORDER BY number")]
    assert audited == ["rollout.announce", "rollout.end"]
    async with world.database.transaction() as connection:
        assert {row["release_behind_seconds"] for row in await node_figures(connection)} == {None}


@pytest.mark.timeout(120)
async def test_a_release_of_another_key_stops_at_the_first_node_and_the_next_is_not_told(world: World) -> None:
    signature.make_key(world.folder / "stranger")
    made = bundle(world.folder, world.folder / "stranger", "6.6")
    world.enrol("n2")
    world.pulls("n1", "canary")
    world.pulls("n2", "rest")
    assert await world.announce(made) == 0
    puller, shelf = world.node()
    async with running(puller):

        async def stopped() -> bool:
            return (await world.newest())[0] == "stopped"

        await until(stopped)
        _, note, states = await world.newest()
        assert "n1: bundle refused: the signature is not of a key this machine trusts" in note
        assert states == ["n1:failed", "n2:not told"]
        assert not shelf.bundle.exists() and not (shelf.folder / "ready.json").exists()
    async with world.database.transaction() as connection:
        assert await rollout_stopped(connection)
        behind = {row["node_id"]: row["release_behind_seconds"] for row in await node_figures(connection)}
    assert behind["n1"] is not None and behind["n2"] is None
    (node,) = [node for node in await NodeService(world.database).nodes() if node.node_id == "n1"]
    assert node.pull is not None and node.pull.state == "failed" and "signature" in node.pull.reason


async def test_a_silent_node_stops_it_when_its_time_is_over(world: World) -> None:
    world.pulls("n1", "canary")
    made = bundle(world.folder, world.folder / "key", "1.1")
    assert await world.announce(made) == 0
    assert await world.announce(made) == 1, "one at a time"
    with psycopg.connect(world.database_url) as connection:
        connection.execute("UPDATE rollout_node SET opened_at = now() - interval '23 h'")
    assert (await world.newest())[0] == "going"
    with psycopg.connect(world.database_url) as connection:
        connection.execute("UPDATE rollout_node SET opened_at = now() - interval '25 h'")
    status, note, states = await world.newest()
    assert (status, states) == ("stopped", ["n1:silent"]) and "silent" in note
    # What it says of an earlier one does not count for the next.
    world.pulls("n1", "canary", await world.announcement(), "failed", "old")
    assert await world.announce(made) == 0
    assert await world.newest() == ("going", "", ["n1:waiting"])
    assert await asyncio.to_thread(world.office, "stop", "found a fault in it") == 0
    assert (await world.newest())[:2] == ("stopped", "found a fault in it")
    assert await asyncio.to_thread(world.office, "stop", "again") == 1


async def test_a_node_speaks_for_itself_alone(world: World) -> None:
    world.enrol("n2")
    lie = encode_request("n2", "canary", Status(state="active"))
    with pytest.raises(EngineError):
        await world.link.request(subjects.release_request("n2"), lie, timeout_seconds=2)
    # Under its own name the hub lets it through, and head office does not believe it.
    assert await world.link.request(subjects.release_request("n1"), lie, timeout_seconds=20) == b""
    assert rows(world.database_url, "SELECT 1 FROM node_pull") == []
    truth = encode_request("n1", "canary", Status())
    assert await world.link.request(subjects.release_request("n1"), truth, timeout_seconds=20) != b""
    assert rows(world.database_url, "SELECT node_id FROM node_pull") == [("n1",)]


async def test_a_node_that_fetches_releases_no_more_is_not_waited_for(world: World) -> None:
    world.enrol("n2")
    world.pulls("n1", "canary")
    world.pulls("n2", "rest")
    made = bundle(world.folder, world.folder / "key", "1.1")
    assert await world.announce(made) == 0
    assert await asyncio.to_thread(world.office, "leave", "n1") == 0
    # The rest is not told on the word of a canary that never took it.
    status, note, states = await world.newest()
    assert (status, states) == ("stopped", ["n1:failed", "n2:not told"]) and "any more" in note
    assert [node.node_id for node in await NodeService(world.database).nodes() if node.pull] == ["n2"]
    world.pulls("n2", "canary")
    assert await asyncio.to_thread(world.office, "leave", "n1") == 0, "nothing to do"
    assert rows(world.database_url, "SELECT subject FROM audit_entry WHERE action = 'rollout.leave'") == [("node:n1",)]
    assert await asyncio.to_thread(world.office, "leave", "n2") == 0
    assert await world.announce(made) == 1, "nobody is left"


async def test_what_is_no_bundle_is_not_announced_and_old_bundles_leave_the_hub(
    world: World, capsys: pytest.CaptureFixture[str]
) -> None:
    world.pulls("n1", "canary")
    for content in (b"", b"no tar at all", b"\0" * 10_240):
        (world.folder / "wrong").write_bytes(content)
        assert await world.announce(world.folder / "wrong") == 1
        assert "is no bundle" in capsys.readouterr().err
    assert await world.announce(world.folder / "missing") == 1
    for version in ("1.1", "1.2", "1.3"):
        assert await world.announce(bundle(world.folder, world.folder / "key", version)) == 0
        world.pulls("n1", "canary", await world.announcement(), "active")
        assert (await world.newest())[0] == "done"
    assert len(await Files(world.hub).stored()) == 2


@pytest.mark.parametrize("raw", [b"\xff\xff", b"", b"x" * 20_000])
async def test_garbage_is_answered_by_nothing(world: World, raw: bytes) -> None:
    assert await Answers(world.service).answer("rpc.n1.release", raw) == b""
    assert rows(world.database_url, "SELECT 1 FROM node_pull") == []
