"""Who holds an interview: the same promise from the kernel's locks and from the fake."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from edge_node.room.desk.holding import FOLDER, Holding, LockedFiles
from fakes.memory_holding import MemoryHolding

Made = Callable[[], Holding]

HOLD = """
import sys
from pathlib import Path
from edge_node.room.desk.holding import LockedFiles
print(LockedFiles(Path(sys.argv[1])).take("i-1"), flush=True)
sys.stdin.read()
"""


@pytest.fixture(params=["kernel", "memory"])
def process(request: pytest.FixtureRequest, tmp_path: Path) -> Made:
    node: dict[str, MemoryHolding] = {}
    return (lambda: LockedFiles(tmp_path)) if request.param == "kernel" else lambda: MemoryHolding(node)


def test_one_holds_it_until_it_is_dropped_as_often_as_taken(process: Made) -> None:
    first, second = process(), process()
    assert first.take("i-1")
    assert first.take("i-1")
    assert not second.take("i-1")
    assert second.take("i-2"), "others are no matter"
    first.drop("i-1")
    assert not second.take("i-1")
    first.drop("i-1")
    assert second.take("i-1")
    assert not first.take("i-1")
    assert not first.take("i-2")


def test_nothing_is_left_on_disk(tmp_path: Path) -> None:
    holding = LockedFiles(tmp_path)
    for _ in range(3):
        assert holding.take("i-1")
        holding.drop("i-1")
    assert list((tmp_path / FOLDER).iterdir()) == []


def test_only_ids_become_files(tmp_path: Path) -> None:
    holding = LockedFiles(tmp_path / "node")
    for strange in ("../x", "", "a/b", "x" * 65, "a\0"):
        assert not holding.take(strange)
    assert not (tmp_path / "node").exists()


def test_what_a_killed_process_held_is_free_at_once(tmp_path: Path) -> None:
    holding = LockedFiles(tmp_path)
    argv = [sys.executable, "-c", HOLD, str(tmp_path)]
    with subprocess.Popen(argv, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == b"True\n"
        assert not holding.take("i-1")
        os.kill(other.pid, signal.SIGSTOP)
        assert not holding.take("i-1"), "one that hangs still holds it"
        other.kill()
        other.wait()
    assert holding.take("i-1")


def test_a_file_removed_while_it_was_opened_is_not_the_lock(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first, second, third = LockedFiles(tmp_path), LockedFiles(tmp_path), LockedFiles(tmp_path)
    assert first.take("i-1")
    really_open, opened = os.open, []

    def open_late(*arguments: object, **named: object) -> int:
        descriptor = really_open(*arguments, **named)  # type: ignore[arg-type]
        opened.append(descriptor)
        if len(opened) == 1:
            first.drop("i-1")  # the file that was just opened is gone
            monkeypatch.setattr(os, "open", really_open)
            assert third.take("i-1")
        return descriptor

    monkeypatch.setattr(os, "open", open_late)
    assert not second.take("i-1")
    third.drop("i-1")
    assert second.take("i-1")


def test_a_disk_that_takes_no_file_turns_nobody_away(tmp_path: Path) -> None:
    (tmp_path / FOLDER).write_text("not a folder")
    holding = LockedFiles(tmp_path)
    assert holding.take("i-1")
    assert holding.take("i-1")
    holding.drop("i-1")
    holding.drop("i-1")
