"""Head office and branches as the product's own programs, without what needs a model: what identity attacks are run on.

Everything is started, configured and enrolled by the code that does it for an operator; nothing is a replica.
"""

import asyncio
import contextlib
import os
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import psycopg
from coordinator.bus.hub import Hub
from coordinator.keys import keyring
from coordinator.keys.nkey import Credentials
from coordinator.private_files import write_private
from provisioning.all_in_one import Account, AllInOne, Options
from provisioning.enrolment import enrol
from provisioning.nats_config import write_node
from provisioning.network import LOOPBACK, answers, free_ports
from provisioning.program import BIN, ProgramSpec
from provisioning.supervisor import Supervisor

NOWHERE = Path("/nonexistent")
READY_SECONDS = 30.0


async def until(what: Callable[[], Awaitable[Any]], *, seconds: float = READY_SECONDS, every: float = 0.05) -> Any:
    """Wait until ``what`` answers something true, and return it; raises TimeoutError."""
    async with asyncio.timeout(seconds):
        while not (found := await what()):
            await asyncio.sleep(every)
        return found


@dataclass(frozen=True)
class Branch:
    """One node: its name, its data, its server's port and the token of that server."""

    node_id: str
    data: Path
    port: int
    token: str

    @property
    def credentials(self) -> Credentials:
        """What a thief of the appliance finds."""
        return Credentials.from_text((self.data / "identity" / "link.creds").read_text())


