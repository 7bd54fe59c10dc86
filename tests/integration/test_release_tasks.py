"""The playbook's own tasks put a release in place, keep the way back, and go it; run by Ansible in a scratch folder."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

PROVISIONING = Path(__file__).parents[2] / "provisioning"
TAKE = """
- hosts: localhost
  gather_facts: false
  vars: {{step: {step}, then: {then}}}
  tasks:
    - ansible.builtin.set_fact:
        release_path: "{{{{ appliance_root }}}}/releases/{release}"
        release_tree: "{{{{ appliance_root }}}}/releases/{release}/settings"
    - ansible.builtin.copy: {{content: "{setting}", dest: "{{{{ release_tree }}}}{{{{ env }}}}"}}
    - ansible.builtin.include_role: {{name: release, tasks_from: look.yml}}
    - ansible.builtin.copy:
        content: "{{{{ release_before | basename }}}} {{{{ release_wanted }}}}"
        dest: "{{{{ appliance_root }}}}/looked-{{{{ step }}}}"
    - when: release_wanted
      block:
        - ansible.builtin.include_role: {{name: release, tasks_from: put.yml}}
        - ansible.builtin.fail: {{msg: it does not work}}
          when: then == 'fails'
        - ansible.builtin.include_role: {{name: release, tasks_from: done.yml}}
          when: then == 'works'
      rescue:
        - ansible.builtin.include_role: {{name: release, tasks_from: back.yml}}
          when: release_before | length > 0
"""
TRIAL = """
- hosts: localhost
  gather_facts: false
  tasks:
    - ansible.builtin.set_fact:
        release_path: "{{{{ appliance_root }}}}/releases/{release}"
        release_tree: "{{{{ appliance_root }}}}/releases/{release}/settings"
    - ansible.builtin.include_role: {{name: release, tasks_from: look.yml}}
"""
DESCRIBED = """
- hosts: localhost
  gather_facts: false
  vars: {{release_settings: "{settings}"}}
  tasks:
    - ansible.builtin.include_role: {{name: release, tasks_from: described.yml}}
      vars: {{release_units: [nats, room]}}
"""
STARTED = """
- hosts: localhost
  gather_facts: false
  tasks:
    - ansible.builtin.include_role: {name: release, tasks_from: started.yml}
      vars: {release_units: [nats, room, review]}
"""
SYSTEMCTL = """#!/bin/sh
# Every unit runs and starts at boot.
printf 'Id=interview-%s.service\\nActiveState=active\\nUnitFileState=enabled\\n\\n' nats room review
"""
NOTE = """
    - ansible.builtin.shell: "basename $(readlink current) > now-{{ step }}; cat {{ env }} >> now-{{ step }}"
      args: {chdir: "{{ appliance_root }}"}
