"""A hub of three servers and the nats-servers of several nodes, each linked to any of the three."""

import contextlib
import os
import secrets
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

from coordinator.keys import keyring
from fakes.issued_credentials import issue
from provisioning.nats_config import ClusterPlace, Link, write_hub, write_node
from provisioning.network import LOOPBACK, free_ports

BIN = Path(sys.executable).parent
START_SECONDS = 20.0


class Child:
    """A program that is killed as a crash would and started again; its log grows over all its lives."""

    def __init__(self, name: str, argv: list[str], log: Path, environment: dict[str, str] | None = None) -> None:
        self.name = name
        self.log = log
        self._argv = argv
        self._environment = {**os.environ, **(environment or {})}
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def alive(self) -> bool:
        """Whether it runs."""
        return self._process is not None and self._process.poll() is None

    def start(self) -> None:
        """Start it; it may need a while until it answers."""
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(self._argv, env=self._environment, stdout=log, stderr=log)

    def kill(self) -> None:
        """``kill -9``."""
        if self._process and self._process.poll() is None:
            self._process.send_signal(signal.SIGKILL)
        if self._process:
            self._process.wait(10)


class NatsServer(Child):
    """One nats-server with its configuration beside its store."""

    def __init__(self, folder: Path, name: str, port: int) -> None:
        self.port = port
        self.config = folder / f"{name}.conf"
        self.store = folder / f"{name}-store"
        super().__init__(name, [str(BIN / "nats-server"), "-c", str(self.config)], folder / f"{name}.log")


class Servers:
    """Three hub servers and one server a node. ``core_url`` names all three, as the coordinator's setting does."""

    def __init__(self, folder: Path, node_ids: list[str]) -> None:
        identity = folder / "identity"
        members = {f"hub-{number}": ("localhost", LOOPBACK) for number in range(3)}
        ring = keyring.prepare(identity, ("localhost", LOOPBACK), members=members)
        self.core_credentials = identity / keyring.CORE_CREDENTIALS
        self.node_token = secrets.token_urlsafe(24)
        ports = free_ports(12)
        client, leaf, route, health = ports[:3], ports[3:6], ports[6:9], ports[9:]
        node_ports = free_ports(len(node_ids))
        self.hubs = [NatsServer(folder, f"hub-{number}", client[number]) for number in range(3)]
        self.nodes = {
            node_id: NatsServer(folder, f"node-{node_id}", port)
            for node_id, port in zip(node_ids, node_ports, strict=True)
        }
        for number, hub in enumerate(self.hubs):
            write_hub(
                hub.config,
                client_port=hub.port,
                leaf_port=leaf[number],
                store=hub.store,
                identity=identity,
                cluster=ClusterPlace(
                    hub.name,
                    f"{LOOPBACK}:{route[number]}",
                    [f"{LOOPBACK}:{port}" for other, port in enumerate(route) if other != number],
                    identity / keyring.member_certificate(hub.name),
                    identity / "link-ca.pem",
                    health[number],
                ),
            )
        for node_id, node in self.nodes.items():
            write_node(
                node.config,
                node_id=node_id,
                client_port=node.port,
                store=node.store,
                token=self.node_token,
                link=Link(
                    [f"{LOOPBACK}:{port}" for port in leaf],
                    identity / "link-ca.pem",
                    issue(ring, folder, node_id),
                ),
            )

    @property
    def core_url(self) -> str:
        """Addresses of all hub servers, with commas between."""
        return ",".join(f"nats://{LOOPBACK}:{hub.port}" for hub in self.hubs)

    def hub(self, name: str) -> NatsServer:
        """The hub server of that name."""
        return next(hub for hub in self.hubs if hub.name == name)

    def start(self) -> None:
        """Start all; returns when each takes connections."""
        for server in [*self.hubs, *self.nodes.values()]:
            server.start()
        for server in [*self.hubs, *self.nodes.values()]:
            until_open(server.port)

    def stop(self) -> None:
        """Kill all."""
        for server in [*self.nodes.values(), *self.hubs]:
            server.kill()


def until_open(port: int) -> None:
    """Wait until somebody takes connections on a loopback port; raises TimeoutError."""
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        with contextlib.suppress(OSError):
            socket.create_connection((LOOPBACK, port), timeout=1).close()
            return
        time.sleep(0.05)
    raise TimeoutError(f"nobody listens on port {port} after {START_SECONDS:.0f} s")
