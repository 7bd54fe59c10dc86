"""Head office and one branch on one machine: every program as a child of one supervisor, everything in one folder.

Folder: ``secrets/`` (mode 700), ``postgres/``, ``hub/``, ``node/``, ``logs/``. Ports are free ones or given, all on
loopback.
"""

import asyncio
import json
import signal
import sys
from dataclasses import dataclass
from pathlib import Path

from provisioning import commands
from provisioning.data_folder import claim, public_ports
from provisioning.enrolment import ask_for_token, enrol, is_enrolled
from provisioning.nats_config import Link, write_hub, write_node
from provisioning.network import LOOPBACK, answers, free_ports
from provisioning.postgres import EmbeddedPostgres
from provisioning.program import BIN, ProgramError, ProgramSpec, run_to_end
from provisioning.scrape_targets import ScrapeTargets, room_processes
from provisioning.secret_files import secret, write_private
from provisioning.supervisor import Supervisor

DATABASE = "interviews"
ROOMS = 2
"""Interviews at the same time; more where more processes hold them."""


@dataclass(frozen=True)
class Account:
    """A first account, its password shown once."""

    role: str
    email: str
    password: str


@dataclass(frozen=True)
class Options:
    """What an operator may choose."""

    data: Path
    models: Path
    room_page: Path
    dashboard: Path
    dashboard_port: int = 0
    room_port: int = 0
    node_id: str = "node-1"
    profile: str = "starter"
    room_processes: int = 1
    recording: bool = False


