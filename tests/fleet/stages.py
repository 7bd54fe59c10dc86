"""What is done to the machines, and what must be true after it."""

import re
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from fleet import seen
from fleet.head_office import HeadOffice
from fleet.hosts import HUB, Fleet, Host
from fleet.playbook import Outcome, play

NODE_TCP, OFFICE_TCP = {443}, {443, 7422}
INSIDE, OUTSIDE = {50000, 50050}, {49999, 50051}
SEEDS = re.compile(r"\bSU[A-Z2-7]{56}\b|NKEY SEED|BEGIN (?:EC |OPENSSH )?PRIVATE KEY")


@dataclass
class Findings:
    """Every check by name, with what was seen where it failed; and the figures of the interface."""

    checks: dict[str, bool] = field(default_factory=dict)
    seen: dict[str, Any] = field(default_factory=dict)
    figures: dict[str, Any] = field(default_factory=dict)
    runs: list[Outcome] = field(default_factory=list)

    def check(self, name: str, ok: bool, detail: Any = "") -> bool:
        """Note a check; tells it at once."""
        self.checks[name] = ok
        if not ok:
            self.seen[name] = detail if isinstance(detail, (dict, list, int, float)) else str(detail)[-800:]
        sys.stderr.write(f"  {'ok    ' if ok else 'FAILED'} {name}{'' if ok else f': {str(detail)[-600:]}'}\n")
        return ok


