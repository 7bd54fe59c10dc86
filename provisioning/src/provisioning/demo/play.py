"""One rehearsed interview from the resume to the ratings, through the same doors a recruiter and a candidate use."""

import asyncio
import json
import sys
import time
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Any

import httpx

from provisioning.all_in_one import AllInOne
from provisioning.demo.figures import figures
from provisioning.demo.resume_pdf import typeset
from provisioning.program import BIN, child_environment, end_with_parent

NODE_READY_SECONDS = 60.0
INTERVIEW_SECONDS = 900.0
REVIEW_SECONDS = 300.0
RECORDING_SECONDS = 90.0


class DemoError(Exception):
    """The demo could not go on; the message says at which step and why."""


def say(text: str) -> None:
    """A progress line."""
    sys.stderr.write(f"  {text}\n")


@dataclass(frozen=True, slots=True)
class Cast:
    """What a demo in one language is made of: two files beside this one, and who the scripted candidate is."""

    language: str
    job: str
    resume: str
    persona: str


CASTS = {
    "en": Cast("en", "sample_job.json", "sample_resume.json", "backend_engineer"),
    "ko": Cast("ko", "sample_job_ko.json", "sample_resume_ko.json", "sales_manager_ko"),
}


def _sample(name: str) -> Any:
    return json.loads(resources.files("provisioning.demo").joinpath(name).read_text(encoding="utf-8"))


async def play(system: AllInOne, cast: Cast, *, json_path: Path | None) -> None:
    """Create the interview, let the scripted candidate hold it, wait for the ratings, show and write the figures."""
    started = time.monotonic()
    recruiter = next((a for a in system.accounts if a.role == "recruiter"), None)
    if recruiter is None:
        raise DemoError("this data folder has accounts already, so the demo cannot sign in; give it a new folder")
    async with httpx.AsyncClient(base_url=system.dashboard_url, timeout=30) as http:
        login = await call(
            http, "POST", "/api/auth/login", json={"email": recruiter.email, "password": recruiter.password}
        )
        http.headers["Authorization"] = f"Bearer {login['access_token']}"
        created = await prepare(http, cast, system.options.node_id)
        report = await _rehearse(system, created["join_code"], cast.persona)
        say("the interview is closed; the node summarises and rates it")
        detail = await reviewed(http, created["interview_id"])
        recorded = {"recording": await _recorded(http, detail)} if system.options.recording else {}
    journal_events = await _journal_events(system, created["interview_id"])
    result = figures(detail, report, journal_events, time.monotonic() - started) | recorded
    _show(detail, result)
    if json_path:
        json_path.write_text(json.dumps(result, indent=2, ensure_ascii=False) + "\n")


async def call(http: httpx.AsyncClient, method: str, path: str, **arguments: Any) -> Any:
    """One call of the API. Raises DemoError with what it answered."""
    answer = await http.request(method, path, **arguments)
    if answer.is_error:
        raise DemoError(f"{method} {path} answered {answer.status_code}: {answer.text[:300]}")
    return answer.json()


async def prepare(http: httpx.AsyncClient, cast: Cast, node_id: str) -> Any:
    """As a recruiter who is signed in: job, candidate, interview; what the API answers. Raises DemoError."""
    say("creating the job and its rubric")
    job = await call(http, "POST", "/api/jobs", json=_sample(cast.job))
    resume = _sample(cast.resume)
    say("uploading the resume of a made-up person")
    form = {"name": resume["name"], "email": resume["email"], "language": cast.language}
    files = {"resume": ("resume.pdf", typeset(resume, cast.language), "application/pdf")}
    candidate = await call(http, "POST", "/api/candidates", data=form, files=files)
    say(f"  {candidate['pages']} page, {len(candidate['sections'])} sections, {candidate['chunks']} passages embedded")
    await _node_ready(http, node_id)
    say("assembling the kit and dispatching it to the node")
    wanted = {"job_id": job["id"], "candidate_id": candidate["candidate_id"], "node_id": node_id}
    return await call(http, "POST", "/api/interviews", json=wanted)


async def _node_ready(http: httpx.AsyncClient, node_id: str) -> None:
    deadline = time.monotonic() + NODE_READY_SECONDS
    problems: Any = "no heartbeat yet"
    while time.monotonic() < deadline:
        nodes = {node["node_id"]: node for node in await call(http, "GET", "/api/nodes")}
        node = nodes.get(node_id)
        if node and node["online"] and not node["problems"]:
            return
        problems = node["problems"] if node else problems
        await asyncio.sleep(0.5)
    raise DemoError(f"the node {node_id} did not become ready: {problems}")


