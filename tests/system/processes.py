"""The processes below another, by what they are."""

import os
import signal
import time
from dataclasses import dataclass
from pathlib import Path

PROGRAMS = {
    "postgres": "/postgres -D",
    "nats-hub": "/hub.conf",
    "nats-node": "/node.conf",
    "voice-engine": "/voice-engine",
    **{name: f"/coordinator {name}" for name in ("api", "ingest", "embedder")},
    **{name: f"/edge-node {name}" for name in ("kiosk", "room", "speech", "language", "vision", "review", "uplink")},
}
"""Name of a program -> what its command line holds."""


@dataclass(frozen=True)
class Found:
    """A live process."""

    pid: int
    argv: str

    @property
    def alive(self) -> bool:
        """Whether it still runs; one that only waits to be reaped does not."""
        try:
            return Path(f"/proc/{self.pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
        except OSError:
            return False

    @property
    def environment(self) -> dict[str, str]:
        """Its environment as it was started; empty once it ended."""
        try:
            text = Path(f"/proc/{self.pid}/environ").read_text(errors="replace")
        except OSError:
            return {}
        return dict(item.split("=", 1) for item in text.split("\0") if "=" in item)


def below(pid: int) -> list[Found]:
    """Every live descendant of ``pid``, itself not among them."""
    children: dict[int, list[int]] = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            fields = (folder / "stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if fields[0] != "Z":
            children.setdefault(int(fields[1]), []).append(int(folder.name))
    found: list[Found] = []
    open_pids = [pid]
    while open_pids:
        for child in children.get(open_pids.pop(), []):
            open_pids.append(child)
            try:
                argv = Path(f"/proc/{child}/cmdline").read_bytes()
            except OSError:  # it ended meanwhile
                continue
            found.append(Found(child, argv.replace(b"\0", b" ").decode(errors="replace").strip()))
    return found


def program(supervisor: int, name: str, *, seconds: float = 20.0) -> Found:
    """The program of that name below the supervisor; waited for while it is being started again."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        for process in below(supervisor):
            if (PROGRAMS[name] + " ") in process.argv + " ":
                return process
        time.sleep(0.05)
    raise AssertionError(f"{name} does not run")


def kill(supervisor: int, *names: str) -> None:
    """``kill -9`` these programs."""
    for name in names:
        os.kill(program(supervisor, name).pid, signal.SIGKILL)
