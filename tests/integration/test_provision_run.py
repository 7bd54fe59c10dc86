"""A playbook run by ansible-runner checks host keys and leaves no secret behind."""

import argparse
import sys
from pathlib import Path

import pytest
from provisioning.runner import Progress

from provisioning import runner

SECRET = "correct-horse-battery"
PLAYBOOK = """
- hosts: all
  gather_facts: false
  tasks:
    - name: Take the secret where it is needed
      ansible.builtin.command: "true"
      environment: {GIVEN: "{{ given }}"}
      changed_when: true
      no_log: true
    - name: Say whether host keys are checked
      ansible.builtin.assert:
        that: lookup('ansible.builtin.config', 'HOST_KEY_CHECKING') | bool
"""


def test_host_keys_are_checked_and_no_secret_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    playbooks = tmp_path / "provisioning/playbooks"
    playbooks.mkdir(parents=True)
    (playbooks / "reset.yml").write_text(PLAYBOOK)
    (tmp_path / "provisioning/ansible.cfg").write_text("[defaults]\nhost_key_checking = True\n")
    inventory = tmp_path / "hosts"
    inventory.write_text(f"here ansible_connection=local ansible_python_interpreter={sys.executable}\n")
    monkeypatch.setenv("A_TOKEN_OF_THE_OPERATOR", SECRET)
    parser = argparse.ArgumentParser()
    runner.add_arguments(parser)
    artifacts = tmp_path / "artifacts-folder"
    options = parser.parse_args(["reset", "--inventory", str(inventory), "--artifacts", str(artifacts)])
    told: list[str] = []
    progress = Progress(told.append)
    assert runner.play(options, tmp_path, {"given": SECRET}, progress) == "successful", told
    assert progress.failed == {}
    assert progress.changed == {"here": 1}
    files = [path for path in artifacts.rglob("*") if path.is_file()]
    assert files
    assert [path for path in files if SECRET in path.read_text(errors="replace")] == []


def test_why_no_play_began_is_told(tmp_path: Path) -> None:
    (tmp_path / "provisioning/playbooks").mkdir(parents=True)
    (tmp_path / "provisioning/playbooks/reset.yml").write_text("- hosts: all\n  tusks: []\n")
    (tmp_path / "hosts").write_text("here ansible_connection=local\n")
    parser = argparse.ArgumentParser()
    runner.add_arguments(parser)
    arguments = ["reset", "--inventory", str(tmp_path / "hosts"), "--artifacts", str(tmp_path / "runs")]
    told: list[str] = []
    assert runner.play(parser.parse_args(arguments), tmp_path, {}, Progress(told.append)) == "failed"
    assert "tusks" in "\n".join(told)
