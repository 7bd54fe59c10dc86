"""The coordinator's own processes, started as an operator would, spoken to over loopback."""

import contextlib
import itertools
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
import resume_files
from coordinator_api import migrated_accounts
from edge_node.models.registry import Registry
from real_servers import free_port

PROGRAM = Path(sys.executable).parent / "coordinator"


@contextlib.contextmanager
def process(name: str, environment: dict[str, str], log: Path) -> Iterator[subprocess.Popen[bytes]]:
    with log.open("wb") as stderr:
        child = subprocess.Popen([str(PROGRAM), name], env={**os.environ, **environment}, stderr=stderr)
    try:
        yield child
    finally:
        child.kill()
        child.wait(10)


def wait_until_ready(url: str, child: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline and child.poll() is None:
        with contextlib.suppress(httpx.HTTPError):
            if httpx.get(f"{url}/healthz", timeout=2).status_code == 200:
                return
        time.sleep(0.1)
    pytest.fail(log.read_text()[-2000:])


def test_api_and_embedder_take_in_a_resume_and_stop_when_told(
    database_url: str, hub_nats: str, models_dir: Path, tmp_path: Path
) -> None:
    accounts = migrated_accounts(database_url, tmp_path)
    port = free_port()
    page = tmp_path / "dashboard"
    page.mkdir()
    (page / "index.html").write_text("<!doctype html><title>dashboard</title>")
    environment = {
        "COORDINATOR_DATABASE_URL_FILE": str(tmp_path / "database-url"),
        "COORDINATOR_NATS_URL": hub_nats,
        "COORDINATOR_HTTP_PORT": str(port),
        "COORDINATOR_SIGNING_KEY_FILE": str(tmp_path / "keys" / "signing.key"),
        "COORDINATOR_DASHBOARD_DIR": str(page),
        "COORDINATOR_EMBEDDING__MODEL_FILE": str(Registry(models_dir, "starter").path("embedding").path),
    }
    url = f"http://127.0.0.1:{port}"
    log = tmp_path / "api.log"
    with (
        process("embedder", environment, tmp_path / "embedder.log") as embedder,
        process("api", environment, log) as api,
        httpx.Client(base_url=url, timeout=60) as client,
    ):
        wait_until_ready(url, api, log)
        assert (tmp_path / "keys" / "signing.key").stat().st_mode & 0o777 == 0o600
        recruiter = accounts["recruiter"]
        body = {"email": recruiter["email"], "password": recruiter["password"]}
        token = client.post("/api/auth/login", json=body).json()["access_token"]
        client.headers["Authorization"] = f"Bearer {token}"

        reply = client.post(
            "/api/candidates",
            data={"name": "Mara Lindqvist", "language": "en"},
            files={"resume": ("cv.pdf", resume_files.single_column(resume_files.ENGLISH), "application/pdf")},
        )
        assert reply.status_code == 201, reply.text

        # Announces no length: cut off when it has grown too large.
        opening = b'--x\r\nContent-Disposition: form-data; name="resume"; filename="cv.pdf"\r\n\r\n%PDF-1.7\n'
        long = itertools.chain([opening], (b"0" * 65536 for _ in range(300)))
        head = {"Content-Type": "multipart/form-data; boundary=x"}
        refused = client.post("/api/candidates", content=long, headers=head)
        assert (refused.status_code, refused.json()["code"]) == (413, "too_large")

        assert client.get("/interviews/some-address-of-the-page").text == (page / "index.html").read_text()
        assert client.get("/api/no-such-route").status_code == 404
        metrics = client.get("/metrics").text
        assert 'coordinator_http_requests_total{method="POST",route="/api/candidates",status="201"} 1.0' in metrics

        for child in (api, embedder):
            child.send_signal(signal.SIGTERM)
            assert child.wait(10) == 0
    lines = [json.loads(line) for line in log.read_text().splitlines()]
    assert "request" in {line["event"] for line in lines}
    assert "Lindqvist" not in log.read_text()
    assert recruiter["email"] not in log.read_text()
