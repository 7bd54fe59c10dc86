"""An administrator starts a playbook; the runner carries it out with real Ansible here, and its events come back."""

import asyncio
import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

import psycopg
import pytest
from coordinator.auth.rbac import Role
from coordinator.auth.tokens import Caller, utc_now
from coordinator.db.unit_of_work import Database
from coordinator.playbooks.endpoints import live
from coordinator.playbooks.runner import Place, PlaybookRunner
from coordinator.tasks import cancel
from coordinator_api import RunningApi, running_api
from provisioning.bundle import manifest, signature
from provisioning.bundle.build import pack
from provisioning.bundle.manifest import Target
from record_path import rows

ROOT = Path(__file__).parents[2]
SECRET = "correct-horse-battery"
WAIT_SECONDS = 120.0

ROLLBACK = """
- name: Go back
  hosts: all
  gather_facts: false
  tasks:
    - name: Keep the reason
      ansible.builtin.copy:
        content: "{{{{ rollback_reason }}}}"
        dest: "{folder}/{{{{ inventory_hostname }}}}.reason"
    - name: Handle a secret
      ansible.builtin.command: echo {secret}
      changed_when: true
      no_log: true
    - name: Wait for a sign
      ansible.builtin.wait_for: {{path: "{folder}/sign", timeout: 200}}
      when: "'wait' in rollback_reason"
    - name: Hold one rehearsed turn
      ansible.builtin.fail: {{msg: "heard nothing"}}
      when: inventory_hostname == 'branch-b' and 'fail' in rollback_reason
    - name: Fail with a secret
      ansible.builtin.command: "sh -c 'echo {secret}; exit 1'"
      no_log: true
      changed_when: false
      when: inventory_hostname == 'branch-a' and 'fail' in rollback_reason
"""
UPGRADE = """
- name: The canary
  hosts: all
  gather_facts: false
  tasks:
    - name: Say whose playbook this is
      ansible.builtin.copy: {{content: "{whose}", dest: "{folder}/whose"}}
"""
HOSTS = "{name} ansible_connection=local ansible_python_interpreter={python}\n"


@dataclass
class World:
    """The API, an administrator, and what the runner needs, in a folder."""

    running: RunningApi
    database_url: str
    headers: dict[str, dict[str, str]]
    place: Place
    folder: Path

    async def call(self, method: str, path: str, status: int, body: Any = None, role: str = "admin") -> Any:
        reply = await self.running.client.request(
            method, f"/api/playbooks{path}", headers=self.headers[role], json=body
        )
        assert reply.status_code == status, reply.text
        return reply.json()

    async def run_until(self, run_id: str, wanted: Callable[[Any], bool]) -> Any:
        """The run as soon as it is as wanted."""
        async with asyncio.timeout(WAIT_SECONDS):
            while not wanted(run := await self.call("GET", f"/runs/{run_id}", 200)):
                await asyncio.sleep(0.2)
        return run

    @contextlib.asynccontextmanager
    async def runner(self) -> AsyncIterator[asyncio.Event]:
        """The runner's work in this process, once it has said what it offers; gives the event that stops it."""
        database = Database(self.database_url, connections_max=2)
        await database.open()
        made, stopping = PlaybookRunner(database, self.place, deadline_seconds=120), asyncio.Event()
        tasks = [asyncio.create_task(made.announce()), asyncio.create_task(made.work(stopping))]
        try:
            async with asyncio.timeout(WAIT_SECONDS):
                while not (await self.call("GET", "", 200))["offers"]["machines"]:
                    await asyncio.sleep(0.3)
            yield stopping
            stopping.set()
            async with asyncio.timeout(WAIT_SECONDS):
                await tasks[1]
        finally:
            await cancel(*tasks)
            await database.close()


async def signed_in() -> bool:
    return True


def at_the_wait(run: Any) -> bool:
    return any(one["task"] == "Handle a secret" for one in run["results"])


def ended(run: Any) -> bool:
    return run["status"] not in ("waiting", "running")


@pytest.fixture
async def world(database_url: str, hub_nats: str, tmp_path: Path) -> AsyncIterator[World]:
    folder, playbook, made = tmp_path / "fleet", tmp_path / "playbook", tmp_path / "made"
    made.mkdir()
    (folder / "inventory").mkdir(parents=True)
    (folder / "bundles").mkdir()
    hosts = "".join(HOSTS.format(name=name, python=sys.executable) for name in ("branch-a", "branch-b"))
    (folder / "inventory/hosts").write_text(f"[nodes]\n{hosts}")
    write_playbook(playbook, made, whose="installed")
    place = Place(folder, tmp_path / "state", playbook, tmp_path / "signers")
    async with running_api(database_url, hub_nats) as running:
        headers = {role.value: header(running, database_url, role) for role in (Role.ADMIN, Role.RECRUITER)}
        yield World(running, database_url, headers, place, made)


