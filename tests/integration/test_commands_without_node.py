"""Commands that ask the running node, where none runs: one line says so, and nothing is left behind."""

import os
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest

NOBODY = "nats://127.0.0.1:1"


def run(folder: Path, *command: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "edge_node", *command],
        cwd=folder,
        env={**os.environ, "EDGE_NODE_NATS_URL": NOBODY, **environment},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


@pytest.mark.parametrize(
    ("command", "status"), [(("drain",), 4), (("journal",), 1), (("support-bundle", "--out", "made.tar.gz"), 1)]
)
def test_one_line_says_what_does_not_run_and_what_to_do(tmp_path: Path, command: tuple[str, ...], status: int) -> None:
    done = run(tmp_path, *command)
    assert (done.returncode, done.stdout) == (status, "")
    assert done.stderr.count("\n") == 1, done.stderr
    assert NOBODY in done.stderr
    assert "start the node first" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_token_that_cannot_be_read_is_one_line(tmp_path: Path) -> None:
    done = run(tmp_path, "drain", EDGE_NODE_NATS_TOKEN_FILE=str(tmp_path / "none"))
    assert done.returncode == 4
    assert done.stderr.count("\n") == 1
    assert "token" in done.stderr


def test_a_bundle_without_a_node_is_made_when_asked_for_in_the_nodes_own_folder(tmp_path: Path) -> None:
    nowhere = run(tmp_path, "support-bundle", "--without-node")
    assert (nowhere.returncode, nowhere.stdout) == (1, "")
    assert "--out FILE" in nowhere.stderr
    (tmp_path / "var/node").mkdir(parents=True)
    done = run(tmp_path, "support-bundle", "--without-node", "--logs", str(tmp_path))
    assert (done.returncode, done.stderr) == (0, "")
    (made,) = (tmp_path / "var/node/support").iterdir()
    assert done.stdout.startswith(f"{made}: ")
    assert "missing: health, record, figures, logs" in done.stdout
    assert made.stat().st_mode & 0o777 == 0o600
    with tarfile.open(made) as archive:
        assert "support-bundle/node.json" in archive.getnames()
    assert [path.name for path in tmp_path.iterdir()] == ["var"], "nothing where the command was called"
