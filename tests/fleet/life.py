"""What happens to machines after they were made: releases that work and that do not, drift, and the end."""

import json
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from fleet import seen
from fleet.findings import Findings
from fleet.head_office import HeadOffice
from fleet.hosts import Fleet, Host
from fleet.playbook import Outcome, play

STARTED = "systemctl show -p ActiveEnterTimestampMonotonic --value interview-speech"
LEFT_OVER = """
printf '[Service]\\nExecStart=/bin/sleep infinity\\n' > /etc/systemd/system/interview-room-3.service
printf '[Service]\\nExecStart=/bin/sleep infinity\\n' > /run/systemd/system/interview-room-4.service
systemctl daemon-reload; systemctl start interview-room-3 interview-room-4
rm /run/systemd/system/interview-room-4.service
"""
"""Room processes from a time when the inventory named more; one has no file any more."""

BY_HAND = """
echo 'EDGE_NODE_ROOMS_MAX=9' >> /etc/interview/node.env; systemctl stop interview-review
dpkg --unpack /opt/interview/current/debs/zstd_*.deb; dpkg --audit | grep -q zstd
"""
"""What somebody changed, and a package that a cut of the power left half installed."""

LEFT = "EDGE_NODE_LOG_LEVEL"
"""A setting that goes with the broken release, and must be gone with it."""


def changing(outcome: Outcome) -> list[str]:
    """The tasks of a run that changed something, each with its machine."""
    found, task = [], ""
    for line in outcome.text.splitlines():
        if line.startswith(("TASK", "RUNNING HANDLER")):
            task = line.partition("[")[2].partition("]")[0]
        elif line.startswith("changed: "):
            found.append(f"{line.removeprefix('changed: ')} {task}")
    return found