class Site:
    """The installation; ``head`` is the product's own supervisor of it."""

    def __init__(self, data: Path, supervisor: Supervisor, extra: dict[str, str]) -> None:
        options = Options(data=data, models=NOWHERE, room_page=NOWHERE, dashboard=NOWHERE)
        self.head = AllInOne(options, supervisor)
        self.supervisor = supervisor
        self._extra = extra
        self.ring: keyring.Keyring
        self.core: Hub
        self.system: Hub
        self.logins: dict[str, dict[str, str]] = {}

    @classmethod
    @contextlib.asynccontextmanager
    async def open(cls, **settings: str) -> AsyncIterator["Site"]:
        """A site that runs; ``settings`` are the coordinator's, as in its environment. Gone afterwards."""
        data = Path(tempfile.mkdtemp(prefix="identity-site-"))
        data.chmod(0o711)  # the database's user must reach its own folder
        try:
            async with Supervisor(data / "logs") as supervisor:
                site = cls(data, supervisor, settings)
                await site._start()
                try:
                    yield site
                finally:
                    await site.core.close()
                    await site.system.close()
        finally:
            shutil.rmtree(data, ignore_errors=True)

    async def _start(self) -> None:
        head = self.head
        await head.prepare()
        await self.supervisor.start(head.postgres_program(), head.nats_program("hub"))
        await head.make_database()
        await head.migrate()
        api = head.coordinator_program("api", port=head.dashboard_port)
        api = ProgramSpec(api.name, api.argv, {**api.environment, **self._extra}, probe=api.probe)
        await self.supervisor.start(head.coordinator_program("ingest"), api)
        await head.enrol()
        await self.supervisor.start(head.nats_program("node"), head.node_program("uplink"))
        keys = head.options.data / "secrets" / "identity"
        self.ring = keyring.load(keys)
        url = f"nats://{LOOPBACK}:{head.hub_port}"
        self.core = Hub(url, process="test", credentials_file=keys / keyring.CORE_CREDENTIALS)
        self.system = Hub(url, process="test", credentials_file=keys / keyring.SYSTEM_CREDENTIALS)
        await self.core.open()
        await self.system.open()
        for account in (*head.accounts, self._candidate()):
            async with self.http() as http:
                body = {"email": account.email, "password": account.password}
                reply = (await http.post("/api/auth/login", json=body)).raise_for_status().json()
            self.logins[account.role] = {"Authorization": f"Bearer {reply['access_token']}"}

    def _candidate(self) -> Account:
        """An account of the role that may do nothing, as installations of before have it."""
        email, known = "candidate@interview.internal", next(one for one in self.head.accounts if one.role != "admin")
        self.rows(
            "INSERT INTO account (email, name, role, password_hash)"
            " SELECT %s, 'Candidate', 'candidate', password_hash FROM account WHERE email = %s",
            email,
            known.email,
        )
        return Account("candidate", email, known.password)

    @property
    def first(self) -> Branch:
        """The node of the all-in-one installation itself."""
        head = self.head
        token = (head.options.data / "secrets" / "node.token").read_text()
        return Branch(head.options.node_id, head.options.data / "node", head.node_port, token)

    @contextlib.asynccontextmanager
    async def http(self, role: str = "") -> AsyncIterator[httpx.AsyncClient]:
        """The API, signed in as the first account of ``role``."""
        headers = self.logins[role] if role else {}
        async with httpx.AsyncClient(base_url=self.head.dashboard_url, headers=headers, timeout=30) as http:
            yield http

    async def token(self, node_id: str, role: str = "admin") -> httpx.Response:
        """Ask for a one-time token as ``role`` (none: without a login)."""
        async with self.http(role) as http:
            return await http.post("/api/nodes/enrolment-tokens", json={"node_id": node_id})

    async def revoke(self, node_id: str, role: str = "admin") -> httpx.Response:
        """Ask to shut a node out."""
        async with self.http(role) as http:
            return await http.post(f"/api/nodes/{node_id}/revocation")

    async def nodes(self) -> dict[str, dict[str, Any]]:
        """What the dashboard shows, by node."""
        async with self.http("admin") as http:
            return {node["node_id"]: node for node in (await http.get("/api/nodes")).raise_for_status().json()}

    async def online(self, node_id: str) -> bool:
        """Whether the dashboard shows a node as online."""
        return bool((await self.nodes()).get(node_id, {}).get("online"))

    def node_environment(self, node_id: str) -> dict[str, str]:
        """Settings of another node's programs."""
        data = self.head.options.data / node_id
        data.mkdir(exist_ok=True)
        here = {"EDGE_NODE_NODE_ID": node_id, "EDGE_NODE_DATA_DIR": str(data)}
        return {**self.head.node_environment(), **here}

    async def enrol(self, node_id: str) -> Branch:
        """Let another node in, by its own command; nothing of it runs yet."""
        environment = self.node_environment(node_id)
        await self._enrol(node_id, environment)
        return Branch(node_id, Path(environment["EDGE_NODE_DATA_DIR"]), free_ports(1)[0], f"token-of-{node_id}")

    async def enrol_again(self, branch: Branch) -> None:
        """Let a node in anew, by its own command, while its programs run."""
        environment = {**self.node_environment(branch.node_id), "EDGE_NODE_DATA_DIR": str(branch.data)}
        await self._enrol(branch.node_id, environment)

    async def _enrol(self, node_id: str, environment: dict[str, str]) -> None:
        token = (await self.token(node_id)).raise_for_status().json()["token"]
        log, url = self.head.options.data / "logs" / f"{node_id}-enrol.log", self.head.dashboard_url
        await enrol(BIN / "edge-node", environment, log, dashboard_url=url, node_id=node_id, token=token)

    async def start_branch(self, branch: Branch) -> None:
        """Start another node's server and uplink, and wait until the dashboard shows it."""
        config, token_file = branch.data / "node.conf", branch.data / "node.token"
        write_private(token_file, branch.token)
        store, link = branch.data / "jetstream", self.head.link(branch.data)
        write_node(config, node_id=branch.node_id, client_port=branch.port, store=store, token=branch.token, link=link)

        async def probe() -> bool:
            return await answers(branch.port)

        environment = {
            **self.node_environment(branch.node_id),
            "EDGE_NODE_NATS_URL": f"nats://{LOOPBACK}:{branch.port}",
            "EDGE_NODE_NATS_TOKEN_FILE": str(token_file),
        }
        name, server = branch.node_id, (str(BIN / "nats-server"), "-c", str(config))
        await self.supervisor.start(ProgramSpec(f"nats-{name}", server, probe=probe))
        await self.supervisor.start(ProgramSpec(f"uplink-{name}", (str(BIN / "edge-node"), "uplink"), environment))
        await until(lambda: self.online(branch.node_id))

    async def restart(self, name: str) -> None:
        """Kill one program as a power cut would; its supervisor starts it again."""
        program = self.supervisor.programs[name]
        before, pid = program.restarts, program.pid
        assert pid
        os.kill(pid, signal.SIGKILL)

        async def back() -> bool:
            return program.restarts > before and program.ready.is_set()

        await until(back)

    @property
    def database_url(self) -> str:
        """The coordinator's database."""
        return (self.head.options.data / "secrets" / "database.url").read_text()

    def rows(self, query: str, *parameters: Any) -> list[tuple[Any, ...]]:
        """Ask the database, past every door."""
        with psycopg.connect(self.database_url) as connection:
            cursor = connection.execute(query.encode(), parameters)
            return cursor.fetchall() if cursor.description else []


def say(text: str) -> None:
    """A progress line."""
    sys.stderr.write(f"  {time.strftime('%H:%M:%S')} {text}\n")
