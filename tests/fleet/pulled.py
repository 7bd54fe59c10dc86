"""A branch that lets nobody in: its node fetches a release, installs it by itself, and comes back from a broken one."""

import json
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from fleet import seen
from fleet.findings import Findings
from fleet.head_office import HeadOffice
from fleet.hosts import ADMIN, HUB, Fleet, Host, in_namespace
from fleet.playbook import DEPOT_PORT, Outcome

CLOSED = "branch_firewall"
FIREWALL = f"""table inet {CLOSED} {{
  chain input {{
    type filter hook input priority -10; policy accept;
    iifname "eth0" tcp dport {{ 22, 9100 }} drop
    iifname "eth0" ct state new drop
  }}
}}
"""
"""SSH is closed also to connections that are open already."""

SECONDS = 900
FETCH = """
import sys, urllib.request
urllib.request.urlretrieve(sys.argv[1], sys.argv[2])
"""
AT_OFFICE = "/var/lib/interview/announced.bundle"


class Pulled:
    """The stage; the last node is the one in such a branch."""

    fleet: Fleet
    found: Findings
    bundles: Mapping[str, Path]
    nodes: Sequence[Host]
    office: HeadOffice
    run: Callable[..., Outcome]
    _told: Callable[..., dict[str, Any]]

    def pulled(self) -> None:
        """By pull alone: a good release over a cut of the power, then a broken one."""
        check, fleet, office = self.found.check, self.fleet, self.office.host
        other, node = self.nodes[0], self.nodes[-1]
        limit = f"{office.name},{node.name}"
        made = self.run("site", "good", limit=limit, appliance_pulls=True, rollout_group="canary")
        if not check("a node is told to fetch releases itself", made.green, made.text[-1500:]):
            return
        again = self.run("site", "good", limit=limit, appliance_pulls=True, rollout_group="canary")
        check("told again, nothing of it changes", again.green and not again.changed[node.name], again.changed)
        before = fleet.ssh(other, "readlink /opt/interview/current").stdout
        self._close(node)
        try:
            self._good(node)
            self._broken(node)
            reached = seen.open_tcp(node, {22, 443, 9100}, from_namespace=HUB)
            check("all that time nobody got into the branch", not reached, sorted(reached))
        finally:
            self._open(node)
        log = fleet.ssh(node, "cat /opt/interview/pull/run.log").stdout
        (fleet.folder / "pulled.log").write_text(log)
        turn = seen.probe(fleet, node)
        current = fleet.ssh(node, "readlink /opt/interview/current").stdout.strip()
        check("after the broken release it holds a turn on the one before", turn["ok"] and "0.1.2" in current, turn)
        failed = fleet.ssh(node, "systemctl list-units --failed --no-legend --plain 'interview-*'").stdout.strip()
        check("none of its processes has failed", not failed, failed)
        check("no other node was touched", fleet.ssh(other, "readlink /opt/interview/current").stdout == before)
        back = self.run("site", "good", limit=limit)
        units = fleet.ssh(node, "ls /etc/systemd/system | grep -E 'appliance-release|interview-pull' || true").stdout
        off = back.green and not units.strip()
        check("told otherwise, it fetches nothing by itself any more", off, [units, back.text[-1500:]])
        row = self.office.nodes()[node.name]
        check("and head office announces nothing to it", not row.get("pull"), row.get("pull"))

    def _good(self, node: Host) -> None:
        """The branch's power goes while the release is installed."""
        said = self._announce("newer")
        self.found.check("a release is announced", said.returncode == 0, said.stderr)
        began = time.monotonic()
        pull = self._until(node, lambda pull: pull["state"] in ("installing", "active", "failed"))
        cut = pull.get("state") == "installing"
        self.found.check("it fetches the release and begins to install it", cut, pull)
        self.found.figures["pull_fetched_s"] = round(time.monotonic() - began, 1)
        self.fleet.cut_power(node)
        self.fleet.start(node)
        pull = self._until(node, lambda pull: pull["state"] in ("active", "failed"))
        release = self._told(node, "active", "0.1.2")
        on_it = pull.get("state") == "active" and release.get("state") == "active" and "0.1.2" in release["actual"]
        self.found.check("it upgrades itself, over a cut of its power", on_it, [pull, release])
        self.found.figures["pull_upgraded_s"] = round(time.monotonic() - began, 1)
        shown = self._office("show").stdout
        self.found.check("head office says that all have it", "done" in shown, shown)

    def _broken(self, node: Host) -> None:
        said = self._announce("deaf")
        self.found.check("a broken release is announced", said.returncode == 0, said.stderr)
        pull = self._until(node, lambda pull: pull["state"] in ("active", "failed") and pull["version"] == "0.1.1")
        release = self._told(node, "rolled_back", "0.1.1")
        told = pull.get("state") == "failed" and "hear" in pull.get("reason", "")
        back = release.get("state") == "rolled_back" and "0.1.2" in release["actual"]
        self.found.check("it goes back from a broken release and says why", told and back, [pull, release])
        self.found.figures["pull_failed_reason"] = pull.get("reason", "")
        shown = self._office("show").stdout
        self.found.check("the rollout stopped", "stopped" in shown, shown)

    def _announce(self, bundle: str) -> subprocess.CompletedProcess[str]:
        sys.stderr.write(f"  announces {bundle}\n")
        url = f"http://{ADMIN}:{DEPOT_PORT}/{self.bundles[bundle].name}"
        self.fleet.ssh(
            self.office.host, f"python3 -c '{FETCH}' {url} {AT_OFFICE} && chmod 644 {AT_OFFICE}", seconds=900
        )
        return self._office(f"announce {AT_OFFICE}")

    def _office(self, command: str) -> subprocess.CompletedProcess[str]:
        program = "/usr/local/bin/interview-head-office rollout"
        return self.fleet.ssh(self.office.host, f"{program} {command}", check=False, seconds=900)

    def _until(self, node: Host, enough: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
        """What the fleet page says of the node's fetching, once it is enough or the time is over."""
        deadline, last = time.monotonic() + SECONDS, ""
        pull: dict[str, Any] = {}
        while time.monotonic() < deadline:
            try:
                pull = self.office.nodes()[node.name].get("pull") or {}
            except (subprocess.CalledProcessError, subprocess.TimeoutExpired):
                pull = {}
            if json.dumps(pull) != last:
                last = json.dumps(pull)
                sys.stderr.write(f"    {last}\n")
            if pull and enough(pull):
                return pull
            time.sleep(1)
        return pull

    def _close(self, node: Host) -> None:
        """The branch's own firewall, outside of the machine's hands: nothing that comes from elsewhere gets in."""
        self._nft(node, FIREWALL)

    def _open(self, node: Host) -> None:
        self._nft(node, f"table inet {CLOSED}\ndelete table inet {CLOSED}")

    def _nft(self, node: Host, rules: str) -> None:
        subprocess.run(in_namespace(node.namespace, "nft", "-f", "-"), input=rules, text=True, check=True)
