"""What a bundle holds, file by file, and for which machines it was made."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FORMAT = 1
CHUNK_BYTES = 1 << 20


@dataclass(frozen=True)
class Held:
    """One file: its sha256 (hexadecimal) and its size in bytes."""

    sha256: str
    size: int


@dataclass(frozen=True)
class Target:
    """The machines a bundle fits: Python's minor version, processor, its kernel flags, Debian's name."""

    python: str
    machine: str
    cpu_flags: Sequence[str]
    debian: str


@dataclass(frozen=True)
class Manifest:
    """The signed word on a bundle. ``version``: of the product; ``files``: by path inside the bundle."""

    version: str
    target: Target
    files: Mapping[str, Held]

    def to_bytes(self) -> bytes:
        """The bytes that are signed; the same content gives the same bytes."""
        said: dict[str, Any] = {
            "format": FORMAT,
            "version": self.version,
            "target": {
                "python": self.target.python,
                "machine": self.target.machine,
                "cpu_flags": sorted(self.target.cpu_flags),
                "debian": self.target.debian,
            },
            "files": {path: {"sha256": held.sha256, "bytes": held.size} for path, held in sorted(self.files.items())},
        }
        return (json.dumps(said, indent=1, sort_keys=True) + "\n").encode()


def digest(path: Path) -> Held:
    """Read a file; raises OSError."""
    found, size = hashlib.sha256(), 0
    with path.open("rb") as file:
        while chunk := file.read(CHUNK_BYTES):
            found.update(chunk)
            size += len(chunk)
    return Held(found.hexdigest(), size)


def of_folder(folder: Path, version: str, target: Target) -> Manifest:
    """The manifest of every file below ``folder``. Raises ValueError for a link or anything else that is no file."""
    files: dict[str, Held] = {}
    for path in sorted(folder.rglob("*")):
        if path.is_symlink() or not (path.is_file() or path.is_dir()):
            raise ValueError(f"{path} is neither a file nor a folder")
        if path.is_file():
            files[path.relative_to(folder).as_posix()] = digest(path)
    return Manifest(version, target, files)
