"""An installation's record path: servers, database, ingest and uplink as the product starts them; no rooms."""

import contextlib
import json
import os
import shutil
import sys
import tempfile
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any
from unittest import mock

from provisioning.all_in_one import DATABASE, AllInOne, Options
from provisioning.supervisor import Supervisor

NODE_ID = "node-1"


def say(text: str) -> None:
    """A line of progress."""
    sys.stderr.write(f"  {text}\n")


@contextlib.contextmanager
def data_folder() -> Iterator[Path]:
    """A folder the database's user can reach; gone afterwards."""
    made = Path(tempfile.mkdtemp(prefix="chaos-"))
    made.chmod(0o711)
    try:
        yield made
    finally:
        shutil.rmtree(made, ignore_errors=True)


class RecordPath(AllInOne):
    """Head office and a branch, started one after the other. ``hub_address``: where the branch finds the hub."""

    def __init__(self, data: Path, office: Supervisor, *, hub_address: str = "") -> None:
        nowhere = data / "none"
        super().__init__(Options(data=data, models=nowhere, room_page=nowhere, dashboard=nowhere), office)
        self._hub_address = hub_address

    @property
    def database_url(self) -> str:
        """The coordinator's database."""
        return self.postgres.url(DATABASE)

    @property
    def node_url(self) -> str:
        """The node's own server."""
        return f"nats://127.0.0.1:{self.node_port}"

    @property
    def node_token(self) -> str:
        """The node's own server's token."""
        return (self.options.data / "secrets" / "node.token").read_text().strip()

    def coordinator_environment(self, port: int = 0) -> dict[str, str]:
        """As the product's, and the hub's certificate is good for the address."""
        environment = super().coordinator_environment(port)
        if self._hub_address:
            names = ["localhost", "127.0.0.1", self._hub_address]
            environment["COORDINATOR_IDENTITY__HUB_NAMES"] = json.dumps(names)
        return environment

    async def start_office(self) -> None:
        """Everything of head office that takes the record in; afterwards the branch has its credentials."""
        await self.prepare()
        if self._hub_address:
            self._readdress("hub.conf", "0.0.0.0")
            self._readdress("node.conf", self._hub_address)
        await self.supervisor.start(self.postgres_program(), self.nats_program("hub"))
        await self.make_database()
        await self.migrate()
        await self.supervisor.start(
            self.coordinator_program("ingest"), self.coordinator_program("api", port=self.dashboard_port)
        )
        await self.enrol()

    async def start_branch(self, supervisor: Supervisor) -> None:
        """The node's server and its link."""
        await supervisor.start(self.nats_program("node"))
        await supervisor.start(self.node_program("uplink"))

    async def hub_connection(self, process: str) -> Any:
        """A connection to the hub as one of the coordinator's processes has it."""
        from coordinator.app.process import hub_of
        from coordinator.settings import load

        with mock.patch.dict(os.environ, self.coordinator_environment()):
            hub = hub_of(load(), process)
        await hub.open()
        return hub

    def _readdress(self, name: str, address: str) -> None:
        """The product's file, with the leaf listener at another address than this machine's own."""
        path = self.options.data / "secrets" / name
        before, after = f"127.0.0.1:{self.leaf_port}", f"{address}:{self.leaf_port}"
        text = path.read_text()
        if before not in text:
            raise RuntimeError(f"{path} does not name the leaf listener")
        path.write_text(text.replace(before, after))


@contextlib.asynccontextmanager
async def head_office(data: Path, *, hub_address: str = "") -> AsyncIterator[RecordPath]:
    """A record path whose head office runs under ``supervisor`` of its own, until the end of the block."""
    async with Supervisor(data / "logs") as supervisor:
        system = RecordPath(data, supervisor, hub_address=hub_address)
        await system.start_office()
        yield system
