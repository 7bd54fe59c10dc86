"""The hub of three as the playbook's own templates describe it: real servers on addresses of loopback."""

import asyncio
import base64
import json
import subprocess
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from chaos._hub_servers import Child, until_open
from contract.playbook_templates import defaults, render
from coordinator.bus.hub import Hub
from coordinator.ingest.consumer import ensure_stream
from coordinator.keys import keyring
from edge_node.bus.local import connect
from fakes.issued_credentials import issue
from interview_proto import subjects
from provisioning.network import free_ports
from real_servers import NATS_SERVER

HUBS = {"head-office": "127.0.0.11", "hub-2": "127.0.0.12", "hub-3": "127.0.0.13"}
SECONDS = 60.0


@dataclass
class Member:
    """One of the hub's servers."""

    server: Child
    client_port: int
    health_port: int
    data: Path

    def asked(self, path: str) -> tuple[int, Any]:
        """Status and answer of its own page; 0 while it is not there."""
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.health_port}/{path}", timeout=5) as reply:
                return reply.status, json.load(reply)
        except urllib.error.HTTPError as error:
            return error.code, None
        except OSError:
            return 0, None


class Installation:
    """Three machines' servers, each from what its machine would be given, and one node's."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.identity = folder / "identity"
        members = {name: (address, name) for name, address in HUBS.items()}
        self.ring = keyring.prepare(self.identity, ("localhost",), members=members)
        self.leaf_port, self.route_port, self.node_port, *ports = free_ports(9)
        self.members = {
            name: self._member(name, *ports[number * 2 : number * 2 + 2]) for number, name in enumerate(HUBS)
        }
        identity = folder / "branch-a-data/identity"
        identity.mkdir(parents=True)
        (identity / "link-ca.pem").write_text((self.identity / "link-ca.pem").read_text())
        (identity / "link.creds").write_text(issue(self.ring, folder, "branch-a").read_text())
        text = render("nats_leaf", "node.conf.j2", self._variables("branch-a", "127.0.0.1", self.node_port))
        self.node = self._server("branch-a", text)

    def _variables(self, name: str, address: str, client_port: int) -> dict[str, Any]:
        credentials = self.folder / "branch-a-data/identity"
        return defaults(
            inventory_hostname=name,
            ansible_host=address,
            groups={"coordinator": ["head-office"], "hubs": list(HUBS), "nodes": ["branch-a"]},
            hostvars={host: {"ansible_host": where} for host, where in HUBS.items()},
            appliance_leaf_port=self.leaf_port,
            appliance_route_port=self.route_port,
            nats_hub_identity=str(self.identity),
            nats_hub_jwt={
                word: (self.identity / f"{word}.jwt").read_text().strip()
                for word in ("operator", "system", "core", "nodes")
            },
            nats_hub_leaf_host=address,
            nats_hub_client_port=client_port,
            nats_hub_data=str(self.folder / f"{name}-data"),
            nats_leaf_port=client_port,
            nats_leaf_data=str(credentials.parent),
            nats_leaf_token={"content": base64.b64encode(b"t0k").decode()},
        )

    def _member(self, name: str, client_port: int, health_port: int) -> Member:
        said = {**self._variables(name, HUBS[name], client_port), "nats_hub_health_port": health_port}
        server = self._server(name, render("nats_hub", "hub.conf.j2", said))
        return Member(server, client_port, health_port, self.folder / f"{name}-data")

    def _server(self, name: str, text: str) -> Child:
        config = self.folder / f"{name}.conf"
        config.write_text(text)
        done = subprocess.run([str(NATS_SERVER), "-t", "-c", str(config)], capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        return Child(name, [str(NATS_SERVER), "-c", str(config)], self.folder / f"{name}.log")

    def start(self) -> None:
        for server in (*(member.server for member in self.members.values()), self.node):
            server.start()
        for port in (*(member.client_port for member in self.members.values()), self.node_port):
            until_open(port)

    def stop(self) -> None:
        for server in (self.node, *(member.server for member in self.members.values())):
            server.kill()


async def until(wanted: Any) -> None:
    """Wait until ``wanted()`` is true; it is asked in a thread."""
    async with asyncio.timeout(SECONDS):
        while not await asyncio.to_thread(wanted):
            await asyncio.sleep(0.2)


@pytest.fixture
def installation(tmp_path: Path) -> Iterator[Installation]:
    made = Installation(tmp_path)
    try:
        made.start()
        yield made
    finally:
        made.stop()


def healthy(*members: Member) -> bool:
    return all(member.asked("healthz")[0] == 200 for member in members)


async def test_three_servers_keep_streams_together_know_each_other_and_let_no_other_in(
    installation: Installation, tmp_path: Path
) -> None:
    members = list(installation.members.values())
    await until(lambda: healthy(*members))
    hub = Hub(
        f"nats://127.0.0.1:{members[0].client_port}",
        process="ingest",
        credentials_file=installation.identity / keyring.CORE_CREDENTIALS,
    )
    await hub.open()
    try:
        async with asyncio.timeout(SECONDS):
            await ensure_stream(hub.client.jetstream(timeout=20), replicas=3)
        cluster = (await hub.client.jetstream().stream_info(subjects.EVENTS_STREAM)).cluster
        assert cluster is not None and cluster.leader
        assert {cluster.leader, *(peer.name for peer in cluster.replicas or ())} == set(HUBS)
    finally:
        await hub.close()
    # Which the playbook looks for: a hub that worked alone has the one and not the other.
    for member in members:
        assert list((member.data / "jetstream/jetstream").glob("*/_js_/_meta_"))

    # The server of the node goes on with another of the three it was told of.
    bus = await connect(f"nats://127.0.0.1:{installation.node_port}", process="test", token="t0k")
    try:
        await until(lambda: [m for m in members if m.asked("leafz")[1]["leafnodes"]])
        held = next(member for member in members if member.asked("leafz")[1]["leafnodes"])
        held.server.kill()
        rest = [member for member in members if member is not held]
        await until(lambda: [m for m in rest if (m.asked("leafz")[1] or {}).get("leafnodes")])
        held.server.start()
        await until(lambda: healthy(*members))
    finally:
        await bus.close()

    # With a certificate that is the hub's for nodes, but of no server among servers, nobody joins.
    stranger = tmp_path / "stranger.conf"
    mine = (tmp_path / "hub-2.conf").read_text()
    for old, new in (
        (f"{installation.identity}/member-hub-2.pem", f"{installation.identity}/hub.pem"),
        ('"hub-2"', '"stranger"'),
        ("127.0.0.12", "127.0.0.14"),
        (f"127.0.0.1:{installation.members['hub-2'].client_port}", "127.0.0.14:4223"),
        (f"127.0.0.1:{installation.members['hub-2'].health_port}", "127.0.0.14:8223"),
        (str(tmp_path / "hub-2-data"), str(tmp_path / "stranger-data")),
    ):
        assert old in mine
        mine = mine.replace(old, new)
    stranger.write_text(mine)
    intruder = Child("stranger", [str(NATS_SERVER), "-c", str(stranger)], tmp_path / "stranger.log")
    intruder.start()
    try:
        await until(lambda: any("incompatible key usage" in m.server.log.read_text() for m in members))
        for member in members:
            names = {route["remote_name"] for route in member.asked("routez")[1]["routes"]}
            assert names == set(HUBS) - {member.server.name}
    finally:
        intruder.kill()

    # One alone says that it does not keep up.
    members[1].server.kill()
    members[2].server.kill()
    await until(lambda: members[0].asked("healthz")[0] not in (0, 200))
