"""What lies on the disk of a release on its way: what has arrived, what was handed over, what became of it."""

import json
import os
import shutil
from dataclasses import dataclass
from pathlib import Path

from edge_node.releases.codec import Announcement

READY = "ready.json"
BUNDLE = "bundle"
PART = "bundle.part"
PART_FACTS = "bundle.part.at"
REFUSED = "refused.json"
OUTCOME = Path("pull/outcome.json")
BYTES_MOST = 16_384
STATES = ("installing", "active", "failed")
UNPACKED_TIMES = 2
"""An unpacked bundle and the programs installed from it take less than this many times its size."""

HEADROOM_BYTES = 512 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of an announcement. ``state``: installing, active or failed."""

    state: str
    reason: str


class Shelf:
    """Files of releases. ``folder``: the node's own; ``programs``: root's, where its installer leaves its word."""

    def __init__(self, folder: Path, programs: Path) -> None:
        self.folder = folder
        self.programs = programs
        self.part = folder / PART
        self.bundle = folder / BUNDLE

    def outcome(self, announcement_id: str) -> Outcome | None:
        """What became of it here; None while nothing has."""
        for path in (self.programs / OUTCOME, self.folder / REFUSED):
            said = _read(path)
            if said.get("announcement") == announcement_id and said.get("state") in STATES:
                return Outcome(said["state"], said.get("reason", ""))
        return None

    def installing(self) -> bool:
        """Whether the installer is at work on what was handed over earlier."""
        return _read(self.programs / OUTCOME).get("state") == "installing" and (self.folder / READY).exists()

    def refuse(self, wanted: Announcement, reason: str) -> None:
        """Note that it was not handed over, and free what it took. Raises OSError."""
        self.clear()
        _write(self.folder / REFUSED, {"announcement": wanted.announcement_id, "state": "failed", "reason": reason})

    def hand_over(self, wanted: Announcement) -> None:
        """Let the machine's installer begin. Raises OSError."""
        _write(self.folder / READY, {"announcement": wanted.announcement_id, "bundle": wanted.bundle_id})

    def arrived(self) -> None:
        """What was being fetched is whole. Raises OSError."""
        self.part.replace(self.bundle)

    def received_bytes(self) -> int:
        """How much of it is here."""
        return next((path.stat().st_size for path in (self.bundle, self.part) if path.exists()), 0)

    def clear(self) -> None:
        """Take away everything that waits to be installed. Raises OSError."""
        for name in (READY, BUNDLE, PART, PART_FACTS):
            (self.folder / name).unlink(missing_ok=True)

    def lacking(self, wanted: Announcement) -> int:
        """Bytes that are missing on a disk to fetch, unpack and install it; 0 when there is room."""
        self.folder.mkdir(mode=0o750, parents=True, exist_ok=True)
        needed: dict[int, tuple[Path, int]] = {}
        for path, count in (
            (self.folder, max(0, wanted.size - self.received_bytes())),
            (self.programs, wanted.size * UNPACKED_TIMES),
        ):
            disk = path.stat().st_dev
            _, before = needed.get(disk, (path, HEADROOM_BYTES))
            needed[disk] = (path, before + count)
        return max(0, *(count - shutil.disk_usage(path).free for path, count in needed.values()))


def _read(path: Path) -> dict[str, str]:
    try:
        if path.stat().st_size > BYTES_MOST:
            return {}
        said = json.loads(path.read_text())
    except (OSError, ValueError):
        return {}
    return {str(key): str(value) for key, value in said.items()} if isinstance(said, dict) else {}


def _write(path: Path, said: dict[str, str]) -> None:
    path.parent.mkdir(mode=0o750, parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.new")
    with draft.open("w") as file:
        json.dump(said, file)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