async def _rehearse(system: AllInOne, code: str, persona: str) -> Any:
    say("a scripted candidate joins the room over WebRTC")
    report = system.options.data / "rehearsal.json"
    argv = [str(BIN / "edge-node"), "rehearse", "--url", system.room_url, "--code", code, "--persona", persona]
    process = await asyncio.create_subprocess_exec(
        *argv,
        "--json",
        str(report),
        env={**child_environment(), **system.node_environment()},
        # A terminal's Ctrl-C goes to the whole group; a candidate stays to the end of the interview.
        start_new_session=True,
        preexec_fn=end_with_parent,
    )
    try:
        status = await asyncio.wait_for(process.wait(), INTERVIEW_SECONDS)
    except (TimeoutError, asyncio.CancelledError) as error:
        process.kill()
        await process.wait()
        if isinstance(error, asyncio.CancelledError):
            raise
        raise DemoError(f"the rehearsed interview took longer than {INTERVIEW_SECONDS:.0f} s") from None
    if status:
        raise DemoError(f"the rehearsed interview ended with status {status}; logs are in {system.options.data}/logs")
    return json.loads(report.read_text())


async def reviewed(http: httpx.AsyncClient, interview_id: str) -> Any:
    """The interview once it is rated. Raises DemoError when that takes too long."""
    deadline = time.monotonic() + REVIEW_SECONDS
    while time.monotonic() < deadline:
        detail = await call(http, "GET", f"/api/interviews/{interview_id}")
        if detail["status"] == "reviewed":
            return detail
        await asyncio.sleep(1)
    raise DemoError(f"no ratings after {REVIEW_SECONDS:.0f} s (status {detail['status']})")


async def _recorded(http: httpx.AsyncClient, detail: Any) -> dict[str, Any]:
    """Seconds of sound that reached head office, and how a quote of it plays. Raises DemoError where none does."""
    say("the candidate's voice travels to head office, and a quote is played")
    path, deadline = f"/api/interviews/{detail['interview_id']}", time.monotonic() + RECORDING_SECONDS
    while not (recording := (await call(http, "GET", path))["recording"])["seconds"]:
        if time.monotonic() > deadline:
            raise DemoError(f"no recording arrived within {RECORDING_SECONDS:.0f} s: {recording}")
        await asyncio.sleep(1)
    turn_id, part, text = _a_quote(detail)
    sound = await http.get(f"{path}/turns/{turn_id}/audio", params=part)
    if sound.is_error or not sound.content.startswith(b"OggS"):
        raise DemoError(f"the quote {text!r} of {turn_id} cannot be played: {sound.status_code} {sound.text[:300]}")
    return {"seconds": recording["seconds"], "played": text, "played_bytes": len(sound.content)}


def _a_quote(detail: Any) -> tuple[str, dict[str, int], str]:
    """Turn, place in its text, and words of the first quote; a whole answer where nothing is quoted."""
    for competency in detail["competencies"]:
        for quoted in (competency.get("rating") or {}).get("evidence", []):
            return quoted["turn_id"], {key: quoted[key] for key in ("start_char", "end_char")}, quoted["quote"]
    turns = [turn for entry in detail["transcript"] for turn in entry["turns"] if turn["mode"] == "spoken"]
    if not turns:
        raise DemoError("nothing was spoken, so nothing can be played")
    return turns[0]["turn_id"], {}, turns[0]["text"]


async def _journal_events(system: AllInOne, interview_id: str) -> int:
    argv = [str(BIN / "edge-node"), "journal", "--interview", interview_id, "--count"]
    process = await asyncio.create_subprocess_exec(
        *argv, env={**child_environment(), **system.node_environment()}, stdout=asyncio.subprocess.PIPE
    )
    out, _ = await asyncio.wait_for(process.communicate(), 60)
    if process.returncode:
        raise DemoError("the node's journal could not be read")
    return int(out)


def _show(detail: Any, result: Any) -> None:
    lines = ["", "Transcript"]
    for entry in detail["transcript"]:
        question = entry["question"]
        lines.append(f"  [{question['kind']}] {question['text']}")
        lines += [f"      {turn['turn_id']}: {turn['text']}" for turn in entry["turns"]]
    lines += ["", "Ratings"]
    for competency in detail["competencies"]:
        rating, abstention = competency.get("rating"), competency.get("abstention")
        if rating:
            lines.append(f"  {competency['name']}: {rating['level']} of {rating['levels']}  {rating['anchor_text']}")
            lines += [f'      "{e["quote"]}" ({e["turn_id"]})' for e in rating["evidence"]]
        elif abstention:
            lines.append(f"  {competency['name']}: not enough evidence ({abstention['reason']})")
    summary = detail.get("summary") or {}
    lines += [
        "",
        "Summary",
        f"  {summary.get('text', '')}",
        "",
        "Figures",
        json.dumps(result, indent=2, ensure_ascii=False),
    ]
    sys.stdout.write("\n".join(lines) + "\n")
    sys.stdout.flush()