class Life:
    """Stages that change what runs on the machines."""

    fleet: Fleet
    found: Findings
    bundles: Mapping[str, Path]
    nodes: Sequence[Host]
    office: HeadOffice

    def run(self, name: str, bundle: str, *, limit: str = "", trial: bool = False, **variables: Any) -> Outcome:
        """One playbook; its log stays in the fleet's folder for the search for secrets."""
        sys.stderr.write(f"  {name} with {bundle}{' on trial' if trial else ''}\n")
        outcome = play(self.fleet, name, self.bundles[bundle], variables, limit=limit, trial=trial)
        sys.stderr.write(f"    {outcome.seconds:.0f} s, {'green' if outcome.green else 'failed'}\n")
        return outcome

    def releases(self) -> None:
        """A release that hears nothing: the canary goes back with a reason, the second group is never touched."""
        check, fleet = self.found.check, self.fleet
        canary, rest = self.nodes
        before = {node.name: self._current(node) for node in self.nodes}
        started = fleet.ssh(rest, STARTED).stdout
        outcome = self.run("upgrade", "deaf", edge_node_settings={LEFT: "debug"})
        check("the rollout of a broken release fails", not outcome.green)
        turn = seen.probe(fleet, canary)
        back = check(
            "the canary is on its old release", self._current(canary) == before[canary.name], outcome.text[-800:]
        )
        settings = fleet.ssh(canary, "cat /etc/interview/node.env").stdout
        old = check("its settings went back with it", LEFT not in settings, settings)
        check("the canary holds a rehearsed turn again", turn["ok"], turn)
        release = self._told(canary, "rolled_back", "0.1.1")
        self.found.figures["rollback_reason"] = release.get("reason", "")
        told = release.get("state") == "rolled_back" and "hear" in release.get("reason", "")
        check("the fleet page says that it went back, and why", told, release)
        after = fleet.ssh(rest, STARTED).stdout
        untouched = self._current(rest) == before[rest.name] and after == started
        check("the second group was not touched", untouched, [self._current(rest), started, after])
        self.found.figures["rollback_ok"] = told and turn["ok"] and back and old
        self.found.figures["staged_stop_ok"] = untouched and not outcome.green
        again = self.run("site", "good")
        held = again.green and self._current(canary) == before[canary.name]
        check("the old bundle brings everybody back to where they were", held, again.text[-800:])

    def upgrade(self) -> None:
        """A release that works reaches everybody in stages; a person takes everybody back, and says why."""
        check = self.found.check
        before = {node.name: self._current(node) for node in self.nodes}
        outcome = self.run("upgrade", "newer")
        check("the rollout of a good release is green", outcome.green, outcome.text[-1500:])
        now = {node.name: self._current(node) for node in self.nodes}
        check("every node is on it", all("0.1.2" in path for path in now.values()), now)
        back = self.run("rollback", "newer", rollback_reason="the voice is too quiet")
        check("a person can take it back", back.green, back.text[-1500:])
        check("every node is on the release before", self._currents() == before, self._currents())
        for node in self.nodes:
            turn = seen.probe(self.fleet, node)
            check(f"{node.name} holds a rehearsed turn on the release before", turn["ok"], turn)
        told = self._told(self.nodes[1], "rolled_back", "0.1.0")
        check("the fleet page shows the person's reason", "too quiet" in told.get("reason", ""), told)
        self._taken_back()

    def _taken_back(self) -> None:
        """After a rollback packages come from the release that runs, and drift names exactly who runs another one."""
        check, everybody = self.found.check, ",".join((self.office.host.name, *(node.name for node in self.nodes)))
        for node in self.nodes:
            wanted = f"/opt/interview/bundles/{self._identity('good')}/debs"
            source = self.fleet.ssh(node, "sed -n 's/.* file:\\(.*\\) .*/\\1/p' /etc/apt/sources.list.d/interview.list")
            real = self.fleet.ssh(node, f"readlink -f {source.stdout.strip()}").stdout.strip()
            update = self.fleet.ssh(node, "apt-get -q update && apt-cache policy libgomp1", check=False)
            told = [update.stdout[-300:], update.stderr[-300:]]
            works = update.returncode == 0 and "file:/opt/interview" in update.stdout
            check(f"packages of {node.name} come from the release that runs", real == wanted and works, [real, told])
        older = self.run("site", "good", trial=True, limit=everybody)
        touched = {host for host, count in older.changed.items() if count}
        only_head = older.green and touched == {self.office.host.name} and "is wanted and 0.1.2-" in older.text
        check("against the older release, head office alone has drifted", only_head, changing(older))
        newer = self.run("site", "newer", trial=True, limit=everybody)
        touched = {host for host, count in newer.changed.items() if count}
        all_nodes = newer.green and touched == {node.name for node in self.nodes}
        check("against the newer one, every node that went back has", all_nodes, changing(newer))
        office = self.run("site", "good", limit=self.office.host.name)
        back = office.green and "0.1.0" in self._current(self.office.host)
        check("head office goes back, too, when it is told so", back, office.text[-800:])

    def drift(self) -> None:
        """What somebody changed by hand is found, on the machine where it was changed, and put right."""
        check = self.found.check
        clean = self.run("site", "good", trial=True)
        check(
            "machines as they were left have not drifted",
            clean.green and not sum(clean.changed.values()),
            changing(clean),
        )
        node = self.nodes[1]
        self.fleet.ssh(node, BY_HAND)
        drifted = self.run("site", "good", trial=True)
        touched = {host for host, count in drifted.changed.items() if count}
        check("a change by hand is found where it was made", touched == {node.name}, changing(drifted))
        kept = "ROOMS_MAX=9" in self.fleet.ssh(node, "cat /etc/interview/node.env").stdout
        check("looking changes nothing", kept)
        mended = self.run("site", "good", limit=f"{node.name},{self.office.host.name}")
        settings = self.fleet.ssh(node, "cat /etc/interview/node.env; systemctl is-active interview-review").stdout
        right = mended.green and "ROOMS_MAX=9" not in settings and settings.strip().endswith("active")
        check("the playbook puts it right", right, settings[-300:])
        half = self.fleet.ssh(node, "dpkg --audit").stdout
        check("and brings what was half installed to an end", not half, half)

    def farewell(self) -> None:
        """A node leaves for good; another loses its programs, keeps its data and comes back as it was."""
        check, (stays, leaves) = self.found.check, self.nodes
        for node in self.nodes:
            self.fleet.ssh(node, LEFT_OVER)
        refused = self.run("decommission", "good", limit=leaves.name)
        check("nobody is let go without being named", not refused.green)
        gone = self.run("decommission", "good", limit=leaves.name, decommission_confirmed=leaves.name)
        check("a node is let go", gone.green, gone.text[-1500:])
        identity = self.office.nodes()[leaves.name].get("identity")
        check("head office has shut it out", identity == "revoked", identity)
        rest = "ls -d /var/lib/interview /opt/interview /etc/systemd/system/interview-room.service 2>/dev/null || true"
        check("nothing of it is left on the machine", not self.fleet.ssh(leaves, rest).stdout.strip())
        rooms = self._rooms(leaves)
        check("no room of it is left running", not rooms, rooms)
        facts = "/usr/local/bin/interview-node journal"
        before = self.fleet.ssh(stays, facts).stdout
        reset = self.run("reset", "good", limit=stays.name, reset_confirmed="yes")
        check("a node is reset", reset.green, reset.text[-1500:])
        rooms = self._rooms(stays)
        check("no room of it runs on", not rooms, rooms)
        sources = self.fleet.ssh(stays, "cat /etc/apt/sources.list; ls /etc/apt/sources.list.d").stdout
        check("its own package sources are back", "deb " in sources and "interview" not in sources, sources)
        again = self.run("site", "good", limit=f"{self.office.host.name},{stays.name}")
        check("the playbook brings it back", again.green, again.text[-1500:])
        after = self.fleet.ssh(stays, facts, check=False).stdout
        check("with everything it had recorded", before == after, [before, after])
        check("and without enrolling anew", self.office.online(stays.name))
        figures = self.fleet.ssh(stays, "sleep 5; systemctl is-active prometheus", check=False).stdout.strip()
        check("and it sends its figures again", figures == "active", figures)

    def _rooms(self, host: Host) -> list[str]:
        """Room units that are there in any way: a file, or a process."""
        command = "systemctl list-units --all --plain --no-legend 'interview-room*'; ls /etc/systemd/system"
        said = self.fleet.ssh(host, command).stdout.splitlines()
        return [line for line in said if line.startswith("interview-room")]

    def _identity(self, bundle: str) -> str:
        facts = self.bundles[bundle].with_name(f"{self.bundles[bundle].name}.json")
        return str(json.loads(facts.read_text())["id"])

    def _currents(self) -> dict[str, str]:
        return {node.name: self._current(node) for node in self.nodes}

    def _current(self, host: Host) -> str:
        return self.fleet.ssh(host, "readlink /opt/interview/current").stdout.strip()

    def _told(self, node: Host, state: str, target: str, seconds: float = 120) -> dict[str, Any]:
        """What the fleet page says of a node's release, once it is ``state`` after ``target`` or the time is over."""
        deadline = time.monotonic() + seconds
        while True:
            release: dict[str, Any] = self.office.nodes()[node.name].get("release") or {}
            there = release.get("state") == state and release.get("target", "").startswith(f"{target}-")
            if there or time.monotonic() > deadline:
                return release
            time.sleep(1)
