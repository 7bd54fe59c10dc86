"""Room on the disk for the record: a reserve that is given back, slice by slice, while other programs fill the disk.

A nats-server that once meets a full disk refuses every later write until it is started again, so it must never meet
one. The reserve is a file of real blocks. New interviews need the whole reserve and the headroom beside it; running
ones live on what the reserve gives back.
"""

import os
import shutil
from dataclasses import dataclass
from pathlib import Path

from edge_node.telemetry.logs import get_logger

FILE = "disk-reserve"
SLICE_BYTES = 4 * 1024 * 1024
"""Free space kept in front of every write while the reserve lasts; many times one write."""

log = get_logger("journal")


@dataclass(frozen=True, slots=True)
class Look:
    """What is on the disk. Bytes."""

    size_bytes: int
    free_bytes: int
    reserve_bytes: int


class Space:
    """Watches the file system of ``folder``, on which the node's server keeps the journal. Blocks for microseconds.

    ``reserve_bytes``: kept aside for running interviews; ``headroom_bytes``: free beside it before one is opened.
    """

    def __init__(self, folder: Path, *, reserve_bytes: int, headroom_bytes: int) -> None:
        self._folder = folder
        self._file = folder / FILE
        self._reserve_bytes = reserve_bytes
        self._headroom_bytes = headroom_bytes

    def look(self) -> Look:
        """What is there now. Raises OSError."""
        disk = shutil.disk_usage(self._folder)
        return Look(disk.total, disk.free, self._kept())

    def fits(self, needed_bytes: int = 0) -> bool:
        """Whether an interview may be opened whose record takes ``needed_bytes``. Raises OSError."""
        seen = self.look()
        return seen.reserve_bytes >= self._reserve_bytes and seen.free_bytes >= self._headroom_bytes + needed_bytes

    def fill(self) -> None:
        """Put the reserve aside if there is room for it beside the headroom. Raises OSError."""
        seen = self.look()
        missing = self._reserve_bytes - seen.reserve_bytes
        if missing <= 0 or seen.free_bytes < missing + self._headroom_bytes:
            return
        self._folder.mkdir(parents=True, exist_ok=True)
        with self._file.open("ab") as file:
            os.posix_fallocate(file.fileno(), 0, self._reserve_bytes)
        log.info("disk reserve put aside", bytes=self._reserve_bytes)

    def make_room(self) -> None:
        """Give back a slice of the reserve when less than that is free; call it in front of every write."""
        try:
            seen = self.look()
            if seen.free_bytes >= SLICE_BYTES or not seen.reserve_bytes:
                return
            left = max(0, seen.reserve_bytes - (SLICE_BYTES - seen.free_bytes))
            os.truncate(self._file, left)
        except OSError as error:
            log.error("disk reserve not given back", error=error.strerror)
            return
        log.warning("disk reserve given back", free_bytes=seen.free_bytes, reserve_bytes=left)

    def _kept(self) -> int:
        """Bytes of the reserve that really are on the disk."""
        try:
            facts = self._file.stat()
        except FileNotFoundError:
            return 0
        return min(facts.st_size, facts.st_blocks * 512)
