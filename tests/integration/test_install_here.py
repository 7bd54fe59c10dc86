"""A bundle's own playbook run on the machine itself, by real Ansible: what was fetched, and by a person's hand."""

import fcntl
import importlib.util
import json
import os
import platform
import shutil
import sys
import threading
from pathlib import Path
from typing import Any

import pytest
from provisioning.bundle import manifest, signature
from provisioning.bundle.build import pack
from provisioning.bundle.manifest import Target

FILES = Path(__file__).parents[2] / "provisioning/roles/bundle/files"
ANNOUNCED = "0b1c2d3e-0000-4000-8000-000000000001"
SITE = """
- name: Branches
  hosts: nodes
  gather_facts: false
  tasks:
    - name: Read what the bundle says of itself
      ansible.builtin.set_fact:
        facts: "{{{{ lookup('ansible.builtin.file', appliance_bundle ~ '.json') | from_json }}}}"
    - name: Leave word
      ansible.builtin.copy:
        content: "{{{{ [facts.version, inventory_hostname, ansible_connection, appliance_local] | join(' ') }}}}"
        dest: "{folder}/seen-{{{{ inventory_hostname }}}}"
    - name: Hold one rehearsed turn
      ansible.builtin.fail: {{msg: "release 1 did not prove itself (hear: heard\\n nothing)"}}
      when: {fails}
"""
UV = """#!/bin/sh
# Stands for uv: Ansible is the one of this machine.
for folder; do :; done
[ "$1" != venv ] || mkdir -p "$folder/bin"
[ "$1" != pip ] || ln -sf {ansible} {target}/bin/ansible-playbook
"""


