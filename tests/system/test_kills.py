"""Every process is killed in mid-interview: it goes on where it was, and nothing said before is lost."""

import json
import os
import signal
import subprocess
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from fakes.record_dump import dump
from processes import kill, program
from provisioning.demo.figures import word_error_rate
from whole_installation import BIN, Installation, environment, sample

FOLLOW_UP_DEADLINE_MS = 8_000
"""What the node is set to; the end of the turn and the voice come on top."""

AROUND_MS = 7_000


def short_job() -> Any:
    """Two rated stages; the answers of the persona to both lack a reason, so a follow-up is due in each."""
    job = sample("sample_job.json")
    stages = {stage["id"]: stage for stage in job["stages"]}
    for rated in ("skill", "communication"):
        stages[rated].update(time_budget_seconds=600)
    kept = [stages[name] for name in ("introduction", "skill", "communication", "closing")]
    competencies = [c for c in job["competencies"] if c["id"] in ("technical_skill", "communication")]
    return {**job, "title": "Backend Engineer, short", "stages": kept, "competencies": competencies}


def steps(process: subprocess.Popen[str]) -> Iterator[dict[str, Any]]:
    """The rehearsal's progress, as it happens."""
    assert process.stdout
    for line in process.stdout:
        step = json.loads(line)
        if step["step"] != "rehearsing":
            yield step


def told(http: httpx.Client, interview_id: str) -> dict[str, str]:
    """What the coordinator has of the interview: turn id to text; waits while it is away."""
    return {
        turn["turn_id"]: turn["text"] for asked in detail(http, interview_id)["transcript"] for turn in asked["turns"]
    }


def detail(http: httpx.Client, interview_id: str, *, seconds: float = 30.0) -> Any:
    deadline = time.monotonic() + seconds
    while True:
        try:
            return http.get(f"/api/interviews/{interview_id}").raise_for_status().json()
        except httpx.HTTPError:
            assert time.monotonic() < deadline, "the coordinator did not come back"
            time.sleep(0.2)


def reviewed(http: httpx.Client, interview_id: str) -> Any:
    deadline = time.monotonic() + 180
    while (found := detail(http, interview_id))["status"] != "reviewed":
        assert time.monotonic() < deadline, found["status"]
        time.sleep(0.5)
    return found


@pytest.mark.timeout(540)
def test_an_interview_outlives_every_one_of_its_processes(installation: Installation, tmp_path: Path) -> None:
    supervisor = installation.process.pid
    report_path = tmp_path / "rehearsal.json"
    with installation.sign_in() as http:
        interview = installation.new_interview(http, job=short_job())
        interview_id, code = interview["interview_id"], interview["join_code"]
        argv = [str(BIN / "edge-node"), "rehearse", "--url", installation.room_url, "--code", code]
        argv += ["--persona", "backend_engineer", "--progress", "json", "--json", str(report_path)]
        rehearsal = subprocess.Popen(argv, env=environment(), stdout=subprocess.PIPE, text=True)
        answers: Counter[str] = Counter()
        asked: list[str] = []
        before_room: dict[str, str] = {}
        try:
            for step in steps(rehearsal):
                match step["step"], step.get("question_id") or step.get("id"):
                    case "question", question_id:
                        asked.append(question_id)
                        if question_id == "communication-q1.1":
                            # Hung in front of this question; dead before the next answer.
                            os.kill(program(supervisor, "language").pid, signal.SIGKILL)
                    case "answering", question_id:
                        answers[question_id] += 1
                        if answers[question_id] == 1:
                            before_room |= strike(supervisor, question_id, http, interview_id)
            assert rehearsal.wait(30) == 0
        finally:
            rehearsal.kill()
        after = reviewed(http, interview_id)

    questions = [entry["question"] for entry in after["transcript"]]
    assert [question["id"] for question in questions] == asked
    assert asked == [
        "introduction-q1",
        "skill-q1",
        "skill-q1.1",
        "communication-q1",
        "communication-q1.1",
        "closing-q1",
    ]
    assert answers == {**dict.fromkeys(asked, 1), "communication-q1.1": 2}
    by_id = {question["id"]: question for question in questions}
    assert by_id["skill-q1.1"]["kind"] in ("follow_up", "fallback")
    assert by_id["communication-q1.1"]["kind"] == "fallback"
    assert by_id["communication-q1.1"]["fallback_reason"] in ("late", "unavailable")

    rehearsed = json.loads(report_path.read_text())
    assert (rehearsed["outcome"], rehearsed["reconnects"]) == ("closed", 1)
    gaps = {turn["question_id"]: turn["turn_gap_ms"] for turn in rehearsed["turns"] if not turn["superseded"]}
    for question_id in ("skill-q1", "communication-q1"):
        assert gaps[question_id] is None or gaps[question_id] <= FOLLOW_UP_DEADLINE_MS + AROUND_MS, gaps

    turns = {turn["turn_id"]: turn["text"] for entry in after["transcript"] for turn in entry["turns"]}
    assert len(before_room) == 4
    assert before_room.items() <= turns.items()
    scripts = {turn["question_id"]: turn["script_text"] for turn in rehearsed["turns"]}
    pairs = [
        (scripts[entry["question"]["id"]], " ".join(turn["text"] for turn in entry["turns"]))
        for entry in after["transcript"]
    ]
    rate = word_error_rate(pairs)
    assert rate is not None
    assert rate <= 0.15, pairs

    assert after["close_reason"] == "completed"
    assert len(after["competencies"]) == 2
    assert all(competency["rating"] or competency["abstention"] for competency in after["competencies"])
    room = program(supervisor, "room")
    counted = subprocess.run(
        [str(BIN / "edge-node"), "journal", "--interview", interview_id, "--count"],
        env=room.environment,
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    assert int(counted.stdout) == after["events"]
    assert_read_again_alike(supervisor)


def assert_read_again_alike(supervisor: int) -> None:
    """`coordinator rebuild` leaves the rows that are there, byte for byte."""
    environment = program(supervisor, "ingest").environment
    url = Path(environment["COORDINATOR_DATABASE_URL_FILE"]).read_text().strip()
    live = dump(url)
    assert live["turn"]
    assert live["interview"]
    rebuilt = subprocess.run(
        [str(BIN / "coordinator"), "rebuild"], env=environment, capture_output=True, text=True, check=True, timeout=60
    )
    assert int(rebuilt.stdout) > 0
    assert dump(url) == live


def strike(supervisor: int, question_id: str, http: httpx.Client, interview_id: str) -> dict[str, str]:
    """Kill what this answer is to be survived without; what the coordinator had before, if the room dies now."""
    match question_id:
        case "introduction-q1":
            kill(supervisor, "speech", "vision", "kiosk")
        case "skill-q1":
            kill(supervisor, "language", "nats-hub", "ingest")
        case "communication-q1":
            os.kill(program(supervisor, "language").pid, signal.SIGSTOP)
            kill(supervisor, "uplink", "postgres", "api")
        case "communication-q1.1":
            deadline = time.monotonic() + 20
            while len(known := told(http, interview_id)) < 4 and time.monotonic() < deadline:
                time.sleep(0.2)
            kill(supervisor, "room")
            return known
        case "closing-q1":
            kill(supervisor, "nats-node", "review")
    return {}
