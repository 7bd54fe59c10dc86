"""What is done to the machines, and what must be true after it."""

import re
import time
from collections.abc import Mapping
from pathlib import Path

from fleet import seen
from fleet.findings import Findings
from fleet.head_office import HeadOffice
from fleet.hosts import HUB, Fleet, Host
from fleet.life import Life, changing
from fleet.pulled import Pulled

NODE_TCP, OFFICE_TCP = {443}, {443, 7422}
PROCESSES = ("kiosk", "room", "speech", "language", "vision", "review", "uplink", "host")
FIRING = 'ALERTS{alertstate="firing"}'
INSIDE, OUTSIDE = {50000, 50050}, {49999, 50051}
PROVISIONED = "provisioned"
SECRET_LEAST = 16
SECRET_FILES = (
    *(f"/etc/interview/{name}" for name in ("postgres.password", "database.password", "database.url", "nats.token")),
    *("/etc/interview/playbooks.password", "/etc/interview/playbooks.url"),
    *("/etc/prometheus/figures.password", "/var/lib/interview/coordinator/signing.key"),
)
SEEDS = re.compile(r"\bSU[A-Z2-7]{56}\b|NKEY SEED|BEGIN (?:EC |OPENSSH )?PRIVATE KEY")


class Stages(Life, Pulled):
    """One run over the hosts, in order. ``bundles``: by name (good, deaf, newer)."""

    def __init__(self, fleet: Fleet, found: Findings, bundles: Mapping[str, Path]) -> None:
        self.fleet = fleet
        self.found = found
        self.bundles = bundles
        self._secrets: set[str] = set()
        (office,) = [host for host in fleet.hosts if host.group == "coordinator"]
        self.nodes = [host for host in fleet.hosts if host.group == "nodes"]
        (self.room,) = [host for host in fleet.hosts if host.group == "room_pcs"]
        self.office = HeadOffice(fleet, office)

    def provisioned(self) -> bool:
        """Whether an earlier run left these machines whole."""
        return (self.fleet.folder / PROVISIONED).exists()

    def provision(self) -> bool:
        """The first run, and the second, which changes nothing."""
        check = self.found.check
        first = self.run("site", "good")
        self.found.figures["provision_s"] = round(first.seconds, 1)
        if not check("first run green", first.green and not any(first.failed.values()), first.text[-1500:]):
            return False
        self.office.meet()
        second = self.run("site", "good")
        self.found.figures["second_run_changed"] = sum(second.changed.values())
        self.found.figures["second_run_s"] = round(second.seconds, 1)
        check("second run green", second.green, second.text[-1500:])
        check("second run changes nothing", self.found.figures["second_run_changed"] == 0, changing(second))
        (self.fleet.folder / PROVISIONED).touch()
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
        for host in fleet.hosts:
            failed = fleet.ssh(host, "systemctl --failed --no-legend --plain").stdout.strip()
            check(f"no unit of {host.name} has failed", not failed, failed)
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
                host,
                "cat /etc/apt/sources.list /etc/apt/sources.list.d/*.list /etc/apt/sources.list.d/*.sources || true",
            ).stdout
            lines = [line for line in sources.splitlines() if line.strip() and not line.startswith("#")]
            folders = [word.removeprefix("file:") for line in lines for word in line.split() if ":/" in word]
            real = [self.fleet.ssh(host, f"readlink -f {folder}").stdout for folder in folders]
            only = len(lines) == len(real) == 1 and real[0].startswith("/opt/interview/bundles/")
            ok &= self.found.check(f"{host.name} reaches nothing beyond", not beyond and only, [beyond, lines])
        self.found.figures["airgap_ok"] = ok

    def telemetry(self) -> None:
        """Head office's Prometheus knows every process of every node, though it can ask none of them."""
        check = self.found.check
        wanted = {(node.name, process) for node in self.nodes for process in PROCESSES}
        seen_up: set[tuple[str, str]] = set()
        deadline = time.monotonic() + 90
        while not wanted <= seen_up and time.monotonic() < deadline:
            time.sleep(3)
            said = seen.ask_prometheus(self.fleet, self.office.host, "up == 1")
            seen_up = {(series.get("node", ""), series.get("process", "")) for series in said}
        check("figures of every process of every node are at head office", wanted <= seen_up, sorted(wanted - seen_up))
        head = {series.get("process") for series in said}
        every = {"api", "ingest", "embedder", "provision-runner", "host"}
        check("figures of head office are, too", every <= head, sorted(map(str, head)))
        runner = self.office.get("/api/playbooks")["runner_online"]
        check("the runner of playbooks is at work with its own way into the database", runner, runner)
        alarms = [series["alertname"] for series in seen.ask_prometheus(self.fleet, self.office.host, FIRING)]
        # They have no clock to follow, and that is told.
        check("no other alarm goes off on machines that work", set(alarms) <= {"ClockNotSynchronised"}, alarms)
        code = seen.post_figures(self.fleet, self.nodes[0], self.office.url, self.nodes[1].name)
        check("a node cannot send figures as another", code == 401, code)

    def support(self) -> None:
        """A support bundle made on the machine holds its logs and no secret."""
        node = self.nodes[0]
        path = "/var/lib/interview/node/support.tar.gz"
        made = self.fleet.ssh(node, f"/usr/local/bin/interview-node support-bundle --output {path}", check=False)
        names = self.fleet.ssh(node, f"tar tzf {path}", check=False).stdout.split()
        logs = self.fleet.ssh(node, f"tar xzOf {path} --wildcards '*/logs/*' | wc -l", check=False).stdout.strip()
        whole = any("/logs/" in name for name in names) and int(logs or 0) > 10
        self.found.check("a support bundle holds the journal's lines", whole, [made.stderr[-300:], names, logs])
        token = self.fleet.ssh(node, "cat /etc/interview/nats.token").stdout.strip()
        found = self.fleet.ssh(node, f"tar xzOf {path} | grep -c {token} || true").stdout.strip()
        self.found.check("and not the node's token", found == "0", found)

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
        again = self._reboot(node)
        turn = seen.probe(fleet, node)
        back = again and turn["ok"] and self.office.online(node.name)
        after_reboot = check("a node comes back from a reboot", back, [again, turn])
        fleet.cut_power(node)
        fleet.start(node)
        fleet.wait(node)
        turn = seen.probe(fleet, node)
        after_cut = check(
            "a node comes back from a cut of its power", turn["ok"] and self.office.online(node.name), turn
        )
        fleet.cut_power(self.office.host)
        again = self._reboot(node)
        turn = seen.probe(fleet, node)
        alone = check("a node boots and holds a turn while head office is away", again and turn["ok"], [again, turn])
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

    def _reboot(self, host: Host) -> bool:
        """Reboot a machine and wait until it runs; whether it really was started anew."""
        began = "cat /proc/sys/kernel/random/boot_id"
        before = self.fleet.ssh(host, began).stdout
        self.fleet.ssh(host, "systemctl reboot", check=False)
        time.sleep(3)
        self.fleet.wait(host)
        return self.fleet.ssh(host, began).stdout != before

    def learn_secrets(self) -> None:
        """Read every secret there is on the machines, for the search after all runs."""
        self._secrets |= set(self.office.secrets())
        for host in (self.office.host, *self.nodes):
            said = self.fleet.ssh(host, f"for f in {' '.join(SECRET_FILES)}; do cat $f 2>/dev/null; echo; done").stdout
            self._secrets |= {line.strip() for line in said.splitlines() if len(line.strip()) >= SECRET_LEAST}

    def secrets(self) -> None:
        """Nothing of what runs left behind, here or in the machines' journals, holds a key, a token or a password."""
        self.learn_secrets()
        count = 0
        for log in self.fleet.folder.glob("*.log"):
            text = log.read_text(errors="replace")
            count += len(SEEDS.findall(text)) + sum(secret in text for secret in self._secrets)
        wanted = " ".join(f"-e {secret}" for secret in sorted(self._secrets))
        for host in self.fleet.hosts:
            count += int(self.fleet.ssh(host, f"journalctl -q | grep -cF {wanted} || true").stdout)
        self.found.figures["secrets_in_artifacts"] = count
        enough = len(self._secrets) >= len(self.nodes) * 2 + 4
        self.found.check("no secret in what the runs left", count == 0 and enough, [count, len(self._secrets)])
