"""What a machine looks like from outside, and what it says of itself."""

import json
import shlex
import subprocess
import sys
from collections.abc import Iterable
from typing import Any

from fleet.hosts import HUB, OUT, Fleet, Host, in_namespace

LISTENERS = (22, 80, 111, 443, 4222, 4223, 5432, 6222, 7422, 8080, 8222, 8443, 9090, 9093, 9100, 9101, 9107, 9201)
"""Ports to try beside those the machine itself says it listens on."""

TRY_TCP = """
import socket, sys, json
from concurrent.futures import ThreadPoolExecutor
address, ports = sys.argv[1], json.loads(sys.argv[2])
def open_(port):
    try:
        socket.create_connection((address, port), 1.5).close()
    except OSError:
        return False
    return True
with ThreadPoolExecutor(64) as pool:
    print(json.dumps([port for port, found in zip(ports, pool.map(open_, ports)) if found]))
"""

TRY_UDP = """
import socket, sys, json
address, ports = sys.argv[1], json.loads(sys.argv[2])
found = []
for port in ports:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        probe.settimeout(0.7)
        for _ in range(3):
            probe.sendto(b"are you there", (address, port))
            try:
                if probe.recvfrom(100)[0] == b"are you there":
                    found.append(port)
                    break
            except OSError:
                continue
print(json.dumps(found))
"""

ECHO_UDP = """
import select, socket, sys
bound = []
for port in map(int, sys.argv[1:]):
    sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    sock.bind(("0.0.0.0", port))
    bound.append(sock)
print("ready", flush=True)
while True:
    for sock in select.select(bound, [], [])[0]:
        data, address = sock.recvfrom(100)
        sock.sendto(data, address)
"""


def listening_tcp(fleet: Fleet, host: Host) -> set[int]:
    """TCP ports the machine listens on, on any address."""
    said = fleet.ssh(host, "ss -Hltn").stdout
    return {int(line.split()[3].rpartition(":")[2]) for line in said.splitlines() if line.strip()}


def open_tcp(host: Host, ports: Iterable[int], *, from_namespace: str = OUT) -> set[int]:
    """Which of these TCP ports can be connected to from another machine."""
    return set(_ask(from_namespace, TRY_TCP, host.address, json.dumps(sorted(ports))))


def open_udp(fleet: Fleet, host: Host, ports: Iterable[int]) -> set[int]:
    """Which of these UDP ports let a datagram in and its answer out; something that answers listens meanwhile."""
    wanted = sorted(ports)
    command = f"python3 -c {shlex.quote(ECHO_UDP)} {' '.join(map(str, wanted))}"
    argv = in_namespace(HUB, "ssh", "-q", "-tt", "-i", str(fleet.key), "-o", f"UserKnownHostsFile={fleet.known_hosts}")
    with subprocess.Popen(
        [*argv, f"root@{host.address}", command],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as echo:
        try:
            assert echo.stdout is not None
            if "ready" not in echo.stdout.readline():
                raise AssertionError(f"nothing could listen on {wanted} of {host.name}")
            return set(_ask(OUT, TRY_UDP, host.address, json.dumps(wanted)))
        finally:
            echo.terminate()


def _ask(namespace: str, program: str, *arguments: str) -> Any:
    argv = in_namespace(namespace, sys.executable, "-c", program, *arguments)
    done = subprocess.run(argv, capture_output=True, text=True, check=True, timeout=120)
    return json.loads(done.stdout)


def ask_prometheus(fleet: Fleet, host: Host, query: str) -> list[dict[str, str]]:
    """Labels of every series a query finds at the host's own Prometheus; none while it does not answer."""
    program = (
        "import json, sys, urllib.parse, urllib.request\n"
        "url = 'http://127.0.0.1:9090/api/v1/query?' + urllib.parse.urlencode({'query': sys.argv[1]})\n"
        "found = json.load(urllib.request.urlopen(url, timeout=10))['data']['result']\n"
        "print(json.dumps([series['metric'] for series in found]))"
    )
    done = fleet.ssh(host, f"python3 -c {shlex.quote(program)} {shlex.quote(query)}", check=False)
    said: list[dict[str, str]] = json.loads(done.stdout) if done.returncode == 0 else []
    return said


def post_figures(fleet: Fleet, host: Host, office: str, name: str) -> int:
    """The status head office answers with when ``host`` sends figures with its own password under another name."""
    program = """
import base64, ssl, sys, urllib.error, urllib.request
word = base64.b64encode(f"{sys.argv[2]}:{open('/etc/prometheus/figures.password').read()}".encode()).decode()
post = urllib.request.Request(sys.argv[1] + "/api/nodes/figures", b"x", {"Authorization": "Basic " + word})
trust = ssl.create_default_context(cafile="/etc/interview/coordinator-ca.pem")
try:
    print(urllib.request.urlopen(post, timeout=10, context=trust).status)
except urllib.error.HTTPError as refusal:
    print(refusal.code)
"""
    return int(fleet.ssh(host, f"python3 -c {shlex.quote(program)} {office} {name}").stdout)


def reaches_beyond(fleet: Fleet, host: Host) -> list[str]:
    """What the machine can reach outside its network: must be nothing."""
    program = """
import socket
found = []
for address, port in (("1.1.1.1", 443), ("8.8.8.8", 53), ("9.9.9.9", 853), ("193.0.14.129", 53)):
    try:
        socket.create_connection((address, port), 1).close()
        found.append(address)
    except OSError:
        pass
try:
    found.append(socket.gethostbyname("debian.org"))
except OSError:
    pass
print(" ".join(found))
"""
    return fleet.ssh(host, f"python3 -c {shlex.quote(program)}").stdout.split()


def probe(fleet: Fleet, host: Host, wait_seconds: int = 240) -> dict[str, Any]:
    """A rehearsed turn on a node; ``ok`` false with its reason when it fails or does not answer."""
    done = fleet.ssh(
        host,
        f"/usr/local/bin/interview-node probe --wait-seconds {wait_seconds}",
        check=False,
        seconds=wait_seconds + 200,
    )
    try:
        said: dict[str, Any] = json.loads(done.stdout.strip().splitlines()[-1])
    except (ValueError, IndexError):
        return {"ok": False, "reason": (done.stderr or done.stdout)[-300:]}
    return said


def worst_exposure(fleet: Fleet, host: Host) -> float:
    """The worst figure of systemd-analyze security among the product's units, as they are on the machine."""
    said = fleet.ssh(host, "systemd-analyze security --no-pager 'interview-*.service'", check=False).stdout
    lines = fleet.ssh(
        host, "systemctl list-unit-files --no-legend 'interview-*.service' | cut -d' ' -f1"
    ).stdout.split()
    figures = []
    for unit in lines:
        said = fleet.ssh(host, f"systemd-analyze security --no-pager {unit} | tail -1", check=False).stdout
        found = [word for word in said.replace(":", " ").split() if word.replace(".", "", 1).isdigit()]
        figures.append(float(found[-1]))
    return max(figures)
