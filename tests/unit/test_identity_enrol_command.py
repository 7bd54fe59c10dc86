"""`edge-node enrol` says in one line why it did not work, and leaves what was there."""

from pathlib import Path

import pytest
from edge_node.app import enrol
from edge_node.settings import Settings

CLOSED = "http://127.0.0.1:1"


def run(folder: Path, *, url: str = CLOSED, name: str = "node-1", token: str | None = "a-token") -> int:
    file = folder / "token"
    if token is not None:
        file.write_text(token)
    arguments = ["--coordinator", url, "--name", name, "--token-file", str(file)]
    return enrol.run(arguments, Settings(node_id="node-1", data_dir=folder / "data"))


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        ({"name": "node-2"}, "this node is called node-1"),
        ({"token": None}, "No such file"),
        ({"url": "http://office.example"}, "only https"),
        ({"url": "nonsense"}, "not the address"),
        ({}, "127.0.0.1:1"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_written(
    wrong: dict[str, str], why: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(tmp_path, **wrong) == 1
    said = capsys.readouterr()
    assert said.err.startswith("not enrolled: ")
    assert why in said.err
    assert "a-token" not in said.err + said.out
    assert not (tmp_path / "data").exists()
