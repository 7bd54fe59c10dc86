"""A hub's and a node's nats-server, joined by a leafnode link over TLS, each knowing who the other is."""

import os
import signal
import socket
import subprocess
import time
from pathlib import Path

from coordinator.keys import keyring
from fakes.issued_credentials import issue
from provisioning.nats_config import Link, write_hub, write_node
from real_servers import NATS_SERVER, free_port


class NatsServer:
    """One nats-server that can be killed as a power cut would and started again on its files."""

    def __init__(self, folder: Path, name: str) -> None:
        self.port = free_port()
        self.folder = folder
        self.config = folder / f"{name}.conf"
        self.log = folder / f"{name}.log"
        self.store = folder / f"{name}-store"
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"nats://127.0.0.1:{self.port}"

    def start(self) -> None:
        with self.log.open("ab") as log:
            self._process = subprocess.Popen([str(NATS_SERVER), "-c", str(self.config)], stderr=log)
        deadline = time.monotonic() + 10
        while time.monotonic() < deadline:
            try:
                socket.create_connection(("127.0.0.1", self.port), timeout=1).close()
            except OSError:
                time.sleep(0.02)
            else:
                return
        raise RuntimeError(self.log.read_text()[-2000:])

    def kill(self) -> None:
        if self._process and self._process.poll() is None:
            os.kill(self._process.pid, signal.SIGKILL)
            self._process.wait(5)


class LinkedServers:
    """The pair. ``core_credentials`` is the coordinator's login at the hub, ``TOKEN`` the node's own."""

    TOKEN = "node-token"

    def __init__(self, folder: Path, node_id: str = "n1") -> None:
        self.node_id = node_id
        self.hub, self.node = NatsServer(folder, "hub"), NatsServer(folder, "node")
        self.leaf_port = free_port()
        self.identity = folder / "identity"
        self.ring = keyring.prepare(self.identity, ("localhost", "127.0.0.1"))
        self.core_credentials = self.identity / keyring.CORE_CREDENTIALS
        write_hub(
            self.hub.config,
            client_port=self.hub.port,
            leaf_port=self.leaf_port,
            store=self.hub.store,
            identity=self.identity,
        )
        credentials = issue(self.ring, folder, node_id)
        write_node(
            self.node.config,
            node_id=node_id,
            client_port=self.node.port,
            store=self.node.store,
            token=self.TOKEN,
            link=Link([f"127.0.0.1:{self.leaf_port}"], self.identity / "link-ca.pem", credentials),
        )

    def start(self) -> None:
        self.hub.start()
        self.node.start()

    def stop(self) -> None:
        self.node.kill()
        self.hub.kill()
