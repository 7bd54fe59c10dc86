"""Real processes of a node tell their figures, each on its own loopback port, and work where the port is taken."""

import socket
from pathlib import Path

from edge_node.bus.local import Bus
from edge_node.settings import Settings
from interview_proto import subjects
from provisioning.network import free_block
from running_process import running


def environment(url: str, data: Path, first_port: int) -> dict[str, str]:
    return {
        "EDGE_NODE_NATS_URL": url,
        "EDGE_NODE_NODE_ID": "test",
        "EDGE_NODE_DATA_DIR": str(data),
        "EDGE_NODE_HTTP_PORT": "0",
        "EDGE_NODE_METRICS_FIRST_PORT": str(first_port),
    }


async def test_each_process_has_a_port_and_figures_of_its_own(node_nats: str, bus: Bus, tmp_path: Path) -> None:
    settings = Settings(metrics_first_port=free_block(7))
    place = environment(node_nats, tmp_path, settings.metrics_first_port)
    async with (
        running("edge_node", "uplink", place, settings.metrics_port("uplink")) as link,
        running("edge_node", "kiosk", place, settings.metrics_port("kiosk")) as page,
    ):
        await page.answers(bus, subjects.health("kiosk"))
        await link.tells('edge_node_process_up{process="kiosk"} 1.0')
        kiosk, uplink = await page.figures(), await link.figures()
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
        async with running("edge_node", "kiosk", environment(node_nats, tmp_path, first), first) as kiosk:
            await kiosk.answers(bus, subjects.health("kiosk"))
    told = [line for line in kiosk.lines if line["event"] == "metrics port taken"]
    assert [(line["level"], line["port"]) for line in told] == [("error", first)]