def header(running: RunningApi, database_url: str, role: Role) -> dict[str, str]:
    """The header of a new account, already signed in."""
    ((account_id,),) = rows(
        database_url,
        "INSERT INTO account (email, name, role, password_hash)"
        " VALUES (%s, 'Minji', %s, '$argon2id$none') RETURNING id",
        f"{role.value}@here",
        role.value,
    )
    token = running.api.tokens.issue(Caller(account_id, role, "Minji"), now=utc_now())
    return {"Authorization": f"Bearer {token}"}


def write_playbook(playbook: Path, made: Path, *, whose: str) -> None:
    (playbook / "playbooks").mkdir(parents=True)
    (playbook / "ansible.cfg").write_text("[defaults]\nforks = 2\n")
    (playbook / "playbooks/rollback.yml").write_text(ROLLBACK.format(folder=made, secret=SECRET))
    (playbook / "playbooks/upgrade.yml").write_text(UPGRADE.format(folder=made, whose=whose))
    checker = playbook / "roles/bundle/files/unbundle.py"
    checker.parent.mkdir(parents=True)
    shutil.copyfile(ROOT / "provisioning/roles/bundle/files/unbundle.py", checker)


def put_bundle(world: World, tmp_path: Path, key: Path) -> str:
    """A signed bundle with a playbook of its own in the runner's folder; its id."""
    stage = tmp_path / "stage"
    write_playbook(stage / "playbook", world.folder, whose="the bundle's")
    python = ".".join(map(str, sys.version_info[:2]))
    said = manifest.of_folder(stage, "1.1", Target(python, os.uname().machine, (), "bookworm"))
    packed = pack(stage, said, key, world.place.folder / "bundles/new.bundle")
    return str(json.loads(packed.with_name("new.bundle.json").read_text())["id"])


async def test_a_run_is_told_machine_by_machine_with_reasons_and_without_secrets(world: World) -> None:
    async with world.runner():
        body = {"playbook": "rollback", "reason": "it will fail"}
        await world.call("POST", "/runs", 403, body, role="recruiter")
        await world.call("GET", "", 403, role="recruiter")
        begun = await world.call("POST", "/runs", 201, body)
        assert (begun["status"], begun["requested_by"] != "") == ("waiting", True)
        shown = []
        async with asyncio.timeout(WAIT_SECONDS):
            async for text in live(world.running.api.playbooks, UUID(begun["id"]), signed_in):
                if text.startswith("event: changed"):
                    shown.append(json.loads(text.partition("data: ")[2]))
    last = shown[-1]
    assert shown[0]["status"] in ("waiting", "running") and last["status"] == "failed"
    results = {one["machine"]: one for one in last["results"]}
    assert (results["branch-b"]["status"], results["branch-b"]["reason"]) == ("failed", "heard nothing")
    assert results["branch-b"]["task"] == "Hold one rehearsed turn"
    assert results["branch-a"]["status"] == "failed"
    assert "may hold a secret" in results["branch-a"]["reason"]
    assert last["events"][0]["status"] == "play"
    assert SECRET not in json.dumps(shown)
    assert (world.folder / "branch-a.reason").read_text() == "it will fail"
    left = [path for path in world.place.state.rglob("*") if path.is_file()]
    assert left and [path for path in left if SECRET in path.read_text(errors="replace")] == []
    actions = rows(world.database_url, "SELECT action, actor_role, detail FROM audit_entry ORDER BY number")
    told = [(action, role) for action, role, _ in actions if action.startswith("playbook.")]
    assert told == [("playbook.start", "admin"), ("playbook.end", "system")]
    assert "it will fail" not in str([detail for action, _, detail in actions if action == "playbook.start"])


