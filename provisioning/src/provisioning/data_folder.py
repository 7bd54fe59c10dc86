"""What an all-in-one installation keeps about itself in its folder: that it runs, and where people find it."""

import fcntl
import json
import os
from io import TextIOWrapper
from pathlib import Path

from provisioning.network import free_ports, is_free
from provisioning.program import ProgramError

PORTS = "ports.json"
LOCK = "running.lock"


def claim(data: Path) -> TextIOWrapper:
    """Hold the folder until the returned file is closed or the process ends; raises ProgramError when it is held."""
    held = (data / LOCK).open("a+")
    try:
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        held.close()
        raise ProgramError(f"{data} is in use by another run; stop that one or give another folder") from None
    held.truncate(0)
    held.write(str(os.getpid()))
    held.flush()
    return held


def holder(data: Path) -> int | None:
    """Process id of the run that has the folder in use, as it wrote it down; None when that one is gone."""
    try:
        pid = int((data / LOCK).read_text())
    except (OSError, ValueError):
        return None
    return pid if pid > 0 and Path(f"/proc/{pid}").is_dir() else None


def public_ports(data: Path, dashboard: int, room: int) -> tuple[int, int]:
    """Ports of the dashboard and the room page: the ones asked for, else last time's if free, else free ones.

    Addresses already handed out stay good over a restart. Raises ProgramError when a port asked for cannot be had.
    """
    for name, port in (("--port", dashboard), ("--room-port", room)):
        if not 0 <= port <= 65535:
            raise ProgramError(f"{name} {port}: a port is 1 to 65535, or 0 for a free one")
        if port and not is_free(port):
            raise ProgramError(f"{name} {port} is in use by another program; choose another or leave it out")
    kept = data / PORTS
    before = json.loads(kept.read_text()) if kept.exists() else {}
    fresh = free_ports(2)
    chosen = [
        asked or (before[name] if name in before and is_free(before[name]) else free)
        for asked, name, free in ((dashboard, "dashboard", fresh[0]), (room, "room", fresh[1]))
    ]
    kept.write_text(json.dumps({"dashboard": chosen[0], "room": chosen[1]}))
    return chosen[0], chosen[1]
