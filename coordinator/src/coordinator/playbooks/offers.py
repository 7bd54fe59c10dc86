"""What the runner's folder offers: the names in its inventory, and the bundles beside it. No variable is read."""

import asyncio
import contextlib
import json
import os
import re
import sys
from asyncio.subprocess import DEVNULL, PIPE
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from coordinator.playbooks.schemas import BUNDLE_ID, MACHINE, Bundle, Machine, Offers

INVENTORY = "inventory"
BUNDLES = "bundles"
BUNDLES_MOST = 20
SECONDS = 60.0
GROUPS_OF_ALL = frozenset({"all", "ungrouped", "_meta"})


async def offers(folder: Path, home: Path) -> Offers:
    """What can be asked for; Ansible keeps files of its own in ``home``.

    Raises OSError, or ValueError when the inventory cannot be read.
    """
    listed = await _listed(folder / INVENTORY, home)
    return Offers(machines=machines(listed), bundles=[bundle for _, bundle in bundles(folder)][:BUNDLES_MOST])


def machines(listed: Mapping[str, Any]) -> list[Machine]:
    """Machines by name with every group they are in, from what ``ansible-inventory --list`` says."""
    groups: dict[str, set[str]] = {}
    children = {name: set(said.get("children", ())) for name, said in listed.items() if name != "_meta"}
    for name, said in listed.items():
        if name != "_meta":
            for machine in said.get("hosts", ()):
                groups.setdefault(machine, set()).add(name)
    found = []
    for machine, direct in sorted(groups.items()):
        within = set(direct)
        while more := {parent for parent, inner in children.items() if inner & within} - within:
            within |= more
        named = sorted(name for name in within - GROUPS_OF_ALL if re.fullmatch(MACHINE, name))
        if re.fullmatch(MACHINE, machine):
            found.append(Machine(name=machine, groups=named))
    return found


def bundles(folder: Path) -> list[tuple[Path, Bundle]]:
    """Bundles that lie there whole, by their own word (the signature is checked when one is used); newest first."""
    found = []
    for facts in (folder / BUNDLES).glob("*.json"):
        packed = facts.with_suffix("")
        try:
            said = json.loads(facts.read_text())
            bundle = Bundle(id=said["id"], version=said["version"])
            found.append((packed.stat().st_mtime, packed, bundle))
        except (OSError, ValueError, TypeError, KeyError):
            continue
    return [(packed, bundle) for _, packed, bundle in sorted(found, key=lambda item: item[0], reverse=True)]


def bundle_file(folder: Path, bundle_id: str) -> Path:
    """The bundle of that id; raises FileNotFoundError."""
    for packed, bundle in bundles(folder):
        if re.fullmatch(BUNDLE_ID, bundle_id) and bundle.id == bundle_id:
            return packed
    raise FileNotFoundError("the release is not there any more")


def fingerprint(folder: Path) -> tuple[tuple[str, int, int], ...]:
    """Changes when a file of the inventory or a bundle does."""
    paths = [*sorted((folder / INVENTORY).rglob("*")), *sorted((folder / BUNDLES).glob("*"))]
    seen = []
    for path in paths:
        try:
            stat = path.stat()
        except OSError:
            continue
        seen.append((str(path), stat.st_mtime_ns, stat.st_size))
    return tuple(seen)


async def _listed(inventory: Path, home: Path) -> Mapping[str, Any]:
    """What ansible-inventory says; raises OSError or ValueError."""
    if not inventory.exists():
        raise ValueError(f"{inventory} is missing")
    program = Path(sys.executable).with_name("ansible-inventory")
    environment = {"PATH": os.environ.get("PATH", os.defpath), "HOME": str(home), "LC_ALL": "C.UTF-8"}
    process = await asyncio.create_subprocess_exec(
        *(str(program), "-i", str(inventory), "--list"), env=environment, stdin=DEVNULL, stdout=PIPE, stderr=DEVNULL
    )
    try:
        async with asyncio.timeout(SECONDS):
            out, _ = await process.communicate()
    except BaseException:
        with contextlib.suppress(ProcessLookupError):
            process.kill()
        await process.wait()
        raise
    if process.returncode:
        raise ValueError("ansible-inventory cannot read the inventory")
    listed = json.loads(out)
    if not isinstance(listed, dict):
        raise ValueError("ansible-inventory says no inventory")
    return listed
