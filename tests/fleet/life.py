"""What happens to machines after they were made: releases that work and that do not, drift, and the end."""

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
        """One playbook; kept for the search for secrets."""
        sys.stderr.write(f"  {name} with {bundle}{' on trial' if trial else ''}\n")
        outcome = play(self.fleet, name, self.bundles[bundle], variables, limit=limit, trial=trial)
        self.found.runs.append(outcome)
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
        release = self._told(canary, "rolled_back")
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
        told = self._told(self.nodes[1], "rolled_back")
        check("the fleet page shows the person's reason", "too quiet" in told.get("reason", ""), told)

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
        self.fleet.ssh(node, "echo 'EDGE_NODE_ROOMS_MAX=9' >> /etc/interview/node.env; systemctl stop interview-review")
        drifted = self.run("site", "good", trial=True)
        touched = {host for host, count in drifted.changed.items() if count}
        check("a change by hand is found where it was made", touched == {node.name}, changing(drifted))
        kept = "ROOMS_MAX=9" in self.fleet.ssh(node, "cat /etc/interview/node.env").stdout
        check("looking changes nothing", kept)
        mended = self.run("site", "good", limit=f"{node.name},{self.office.host.name}")
        settings = self.fleet.ssh(node, "cat /etc/interview/node.env; systemctl is-active interview-review").stdout
        right = mended.green and "ROOMS_MAX=9" not in settings and settings.strip().endswith("active")
        check("the playbook puts it right", right, settings[-300:])

    def farewell(self) -> None:
        """A node leaves for good; another loses its programs, keeps its data and comes back as it was."""
        check, (stays, leaves) = self.found.check, self.nodes
        refused = self.run("decommission", "good", limit=leaves.name)
        check("nobody is let go without being named", not refused.green)
        gone = self.run("decommission", "good", limit=leaves.name, decommission_confirmed=leaves.name)
        check("a node is let go", gone.green, gone.text[-1500:])
        identity = self.office.nodes()[leaves.name].get("identity")
        check("head office has shut it out", identity == "revoked", identity)
        rest = "ls -d /var/lib/interview /opt/interview /etc/systemd/system/interview-room.service 2>/dev/null || true"
        check("nothing of it is left on the machine", not self.fleet.ssh(leaves, rest).stdout.strip())
        facts = "/usr/local/bin/interview-node journal"
        before = self.fleet.ssh(stays, facts).stdout
        reset = self.run("reset", "good", limit=stays.name, reset_confirmed="yes")
        check("a node is reset", reset.green, reset.text[-1500:])
        sources = self.fleet.ssh(stays, "cat /etc/apt/sources.list; ls /etc/apt/sources.list.d").stdout
        check("its own package sources are back", "deb " in sources and "interview" not in sources, sources)
        again = self.run("site", "good", limit=f"{self.office.host.name},{stays.name}")
        check("the playbook brings it back", again.green, again.text[-1500:])
        after = self.fleet.ssh(stays, facts, check=False).stdout
        check("with everything it had recorded", before == after, [before, after])
        check("and without enrolling anew", self.office.online(stays.name))

    def _currents(self) -> dict[str, str]:
        return {node.name: self._current(node) for node in self.nodes}

    def _current(self, host: Host) -> str:
        return self.fleet.ssh(host, "readlink /opt/interview/current").stdout.strip()

    def _told(self, node: Host, state: str, seconds: float = 30) -> dict[str, Any]:
        """What the fleet page says of a node's release, once it says ``state`` or the time is over."""
        deadline = time.monotonic() + seconds
        while True:
            release: dict[str, Any] = self.office.nodes()[node.name].get("release") or {}
            if release.get("state") == state or time.monotonic() > deadline:
                return release
            time.sleep(1)