async def test_one_at_a_time_and_never_later_than_expected_and_stopping_stops_ansible(world: World) -> None:
    body = {"playbook": "rollback", "reason": "please wait", "machines": ["branch-b"]}
    assert (await world.call("GET", "", 200))["switched_on"] is False
    assert (await world.call("POST", "/runs", 503, body))["code"] == "runner_unavailable"
    async with world.runner() as stopping:
        stopping.set()
    late = await world.call("POST", "/runs", 201, body)
    execute(world, "UPDATE playbook_run SET requested_at = now() - interval '2 minutes'")
    async with world.runner():
        begun = await world.call("POST", "/runs", 201, body)
        assert (await world.call("GET", f"/runs/{late['id']}", 200))["status"] == "not_taken"
        assert (await world.call("POST", "/runs", 409, body))["code"] == "playbook_running"
        assert (await world.call("GET", "", 200))["switched_on"] is True, "one was heard of"
        await world.run_until(begun["id"], at_the_wait)
        assert ansible_processes(world.place.state) != []
        await world.call("POST", f"/runs/{begun['id']}/cancellation", 200)
        run = await world.run_until(begun["id"], ended)
        assert (run["status"], [one["machine"] for one in run["results"]]) == ("cancelled", ["branch-b"])
        assert ansible_processes(world.place.state) == []
        await world.call("POST", f"/runs/{begun['id']}/cancellation", 409)
    assert not (world.folder / "branch-a.reason").exists()


async def test_a_release_is_installed_by_its_own_playbook_if_a_trusted_key_signed_it(
    world: World, tmp_path: Path
) -> None:
    if shutil.which("ssh-keygen") is None:
        pytest.skip("ssh-keygen is not installed: apt-get install openssh-client")
    ours, theirs = tmp_path / "ours", tmp_path / "theirs"
    for key in (ours, theirs):
        signature.make_key(key)
    bundle = put_bundle(world, tmp_path, ours)
    for key, status in ((theirs, "failed"), (ours, "done")):
        world.place.signers.write_text(signature.signers_line(key.with_name(f"{key.name}.pub")))
        async with world.runner():
            begun = await world.call("POST", "/runs", 201, {"playbook": "upgrade", "bundle": bundle})
            assert begun["bundle_version"] == "1.1"
            run = await world.run_until(begun["id"], ended)
        assert run["status"] == status, run
        if status == "failed":
            assert "signature" in run["note"]
            assert not (world.folder / "whose").exists()
    assert (world.folder / "whose").read_text() == "the bundle's"


async def test_a_runner_that_is_killed_leaves_no_run_that_goes_on_for_ever(world: World, tmp_path: Path) -> None:
    """As a process of its own, killed in the middle: Ansible ends, the run is lost, the next runner takes the next."""
    environment = {
        "COORDINATOR_DATABASE_URL": world.database_url,
        "COORDINATOR_PLAYBOOKS__FOLDER": str(world.place.folder),
        "COORDINATOR_PLAYBOOKS__STATE_DIR": str(world.place.state),
        "COORDINATOR_PLAYBOOKS__PLAYBOOK_DIR": str(world.place.playbook_dir),
    }
    argv = [str(Path(sys.executable).with_name("coordinator")), "provision-runner"]

    def start() -> subprocess.Popen[bytes]:
        return subprocess.Popen(argv, env={**os.environ, **environment}, stderr=subprocess.DEVNULL, cwd=tmp_path)

    async def started(body: dict[str, Any]) -> Any:
        async with asyncio.timeout(WAIT_SECONDS):
            while not (await world.call("GET", "", 200))["offers"]["machines"]:
                await asyncio.sleep(0.1)
        return await world.call("POST", "/runs", 201, body)

    process = start()
    try:
        begun = await started({"playbook": "rollback", "reason": "please wait"})
        await world.run_until(begun["id"], at_the_wait)
        process.send_signal(signal.SIGKILL)
        await asyncio.to_thread(process.wait, 10)
        assert (await world.call("GET", f"/runs/{begun['id']}", 200))["status"] == "running"
        execute(world, "UPDATE playbook_run SET lease_until = now() - interval '1 second'")
        assert (await world.call("GET", f"/runs/{begun['id']}", 200))["status"] == "lost"
        # The next event has no reader any more, and with that the run ends.
        (world.folder / "sign").touch()
        deadline = time.monotonic() + WAIT_SECONDS
        while ansible_processes(world.place.state) and time.monotonic() < deadline:
            await asyncio.sleep(0.1)
        assert ansible_processes(world.place.state) == []
        process = start()
        begun = await started({"playbook": "rollback", "reason": "now"})
        assert (await world.run_until(begun["id"], ended))["status"] == "done"
        # It carries out one, and ends well.
        assert await asyncio.to_thread(process.wait, 20) == 0
    finally:
        process.kill()
        process.wait(10)


def execute(world: World, statement: str) -> None:
    with psycopg.connect(world.database_url) as connection:
        connection.execute(statement.encode())


def ansible_processes(state: Path) -> list[int]:
    """Processes of Ansible that work in the runner's folder."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            words = (folder / "cmdline").read_bytes().decode(errors="replace")
            if "ansible-playbook" in words and str(state) in (folder / "environ").read_bytes().decode(errors="replace"):
                found.append(int(folder.name))
    return found