def installer() -> Any:
    spec = importlib.util.spec_from_file_location("install_here", FILES / "install_here.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    module.PYTHON = sys.executable
    return module


class Machine:
    """A node's folders, a key, and small bundles signed by it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.programs, self.fetched = folder / "programs", folder / "fetched"
        for made in (self.programs, self.fetched):
            made.mkdir()
        for name in ("unbundle.py", "releases.py"):
            shutil.copy(FILES / name, self.programs / name)
        self.key = folder / "key"
        self.signers = folder / "signers"
        self.signers.write_text(signature.signers_line(signature.make_key(self.key)))
        self.inventory = folder / "inventory.json"
        here = {"ansible_host": "10.0.0.11", "ansible_python_interpreter": sys.executable}
        nodes = {"branch-a": here, "branch-b": {"ansible_host": "10.0.0.12"}}
        self.inventory.write_text(json.dumps({"all": {"children": {"nodes": {"hosts": nodes}}}}))

    def bundle(self, version: str, *, fails: bool = False, key: Path | None = None) -> Path:
        stage = self.folder / f"stage-{version}"
        target = self.programs / "pull/ansible"
        ansible = Path(sys.executable).with_name("ansible-playbook")
        for name, text in (
            ("bin/uv", UV.format(ansible=ansible, target=target)),
            ("requirements-playbook.txt", ""),
            ("wheels/none", ""),
            ("playbook/ansible.cfg", "[defaults]\n"),
            ("playbook/playbooks/site.yml", SITE.format(folder=self.folder, fails=json.dumps(fails))),
        ):
            (stage / name).parent.mkdir(parents=True, exist_ok=True)
            (stage / name).write_text(text)
        python = ".".join(platform.python_version_tuple()[:2])
        said = manifest.of_folder(stage, version, Target(python, platform.machine(), (), "bookworm"))
        return pack(stage, said, key or self.key, self.folder / f"{version}.bundle")

    def fetch(self, packed: Path, announcement: str = ANNOUNCED, **other: str) -> str:
        """Leave what the node's programs leave; the bundle's id."""
        shutil.copy(packed, self.fetched / "bundle")
        found: str = json.loads(packed.with_name(packed.name + ".json").read_text())["id"]
        said = {"announcement": announcement, "bundle": found, **other}
        (self.fetched / "ready.json").write_text(json.dumps(said))
        return found

    def run(self, module: Any, *more: str) -> int:
        argv = ["install_here.py", *(more or ("fetched", "--fetched", str(self.fetched)))]
        argv += ["--name", "branch-a", "--inventory", str(self.inventory), "--signers", str(self.signers)]
        before, sys.argv = sys.argv, [*argv, "--programs", str(self.programs)]
        try:
            status: int = module.main()
            return status
        finally:
            sys.argv = before

    def outcome(self) -> dict[str, Any]:
        said: dict[str, Any] = json.loads((self.programs / "pull/outcome.json").read_text())
        return said

    def left(self) -> list[str]:
        return sorted(path.name for path in self.fetched.iterdir())


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    if shutil.which("ssh-keygen") is None:
        pytest.skip("ssh-keygen is not installed: apt-get install openssh-client")
    return Machine(tmp_path)


@pytest.mark.timeout(240)
def test_what_was_fetched_is_installed_by_its_own_playbook_on_this_machine_alone(machine: Machine) -> None:
    bundle = machine.fetch(machine.bundle("1.1"))
    assert machine.run(installer()) == 0
    assert (machine.folder / "seen-branch-a").read_text() == "1.1 branch-a local true"
    assert not (machine.folder / "seen-branch-b").exists()
    said = machine.outcome()
    assert (said["announcement"], said["bundle"], said["state"]) == (ANNOUNCED, bundle, "active")
    assert machine.left() == []

    machine.fetch(machine.bundle("1.2", fails=True), ANNOUNCED.replace("1", "2"))
    assert machine.run(installer()) == 1
    said = machine.outcome()
    assert said["state"] == "failed"
    assert said["reason"] == "Hold one rehearsed turn: release 1 did not prove itself (hear: heard nothing)"
    assert machine.left() == []


@pytest.mark.timeout(240)
def test_a_person_installs_a_bundle_by_hand(machine: Machine) -> None:
    assert machine.run(installer(), "bundle", str(machine.bundle("1.1"))) == 0
    assert (machine.folder / "seen-branch-a").read_text() == "1.1 branch-a local true"


def refused(machine: Machine, reason: str) -> None:
    assert machine.run(installer()) == 1
    said = machine.outcome()
    assert said["state"] == "failed" and reason in said["reason"], said
    assert machine.left() == []
    assert not list((machine.programs / "bundles").glob("*")) and not (machine.folder / "seen-branch-a").exists()


def test_a_bundle_of_another_key_changes_nothing(machine: Machine) -> None:
    stranger = machine.folder / "stranger"
    signature.make_key(stranger)
    machine.fetch(machine.bundle("1.1", key=stranger))
    refused(machine, "signature")


def test_a_damaged_bundle_changes_nothing(machine: Machine) -> None:
    machine.fetch(machine.bundle("1.1"))
    content = (machine.fetched / "bundle").read_bytes()
    (machine.fetched / "bundle").write_bytes(content.replace(b"Leave word", b"Leave w0rd"))
    refused(machine, "not what was signed")


def test_a_link_instead_of_the_bundle_is_not_followed(machine: Machine) -> None:
    machine.fetch(machine.bundle("1.1"))
    (machine.fetched / "bundle").unlink()
    (machine.fetched / "bundle").symlink_to(machine.folder / "1.1.bundle")
    refused(machine, "Too many levels of symbolic links")


@pytest.mark.timeout(60)
def test_a_pipe_instead_of_the_bundle_does_not_let_it_wait(machine: Machine) -> None:
    machine.fetch(machine.bundle("1.1"))
    (machine.fetched / "bundle").unlink()
    os.mkfifo(machine.fetched / "bundle")
    refused(machine, "is no file")


def test_another_bundle_than_the_announced_one_is_not_installed(machine: Machine) -> None:
    machine.fetch(machine.bundle("1.1"), bundle="0" * 16)
    assert machine.run(installer()) == 1
    assert "was announced" in machine.outcome()["reason"]
    assert not (machine.folder / "seen-branch-a").exists()


@pytest.mark.parametrize(
    "said", ["", "[]", '{"announcement": "../x", "bundle": "y"}', '{"announcement": 1, "bundle": 2}', "x" * 10_000]
)
def test_a_word_that_no_program_of_ours_writes_is_taken_away(machine: Machine, said: str) -> None:
    (machine.fetched / "ready.json").write_text(said)
    assert machine.run(installer()) == 1
    assert machine.left() == [] and not (machine.programs / "pull/outcome.json").exists()


def test_a_link_or_pipe_instead_of_that_word_does_not_start_it_for_ever(machine: Machine) -> None:
    ready = machine.fetched / "ready.json"
    ready.symlink_to(machine.signers)
    assert machine.run(installer()) == 1 and not ready.is_symlink() and machine.signers.exists()
    os.mkfifo(ready)
    assert machine.run(installer()) == 1 and machine.left() == []
    (ready / "below").mkdir(parents=True)
    assert machine.run(installer()) == 1 and machine.left() == []


@pytest.mark.timeout(240)
def test_a_run_that_was_cut_off_is_begun_again_but_not_for_ever(machine: Machine) -> None:
    bundle = machine.bundle("1.1")
    for tries, status in ((2, 0), (3, 1)):
        machine.fetch(bundle)
        said = {"announcement": ANNOUNCED, "bundle": "x", "state": "installing", "reason": "", "tries": tries}
        (machine.programs / "pull").mkdir(exist_ok=True)
        (machine.programs / "pull/outcome.json").write_text(json.dumps(said))
        assert machine.run(installer()) == status
    assert "cut off 3 times" in machine.outcome()["reason"]


@pytest.mark.timeout(240)
def test_two_runs_are_never_at_once(machine: Machine) -> None:
    made = machine.bundle("1.1")
    machine.fetch(made)
    (machine.programs / "pull").mkdir()
    with (machine.programs / "pull/lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        assert machine.run(installer(), "bundle", str(made)) == 1, "a person is told"
        waiting = threading.Thread(target=lambda: machine.run(installer()))
        waiting.start()
        waiting.join(0.5)
        assert waiting.is_alive() and machine.left() == ["bundle", "ready.json"], "the service waits"
    waiting.join(120)
    assert machine.outcome()["state"] == "active"
