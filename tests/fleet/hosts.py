"""The hosts: each an overlay on one bare Debian, its own network namespace, its own control groups, systemd as PID 1.

Ansible, the depot that serves bundles and whoever looks from IT's network live in the namespace ``prov-hub``; someone
else's machine in the same network is ``prov-out``. Nothing routes beyond them.
"""

import contextlib
import os
import shutil
import signal
import subprocess
import time
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

NETWORK = "10.77.0"
ADMIN = f"{NETWORK}.1"
OUTSIDER = f"{NETWORK}.200"
HUB, OUT = "prov-hub", "prov-out"
CONTROLLERS = ("systemd", "unified", "cpu", "cpuacct", "memory", "pids")
TOOLS = {
    "systemd-nspawn": "systemd-container",
    "debootstrap": "debootstrap",
    "nft": "nftables",
    "ssh": "openssh-client",
    "zstd": "zstd",
    "ip": "iproute2",
}

PID_1 = """#!/bin/sh
# The version-1 controllers come read-only into a container; each host has its own group in them.
for c in cpu cpuacct memory pids; do mount -o remount,bind,rw /sys/fs/cgroup/$c 2>/dev/null; done
export container=systemd-nspawn
exec /lib/systemd/systemd
"""

# 133: the guest asked to be started again.
LOOP = """
rc=133
while [ $rc = 133 ]; do
  systemd-nspawn -q -D "$ROOT" --register=no --keep-unit --machine="$NAME" --network-namespace-path="/run/netns/$NS" \
    --capability=CAP_NET_ADMIN,CAP_SYS_TIME --kill-signal=SIGRTMIN+4 --console=pipe --resolv-conf=off --timezone=off \
    --notify-ready=no /usr/sbin/prov-init < /dev/null >> "$LOG" 2>&1 &
  nspawn=$!
  trap 'kill -TERM $nspawn 2> /dev/null' TERM
  rc=0; wait $nspawn || rc=$?
  if kill -0 $nspawn 2> /dev/null; then rc=0; wait $nspawn || true; fi
done
"""


NO_ANSWER = 255
"""What ssh ends with when the machine does not answer."""


class FleetError(Exception):
    """A host did not do what it should; the message says which and what."""


@dataclass(frozen=True)
class Host:
    """One machine. ``variables``: its own in the inventory."""

    name: str
    number: int
    group: str
    variables: dict[str, object] = field(default_factory=dict)

    @property
    def address(self) -> str:
        """Its address in the only network there is."""
        return f"{NETWORK}.{self.number}"

    @property
    def namespace(self) -> str:
        """Its network namespace."""
        return f"prov-{self.name}"


def in_namespace(name: str, *argv: str) -> list[str]:
    """A command's arguments, to be run in a network namespace."""
    return ["ip", "netns", "exec", name, *argv]


