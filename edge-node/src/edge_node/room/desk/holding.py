"""Which of a node's room processes holds an interview: a lock of the kernel, so that two never do.

All room processes of a node are on one machine. What a killed process held is free in the same instant, without a
clock that somebody would have to trust; what a process holds that only hangs stays its own until it is killed.
"""

import contextlib
import fcntl
import os
import re
from pathlib import Path
from typing import Protocol

from edge_node.telemetry.logs import get_logger

FOLDER = "rooms"
UNLOCKED = -1
_INTERVIEW = re.compile(r"^[A-Za-z0-9_-]{1,64}$")

log = get_logger("room")


class Holding(Protocol):
    """Interviews this process holds against the others of the node. Counted: taken twice, it is dropped twice."""

    def take(self, interview_id: str) -> bool:
        """Hold it; False when another process does."""
        ...

    def drop(self, interview_id: str) -> None:
        """Undo one :meth:`take`."""
        ...


class LockedFiles:
    """Implements :class:`Holding` by one locked file an interview in the folder ``rooms`` of ``data_dir``."""

    def __init__(self, data_dir: Path) -> None:
        self._folder = data_dir / FOLDER
        self._held: dict[str, tuple[int, int]] = {}
        """Interview id to descriptor and count."""

    def take(self, interview_id: str) -> bool:
        """Hold it; False when another process does.

        Where no file can be made (logged) it is held without: a full disk turns no candidate away, and the journal
        still refuses a second writer.
        """
        if interview_id in self._held:
            descriptor, count = self._held[interview_id]
            self._held[interview_id] = (descriptor, count + 1)
            return True
        if not _INTERVIEW.match(interview_id):
            return False
        try:
            descriptor = self._locked(self._folder / interview_id)
        except BlockingIOError:
            return False
        except OSError as error:
            log.error("interview not lockable", interview_id=interview_id, error=error.strerror)
            descriptor = UNLOCKED
        self._held[interview_id] = (descriptor, 1)
        return True

    def drop(self, interview_id: str) -> None:
        """Undo one :meth:`take`; the last one gives it free and removes the file."""
        descriptor, count = self._held[interview_id]
        if count > 1:
            self._held[interview_id] = (descriptor, count - 1)
            return
        del self._held[interview_id]
        if descriptor == UNLOCKED:
            return
        # Removed while it is locked: who opened it before finds out, see below.
        with contextlib.suppress(OSError):
            (self._folder / interview_id).unlink(missing_ok=True)
        os.close(descriptor)

    def _locked(self, path: Path) -> int:
        """Descriptor of the locked file. Raises BlockingIOError for one that is held, OSError."""
        self._folder.mkdir(parents=True, exist_ok=True)
        while True:
            descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
                if _same(descriptor, path):
                    return descriptor
            except BaseException:
                os.close(descriptor)
                raise
            # Its holder removed it between our opening and locking it; what lies there now is another file.
            os.close(descriptor)


def _same(descriptor: int, path: Path) -> bool:
    try:
        there = path.stat()
    except FileNotFoundError:
        return False
    here = os.fstat(descriptor)
    return (here.st_dev, here.st_ino) == (there.st_dev, there.st_ino)