class AllInOne:
    """The programs of one installation and how they find each other."""

    def __init__(self, options: Options, supervisor: Supervisor) -> None:
        self.options = options
        self.supervisor = supervisor
        self.accounts: tuple[Account, ...] = ()
        self._embedding_model = Path()
        data = options.data
        for name in ("secrets", "hub", "node", "logs"):
            (data / name).mkdir(parents=True, exist_ok=True)
        (data / "secrets").chmod(0o700)
        self._lock = claim(data)
        self.postgres_port, self.hub_port, self.leaf_port, self.node_port = free_ports(4)
        self._scraped = ScrapeTargets(options.room_processes)
        self.dashboard_port, self.room_port = public_ports(data, options.dashboard_port, options.room_port)

    @property
    def dashboard_url(self) -> str:
        """Where recruiters sign in."""
        return f"http://{LOOPBACK}:{self.dashboard_port}"

    @property
    def room_url(self) -> str:
        """Where the candidate joins."""
        return f"http://{LOOPBACK}:{self.room_port}"

    async def start(self) -> None:
        """Start everything in order; raises ProgramError naming the log of what did not come up."""
        await self.prepare()
        await self.supervisor.start(self.postgres_program(), self.nats_program("hub"))
        await self.make_database()
        await self._find_embedding_model()
        commands.write(self.options.data, node=self._node_settings(), office=self.coordinator_environment())
        await self.migrate()
        coordinator = [self.coordinator_program(name) for name in ("embedder", "ingest")]
        api = self.coordinator_program("api", port=self.dashboard_port)
        await self.supervisor.start(*coordinator, api)
        await self.enrol()
        await self.supervisor.start(self.nats_program("node"))
        node = self.node_program
        await self.supervisor.start(node("uplink"), node("speech"), node("language"), node("vision", nice=5))
        rooms = [node(name) for name in room_processes(self.options.room_processes)]
        await self.supervisor.start(*rooms, node("kiosk"), node("review", nice=10))

    async def prepare(self) -> None:
        """Write every secret and configuration file and make the database's folder; starts nothing."""
        data, node_id = self.options.data, self.options.node_id
        secrets = data / "secrets"
        spec = self.coordinator_program("identity")
        await run_to_end(spec, data / "logs" / f"{spec.name}.log")
        write_hub(
            secrets / "hub.conf",
            client_port=self.hub_port,
            leaf_port=self.leaf_port,
            store=data / "hub",
            identity=secrets / "identity",
        )
        write_node(
            secrets / "node.conf",
            node_id=node_id,
            client_port=self.node_port,
            store=data / "node" / "jetstream",
            token=secret(secrets / "node.token"),
            link=self.link(data / "node"),
        )
        secret(secrets / "postgres.password")
        self._scraped.write(data, node_id)
        self.postgres = EmbeddedPostgres(data / "postgres", self.postgres_port, secrets / "postgres.password")
        await asyncio.to_thread(self.postgres.prepare)

    def link(self, node_data: Path) -> Link:
        """How a node of this installation, with its data in this folder, reaches the hub."""
        identity = node_data / "identity"
        return Link([f"{LOOPBACK}:{self.leaf_port}"], identity / "link-ca.pem", identity / "link.creds")

    async def enrol(self) -> None:
        """Make the node known at its first start, as any node is, before its server starts; the API must run.

        Later starts find its credentials. Where these have ended, the rooms work without the link and the operator is
        told how to go on; only an administrator lets the node in again.
        """
        node_id, environment = self.options.node_id, self.node_environment()
        if is_enrolled(self.link(self.options.data / "node").credentials_file):
            return
        admin = next((account for account in self.accounts if account.role == "admin"), None)
        if admin is None:
            if not self.link(self.options.data / "node").authority_file.exists():
                raise ProgramError(
                    f"the first start of {self.options.data} ended before its node was known; give a new folder"
                )
            sys.stderr.write(
                f"  {node_id} has no good credentials: its rooms work, its link does not. Ask for a token on the"
                f" dashboard (Nodes), then: ./justw node --data {self.options.data} enrol"
                f" --coordinator {self.dashboard_url} --name {node_id} --token-file FILE\n"
            )
            return
        token = await ask_for_token(
            self.dashboard_url, email=admin.email, password=admin.password, node_id=node_id, page_names=[LOOPBACK]
        )
        log = self.options.data / "logs" / "node-enrol.log"
        await enrol(BIN / "edge-node", environment, log, dashboard_url=self.dashboard_url, node_id=node_id, token=token)

    def nats_program(self, name: str) -> ProgramSpec:
        """The server ``hub`` or ``node``."""
        config = self.options.data / "secrets" / f"{name}.conf"
        port = self.hub_port if name == "hub" else self.node_port

        async def probe() -> bool:
            return await answers(port)

        return ProgramSpec(f"nats-{name}", (str(BIN / "nats-server"), "-c", str(config)), probe=probe)

    def postgres_program(self) -> ProgramSpec:
        """The database's server."""
        server = self.postgres
        # SIGINT: cut connections, keep what is committed.
        return ProgramSpec(
            "postgres", server.command(), user=server.user, probe=server.answers, stop_signal=signal.SIGINT
        )

    async def make_database(self) -> None:
        """Create the coordinator's database, once its server runs, and write its URL for the programs."""
        await self.postgres.make_database(DATABASE)
        write_private(self.options.data / "secrets" / "database.url", self.postgres.url(DATABASE))

    async def _find_embedding_model(self) -> None:
        """Ask the node's registry which file embeds; the coordinator knows nothing of profiles."""
        argv = (str(BIN / "edge-node"), "models", "list", "--role", "embedding", "--json")
        spec = ProgramSpec("node-models", argv, self.node_environment())
        listed = json.loads(await run_to_end(spec, self.options.data / "logs" / "node-models.log"))
        self._embedding_model = self.options.models / listed[0]["file"]

    async def migrate(self) -> None:
        """Create the schema and the first accounts; their passwords are in this process's memory only."""
        spec = self.coordinator_program("migrate")
        made = await run_to_end(spec, self.options.data / "logs" / f"{spec.name}.log")
        accounts = json.loads(made or "{}").get("accounts", [])
        self.accounts = tuple(Account(a["role"], a["email"], a["password"]) for a in accounts)

    def coordinator_environment(self, port: int = 0) -> dict[str, str]:
        """Settings of the coordinator's programs."""
        secrets = self.options.data / "secrets"
        return {
            "COORDINATOR_DATABASE_URL_FILE": str(secrets / "database.url"),
            "COORDINATOR_NATS_URL": f"nats://{LOOPBACK}:{self.hub_port}",
            "COORDINATOR_NATS_CREDENTIALS_FILE": str(secrets / "identity" / "core.creds"),
            "COORDINATOR_IDENTITY__KEYS_DIR": str(secrets / "identity"),
            "COORDINATOR_SIGNING_KEY_FILE": str(secrets / "login.key"),
            "COORDINATOR_RECORDING_KEY_FILE": str(secrets / "recording.key"),
            "COORDINATOR_HTTP_PORT": str(port),
            "COORDINATOR_DASHBOARD_DIR": str(self.options.dashboard),
            "COORDINATOR_EMBEDDING__MODEL_FILE": str(self._embedding_model),
        }

    def node_environment(self) -> dict[str, str]:
        """Settings of the node's programs."""
        secrets = self.options.data / "secrets"
        return {
            "EDGE_NODE_NODE_ID": self.options.node_id,
            "EDGE_NODE_DATA_DIR": str(self.options.data / "node"),
            "EDGE_NODE_MODELS_DIR": str(self.options.models),
            "EDGE_NODE_MODEL_PROFILE": self.options.profile,
            "EDGE_NODE_NATS_URL": f"nats://{LOOPBACK}:{self.node_port}",
            "EDGE_NODE_NATS_TOKEN_FILE": str(secrets / "node.token"),
            "EDGE_NODE_HTTP_PORT": str(self.room_port),
            "EDGE_NODE_PUBLIC_URL": self.room_url,
            "EDGE_NODE_ROOM_PAGE_DIR": str(self.options.room_page),
            "EDGE_NODE_MEDIA__ADDRESSES": json.dumps([LOOPBACK]),
            "EDGE_NODE_ROOM_PROCESSES": str(self.options.room_processes),
            "EDGE_NODE_RECORDING__ALLOWED": str(self.options.recording).lower(),
            "EDGE_NODE_ROOMS_MAX": str(max(ROOMS, self.options.room_processes)),
        }

    def coordinator_program(self, name: str, port: int = 0) -> ProgramSpec:
        """One program of the coordinator; with a ``port``, it is ready when it listens there."""

        async def listening() -> bool:
            return await answers(port)

        argv = (str(BIN / "coordinator"), name)
        probe = listening if port else None
        environment = {
            **self.coordinator_environment(port),
            "COORDINATOR_METRICS_PORT": str(self._scraped.coordinator_port(name)),
        }
        return ProgramSpec(f"coordinator-{name}", argv, environment, probe=probe)

    def node_program(self, name: str, nice: int = 0) -> ProgramSpec:
        """One program of the node."""
        return ProgramSpec(f"node-{name}", (str(BIN / "edge-node"), name), self._node_settings(), nice=nice)

    def _node_settings(self) -> dict[str, str]:
        return {**self.node_environment(), "EDGE_NODE_METRICS_FIRST_PORT": str(self._scraped.node_first_port)}
