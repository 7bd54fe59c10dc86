"""Kits sent while a node cannot be reached are all there when it can, each once."""

import asyncio
import os
import signal
import time
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from chaos._two_coordinators import kit_of
from coordinator.dispatch import codec, join_code
from interview_proto import subjects
from linked_servers import LinkedServers
from record_path import HeadOffice, branch, head_office

SILENT_SECONDS = 13.0
"""Longer than it takes the hub to give a silent node up (two pings, 5 s apart)."""


@pytest.fixture
def servers(tmp_path: Path) -> Iterator[LinkedServers]:
    made = LinkedServers(tmp_path)
    made.start()
    yield made
    made.stop()


async def send(office: HeadOffice, interview_id: str) -> str:
    """A fresh kit of an interview; its id."""
    kit = kit_of(interview_id)
    _, sealed = join_code.make(time.time_ns() // 1_000_000 + 3_600_000)
    await office.buckets.put("n1", interview_id, codec.encode(kit, sealed))
    return kit.kit_id


async def test_a_silent_node_has_every_kit_once_soon_after_it_is_back(
    servers: LinkedServers, database_url: str, record_property: Callable[[str, object], None]
) -> None:
    async with head_office(servers, database_url) as office, branch(servers, forwarding=False) as node:
        await node.kits.ensure_mirror()
        known = str(uuid.uuid4())
        wanted = {known: await send(office, known)}

        async def current() -> None:
            async with asyncio.timeout(40):
                while {kit.interview_id: kit.kit_id for kit in await node.kits.kits()} != wanted:
                    await asyncio.sleep(0.05)

        await current()
        process = servers.node._process
        assert process is not None
        # Frozen, its server neither hears nor answers nor hangs up: what a cut line looks like from the hub.
        os.kill(process.pid, signal.SIGSTOP)
        try:
            await asyncio.sleep(SILENT_SECONDS)
            wanted[known] = await send(office, known)
            for _ in range(10):
                fresh = str(uuid.uuid4())
                await send(office, fresh)
                wanted[fresh] = await send(office, fresh)
        finally:
            os.kill(process.pid, signal.SIGCONT)
        back_at = time.monotonic()
        await current()
        record_property("current_s", round(time.monotonic() - back_at, 2))
        info = await node.bus.client.jetstream().stream_info(f"KV_{subjects.kits_bucket('n1')}")
        assert info.state.messages == len(wanted)