class Fleet:
    """The hosts of one run, in one folder that goes with them."""

    def __init__(self, folder: Path, hosts: Sequence[Host], image: Path) -> None:
        self.folder = folder
        self.hosts = tuple(hosts)
        self._image = image
        self.key = folder / "ssh" / "id"
        self.known_hosts = folder / "ssh" / "known_hosts"

    def host(self, name: str) -> Host:
        """One host by its name."""
        return next(host for host in self.hosts if host.name == name)

    def up(self) -> None:
        """Make and start every host; returns when each answers by SSH. Raises FleetError."""
        self.folder.mkdir(parents=True, exist_ok=True)
        if not (self.folder / "base").exists():
            (self.folder / "base.part").mkdir()
            _run("tar", "-C", str(self.folder / "base.part"), "--zstd", "-xf", str(self._image))
            (self.folder / "base.part").rename(self.folder / "base")
        (self.folder / "ssh").mkdir(mode=0o700, exist_ok=True)
        if not self.key.exists():
            _run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(self.key))
        self._network()
        for host in self.hosts:
            if not (self.folder / "hosts" / host.name / "up").exists():
                self._furnish(host)
            self._connect(host)
            self.start(host)
        for host in self.hosts:
            self.wait(host)
        self._learn_host_keys()

    def down(self, *, keep_disks: bool = False) -> None:
        """Stop every host and take everything away but, where they are kept, the disks; also after a failed run."""
        for host in self.hosts:
            self._switch_off(host)
        for host in self.hosts:
            self._stop(host)
        for host in self.hosts:
            root = self.folder / "hosts" / host.name / "root"
            for _ in range(20):
                if not os.path.ismount(root) or subprocess.run(["umount", str(root)], check=False).returncode == 0:
                    break
                time.sleep(0.2)
            for path in _cgroups(host):
                if path.is_dir():
                    for below in sorted(path.rglob("*"), key=lambda p: -len(p.parts)):
                        if below.is_dir():
                            with contextlib.suppress(OSError):
                                below.rmdir()
                    with contextlib.suppress(OSError):
                        path.rmdir()
        for name in (*(host.namespace for host in self.hosts), OUT, HUB):
            subprocess.run(["ip", "netns", "del", name], check=False, stderr=subprocess.DEVNULL)
        if not keep_disks:
            shutil.rmtree(self.folder, ignore_errors=True)

    def start(self, host: Host) -> None:
        """Switch a host on."""
        place = self.folder / "hosts" / host.name
        environment = {
            **os.environ,
            "ROOT": str(place / "root"),
            "NAME": host.namespace,
            "NS": host.namespace,
            "LOG": str(place / "console"),
        }
        groups = _cgroups(host)
        for group in groups:
            group.mkdir(exist_ok=True)

        def enter() -> None:
            for group in groups:
                (group / "cgroup.procs").write_text("0")

        child = subprocess.Popen(
            ["bash", "-c", LOOP],
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
            preexec_fn=enter,  # noqa: PLW1509 - no thread runs here
        )
        (place / "pid").write_text(str(child.pid))

    def wait(self, host: Host, seconds: float = 240) -> None:
        """Wait until a host's systemd says that it runs. Raises FleetError."""
        deadline = time.monotonic() + seconds
        said = ""
        while time.monotonic() < deadline:
            found = self.ssh(host, "systemctl is-system-running", check=False, known=False)
            said = found.stdout.strip() or found.stderr.strip()[-200:]
            if said in ("running", "degraded"):
                return
            time.sleep(0.3)
        raise FleetError(f"{host.name} did not start: {said}")

    def cut_power(self, host: Host) -> None:
        """Kill everything of a host at once, as a cut of its power does; :meth:`start` switches it on again."""
        for group in _cgroups(host)[:1]:
            for file in (group / "payload" / "init.scope" / "cgroup.procs", group / "init.scope" / "cgroup.procs"):
                if file.exists():
                    for line in file.read_text().split():
                        os.kill(int(line), signal.SIGKILL)
        self._wait_gone(host, 20)

    def ssh(
        self, host: Host, command: str, *, check: bool = True, known: bool = True, seconds: float = 120
    ) -> "subprocess.CompletedProcess[str]":
        """Run a command on a host, as root, from IT's network. Raises FleetError."""
        trust = ["-o", f"UserKnownHostsFile={self.known_hosts}"] if known else ["-o", "StrictHostKeyChecking=no", "-o"]
        trust += [] if known else ["UserKnownHostsFile=/dev/null"]
        argv = in_namespace(
            HUB, "ssh", "-q", "-i", str(self.key), "-o", "BatchMode=yes", "-o", "ConnectTimeout=5", *trust,
            f"root@{host.address}", command,
        )  # fmt: skip
        try:
            done = subprocess.run(argv, capture_output=True, text=True, check=False, timeout=seconds)
        except subprocess.TimeoutExpired:
            done = subprocess.CompletedProcess(argv, NO_ANSWER, "", f"no answer within {seconds:.0f} s")
        if check and done.returncode:
            raise FleetError(f"{host.name}: {command}: {(done.stderr or done.stdout)[-500:]}")
        return done

    def _network(self) -> None:
        for name in (HUB, OUT):
            _run("ip", "netns", "add", name)
            _run("ip", "-n", name, "link", "set", "lo", "up")
        _run("ip", "-n", HUB, "link", "add", "br0", "type", "bridge")
        _run("ip", "-n", HUB, "addr", "add", f"{ADMIN}/24", "dev", "br0")
        _run("ip", "-n", HUB, "link", "set", "br0", "up")
        _cable(OUT, OUTSIDER, 200)

    def _mount(self, host: Host) -> Path:
        place = self.folder / "hosts" / host.name
        for name in ("up", "work", "root"):
            (place / name).mkdir(parents=True, exist_ok=True)
        if not os.path.ismount(place / "root"):
            layers = f"lowerdir={self.folder / 'base'},upperdir={place / 'up'},workdir={place / 'work'}"
            _run("mount", "-t", "overlay", "overlay", "-o", layers, str(place / "root"))
        return place / "root"

    def _furnish(self, host: Host) -> None:
        root = self._mount(host)
        (root / "etc/machine-id").write_text(uuid.uuid4().hex + "\n")
        (root / "etc/hosts").write_text("127.0.0.1 localhost\n")
        (root / "etc/resolv.conf").write_text("")
        keys = root / "root/.ssh"
        keys.mkdir(mode=0o700, exist_ok=True)
        shutil.copyfile(self.key.with_suffix(".pub"), keys / "authorized_keys")
        init = root / "usr/sbin/prov-init"
        init.write_text(PID_1)
        init.chmod(0o755)

    def _connect(self, host: Host) -> None:
        self._mount(host)
        _run("ip", "netns", "add", host.namespace)
        _run("ip", "-n", host.namespace, "link", "set", "lo", "up")
        _cable(host.namespace, host.address, host.number)
        _run("ip", "-n", host.namespace, "route", "add", "default", "via", ADMIN)

    def _learn_host_keys(self) -> None:
        argv = in_namespace(HUB, "ssh-keyscan", "-T", "10", *(host.address for host in self.hosts))
        self.known_hosts.write_text(subprocess.run(argv, capture_output=True, text=True, check=True).stdout)

    def _switch_off(self, host: Host) -> None:
        file = self.folder / "hosts" / host.name / "pid"
        if file.exists():
            with contextlib.suppress(ProcessLookupError):
                os.kill(int(file.read_text()), signal.SIGTERM)

    def _stop(self, host: Host) -> None:
        file = self.folder / "hosts" / host.name / "pid"
        if file.exists() and not self._wait_gone(host, 30):
            self.cut_power(host)

    def _wait_gone(self, host: Host, seconds: float) -> bool:
        pid = int((self.folder / "hosts" / host.name / "pid").read_text())
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            with contextlib.suppress(ChildProcessError):
                os.waitpid(pid, os.WNOHANG)
            if not Path("/proc", str(pid)).exists():
                return True
            time.sleep(0.1)
        return False


