"""A whole installation in this process's hands, and interviews held in it by the scripted candidate."""

import asyncio
import contextlib
import json
import os
import re
import shutil
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from importlib import resources
from pathlib import Path
from typing import Any

import httpx
import psycopg
from edge_node.media.sockets import PortPool
from edge_node.rehearsal.candidate import rehearse
from edge_node.rehearsal.persona import Persona
from edge_node.rehearsal.report import Report
from edge_node.rehearsal.sound import Samples
from provisioning.all_in_one import AllInOne, Options
from provisioning.demo.play import Cast
from provisioning.demo.resume_pdf import typeset
from provisioning.network import LOOPBACK
from provisioning.program import BIN, child_environment
from provisioning.supervisor import Supervisor

ROOT = Path(__file__).parents[2]
CANDIDATE = Path(__file__).with_name("candidate.toml")
NODE_READY_SECONDS = 90.0
REVIEWED_SECONDS = 240.0
INTERVIEW_SECONDS = 420.0

Step = Mapping[str, Any]


def say(text: str) -> None:
    """A progress line."""
    sys.stderr.write(f"  {text}\n")
    sys.stderr.flush()


@contextlib.asynccontextmanager
async def installation(given: Path | None = None) -> AsyncIterator[AllInOne]:
    """Head office and one branch, started; everything goes with the block, but a folder that was given."""
    data = given or Path(tempfile.mkdtemp(prefix="chaos-"))
    data.chmod(0o711)  # the database runs as an unprivileged user
    cache = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache"))
    options = Options(
        data=data,
        models=Path(os.environ.get("EDGE_NODE_MODELS_DIR", cache / "interview-appliance" / "models")),
        room_page=ROOT / "dashboards/room/dist",
        dashboard=ROOT / "dashboards/recruiter/dist",
    )
    try:
        async with Supervisor(data / "logs") as supervisor:
            system = AllInOne(options, supervisor)
            await system.start()
            yield system
    finally:
        if given is None:
            shutil.rmtree(data, ignore_errors=True)


def _sample(name: str) -> Any:
    return json.loads(resources.files("provisioning.demo").joinpath(name).read_text(encoding="utf-8"))


def short_job() -> Any:
    """Introduction, one rated question with one follow-up, closing: four answers."""
    job = _sample("sample_job.json")
    stages = {stage["id"]: stage for stage in job["stages"]}
    kept = [stages["introduction"], {**stages["skill"], "time_budget_seconds": 600}, stages["closing"]]
    competencies = [c for c in job["competencies"] if c["id"] == "technical_skill"]
    return {**job, "title": "Backend Engineer, rehearsed", "stages": kept, "competencies": competencies}


class Recruiter:
    """Signed in; makes interviews of one job and one candidate."""

    def __init__(self, system: AllInOne, http: httpx.AsyncClient) -> None:
        self._system = system
        self._http = http
        self._wanted: dict[str, str] = {}

    @classmethod
    @contextlib.asynccontextmanager
    async def signed_in(cls, system: AllInOne, cast: Cast | None = None) -> AsyncIterator["Recruiter"]:
        """The first recruiter, with a job (that of the cast; without one a short one) and a candidate."""
        account = next(account for account in system.accounts if account.role == "recruiter")
        async with httpx.AsyncClient(base_url=system.dashboard_url, timeout=30) as http:
            login = {"email": account.email, "password": account.password}
            token = (await http.post("/api/auth/login", json=login)).raise_for_status().json()["access_token"]
            http.headers["Authorization"] = f"Bearer {token}"
            made = cls(system, http)
            await made._prepare(cast)
            yield made

    async def _prepare(self, cast: Cast | None) -> None:
        wanted = _sample(cast.job) if cast else short_job()
        job = (await self._http.post("/api/jobs", json=wanted)).raise_for_status().json()
        resume, language = _sample(cast.resume if cast else "sample_resume.json"), cast.language if cast else "en"
        form = {"name": resume["name"], "email": resume["email"], "language": language}
        files = {"resume": ("resume.pdf", typeset(resume, language), "application/pdf")}
        candidate = (await self._http.post("/api/candidates", data=form, files=files)).raise_for_status().json()
        self._wanted = {
            "job_id": job["id"],
            "candidate_id": candidate["candidate_id"],
            "node_id": self._system.options.node_id,
        }

    async def node_ready(self) -> None:
        """Return when the node reports no problem; raises TimeoutError with what it last reported."""
        nodes: list[dict[str, Any]] = []
        try:
            async with asyncio.timeout(NODE_READY_SECONDS):
                while not any(node["online"] and not node["problems"] for node in nodes):
                    await asyncio.sleep(0.3)
                    with contextlib.suppress(httpx.HTTPError):
                        nodes = (await self._http.get("/api/nodes")).raise_for_status().json()
        except TimeoutError:
            raise TimeoutError(f"no node is ready: {[(node['online'], node['problems']) for node in nodes]}") from None

    async def new_interview(self) -> tuple[str, str]:
        """Id and join code of a fresh interview."""
        made = (await self._http.post("/api/interviews", json=self._wanted)).raise_for_status().json()
        return made["interview_id"], made["join_code"]

    async def detail(self, interview_id: str) -> Any:
        """What the recruiter sees of an interview, or None while the coordinator is away."""
        try:
            return (await self._http.get(f"/api/interviews/{interview_id}")).raise_for_status().json()
        except httpx.HTTPError:
            return None

    async def reviewed(self, interview_id: str) -> Any:
        """The interview once its review is there; raises TimeoutError."""
        async with asyncio.timeout(REVIEWED_SECONDS):
            while True:
                detail = await self.detail(interview_id)
                if detail and detail["status"] == "reviewed":
                    return detail
                await asyncio.sleep(0.5)


