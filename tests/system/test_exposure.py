"""What an installation lets others see: sockets, files, logs, command lines; and what stays when it ends."""

import re
import signal
import stat
import subprocess
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx
import psycopg
import pytest
from processes import Found, below
from whole_installation import BIN, Installation, environment, running

UDP_PORTS = range(50_000, 50_051)
WORDS = ["payment service", "travel company", "six years"]
"""From the candidate's first answer."""

PUBLIC_KEY = re.compile(r"[OAU][A-Z2-7]{55}")
"""What a nats-server calls operators, accounts and users."""

SECRET_CHARACTERS = 20
"""Shorter things in the folder of secrets are no secrets."""


def sockets(processes: list[Found]) -> list[tuple[str, str, int]]:
    """(protocol, address, port) of what these processes receive on from anywhere."""
    pids = {process.pid for process in processes}
    listed = subprocess.run(["ss", "-tulpnH"], capture_output=True, text=True, check=True).stdout
    found = []
    for line in listed.splitlines():
        if pids & {int(pid) for pid in re.findall(r"pid=(\d+)", line)}:
            address, _, port = line.split()[4].rpartition(":")
            found.append((line.split()[0], address, int(port)))
    return found


def private_files(installation: Installation) -> list[Path]:
    """Every file of the installation and of its node that holds keys or passwords."""
    folders = (installation.data / "secrets", installation.data / "node" / "identity")
    return [path for folder in folders for path in folder.rglob("*") if path.is_file()]


def secrets(installation: Installation) -> dict[str, str]:
    """Everything that must stay where it is, by name."""
    found = {f"password of {role}": password for role, (_, password) in installation.accounts.items()}
    for path in [*private_files(installation), installation.data / "node" / "room-token.key"]:
        for number, word in enumerate(re.split(r"[\s\"':/@]+", path.read_text())):
            secret = re.fullmatch(rf"[A-Za-z0-9_.+=-]{{{SECRET_CHARACTERS},}}", word) and word not in path.parts
            if secret and not PUBLIC_KEY.fullmatch(word):
                found[f"{path.name} {number}"] = word
    return found


@pytest.mark.timeout(300)
def test_nothing_is_seen_from_outside(installation: Installation) -> None:
    supervisor = installation.process.pid
    name, email = "Zdenka Quillfeather", "zdenka.quillfeather@example.test"
    udp: list[tuple[str, str, int]] = []
    with installation.sign_in() as http:
        token = http.headers["Authorization"].removeprefix("Bearer ")
        interview = installation.new_interview(http, name=name, email=email)
        code, interview_id = interview["join_code"], interview["interview_id"]
        argv = [str(BIN / "edge-node"), "rehearse", "--url", installation.room_url, "--code", code]
        argv += ["--persona", "backend_engineer", "--progress", "json"]
        rehearsal = subprocess.Popen(argv, env=environment(), stdout=subprocess.PIPE, text=True)
        assert rehearsal.stdout
        try:
            for line in rehearsal.stdout:
                if '"step": "answering"' in line:
                    udp = [seen for seen in sockets(below(supervisor)) if seen[0] == "udp"]
                if '"step": "gap"' in line:
                    break
        finally:
            rehearsal.kill()
            rehearsal.wait()
        turns = answers(http, interview_id)
        assert any("payment service" in text.lower() for text in turns), "the search below would prove nothing"
        cause_refusals(installation, http, interview_id)

    processes = below(supervisor)
    assert len(processes) >= 15
    assert udp, "a live interview has a media socket"
    for protocol, address, port in {*udp, *sockets(processes)}:
        assert address == "127.0.0.1", (protocol, address, port)
        assert protocol == "tcp" or port in UDP_PORTS, (protocol, address, port)

    hidden = {**secrets(installation), "login token": token, "name": "Quillfeather", "email": email, "join code": code}
    assert len(hidden) >= 10
    for process in processes:
        shown = process.argv + " ".join(process.environment.values())
        assert not [what for what, value in hidden.items() if value in shown], process.argv
    logs = sorted((installation.data / "logs").glob("*.log"))
    assert len(logs) >= 13
    for log in logs:
        text = log.read_text(errors="replace")
        assert not [what for what, value in hidden.items() if value.lower() in text.lower()], log.name
        assert not [words for words in WORDS if words in text.lower()], log.name
        assert not re.search(r"eyJ[A-Za-z0-9_-]{10,}\.", text), f"a token in {log.name}"


