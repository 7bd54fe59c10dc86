"""Real processes of a node tell their figures, each on its own loopback port, and work where the port is taken."""

import asyncio
import contextlib
import json
import os
import socket
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
from edge_node.bus.local import Bus
from edge_node.settings import Settings
from interview_proto import subjects
from provisioning.network import free_block


@contextlib.asynccontextmanager
async def process(name: str, url: str, data: Path, first_port: int) -> AsyncIterator[list[dict[str, object]]]:
    """One process of the node, ready; what it logged so far is in the list."""
    environment = {
        "EDGE_NODE_NATS_URL": url,
        "EDGE_NODE_NODE_ID": "test",
        "EDGE_NODE_DATA_DIR": str(data),
        "EDGE_NODE_HTTP_PORT": "0",
        "EDGE_NODE_METRICS_FIRST_PORT": str(first_port),
    }
    child = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "edge_node", name, env=os.environ | environment, stderr=asyncio.subprocess.PIPE
    )
    assert child.stderr
    logged: list[dict[str, object]] = []
    try:
        async with asyncio.timeout(60):
            while not any(line["event"] == "ready" for line in logged):
                line = await child.stderr.readline()
                assert line, "the process ended"
                with contextlib.suppress(json.JSONDecodeError):
                    logged.append(json.loads(line))
        yield logged
    finally:
        if child.returncode is None:
            child.terminate()
        await asyncio.wait_for(child.communicate(), 20)


async def text_at(port: int) -> str:
    async with httpx.AsyncClient() as client:
        return (await client.get(f"http://127.0.0.1:{port}/metrics")).raise_for_status().text


async def test_each_process_has_a_port_and_figures_of_its_own(node_nats: str, bus: Bus, tmp_path: Path) -> None:
    settings = Settings(metrics_first_port=free_block(7))
    first = settings.metrics_first_port
    async with process("uplink", node_nats, tmp_path, first), process("kiosk", node_nats, tmp_path, first):
        await bus.request(subjects.health("kiosk"), b"", timeout_seconds=5)
        kiosk, uplink = await text_at(settings.metrics_port("kiosk")), await text_at(settings.metrics_port("uplink"))
        async with asyncio.timeout(20):
            while 'edge_node_process_up{process="kiosk"} 1.0' not in uplink:
                await asyncio.sleep(0.2)
                uplink = await text_at(settings.metrics_port("uplink"))
        with socket.socket() as outside:
            outside.settimeout(2)
            # The same port on another of this machine's addresses.
            assert outside.connect_ex(("127.0.0.2", settings.metrics_port("kiosk"))) != 0
    assert 'edge_node_build_info{process="kiosk"' in kiosk
    assert f'edge_node_bus_served_seconds_count{{subject="{subjects.health("kiosk")}"}}' in kiosk
    assert "process_resident_memory_bytes" in kiosk
    assert "edge_node_uplink_lag_facts" not in kiosk
    assert "edge_node_uplink_lag_facts 0.0" in uplink
    assert "edge_node_uplink_link_up 0.0" in uplink
    assert 'edge_node_process_up{process="room"} 0.0' in uplink
    assert 'edge_node_problem{problem="room_down"} 1.0' in uplink


async def test_a_taken_port_costs_the_figures_and_not_the_process(node_nats: str, bus: Bus, tmp_path: Path) -> None:
    first = free_block(7)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", first))
        taken.listen()
        async with process("kiosk", node_nats, tmp_path, first) as logged:
            await bus.request(subjects.health("kiosk"), b"", timeout_seconds=5)
    told = [line for line in logged if line["event"] == "metrics port taken"]
    assert [(line["level"], line["port"]) for line in told] == [("error", first)]