@dataclass
class Held:
    """One rehearsed interview. Times are seconds of the event loop's clock."""

    report: Report
    steps: list[tuple[float, Step]] = field(default_factory=list)
    over_at_unix: float = 0.0

    def first(self, step: str, after: float) -> float | None:
        """When ``step`` first came after ``after``."""
        return next((at for at, told in self.steps if told["step"] == step and at >= after), None)


async def hold(
    url: str, code: str, persona: Persona, sounds: Mapping[str, Samples], on_step: Callable[[Step], None] | None = None
) -> Held:
    """Let the scripted candidate hold the interview of ``code``; every step is told and kept."""
    loop = asyncio.get_running_loop()
    steps: list[tuple[float, Step]] = []

    def told(step: str, details: Mapping[str, Any]) -> None:
        steps.append((loop.time(), {"step": step, **details}))
        if on_step:
            on_step(steps[-1][1])

    network = PortPool(0, 0, (LOOPBACK,))
    async with asyncio.timeout(INTERVIEW_SECONDS):
        report = await rehearse(url, code, persona, network=network, sounds=sounds, progress=told)
    return Held(report, steps, time.time())


@dataclass(frozen=True)
class Record:
    """One interview's facts at both ends."""

    sent: int
    """Facts in the node's journal."""

    committed: int
    """Facts in the coordinator's database."""

    missing: int
    duplicates: int
    out_of_order: int
    closing_at: float
    """Unix seconds at which the coordinator committed the closing; infinite when it did not."""

    @property
    def whole(self) -> bool:
        """Whether every fact is there once, in order."""
        return self.sent > 0 and not (self.missing or self.duplicates or self.out_of_order)


async def record(system: AllInOne, interview_id: str) -> Record:
    """Compare the journal's numbers with the coordinator's rows."""
    numbers = await _journal_numbers(system, interview_id)
    url = Path(system.coordinator_environment()["COORDINATOR_DATABASE_URL_FILE"]).read_text().strip()
    async with await psycopg.AsyncConnection.connect(url) as connection:
        cursor = await connection.execute(
            "SELECT number, kind, received_at FROM event WHERE interview_id = %s ORDER BY journal_sequence",
            (interview_id,),
        )
        rows: list[tuple[int, str, datetime]] = await cursor.fetchall()
    there = [number for number, _, _ in rows]
    return Record(
        sent=len(numbers),
        committed=len(there),
        missing=len(set(numbers) - set(there)),
        duplicates=len(there) - len(set(there)),
        out_of_order=sum(later < earlier for earlier, later in zip(there, there[1:], strict=False)),
        closing_at=next((at.timestamp() for _, kind, at in rows if kind == "interview_closed"), float("inf")),
    )


async def _journal_numbers(system: AllInOne, interview_id: str) -> list[int]:
    argv = [str(BIN / "edge-node"), "journal", "--interview", interview_id]
    environment = {**child_environment(), **system.node_environment()}
    process = await asyncio.create_subprocess_exec(*argv, env=environment, stdout=asyncio.subprocess.PIPE)
    out, _ = await asyncio.wait_for(process.communicate(), 60)
    if process.returncode:
        raise RuntimeError("the node's journal could not be read")
    return [int(line.split()[0]) for line in out.decode().splitlines()]


def words(text: str) -> list[str]:
    """Lower case, letters, digits and apostrophes only: what two transcripts are compared by."""
    return re.findall(r"[\w']+", text.lower())


def turns(detail: Any) -> dict[str, str]:
    """Turn id to text, as the recruiter sees them."""
    return {turn["turn_id"]: turn["text"] for entry in detail["transcript"] for turn in entry["turns"]}


def transcript(detail: Any) -> list[tuple[str, list[str]]]:
    """Question id and the words of its answers, in the order asked."""
    return [
        (entry["question"]["id"], words(" ".join(turn["text"] for turn in entry["turns"])))
        for entry in detail["transcript"]
    ]
