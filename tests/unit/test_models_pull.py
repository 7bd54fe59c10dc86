"""Pulling weights from a real local server: resume, refusal, licences, mirrors, and a second run that does nothing."""

import errno
import hashlib
import http.server
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from edge_node.models import download
from edge_node.models.errors import ModelMissing
from edge_node.models.manifest import Manifest
from edge_node.models.pull import Outcome, Wish, pull
from edge_node.models.registry import Registry
from edge_node.models.verify import verify

CONTENT = bytes(range(256)) * 8192
DIGEST = hashlib.sha256(CONTENT).hexdigest()


class Server(http.server.ThreadingHTTPServer):
    """Serves CONTENT at any path; drops the connection after ``drop_after`` bytes of each reply while set."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.drop_after: int | None = None
        self.ranges: list[str] = []
        self.honours_ranges = True

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"


class Handler(http.server.BaseHTTPRequestHandler):
    server: Server

    def do_GET(self) -> None:
        wanted = self.headers.get("Range", "")
        self.server.ranges.append(wanted)
        start = int(wanted.removeprefix("bytes=").rstrip("-")) if wanted and self.server.honours_ranges else 0
        if start >= len(CONTENT):
            self.send_response(416)
            self.send_header("Content-Range", f"bytes */{len(CONTENT)}")
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        body = CONTENT[start:]
        self.send_response(206 if start else 200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.server.drop_after is not None:
            body = body[: self.server.drop_after]
        self.wfile.write(body)
        self.close_connection = True

    def log_message(self, *_: Any) -> None:
        """Quiet."""


@pytest.fixture
def server() -> Iterator[Server]:
    with Server() as made:
        thread = threading.Thread(target=made.serve_forever, args=(0.01,))
        thread.start()
        yield made
        made.shutdown()
        thread.join()


@pytest.fixture(autouse=True)
def no_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(download, "_PAUSE_SECONDS", 0.0)


def manifest(origin: str, *, digest: str = DIGEST, accept: bool = False) -> Manifest:
    return Manifest.model_validate(
        {
            "licences": {"terms": {"name": "Terms 1.0", "url": "https://example.org/terms", "accept": accept}},
            "models": [
                {
                    "profile": "starter",
                    "role": "vad",
                    "name": "one",
                    "licence": "terms",
                    "file": "one.bin",
                    "sha256": digest,
                    "sources": [{"origin": origin, "sha256": digest}],
                }
            ],
        }
    )


def quiet(_: str) -> None:
    """No progress lines."""


def the(outcomes: list[Outcome]) -> Outcome:
    (outcome,) = outcomes
    return outcome


def left_in(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()} - {".lock", "state.json"} if folder.exists() else set()


def test_a_broken_download_goes_on_where_it_stopped(server: Server, tmp_path: Path) -> None:
    server.drop_after = len(CONTENT) // 3
    said: list[str] = []
    outcome = the(pull(manifest(f"{server.url}/one.bin"), tmp_path, Wish("starter"), said.append))
    assert outcome.status == "pulled"
    assert (tmp_path / "one.bin").read_bytes() == CONTENT
    starts = [int(one.removeprefix("bytes=").rstrip("-") or 0) for one in server.ranges]
    assert starts == [0, *sorted(set(starts[1:]))]
    assert len(starts) == 4
    assert any("resuming" in line for line in said)


def test_a_part_left_by_an_earlier_run_is_continued(server: Server, tmp_path: Path) -> None:
    (tmp_path / ".parts").mkdir()
    (tmp_path / ".parts" / "one.bin.part").write_bytes(CONTENT[:1000])
    assert the(pull(manifest(f"{server.url}/one.bin"), tmp_path, Wish("starter"), quiet)).status == "pulled"
    assert server.ranges == ["bytes=1000-"]
    assert left_in(tmp_path) == {"one.bin"}


def test_a_server_without_ranges_starts_over(server: Server, tmp_path: Path) -> None:
    server.honours_ranges = False
    (tmp_path / ".parts").mkdir()
    (tmp_path / ".parts" / "one.bin.part").write_bytes(b"something else")
    assert the(pull(manifest(f"{server.url}/one.bin"), tmp_path, Wish("starter"), quiet)).status == "pulled"
    assert (tmp_path / "one.bin").read_bytes() == CONTENT


def test_a_server_that_sends_nothing_is_given_up_and_the_part_stays(server: Server, tmp_path: Path) -> None:
    (tmp_path / ".parts").mkdir()
    (tmp_path / ".parts" / "one.bin.part").write_bytes(CONTENT[:1000])
    server.drop_after = 0
    outcome = the(pull(manifest(f"{server.url}/one.bin"), tmp_path, Wish("starter"), quiet))
    assert outcome.status == "failed"
    assert outcome.detail.startswith("source_failed")
    assert (tmp_path / ".parts" / "one.bin.part").stat().st_size == 1000


def test_another_content_is_refused_and_nothing_is_left(server: Server, tmp_path: Path) -> None:
    wrong = manifest(f"{server.url}/one.bin", digest="b" * 64)
    outcome = the(pull(wrong, tmp_path, Wish("starter"), quiet))
    assert (outcome.status, outcome.detail.split(":")[0]) == ("failed", "digest_mismatch")
    assert not left_in(tmp_path / ".parts")
    assert left_in(tmp_path) <= {".parts"}
    with pytest.raises(ModelMissing, match="models pull"):
        Registry(tmp_path, "starter", manifest=wrong).path("vad")


def test_a_licence_is_refused_until_it_is_accepted_by_name_and_then_remembered(server: Server, tmp_path: Path) -> None:
    terms = manifest(f"{server.url}/one.bin", accept=True)
    refused = the(pull(terms, tmp_path, Wish("starter"), quiet))
    assert refused.detail.startswith("licence_not_accepted")
    assert "https://example.org/terms" in refused.detail
    assert server.ranges == []
    assert the(pull(terms, tmp_path, Wish("starter", accepted=("terms",)), quiet)).status == "pulled"
    (tmp_path / "one.bin").unlink()
    assert the(pull(terms, tmp_path, Wish("starter"), quiet)).status == "pulled"


def test_a_second_run_asks_nobody(server: Server, tmp_path: Path) -> None:
    one = manifest(f"{server.url}/one.bin")
    pull(one, tmp_path, Wish("starter"), quiet)
    server.ranges.clear()
    assert the(pull(one, tmp_path, Wish("starter"), quiet)).status == "ready"
    assert server.ranges == []
    ready = Registry(tmp_path, "starter", manifest=one).path("vad")
    assert (ready.path, ready.digest, ready.licence) == (tmp_path / "one.bin", DIGEST, "Terms 1.0")


def test_a_new_release_of_the_manifest_makes_the_file_again(server: Server, tmp_path: Path) -> None:
    pull(manifest(f"{server.url}/one.bin"), tmp_path, Wish("starter"), quiet)
    newer = manifest(f"{server.url}/version2/one.bin")
    with pytest.raises(ModelMissing):
        Registry(tmp_path, "starter", manifest=newer).path("vad")
    assert the(pull(newer, tmp_path, Wish("starter"), quiet)).status == "pulled"


def test_what_a_killed_pull_left_is_swept_away(server: Server, tmp_path: Path) -> None:
    (tmp_path / "fetch-abc").mkdir()
    (tmp_path / "fetch-abc" / "half.whl").write_bytes(b"half")
    (tmp_path / ".one.bin.fresh").write_bytes(b"half")
    pull(manifest(f"{server.url}/one.bin"), tmp_path, Wish("starter"), quiet)
    assert left_in(tmp_path) == {"one.bin"}


def test_a_full_disk_is_a_failure_not_a_crash(server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(download, "_receive", full)
    outcome = the(pull(manifest(f"{server.url}/one.bin"), tmp_path, Wish("starter"), quiet))
    assert outcome.detail.startswith("disk_failed")
    assert "No space left" in outcome.detail


def test_verify_notices_a_changed_byte(server: Server, tmp_path: Path) -> None:
    one = manifest(f"{server.url}/one.bin")
    pull(one, tmp_path, Wish("starter"), quiet)
    assert the(verify(one.models, tmp_path)).status == "ready"
    (tmp_path / "one.bin").write_bytes(b"\1" + CONTENT[1:])
    assert the(verify(one.models, tmp_path)).status == "failed"
    (tmp_path / "one.bin").unlink()
    assert the(verify(one.models, tmp_path)).status == "missing"


@pytest.mark.parametrize("scheme", ["file", "http"])
def test_a_mirror_replaces_every_source(server: Server, tmp_path: Path, scheme: str) -> None:
    usb = tmp_path / "usb"
    usb.mkdir()
    (usb / "one.bin").write_bytes(CONTENT)
    mirror = usb.as_uri() if scheme == "file" else server.url
    unreachable = manifest("https://192.0.2.1/one.bin")
    outcome = the(pull(unreachable, tmp_path / "models", Wish("starter", mirror=mirror), quiet))
    assert outcome.status == "pulled"
    assert (tmp_path / "models" / "one.bin").read_bytes() == CONTENT


def test_a_file_without_a_known_digest_needs_one_from_the_operator(server: Server, tmp_path: Path) -> None:
    unknown = manifest(f"{server.url}/one.bin", digest="")
    refused = the(pull(unknown, tmp_path, Wish("starter"), quiet))
    assert refused.detail.startswith("digest_unknown")
    assert "--sha256" in refused.detail
    assert server.ranges == []
    wrong = the(pull(unknown, tmp_path, Wish("starter", sha256="c" * 64), quiet))
    assert wrong.detail.startswith("digest_mismatch")
    assert the(pull(unknown, tmp_path, Wish("starter", sha256=DIGEST), quiet)).status == "pulled"