@contextlib.contextmanager
def running(fleet: Fleet, *, keep_disks: bool = False) -> Iterator[Fleet]:
    """The fleet, up; gone afterwards, also after a failure."""
    try:
        fleet.up()
        yield fleet
    finally:
        fleet.down(keep_disks=keep_disks)


def _cable(namespace: str, address: str, number: int) -> None:
    _run("ip", "-n", HUB, "link", "add", f"v{number}", "type", "veth", "peer", "name", "eth0", "netns", namespace)
    _run("ip", "-n", HUB, "link", "set", f"v{number}", "master", "br0", "up")
    _run("ip", "-n", namespace, "addr", "add", f"{address}/24", "dev", "eth0")
    _run("ip", "-n", namespace, "link", "set", "eth0", "up")


def _cgroups(host: Host) -> list[Path]:
    """This host's groups, below this process's own; none where the machine has version 2 only and nspawn delegates."""
    if Path("/sys/fs/cgroup/cgroup.controllers").exists():
        return []
    own: dict[str, str] = {}
    for line in Path("/proc/self/cgroup").read_text().splitlines():
        number, names, path = line.split(":", 2)
        for name in names.split(",") if names else ():
            own[name.removeprefix("name=")] = path
        if number == "0":
            own["unified"] = path
    found = []
    for controller in CONTROLLERS:
        place = Path("/sys/fs/cgroup", controller)
        if controller in own and place.is_dir():
            found.append(place / own[controller].lstrip("/") / host.namespace)
    return found


def _run(*argv: str) -> None:
    done = subprocess.run(argv, capture_output=True, text=True, check=False, timeout=300)
    if done.returncode:
        raise FleetError(f"{' '.join(argv[:6])}: {done.stderr.strip()[-400:]}")
