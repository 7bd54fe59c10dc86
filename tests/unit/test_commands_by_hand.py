"""`./justw node` and `./justw office`: which installation is meant, and what is said where there is none."""

import json
import os
from pathlib import Path

import coordinator.__main__
import edge_node.__main__
import pytest
from provisioning.commands import NotCalled, announced, call, running
from provisioning.data_folder import claim, holder

from provisioning import commands

GONE = 4_194_305
"""No process has this id: the kernel gives none beyond 4,194,304."""


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    """An installation that was up and is stopped."""
    folder = tmp_path / "kept"
    folder.mkdir()
    commands.write(folder, node={"EDGE_NODE_NATS_URL": "nats://x"}, office={"COORDINATOR_NATS_URL": "nats://y"})
    (folder / "running.lock").write_text(str(GONE))
    return folder


def test_the_commands_are_those_of_the_programs() -> None:
    assert sorted(commands.COMMANDS["node"]) == sorted(edge_node.__main__.COMMANDS)
    assert sorted(commands.COMMANDS["office"]) == sorted(coordinator.__main__.WITH_ARGUMENTS)


def test_a_command_gets_the_settings_of_the_installation_that_runs(
    kept: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EDGE_NODE_LOG_LEVEL", "debug")
    with claim(kept), announced(kept, tmp_path / "running"):
        found = running(tmp_path / "running")
        assert found == [kept]
        argv, environment = call("node", ["drain", "--wait-seconds", "3"], None, found)
        assert [Path(argv[0]).name, *argv[1:]] == ["edge-node", "drain", "--wait-seconds", "3"]
        assert environment["EDGE_NODE_NATS_URL"] == "nats://x"
        assert "EDGE_NODE_LOG_LEVEL" not in environment, "settings of another program around are not this one's"
        argv, environment = call("office", ["account", "list"], None, found)
        assert (Path(argv[0]).name, environment["COORDINATOR_NATS_URL"]) == ("coordinator", "nats://y")
    assert running(tmp_path / "running") == []


def test_logs_of_a_support_bundle_are_the_installations_own(kept: Path) -> None:
    argv, _ = call("node", ["support-bundle", "--without-node"], kept, [])
    assert argv[-2:] == ("--logs", str(kept / "logs"))
    argv, _ = call("node", ["support-bundle", "--logs=elsewhere"], kept, [])
    assert argv[-1] == "--logs=elsewhere"


@pytest.mark.parametrize("command", commands.FREE)
def test_what_needs_no_installation_runs_without_one(command: str) -> None:
    argv, environment = call("node", [command], None, [])
    assert argv[1:] == (command,)
    assert environment == dict(os.environ)


@pytest.mark.parametrize(
    ("whose", "words", "told"),
    [
        ("node", ["drain"], "no installation runs on this machine: ./justw up starts one"),
        ("office", ["account", "list"], "./justw office --data FOLDER account"),
        ("node", [], "usage: ./justw node"),
        ("node", ["room"], "usage: ./justw node"),
        ("office", ["api"], "usage: ./justw office"),
        ("office", ["drain"], "usage: ./justw office"),
    ],
)
def test_what_cannot_be_called_is_said_in_a_line(whose: str, words: list[str], told: str) -> None:
    with pytest.raises(NotCalled) as caught:
        call(whose, words, None, [])
    assert told in str(caught.value)
    assert "\n" not in str(caught.value)


def test_of_several_installations_one_must_be_named(kept: Path, tmp_path: Path) -> None:
    with pytest.raises(NotCalled, match="several installations run: .*kept.*--data FOLDER drain"):
        call("node", ["drain"], None, [kept, tmp_path])
    assert call("node", ["models", "list"], kept, [kept, tmp_path])[0][1:] == ("models", "list")


def test_a_stopped_installation_is_said_to_be_that(kept: Path) -> None:
    with pytest.raises(NotCalled, match=r"is not running: \./justw up --data .*kept starts it"):
        call("node", ["drain"], kept, [])
    assert call("node", ["drain", "--help"], kept, [])[0][1:] == ("drain", "--help")


@pytest.mark.parametrize("content", [None, "", "{}", "[1]", '"x"', "\x00"])
def test_a_folder_that_holds_no_installation_is_refused(tmp_path: Path, content: str | None) -> None:
    if content is not None:
        (tmp_path / commands.FILE).write_text(content)
    with pytest.raises(NotCalled, match="holds no installation that was up"):
        call("node", ["models"], tmp_path, [])


def test_what_a_killed_run_left_is_cleared_away(kept: Path, tmp_path: Path) -> None:
    folder = tmp_path / "running"
    folder.mkdir()
    (folder / str(GONE)).write_text(str(kept))
    (folder / "12x").write_text("")
    (folder / "13").write_bytes(b"\xff\xfe")
    (folder / str(os.getpid())).write_text(str(tmp_path / "never"))
    assert running(folder) == []
    assert list(folder.iterdir()) == []
    assert running(tmp_path / "no folder") == []


@pytest.mark.parametrize("content", ["", "x", "-1", str(GONE), "9" * 40])
def test_nobody_holds_a_folder_whose_run_is_gone(tmp_path: Path, content: str) -> None:
    (tmp_path / "running.lock").write_text(content)
    assert holder(tmp_path) is None


def test_an_installation_that_cannot_be_named_runs_all_the_same(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").touch()
    with announced(tmp_path, tmp_path / "file" / "running"):
        assert "need --data" in capsys.readouterr().err


def test_a_second_run_does_not_make_the_first_one_unknown(tmp_path: Path) -> None:
    held = claim(tmp_path)
    with pytest.raises(Exception, match="in use by another run"):
        claim(tmp_path)
    assert holder(tmp_path) == os.getpid()
    held.close()


def test_the_settings_are_readable_by_their_owner_only(kept: Path) -> None:
    assert (kept / commands.FILE).stat().st_mode & 0o777 == 0o600
    assert set(json.loads((kept / commands.FILE).read_text())) == {"node", "office"}