class Stages:
    """One run over the hosts, in order."""

    def __init__(self, fleet: Fleet, found: Findings) -> None:
        self.fleet = fleet
        self.found = found
        (office,) = [host for host in fleet.hosts if host.group == "coordinator"]
        self.nodes = [host for host in fleet.hosts if host.group == "nodes"]
        (self.room,) = [host for host in fleet.hosts if host.group == "room_pcs"]
        self.office = HeadOffice(fleet, office)

    def run(self, name: str, bundle: Path, **variables: Any) -> Outcome:
        """One playbook; kept for the search for secrets."""
        sys.stderr.write(f"  {name} with {bundle.name}\n")
        outcome = play(self.fleet, name, bundle, variables)
        self.found.runs.append(outcome)
        return outcome

    def provision(self, bundle: Path) -> bool:
        """The first run, and the second, which changes nothing."""
        check = self.found.check
        first = self.run("site", bundle)
        self.found.figures["provision_s"] = round(first.seconds, 1)
        if not check("first run green", first.green and not any(first.failed.values()), first.text[-1500:]):
            return False
        self.office.meet()
        second = self.run("site", bundle)
        self.found.figures["second_run_changed"] = sum(second.changed.values())
        self.found.figures["second_run_s"] = round(second.seconds, 1)
        changed = [line for line in second.text.splitlines() if line.startswith(("TASK", "changed:"))]
        names = [task for task, line in zip(changed, changed[1:], strict=False) if line.startswith("changed:")]
        check("second run green", second.green, second.text[-1500:])
        check("second run changes nothing", self.found.figures["second_run_changed"] == 0, names)
        return True

    def look(self) -> None:
        """What is there after the first run."""
        check, fleet = self.found.check, self.fleet
        for node in self.nodes:
            check(f"{node.name} is online at head office", self.office.online(node.name))
            turn = seen.probe(fleet, node)
            check(f"{node.name} holds a rehearsed turn", turn["ok"], turn)
        for host in (self.office.host, *self.nodes):
            worst = seen.worst_exposure(fleet, host)
            self.found.figures["worst_exposure"] = max(worst, self.found.figures.get("worst_exposure", 0.0))
            check(f"units of {host.name} are confined", worst <= 2.0, worst)
            failed = fleet.ssh(host, "systemctl --failed --no-legend --plain").stdout.split("\n")
            check(f"no unit of {host.name} has failed", not [line for line in failed if "interview" in line], failed)
        policy = fleet.ssh(self.room, "cat /etc/chromium/policies/managed/interview.json").stdout
        page = f"https://{self.nodes[0].address}"
        check("the room PC lets its page listen and trusts it", page in policy and "CACertificates" in policy, policy)
        browser = fleet.ssh(self.room, "chromium --version", check=False)
        check("the room PC has its browser", "Chromium" in browser.stdout, browser.stderr)

    def firewall(self) -> None:
        """Seen from another machine in the same network, and from IT's."""
        check, fleet = self.found.check, self.fleet
        for host, allowed in (
            (self.office.host, OFFICE_TCP),
            *((node, NODE_TCP) for node in self.nodes),
            (self.room, set()),
        ):
            listening = seen.listening_tcp(fleet, host)
            reached = seen.open_tcp(host, listening | set(seen.LISTENERS))
            check(
                f"outsiders reach {sorted(allowed)} of {host.name} and nothing else",
                reached == allowed,
                sorted(reached),
            )
            check(f"IT reaches {host.name} by SSH", 22 in seen.open_tcp(host, {22}, from_namespace=HUB))
        for node in self.nodes:
            reached = seen.open_udp(fleet, node, INSIDE | OUTSIDE)
            check(f"media ports of {node.name} are open, their neighbours not", reached == INSIDE, sorted(reached))

    def airgap(self) -> None:
        """No machine reaches anything but its network; packages came from the bundle alone."""
        ok = True
        for host in self.fleet.hosts:
            beyond = seen.reaches_beyond(self.fleet, host)
            sources = self.fleet.ssh(
                host, "cat /etc/apt/sources.list /etc/apt/sources.list.d/* 2>/dev/null || true"
            ).stdout
            lines = [line for line in sources.splitlines() if line.strip() and not line.startswith("#")]
            only = all("file:/opt/interview/bundles/" in line for line in lines) and len(lines) == 1
            ok &= self.found.check(f"{host.name} reaches nothing beyond", not beyond and only, [beyond, lines])
        self.found.figures["airgap_ok"] = ok

    def interview(self) -> None:
        """A whole rehearsed interview at the provisioned node, on record at the provisioned head office."""
        node = self.nodes[0]
        try:
            held = self.office.interview(node)
        except RuntimeError as error:
            self.found.check("a rehearsed interview is held and rated", False, error)
            return
        self.found.figures["interview"] = held
        self.found.check("a rehearsed interview is held and rated", held["status"] == "reviewed", held)
        command = f"/usr/local/bin/interview-node journal --interview {held['interview_id']} --count"
        journal = int(self.fleet.ssh(node, command).stdout)
        self.found.figures["interview"]["journal_events"] = journal
        same = journal == held["coordinator_events"] > 0
        self.found.check("every fact of it is at head office", same, [journal, held["coordinator_events"]])

    def restarts(self) -> None:
        """Reboot and power cut come back by themselves; also with head office away; a hung process is found."""
        check, fleet, node = self.found.check, self.fleet, self.nodes[-1]
        fleet.ssh(node, "systemctl reboot", check=False)
        time.sleep(3)
        fleet.wait(node)
        turn = seen.probe(fleet, node)
        after_reboot = check("a node comes back from a reboot", turn["ok"] and self.office.online(node.name), turn)
        fleet.cut_power(node)
        fleet.start(node)
        fleet.wait(node)
        turn = seen.probe(fleet, node)
        after_cut = check(
            "a node comes back from a cut of its power", turn["ok"] and self.office.online(node.name), turn
        )
        fleet.cut_power(self.office.host)
        fleet.ssh(node, "systemctl reboot", check=False)
        time.sleep(3)
        fleet.wait(node)
        turn = seen.probe(fleet, node)
        alone = check("a node boots and holds a turn while head office is away", turn["ok"], turn)
        fleet.start(self.office.host)
        fleet.wait(self.office.host)
        back = check("head office comes back from a cut of its power", self.office.online(node.name, 120))
        pid = fleet.ssh(node, "systemctl show -p MainPID --value interview-kiosk").stdout.strip()
        fleet.ssh(node, f"kill -STOP {pid}")
        deadline, now = time.monotonic() + 90, pid
        while now in (pid, "0") and time.monotonic() < deadline:
            time.sleep(2)
            now = fleet.ssh(node, "systemctl show -p MainPID --value interview-kiosk").stdout.strip()
        check("a hung process is killed and started again", now not in (pid, "0"), [pid, now])
        self.found.figures["reboot_ok"] = after_reboot and after_cut and alone and back

    def releases(self, good: Path, deaf: Path) -> None:
        """A release that hears nothing: the canary goes back with a reason, the second group is never touched."""
        check, fleet = self.found.check, self.fleet
        canary, rest = self.nodes
        before = {node.name: self._current(node) for node in self.nodes}
        started = fleet.ssh(rest, "systemctl show -p ActiveEnterTimestampMonotonic --value interview-speech").stdout
        outcome = self.run("upgrade", deaf)
        check("the rollout of a broken release fails", not outcome.green)
        turn = seen.probe(fleet, canary)
        check(
            "the canary is back on the old release", self._current(canary) == before[canary.name], self._current(canary)
        )
        check("the canary holds a rehearsed turn again", turn["ok"], turn)
        self.office.online(canary.name)
        time.sleep(5)
        release = self.office.nodes()[canary.name].get("release") or {}
        self.found.figures["rollback_reason"] = release.get("reason", "")
        told = release.get("state") == "rolled_back" and "hear" in release.get("reason", "")
        check("the fleet page says that it went back, and why", told, release)
        after = fleet.ssh(rest, "systemctl show -p ActiveEnterTimestampMonotonic --value interview-speech").stdout
        untouched = self._current(rest) == before[rest.name] and after == started
        check("the second group was not touched", untouched, [self._current(rest), started, after])
        self.found.figures["rollback_ok"] = told and turn["ok"] and self._current(canary) == before[canary.name]
        self.found.figures["staged_stop_ok"] = untouched and not outcome.green
        again = self.run("site", good)
        check(
            "the old bundle still changes nothing of the release",
            self._current(canary) == before[canary.name],
            again.text[-800:],
        )

    def secrets(self) -> None:
        """Nothing of what runs left behind holds a key, a token or a password."""
        passwords = self.office.secrets() if self.office.accounts.exists() else []
        count = 0
        for outcome in self.found.runs:
            count += len(SEEDS.findall(outcome.text)) + sum(password in outcome.text for password in passwords)
            for host in (self.office.host, *self.nodes):
                for path in ("/etc/interview/postgres.password", "/etc/interview/nats.token"):
                    said = self.fleet.ssh(host, f"cat {path} 2>/dev/null || true").stdout.strip()
                    count += bool(said) and said in outcome.text
        self.found.figures["secrets_in_artifacts"] = count
        self.found.check("no secret in what the runs left", count == 0 and len(passwords) > 0, count)

    def _current(self, host: Host) -> str:
        return self.fleet.ssh(host, "readlink /opt/interview/current").stdout.strip()
