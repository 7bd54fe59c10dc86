"""A whole installation in processes, as an operator starts it, and a browser with a fake microphone and camera."""

import contextlib
import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Any

import httpx
import pytest
from provisioning.demo.resume_pdf import typeset

BIN = Path(sys.executable).parent
START_SECONDS = 180


def models_folder() -> Path:
    cache = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache"))
    return Path(os.environ.get("EDGE_NODE_MODELS_DIR", cache / "interview-appliance" / "models"))


def environment() -> dict[str, str]:
    return {**os.environ, "EDGE_NODE_MODELS_DIR": str(models_folder())}


def sample(name: str) -> Any:
    return json.loads(resources.files("provisioning.demo").joinpath(name).read_text())


@dataclass
class Installation:
    """What `provisioning up` printed, and a signed-in recruiter."""

    process: subprocess.Popen[str]
    data: Path
    dashboard_url: str
    room_url: str
    accounts: dict[str, tuple[str, str]]

    @contextlib.contextmanager
    def sign_in(self, role: str = "recruiter") -> Iterator[httpx.Client]:
        email, password = self.accounts[role]
        with httpx.Client(base_url=self.dashboard_url, timeout=30) as http:
            answer = http.post("/api/auth/login", json={"email": email, "password": password})
            answer.raise_for_status()
            http.headers["Authorization"] = f"Bearer {answer.json()['access_token']}"
            yield http

    def new_interview(self, http: httpx.Client, *, job: Any = None, name: str = "", email: str = "") -> Any:
        job = http.post("/api/jobs", json=job or sample("sample_job.json")).raise_for_status().json()
        resume = sample("sample_resume.json")
        files = {"resume": ("resume.pdf", typeset(resume), "application/pdf")}
        form = {"name": name or resume["name"], "email": email, "language": "en"}
        candidate = http.post("/api/candidates", data=form, files=files).raise_for_status().json()
        self.wait_for_node(http)
        wanted = {"job_id": job["id"], "candidate_id": candidate["candidate_id"], "node_id": "node-1"}
        return http.post("/api/interviews", json=wanted).raise_for_status().json()

    def wait_for_node(self, http: httpx.Client) -> None:
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            for node in http.get("/api/nodes").raise_for_status().json():
                if node["online"] and not node["problems"]:
                    return
            time.sleep(0.5)
        pytest.fail("the node did not become ready")


def _read_until(process: subprocess.Popen[str], printed: Path, last: str) -> str:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        text = printed.read_text()
        if last in text:
            return text
        time.sleep(0.2)
    process.kill()
    return pytest.fail(f"`provisioning up` did not come up:\n{printed.read_text()}")


@contextlib.contextmanager
def running(data: Path, printed: Path) -> Iterator[Installation]:
    """`provisioning up` in ``data``, ended by Ctrl-C; what it says goes to ``printed``."""
    argv = [str(BIN / "provisioning"), "up", "--data", str(data)]
    with printed.open("w") as out:
        process = subprocess.Popen(
            argv, env=environment(), stdout=out, stderr=subprocess.STDOUT, text=True, start_new_session=True
        )
    try:
        text = _read_until(process, printed, "Serving until Ctrl-C")
        urls = re.findall(r"http://127\.0\.0\.1:\d+", text)
        found = re.findall(r"^\s+(\w+)\s+(\S+@\S+)\s+password: (\S+)", text, re.MULTILINE)
        accounts = {role: (email, password) for role, email, password in found}
        yield Installation(process, data, urls[0], urls[1], accounts)
    finally:
        process.send_signal(signal.SIGINT)
        try:
            process.wait(60)
        finally:
            process.kill()


@pytest.fixture(scope="module")
def installation(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    data = Path("/tmp") / f"interview-test-{os.getpid()}"
    data.mkdir(mode=0o711)
    try:
        with running(data, tmp_path_factory.mktemp("up") / "printed") as made:
            yield made
    finally:
        subprocess.run(["rm", "-rf", str(data)], check=True)
