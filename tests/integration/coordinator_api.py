"""The coordinator's application on a real database, hub and embedding model, spoken to over HTTP in one process."""

import asyncio
import contextlib
import json
import os
import subprocess
import sys
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import psycopg
from coordinator.app.api import Api
from coordinator.bus.hub import Hub
from coordinator.corpora.embedding_engine import EmbeddingEngine
from coordinator.db.unit_of_work import Database
from coordinator.passages.embedder import EmbeddingDesk
from coordinator.settings import Settings
from edge_node.models.registry import Registry
from fastapi import FastAPI

KEY = "a key of forty characters or more, for tests"


def coordinator(*command: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run one of the coordinator's commands as an operator would."""
    program = Path(sys.executable).parent / "coordinator"
    return subprocess.run(
        [str(program), *command],
        check=False,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        timeout=120,
    )


def migrated_accounts(database_url: str, folder: Path) -> dict[str, dict[str, str]]:
    """Accounts by role, as ``coordinator migrate`` prints them on a first start."""
    file = folder / "database-url"
    file.write_text(database_url)
    done = coordinator("migrate", COORDINATOR_DATABASE_URL_FILE=str(file))
    assert done.returncode == 0, done.stderr
    return {account["role"]: account for account in json.loads(done.stdout)["accounts"]}


def with_candidate(database_url: str, accounts: dict[str, dict[str, str]]) -> dict[str, dict[str, str]]:
    """The accounts and one of the role that may do nothing, as installations of before have it."""
    known = accounts["recruiter"]
    made = {**known, "role": "candidate", "email": "candidate@interview.internal"}
    with psycopg.connect(database_url) as connection:
        connection.execute(
            "INSERT INTO account (email, name, role, password_hash)"
            " SELECT %s, 'Candidate', 'candidate', password_hash FROM account WHERE email = %s",
            (made["email"], known["email"]),
        )
    return {**accounts, "candidate": made}


@dataclass
class RunningApi:
    """The application, open, and a client of it."""

    app: FastAPI
    api: Api
    client: httpx.AsyncClient

    async def sign_in(self, account: dict[str, str]) -> dict[str, str]:
        """The header of a signed-in account."""
        body = {"email": account["email"], "password": account["password"]}
        reply = await self.client.post("/api/auth/login", json=body)
        assert reply.status_code == 200, reply.text
        return {"Authorization": f"Bearer {reply.json()['access_token']}"}


@contextlib.asynccontextmanager
async def running_api(
    database_url: str, hub_nats: str, *, credentials_file: Path | None = None, **settings: Any
) -> AsyncIterator[RunningApi]:
    """The application without an embedder."""
    made = Settings(**settings)
    database = Database(database_url, connections_max=4)
    api = Api(made, database=database, hub=Hub(hub_nats, process="api", credentials_file=credentials_file), key=KEY)
    app = api.application()
    transport = httpx.ASGITransport(app=app, raise_app_exceptions=False)
    async with (
        app.router.lifespan_context(app),
        httpx.AsyncClient(transport=transport, base_url="http://coordinator") as client,
    ):
        yield RunningApi(app, api, client)


@contextlib.asynccontextmanager
async def running_embedder(
    hub_nats: str, models_dir: Path, *, credentials_file: Path | None = None
) -> AsyncIterator[None]:
    """The embedder's desk with the real starter model."""
    engine = await asyncio.to_thread(EmbeddingEngine, Registry(models_dir, "starter").path("embedding").path)
    desk = EmbeddingDesk(engine)
    hub = Hub(hub_nats, process="embedder", credentials_file=credentials_file)
    await hub.open()
    try:
        await desk.serve(hub, queue_max=8)
        yield
    finally:
        await hub.close()
        desk.close()
        engine.close()


def job(**changes: Any) -> dict[str, Any]:
    """A job anyone could be interviewed for."""
    scale = [{"level": level, "text": f"Shows it at level {level}."} for level in (1, 2, 3)]
    body: dict[str, Any] = {
        "company_name": "Harbour Freight Lines",
        "title": "Backend engineer",
        "family": "software",
        "language": "en",
        "ideal": "Calm under pressure, finishes what was begun, writes things down for others.",
        "description": "Builds and runs the services that plan our ships' berths.",
        "competencies": [
            {
                "id": "design",
                "name": "Software design",
                "definition": "Chooses and defends trade-offs.",
                "anchors": scale,
            }
        ],
        "stages": [
            {"id": "opening", "title": "Opening", "questions": ["What have you worked on lately?"]},
            {
                "id": "design",
                "title": "Design",
                "competency_id": "design",
                "questions": ["Describe a system you designed.", "What would you change in it?"],
                "follow_up_depth": 2,
                "time_budget_seconds": 420,
            },
            {"id": "closing", "title": "Closing", "questions": ["Anything to add?"], "closing": True},
        ],
        "corpus_questions": [
            {"stage_id": "design", "competency_id": "design", "text": "How did it fail in production?"}
        ],
    }
    return {**body, **changes}
