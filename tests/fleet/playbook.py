"""Running the playbooks on the hosts, as an operator does, from IT's network."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from fleet.hosts import ADMIN, HUB, NETWORK, Fleet, in_namespace

ROOT = Path(__file__).parents[2]
DEPOT_PORT = 8000
SHARED: dict[str, Any] = {
    "ansible_user": "root",
    "appliance_admin_networks": [f"{ADMIN}/32"],
    "appliance_airgap": True,
    # Containers on a shared machine: small, without a clock or a screen of their own.
    "preflight_memory_mb": 1000,
    "preflight_disk_mb": 1000,
    "kiosk_start": False,
    "edge_node_drain_seconds": 60,
    "coordinator_playbooks": True,
}


@dataclass(frozen=True)
class Outcome:
    """What a run of a playbook came to. ``text``: all it said."""

    code: int
    seconds: float
    changed: dict[str, int]
    failed: dict[str, int]
    text: str

    @property
    def green(self) -> bool:
        """Whether nothing failed anywhere."""
        return self.code == 0


class Depot:
    """Serves the bundles to the hosts over HTTP, from IT's network; the only thing they can reach beside each other."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._child: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> "Depot":
        argv = (sys.executable, "-m", "http.server", str(DEPOT_PORT), "--bind", ADMIN, "--directory", str(self._folder))
        self._child = subprocess.Popen(
            in_namespace(HUB, *argv), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
        )
        return self

    def __exit__(self, *_: object) -> None:
        if self._child is not None:
            self._child.terminate()
            self._child.wait(10)


def inventory(fleet: Fleet) -> Path:
    """Write the inventory of the hosts; returns its file."""
    groups: dict[str, Any] = {}
    for host in fleet.hosts:
        place = groups.setdefault(host.group, {"hosts": {}})
        place["hosts"][host.name] = {"ansible_host": host.address, **host.variables}
    trust = f"-o UserKnownHostsFile={fleet.known_hosts}"
    said = {
        "all": {
            "children": groups,
            "vars": {
                **SHARED,
                "ansible_ssh_private_key_file": str(fleet.key),
                "ansible_ssh_common_args": trust,
            },
        }
    }
    path = fleet.folder / "inventory.json"
    path.write_text(json.dumps(said, indent=1))
    return path


def play(
    fleet: Fleet,
    name: str,
    bundle: Path,
    variables: Mapping[str, Any] | None = None,
    *,
    limit: str = "",
    trial: bool = False,
) -> Outcome:
    """Run one playbook to its end, whatever that is. ``trial``: say what it would change, changing nothing."""
    said = {
        "appliance_bundle": str(bundle),
        "appliance_bundle_url": f"http://{NETWORK}.1:{DEPOT_PORT}/{bundle.name}",
        "appliance_signers_file": f"{bundle}.signers",
        **(variables or {}),
    }
    argv = [str(Path(sys.executable).with_name("ansible-playbook")), "-i", str(inventory(fleet))]
    argv += [str(ROOT / "provisioning/playbooks" / f"{name}.yml"), "-e", json.dumps(said)]
    argv += ["--limit", limit] if limit else []
    argv += ["--check"] if trial else []
    log = fleet.folder / f"{name}-{time.monotonic_ns()}.log"
    environment = {
        **os.environ,
        "ANSIBLE_CONFIG": str(ROOT / "provisioning/ansible.cfg"),
        "ANSIBLE_SSH_CONTROL_PATH_DIR": str(fleet.folder / "cp"),
        "ANSIBLE_NOCOLOR": "1",
    }
    began = time.monotonic()
    with log.open("w") as out:
        done = subprocess.run(
            in_namespace(HUB, *argv), env=environment, stdout=out, stderr=subprocess.STDOUT, check=False, timeout=3000
        )
    text = log.read_text()
    return Outcome(done.returncode, time.monotonic() - began, _recap(text, "changed"), _failures(text), text)


def _recap(text: str, word: str) -> dict[str, int]:
    found = {}
    for line in text.partition("PLAY RECAP")[2].splitlines():
        if f"{word}=" in line:
            found[line.split()[0]] = int(line.split(f"{word}=")[1].split()[0])
    return found


def _failures(text: str) -> dict[str, int]:
    failed, unreachable = _recap(text, "failed"), _recap(text, "unreachable")
    return {host: failed[host] + unreachable.get(host, 0) for host in failed}
