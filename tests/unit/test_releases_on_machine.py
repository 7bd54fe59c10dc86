"""A release's settings are put, proved and put back with it; old releases go, never one that is a way back."""

import importlib.util
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

PROGRAM = Path(__file__).parents[2] / "provisioning/roles/bundle/files/releases.py"


def load() -> Any:
    spec = importlib.util.spec_from_file_location("releases_on_machine", PROGRAM)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


releases = load()


class Machine:
    """A machine's folders below a scratch one."""

    def __init__(self, root: Path) -> None:
        self.root = root / "machine"
        self.programs = self.root / "opt/interview"
        self.programs.mkdir(parents=True)

    def release(self, name: str, age: int = 0, **files: str) -> Path:
        folder = self.programs / "releases" / name
        (folder / "settings").mkdir(parents=True)
        for path, text in files.items():
            file = folder / "settings/etc" / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text)
        os.utime(folder, ns=(10**18 - age * 10**9,) * 2)
        return folder

    def bundle(self, name: str) -> Path:
        folder = self.programs / "bundles" / name
        folder.mkdir(parents=True)
        return folder

    def put(self, tree: Path) -> Any:
        return releases.put(tree, self.root, self.programs)

    def link(self, name: str, release: Path) -> None:
        link = self.programs / name
        link.unlink(missing_ok=True)
        link.symlink_to(release)

    def prune(self, bundle: str, keep: int = 3) -> list[str]:
        return list(releases.prune(self.programs, keep, bundle)["removed"])


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path)


def test_going_back_brings_the_settings_the_old_release_proved_itself_with(machine: Machine) -> None:
    old = machine.release("1", env="threads=1", unit="old")
    new = machine.release("2", env="threads=9", unit="new", extra="more")
    machine.put(old / "settings")
    assert releases.prove(old) == {"changed": True}
    assert machine.put(new / "settings") == {"other": ["/etc/env", "/etc/extra", "/etc/unit"], "gone": []}
    assert machine.put(old / "proved") == {"other": ["/etc/env", "/etc/unit"], "gone": ["/etc/extra"]}
    assert {path.name: path.read_text() for path in (machine.root / "etc").iterdir()} == {
        "env": "threads=1",
        "unit": "old",
    }


def test_settings_that_failed_are_not_what_a_release_goes_back_to(machine: Machine) -> None:
    release = machine.release("1", env="good")
    machine.put(release / "settings")
    releases.prove(release)
    (release / "settings/etc/env").write_text("bad")
    machine.put(release / "settings")
    machine.put(release / "proved")
    assert (machine.root / "etc/env").read_text() == "good"


def test_what_was_proved_already_is_nothing_new(machine: Machine) -> None:
    release = machine.release("1", env="a")
    assert releases.prove(release)["changed"] is True
    assert releases.prove(release)["changed"] is False
    (release / "settings/etc/env").write_text("b")
    assert releases.prove(release)["changed"] is True
    assert (release / "proved/etc/env").read_text() == "b"


@pytest.mark.parametrize("change", ["content", "mode", "absent", "link"])
def test_every_way_in_which_a_file_can_be_otherwise_is_seen(machine: Machine, change: str) -> None:
    release = machine.release("1", env="a")
    machine.put(release / "settings")
    file = machine.root / "etc/env"
    assert releases.differing(release / "settings", machine.root, machine.programs)["other"] == []
    if change == "content":
        file.write_text("b")
    elif change == "mode":
        file.chmod(0o600)
    else:
        file.unlink()
    if change == "link":
        file.symlink_to(release / "settings/etc/env")
    assert releases.differing(release / "settings", machine.root, machine.programs)["other"] == ["/etc/env"]
    machine.put(release / "settings")
    assert not file.is_symlink()
    assert file.read_text() == "a"


def test_a_record_of_what_was_put_that_is_garbage_takes_nothing_away(machine: Machine) -> None:
    release = machine.release("1", env="a")
    (machine.root / "precious").write_text("x")
    for text in ("not json", json.dumps(["../precious", 7])):
        (machine.programs / "placed.json").write_text(text)
        assert releases.differing(release / "settings", machine.root, machine.programs)["gone"] == []


def test_old_releases_and_their_bundles_go(machine: Machine) -> None:
    for age, name in enumerate(["5.0-eeeeeeee", "4.0-dddddddd", "3.0-cccccccc", "2.0-bbbbbbbb", "1.0-aaaaaaaa"]):
        machine.release(name, age)
        machine.bundle(name[-8:] + "00000000")
    (machine.programs / "cache").mkdir()
    machine.link("current", machine.programs / "releases/5.0-eeeeeeee")
    machine.link("previous", machine.programs / "releases/1.0-aaaaaaaa")
    assert set(machine.prune("eeeeeeee00000000")) == {
        "releases/3.0-cccccccc",
        "releases/2.0-bbbbbbbb",
        "bundles/cccccccc00000000",
        "bundles/bbbbbbbb00000000",
    }
    left = sorted(path.name for path in (machine.programs / "releases").iterdir())
    assert left == ["1.0-aaaaaaaa", "4.0-dddddddd", "5.0-eeeeeeee"]
    assert len(list((machine.programs / "bundles").iterdir())) == 3
    assert not (machine.programs / "cache").exists()
    assert machine.prune("eeeeeeee00000000") == []


def test_a_machine_without_releases_keeps_the_bundle_in_use(machine: Machine) -> None:
    machine.bundle("a" * 16)
    machine.bundle("b" * 16)
    assert machine.prune("b" * 16) == [f"bundles/{'a' * 16}"]


def test_a_way_back_is_never_given_up(machine: Machine) -> None:
    with pytest.raises(ValueError, match="way back"):
        machine.prune("a" * 16, keep=1)


def test_the_program_says_what_is_wrong_in_one_line(tmp_path: Path) -> None:
    argv = [sys.executable, str(PROGRAM), "--root", str(tmp_path), "put", str(tmp_path / "nothing")]
    done = subprocess.run(argv, capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1 and "no settings" in done.stderr