"""


class Machine:
    """A folder that stands for a machine: its programs, and the file its releases want on it."""

    def __init__(self, folder: Path) -> None:
        self.programs = folder / "programs"
        self.env = folder / "etc/node.env"
        for name in ("1", "2", "3"):
            (self.programs / "releases" / name / "settings" / str(self.env.parent).lstrip("/")).mkdir(parents=True)
        shutil.copy(PROVISIONING / "roles/bundle/files/releases.py", self.programs / "releases.py")
        (self.programs / "releases.py").chmod(0o755)
        self._folder = folder
        self._plays: list[str] = []

    def furnish(self, release: str, setting: str) -> None:
        """A release that proved itself with a setting some time ago."""
        for tree in ("settings", "proved"):
            file = self.programs / "releases" / release / tree / str(self.env).lstrip("/")
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(setting)

    def run_on(self, release: str, setting: str) -> None:
        """Let it be the one that runs."""
        self.env.parent.mkdir(parents=True, exist_ok=True)
        self.env.write_text(setting)
        (self.programs / "current").symlink_to(self.programs / "releases" / release)

    def take(self, release: str, then: str = "works", setting: str = "") -> None:
        """Take a release into use with a setting (default: its own), and let that work, fail or be cut off."""
        step = len(self._plays)
        self._plays.append(
            TAKE.format(step=step, release=release, then=then, setting=setting or f"of {release}") + NOTE
        )

    def run(self) -> list[tuple[str, ...]]:
        """By step: the way back, whether there was something to do, and then release and setting on the machine."""
        self._play("".join(self._plays))
        return [self._seen(step) for step in range(len(self._plays))]

    def try_out(self, *releases: str) -> list[str]:
        """What looking says on trial, by release."""
        said = self._play("".join(TRIAL.format(release=release) for release in releases), "--check")
        return re.split(r"^PLAY ", said, flags=re.MULTILINE)[1 : len(releases) + 1]

    def describe(self, settings: Path, *options: str) -> int:
        """Leave out the units a release has no more; how many tasks changed something."""
        said = self._play(DESCRIBED.format(settings=settings), *options)
        return int(said.partition("changed=")[2].split()[0])

    def started(self) -> str:
        """What starting the units of a machine says where all of them run."""
        program = self._folder / "bin/systemctl"
        program.parent.mkdir()
        program.write_text(SYSTEMCTL)
        program.chmod(0o755)
        return self._play(STARTED, path=f"{program.parent}:{os.environ['PATH']}")

    def _play(self, text: str, *options: str, path: str = os.environ["PATH"]) -> str:
        (self._folder / "hosts").write_text("[coordinator]\nlocalhost ansible_connection=local\n")
        (self._folder / "play.yml").write_text(text)
        said = {"appliance_root": self.programs, "appliance_admin_networks": "10.0.0.0/8", "env": self.env}
        argv = [str(Path(sys.executable).with_name("ansible-playbook")), "-i", str(self._folder / "hosts")]
        argv += [str(self._folder / "play.yml"), *options]
        argv += [part for name, value in said.items() for part in ("-e", f"{name}='{value}'")]
        environment = {
            **os.environ,
            "PATH": path,
            "ANSIBLE_ROLES_PATH": str(PROVISIONING / "roles"),
            "ANSIBLE_PYTHON_INTERPRETER": sys.executable,
            "ANSIBLE_LOCAL_TEMP": str(self._folder / "temporary"),
        }
        done = subprocess.run(argv, env=environment, capture_output=True, text=True, check=False, timeout=280)
        assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-500:]
        return done.stdout

    def _seen(self, step: int) -> tuple[str, ...]:
        before = (self.programs / f"looked-{step}").read_text().split(" ")
        return (*before, *(self.programs / f"now-{step}").read_text().splitlines())


def test_what_fails_or_is_cut_off_is_followed_by_programs_and_settings_that_worked(tmp_path: Path) -> None:
    machine = Machine(tmp_path)
    machine.take("1")
    machine.take("2", "fails")
    machine.take("2", "cut-off")
    machine.take("3", "fails")
    assert machine.run() == [
        ("", "True", "1", "of 1"),
        ("1", "True", "1", "of 1"),
        ("1", "True", "2", "of 2"),
        # 2 never proved itself.
        ("1", "True", "1", "of 1"),
    ]


def test_a_trial_run_counts_another_release_also_where_its_settings_are_alike(tmp_path: Path) -> None:
    machine = Machine(tmp_path)
    machine.run_on("1", "of all")
    for release in ("1", "2", "3"):
        machine.furnish(release, "of all" if release != "3" else "of 3")
    as_it_is, alike, other = machine.try_out("1", "2", "3")
    assert "changed:" not in as_it_is
    assert "changed:" in alike and "2 is wanted and 1 runs; otherwise than wanted: no file" in alike
    assert "changed:" in other and f"3 is wanted and 1 runs; otherwise than wanted: {machine.env}" in other


def test_a_process_that_was_switched_off_is_described_no_more(tmp_path: Path) -> None:
    machine = Machine(tmp_path)
    settings = machine.programs / "releases/1/settings"
    units = settings / "etc/systemd/system"
    units.mkdir(parents=True)
    for name in ("interview-nats", "interview-room", "interview-room-2", "interview-pull", "other"):
        (units / f"{name}.service").touch()
    assert machine.describe(settings, "--check") == 1
    assert len(list(units.iterdir())) == 5, "looking takes nothing away"
    assert machine.describe(settings) == 1
    left = ["interview-nats.service", "interview-room.service", "other.service"]
    assert sorted(path.name for path in units.iterdir()) == left
    assert machine.describe(settings) == 0


def test_units_that_run_are_asked_for_in_one_go_and_left_alone(tmp_path: Path) -> None:
    said = Machine(tmp_path).started()
    assert "Look which units run" in said and "item=" not in said
