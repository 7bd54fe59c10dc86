"""Files of head office at a node: whole and unchanged, whatever happens to the link on the way."""

import asyncio
import hashlib
import random
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import pytest
from coordinator.bus.hub import Hub
from coordinator.dispatch.files import Files
from coordinator.fault import Fault
from edge_node.app import hub_files
from edge_node.bus.local import Bus, connect
from edge_node.models.manifest import Manifest
from edge_node.models.pull import Wish, pull
from edge_node.settings import Settings
from edge_node.uplink.files import FileError, HubFiles
from interview_proto import subjects
from linked_servers import LinkedServers

MEGABYTE = 1024 * 1024
SIZE = 24 * MEGABYTE + 12_345


@pytest.fixture
def servers(tmp_path: Path) -> Iterator[LinkedServers]:
    made = LinkedServers(tmp_path)
    made.start()
    yield made
    made.stop()


@pytest.fixture
async def files(servers: LinkedServers) -> AsyncIterator[Files]:
    hub = Hub(servers.hub.url, process="test", credentials_file=servers.core_credentials)
    await hub.open()
    yield Files(hub)
    await hub.close()


@pytest.fixture
async def node(servers: LinkedServers) -> AsyncIterator[Bus]:
    inbox = subjects.node_inbox(servers.node_id)
    bus = await connect(servers.node.url, process="test", token=servers.TOKEN, inbox_prefix=inbox)
    yield bus
    await bus.close()


class Counting(HubFiles):
    """Counts what really came over the link."""

    received = 0

    async def _get(self, query: dict[str, Any]) -> list[tuple[int, bytes]]:
        found = await super()._get(query)
        if "next_by_subj" in query:
            self.received += sum(len(data) for _, data in found)
        return found


def made_up(path: Path, seed: int, size: int = SIZE) -> str:
    content = random.Random(seed).randbytes(size)
    path.write_bytes(content)
    return hashlib.sha256(content).hexdigest()


def sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


async def until_size(part: Path, size: int) -> None:
    async with asyncio.timeout(30):
        while not part.exists() or part.stat().st_size < size:
            await asyncio.sleep(0.001)


@pytest.mark.timeout(120)
async def test_a_cut_link_and_a_killed_reader_cost_one_batch_each(
    servers: LinkedServers, files: Files, node: Bus, tmp_path: Path
) -> None:
    source, part = tmp_path / "weights.gguf", tmp_path / "weights.part"
    digest = made_up(source, 1)
    assert (await files.put(source, "weights.gguf")).sha256 == digest

    first = Counting(node.client)
    reading = asyncio.create_task(first.fetch("weights.gguf", part))
    await until_size(part, 4 * MEGABYTE)
    reading.cancel()
    await asyncio.wait({reading})
    assert part.stat().st_size < SIZE, "nothing was interrupted"

    second = Counting(node.client)
    reading = asyncio.create_task(second.fetch("weights.gguf", part))
    await until_size(part, 10 * MEGABYTE)
    servers.hub.kill()
    await asyncio.sleep(1)
    assert not reading.done()
    servers.hub.start()
    facts = await asyncio.wait_for(reading, 60)
    assert (facts.sha256, facts.size) == (digest, SIZE)
    assert sha256(part) == digest
    assert not part.with_name(part.name + ".at").exists()
    assert first.received + second.received <= SIZE + 3 * 2 * MEGABYTE


@pytest.mark.timeout(60)
async def test_a_file_replaced_on_the_way_arrives_as_the_new_one(files: Files, node: Bus, tmp_path: Path) -> None:
    source, part = tmp_path / "file", tmp_path / "file.part"
    made_up(source, 1)
    await files.put(source, "file")
    reading = asyncio.create_task(HubFiles(node.client).fetch("file", part))
    await until_size(part, 2 * MEGABYTE)
    reading.cancel()
    await asyncio.wait({reading})
    digest = made_up(source, 2, 3 * MEGABYTE)
    await files.put(source, "file")
    assert (await HubFiles(node.client).fetch("file", part)).sha256 == digest == sha256(part)


async def test_files_are_listed_deleted_and_missed(files: Files, node: Bus, tmp_path: Path) -> None:
    digest = made_up(tmp_path / "a", 1, 1000)
    assert await files.stored() == []
    await files.put(tmp_path / "a", "a")
    await files.put(tmp_path / "a", "b")
    assert [(one.name, one.size, one.sha256) for one in await files.stored()] == [
        ("a", 1000, digest),
        ("b", 1000, digest),
    ]
    await files.delete("a")
    assert [one.name for one in await files.stored()] == ["b"]
    for name in ("a", "never"):
        with pytest.raises(FileError, match="no file"):
            await HubFiles(node.client).fetch(name, tmp_path / "part")
    with pytest.raises(Fault, match="no file"):
        await files.delete("never")


async def test_a_node_only_reads(files: Files, node: Bus, tmp_path: Path) -> None:
    digest = made_up(tmp_path / "a", 1, 1000)
    await files.put(tmp_path / "a", "a")
    await node.publish(subjects.file_facts("a"), b'{"name":"a","nuid":"x","size":1,"digest":"SHA-256=AA=="}')
    await node.publish("$JS.hub.API.STREAM.DELETE.OBJ_files", b"")
    await node.publish("$JS.hub.API.STREAM.PURGE.OBJ_files", b"")
    await node.client.flush()
    await asyncio.sleep(0.3)
    assert (await HubFiles(node.client).facts("a")).sha256 == digest


@pytest.mark.timeout(60)
async def test_models_are_pulled_from_the_hub(servers: LinkedServers, files: Files, tmp_path: Path) -> None:
    digest = made_up(tmp_path / "own.gguf", 3, 5 * MEGABYTE)
    await files.put(tmp_path / "own.gguf", "own.gguf")
    (tmp_path / "token").write_text(servers.TOKEN)
    settings = Settings(node_id=servers.node_id, nats_url=servers.node.url, nats_token_file=tmp_path / "token")
    model = {
        "profile": "production",
        "role": "language",
        "name": "own",
        "licence": "own",
        "file": "own.gguf",
        "sha256": digest,
        "bring_your_own": True,
    }
    manifest = Manifest.model_validate({"licences": {"own": {"name": "Own"}}, "models": [model]})
    fetch = hub_files.fetcher(settings, lambda _: None)

    def pulled(folder: str, manifest: Manifest) -> tuple[str, str]:
        (tmp_path / folder).mkdir()
        (made,) = pull(manifest, tmp_path / folder, Wish("production", mirror="hub:"), lambda _: None, fetch)
        return made.status, made.detail

    assert await asyncio.to_thread(pulled, "good", manifest) == ("pulled", "")
    assert sha256(tmp_path / "good" / "own.gguf") == digest
    other = Manifest.model_validate({"licences": {"own": {"name": "Own"}}, "models": [{**model, "sha256": "ab" * 32}]})
    status, detail = await asyncio.to_thread(pulled, "other", other)
    assert status == "failed"
    assert "digest_mismatch" in detail
    assert not (tmp_path / "other" / "own.gguf").exists()