def answers(http: httpx.Client, interview_id: str) -> list[str]:
    """Texts of the answers the coordinator has, once there is one."""
    deadline = time.monotonic() + 30
    while True:
        detail: Any = http.get(f"/api/interviews/{interview_id}").raise_for_status().json()
        turns = [turn["text"] for asked in detail["transcript"] for turn in asked["turns"]]
        if turns or time.monotonic() > deadline:
            return turns
        time.sleep(0.2)


def cause_refusals(installation: Installation, http: httpx.Client, interview_id: str) -> None:
    """Fail in ways that tempt a program to log what it was given."""
    email, password = installation.accounts["recruiter"]
    with httpx.Client(base_url=installation.dashboard_url) as stranger:
        stranger.post("/api/auth/login", json={"email": email, "password": password + "x"})
        stranger.post("/api/auth/login", json={"email": "Quillfeather\0", "password": password})
        stranger.get("/api/me", headers={"Authorization": http.headers["Authorization"] + "x"})
    http.post("/api/candidates", data={"name": "Quillfeather", "language": "en"}, files={"resume": b"payment service"})
    http.post("/api/jobs", json={"title": "Quillfeather"})
    with httpx.Client(base_url=installation.room_url) as room:
        room.post("/api/join", json={"code": "Quillfeather"})
        room.get("/api/state", headers={"Authorization": "Bearer Quillfeather"})
    url = (installation.data / "secrets" / "database.url").read_text()
    with psycopg.connect(url) as connection, pytest.raises(psycopg.errors.IntegrityError):
        columns = "name, email, created_by"
        connection.execute(
            f"INSERT INTO candidate ({columns}, language) SELECT {columns}, 'xx' FROM candidate".encode()
        )


def test_secrets_are_their_owners_alone(installation: Installation) -> None:
    for name in ("secrets", "secrets/identity", "node/identity"):
        assert stat.S_IMODE((installation.data / name).stat().st_mode) == 0o700, name
    files = private_files(installation)
    assert {"link.creds", "page.pem", "core.creds", "system.creds", "operator.seed", "hub.conf"} <= {
        f.name for f in files
    }
    for path in [*files, installation.data / "node" / "room-token.key"]:
        assert stat.S_IMODE(path.stat().st_mode) == 0o600, path.name
    for name in ("postgres", "hub/jetstream", "hub/accounts", "node/jetstream"):
        assert stat.S_IMODE((installation.data / name).stat().st_mode) == 0o700, name


def gone(processes: list[Found], *, seconds: float) -> list[str]:
    """Those that still run after so long."""
    deadline = time.monotonic() + seconds
    while (left := [process.argv for process in processes if process.alive]) and time.monotonic() < deadline:
        time.sleep(0.1)
    return left


@pytest.mark.timeout(300)
def test_no_process_stays_and_no_record_goes(installation: Installation, tmp_path: Path) -> None:
    with installation.sign_in() as http:
        (known,) = http.get("/api/interviews").raise_for_status().json()
        before = answers(http, known["interview_id"])
    processes = below(installation.process.pid)
    assert any("voice-engine" in process.argv for process in processes)
    installation.process.kill()
    installation.process.wait()
    # Nobody is left to hurry them: each gives its own connections up within its own deadlines.
    assert gone(processes, seconds=15) == []

    with running(installation.data, tmp_path / "printed") as again:
        assert again.accounts == {}, "passwords are shown once"
        with replace(again, accounts=installation.accounts).sign_in() as http:
            assert answers(http, known["interview_id"]) == before
        processes = below(again.process.pid)
        assert len(processes) >= 15
        again.process.send_signal(signal.SIGINT)
        again.process.send_signal(signal.SIGINT)
        assert again.process.wait(60) in (0, 130)
        assert gone(processes, seconds=1) == []
