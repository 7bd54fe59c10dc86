"""Head office and a branch as two machines: network namespaces with a router between them that can fall silent."""

import contextlib
import ctypes
import os
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

CLONE_NEWNET = 0x40000000
OFFICE_ADDRESS = "10.98.1.1"
BRANCH_ADDRESS = "10.98.2.1"


class NotPossible(SystemExit):
    """This machine cannot do it; the message says what is needed."""


@dataclass(frozen=True)
class Namespaces:
    """Names of the three namespaces."""

    office: str
    router: str
    branch: str

    def cut(self) -> None:
        """Packets between office and branch vanish; nobody is told."""
        self._forward(False)

    def join(self) -> None:
        """Packets pass again."""
        self._forward(True)

    def _forward(self, on: bool) -> None:
        switch = f"echo {int(on)} > /proc/sys/net/ipv4/ip_forward"
        subprocess.run(["ip", "netns", "exec", self.router, "sh", "-c", switch], check=True)


def enter(name: str) -> None:
    """Put the calling thread, and whatever it starts from now on, into a namespace."""
    libc = ctypes.CDLL(None, use_errno=True)
    with Path("/var/run/netns", name).open() as handle:
        if libc.setns(handle.fileno(), CLONE_NEWNET) != 0:
            raise OSError(ctypes.get_errno(), f"cannot enter the network namespace {name}")


@contextlib.contextmanager
def namespaces() -> Iterator[Namespaces]:
    """Make them, joined; gone afterwards. Raises NotPossible without root or the tool."""
    if os.geteuid() != 0 or shutil.which("ip") is None:
        raise NotPossible("this needs root and the program ip: apt-get install iproute2")
    made = Namespaces(*(f"iv{os.getpid()}{part}" for part in ("office", "router", "branch")))
    try:
        for name in (made.office, made.router, made.branch):
            _ip("netns", "add", name)
            _ip("-n", name, "link", "set", "lo", "up")
        _wire(made.router, made.office, OFFICE_ADDRESS)
        _wire(made.router, made.branch, BRANCH_ADDRESS)
        made.join()
        yield made
    finally:
        for name in (made.office, made.router, made.branch):
            subprocess.run(["ip", "netns", "del", name], check=False, stderr=subprocess.DEVNULL)


def _wire(router: str, name: str, address: str) -> None:
    """A cable from the router to a machine, whose way to everywhere it is."""
    gateway = address.rpartition(".")[0] + ".254"
    port = f"to{address.split('.')[2]}"
    _ip("link", "add", "eth0", "netns", name, "type", "veth", "peer", "name", port, "netns", router)
    for where, link, own in ((name, "eth0", address), (router, port, gateway)):
        _ip("-n", where, "addr", "add", f"{own}/24", "dev", link)
        _ip("-n", where, "link", "set", link, "up")
    _ip("-n", name, "route", "add", "default", "via", gateway)


def _ip(*arguments: str) -> None:
    subprocess.run(["ip", *arguments], check=True)
