"""Head office twice over one database: two api processes, two ingest processes, as an operator would start them."""

import asyncio
import json
import os
import uuid
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import psycopg
from coordinator.dispatch import kit as kits
from provisioning.network import LOOPBACK, free_ports
from provisioning.postgres import EmbeddedPostgres

from chaos._hub_servers import BIN, Child, Servers

DATABASE = "interviews"
READY_SECONDS = 60.0


@dataclass
class Coordinator:
    """One of the two."""

    name: str
    api: Child
    ingest: Child
    url: str

    @property
    def alive(self) -> bool:
        """Whether its processes run."""
        return self.api.alive and self.ingest.alive

    def start(self) -> None:
        """Start its processes."""
        self.ingest.start()
        self.api.start()

    def kill(self) -> None:
        """``kill -9`` both."""
        self.api.kill()
        self.ingest.kill()

    def took_over_at(self) -> str:
        """When its ingest last got to read the stream (ISO 8601); empty when never."""
        lines = [line for line in self.ingest.log.read_text().splitlines() if '"lock held"' in line]
        return str(json.loads(lines[-1])["timestamp"]) if lines else ""


class HeadOffice:
    """Postgres, the accounts, and the two coordinators."""

    def __init__(self, folder: Path, servers: Servers) -> None:
        self._folder = folder
        password = folder / "postgres.password"
        (port,) = free_ports(1)
        self.postgres = EmbeddedPostgres(folder / "postgres", port, password)
        self.database_url = ""
        self.account: dict[str, str] = {}
        self._environment = {
            "COORDINATOR_DATABASE_URL_FILE": str(folder / "database.url"),
            "COORDINATOR_NATS_URL": servers.core_url,
            "COORDINATOR_NATS_REPLICAS": "3",
            "COORDINATOR_NATS_CREDENTIALS_FILE": str(servers.core_credentials),
            "COORDINATOR_SIGNING_KEY_FILE": str(folder / "signing.key"),
            "COORDINATOR_RATE__REQUESTS_PER_MINUTE": "100000",
        }
        self.coordinators = [self._coordinator(name) for name in ("a", "b")]

    def _coordinator(self, name: str) -> Coordinator:
        (port,) = free_ports(1)
        environment = {**self._environment, "COORDINATOR_HTTP_PORT": str(port)}

        def child(process: str) -> Child:
            log = self._folder / f"{process}-{name}.log"
            return Child(f"{process}-{name}", [str(BIN / "coordinator"), process], log, environment)

        return Coordinator(name, child("api"), child("ingest"), f"http://{LOOPBACK}:{port}")

    async def start(self) -> None:
        """Make the database and its accounts, start both coordinators, wait until both are ready."""
        await asyncio.to_thread(self.postgres.start)
        with psycopg.connect(self.postgres.url(), autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {DATABASE}")
        self.database_url = self.postgres.url(DATABASE)
        (self._folder / "database.url").write_text(self.database_url)
        program = await asyncio.create_subprocess_exec(
            str(BIN / "coordinator"), "migrate", stdout=asyncio.subprocess.PIPE, env=_with_path(self._environment)
        )
        out, _ = await program.communicate()
        self.account = next(a for a in json.loads(out)["accounts"] if a["role"] == "recruiter")
        for coordinator in self.coordinators:
            coordinator.start()
            await until_ready(coordinator)

    def stop(self) -> None:
        """End everything."""
        for coordinator in self.coordinators:
            coordinator.kill()
        self.postgres.stop()

    def reading(self) -> Coordinator:
        """The coordinator whose ingest reads the stream."""
        return max((c for c in self.coordinators if c.alive), key=lambda c: c.took_over_at())

    def rows(self, query: str, *parameters: Any) -> list[tuple[Any, ...]]:
        """What the database says."""
        with psycopg.connect(self.database_url) as connection:
            return connection.execute(query.encode(), parameters).fetchall()

    def plan(self, node_id: str) -> str:
        """An interview's row with all it hangs on, as the API makes it where an embedder runs; its id."""
        interview_id = str(uuid.uuid4())
        with psycopg.connect(self.database_url) as connection:
            company, job, candidate = uuid.uuid4(), uuid.uuid4(), uuid.uuid4()
            connection.execute("INSERT INTO company (id, name) VALUES (%s, %s)", (company, f"Company {company}"))
            connection.execute(
                "INSERT INTO job (id, company_id, title, family, language, rubric_version)"
                " VALUES (%s, %s, 'Engineer', 'software', 'en', 'r1')",
                (job, company),
            )
            connection.execute("INSERT INTO candidate (id, name, language) VALUES (%s, 'Ada', 'en')", (candidate,))
            connection.execute("INSERT INTO node (node_id) VALUES (%s) ON CONFLICT DO NOTHING", (node_id,))
            kit = kit_of(interview_id)
            connection.execute(
                "INSERT INTO interview (id, job_id, candidate_id, node_id, language, kit_id, kit, rubric_version,"
                " join_code_expires_at) VALUES (%s, %s, %s, %s, 'en', %s, %s, 'r1', now())",
                (interview_id, job, candidate, node_id, kit.kit_id, json.dumps(kits.to_json(kit))),
            )
        return interview_id


def kit_of(interview_id: str) -> kits.Kit:
    """A kit that can be held, another each time."""
    anchors = (kits.Anchor(1, "low"), kits.Anchor(2, "high"))
    stage = kits.Stage("s1", "One", "c1", (kits.Question("q1", "Why?"),), 2, 60, (), closing=False)
    return kits.Kit(
        kit_id=uuid.uuid4().hex,
        interview_id=interview_id,
        language="en",
        company_name="Company",
        job_title="Engineer",
        candidate_name="Ada",
        competencies=(kits.Competency("c1", "Design", "Trade-offs", anchors),),
        stages=(stage,),
        rubric_version="r1",
        vocabulary=(),
        created_unix_ms=1,
    )


def _with_path(environment: dict[str, str]) -> dict[str, str]:
    return {**os.environ, **environment}


async def until_ready(coordinator: Coordinator) -> None:
    """Wait until its API says that nothing is wrong; raises TimeoutError."""
    async with asyncio.timeout(READY_SECONDS), httpx.AsyncClient(base_url=coordinator.url) as client:
        while True:
            try:
                if (await client.get("/healthz", timeout=2)).status_code == 200:
                    return
            except httpx.HTTPError:
                pass
            await asyncio.sleep(0.2)
