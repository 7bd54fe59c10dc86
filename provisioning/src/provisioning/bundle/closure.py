"""Which locked packages one program needs: its requirements, and theirs, as the installed packages tell."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from importlib.metadata import PackageNotFoundError, requires, version

from packaging.requirements import Requirement

ABSENT = frozenset({"opencv-contrib-python", "sounddevice"})
"""Left out on purpose, as the workspace's override of dependencies says."""

RequiresOf = Callable[[str], Sequence[str]]


class ClosureError(Exception):
    """A needed package is not installed here or not in the lock."""


def normal(name: str) -> str:
    """A package's name as registries compare it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def installed_requires(name: str) -> Sequence[str]:
    """What an installed package says it needs; raises ClosureError."""
    try:
        return requires(name) or ()
    except PackageNotFoundError:
        raise ClosureError(f"{name} is not installed here") from None


def closure(roots: Iterable[str], requires_of: RequiresOf = installed_requires) -> list[str]:
    """The roots and all they need on this machine, by name; raises ClosureError."""
    waiting = [Requirement(root) for root in roots]
    seen: dict[str, set[str]] = {}
    while waiting:
        wanted = waiting.pop()
        name, extras = normal(wanted.name), {"", *wanted.extras}
        if name in ABSENT or extras <= seen.get(name, set()):
            continue
        seen.setdefault(name, set()).update(extras)
        for text in requires_of(name):
            needed = Requirement(text)
            if needed.marker is None or any(needed.marker.evaluate({"extra": extra}) for extra in seen[name]):
                waiting.append(needed)
    return sorted(seen)


def locked(lock: str) -> dict[str, list[str]]:
    """By name, the pinned lines of a lock with their hashes; a name may be pinned once for each Python."""
    found: dict[str, list[str]] = {}
    for block in re.findall(r"^[A-Za-z0-9][^\n]*(?:\n[ \t]+--hash=[^\n]*)*", lock, re.MULTILINE):
        found.setdefault(normal(re.split(r"[=\[ ]", block)[0]), []).append(block)
    return found


def pins(names: Iterable[str], lock: Mapping[str, Sequence[str]]) -> list[str]:
    """The lock's blocks for these names that hold for the Python here; raises ClosureError."""
    chosen = []
    for name in names:
        blocks = [block for block in lock.get(name, ()) if _holds(block)]
        if not blocks:
            raise ClosureError(f"{name} is not in the lock")
        here = version(name)
        chosen += [block for block in blocks if f"=={here}" in block.split("\n")[0]] or blocks[:1]
    return chosen


def _holds(block: str) -> bool:
    first = block.split("\n", maxsplit=1)[0].removesuffix("\\").strip()
    marker = Requirement(first).marker
    return marker is None or marker.evaluate()
