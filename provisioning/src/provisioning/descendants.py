"""Processes below this one. Ansible's workers leave its process group, so that ending the group leaves them at work."""

import contextlib
import os
import signal
from pathlib import Path

Process = tuple[int, str]
"""Process id, and when it started, for ids are given out again."""


def below(root: int) -> set[Process]:
    """Every process that descends from ``root`` at this moment."""
    parents: dict[int, int] = {}
    for folder in Path("/proc").glob("[0-9]*"):
        if fields := _stat(int(folder.name)):
            parents[int(folder.name)] = int(fields[1])
    found: set[int] = set()
    while more := {pid for pid, parent in parents.items() if parent == root or parent in found} - found:
        found |= more
    return {(pid, fields[19]) for pid in found if (fields := _stat(pid))}


def end(processes: set[Process]) -> None:
    """Kill those that are still there."""
    for pid, started in processes:
        if (fields := _stat(pid)) and fields[19] == started:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)


def _stat(pid: int) -> list[str] | None:
    """The fields of /proc/PID/stat after the name, which may hold anything; None when it is gone."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return None
