"""Recordings on disk: one folder an interview, one sealed file a segment, the interview's wrapped key beside them."""

import contextlib
import json
import os
import re
import secrets
import shutil
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from edge_node.private_files import sync_folder
from edge_node.recording.codec import Name, Segment, decode_segment, encode_segment
from edge_node.recording.sealing import (
    KEY_BYTES,
    SealBroken,
    key_label,
    node_key,
    seal,
    segment_label,
    unseal,
)

FOLDER = "recordings"
NODE_KEY = "recording.key"
KEY = "key"
DELIVERED = "delivered.json"
DRAFT = ".draft"
LOOK_SECONDS = 60.0
_SEGMENT = re.compile(r"^([0-9]{1,6})-([0-9]{1,8})\.segment$")
_INTERVIEW = re.compile(r"^[A-Za-z0-9_-]{1,64}$")


class ShelfFull(Exception):
    """No more may be written: share_full (the recordings' share of the disk), or disk_full."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Shelf:
    """Everything recorded on this node. Safe for several processes and threads: a segment is written once, whole.

    ``share_bytes``: what recordings may take of the disk; ``kept_free_bytes``: what they leave free for records.
    """

    def __init__(
        self,
        data_dir: Path,
        *,
        share_bytes: int,
        kept_free_bytes: int,
        free_bytes: Callable[[Path], int] = lambda folder: shutil.disk_usage(folder).free,
    ) -> None:
        self._folder = data_dir / FOLDER
        self._node_key = data_dir / NODE_KEY
        self._share_bytes = share_bytes
        self._kept_free_bytes = kept_free_bytes
        self._free_bytes = free_bytes
        self._lock = threading.Lock()
        self._used_bytes = 0
        self._look_again_at = 0.0

    def open(self, interview_id: str) -> bytes:
        """The interview's key, made when there is none, for who writes there alone. Raises OSError, SealBroken,
        ValueError, ShelfFull.
        """
        self.check_room()
        place = self._place(interview_id)
        if not (place / KEY).exists():
            place.mkdir(parents=True, exist_ok=True, mode=0o700)
            key = secrets.token_bytes(KEY_BYTES)
            self._write(place / KEY, seal(node_key(self._node_key), key, key_label(interview_id)))
            sync_folder(self._folder)
        for draft in place.glob(f"*{DRAFT}"):  # what a killed process had not finished
            draft.unlink(missing_ok=True)
        (place / DELIVERED).unlink(missing_ok=True)
        return self.data_key(interview_id)

    def data_key(self, interview_id: str) -> bytes:
        """The interview's key; raises OSError, SealBroken, ValueError."""
        wrapped = (self._place(interview_id) / KEY).read_bytes()
        return unseal(node_key(self._node_key), wrapped, key_label(interview_id))

    def add(self, interview_id: str, key: bytes, segment: Segment) -> None:
        """Keep a segment; it outlives a power cut when this returns. Raises OSError, ShelfFull."""
        name = segment.name
        data = seal(key, encode_segment(segment), segment_label(interview_id, name.track, name.number))
        self.check_room(len(data))
        place = self._place(interview_id)
        if not (place / KEY).exists():
            # Erased meanwhile: nothing may come back.
            raise FileNotFoundError(KEY)
        self._write(place / _file_of(name), data)
        # The goodbye is still recorded when the record is closed and head office is given what there is.
        (place / DELIVERED).unlink(missing_ok=True)
        with self._lock:
            self._used_bytes += len(data)

    def check_room(self, needed_bytes: int = 0) -> None:
        """Raises ShelfFull when no more may be written, OSError."""
        self._folder.mkdir(parents=True, exist_ok=True)
        if self._recently_used_bytes() + needed_bytes > self._share_bytes:
            raise ShelfFull("share_full")
        if self._free_bytes(self._folder) < self._kept_free_bytes + needed_bytes:
            raise ShelfFull("disk_full")

    def sealed(self, interview_id: str, name: Name) -> bytes:
        """A segment as it lies there. Raises OSError."""
        return (self._place(interview_id) / _file_of(name)).read_bytes()

    def segment(self, interview_id: str, key: bytes, name: Name) -> Segment:
        """A segment; raises OSError, SealBroken."""
        plain = unseal(key, self.sealed(interview_id, name), segment_label(interview_id, name.track, name.number))
        segment = decode_segment(plain)
        if segment.name != name:
            raise SealBroken
        return segment

    def interviews(self) -> list[str]:
        """Interviews of which there is anything."""
        if not self._folder.is_dir():
            return []
        return sorted(entry.name for entry in self._folder.iterdir() if _INTERVIEW.match(entry.name))

    def segments(self, interview_id: str) -> list[Name]:
        """What there is of an interview, in order."""
        place = self._place(interview_id)
        if not place.is_dir():
            return []
        found = [_SEGMENT.match(entry.name) for entry in place.iterdir()]
        return sorted(Name(int(match[1]), int(match[2])) for match in found if match)

    def newest_unix(self, interview_id: str) -> float:
        """When something was last written of it, Unix seconds. Raises OSError."""
        return self._place(interview_id).stat().st_mtime

    def used_bytes(self) -> int:
        """What all recordings take."""
        if not self._folder.is_dir():
            return 0
        used = 0
        for file in self._folder.rglob("*"):
            with contextlib.suppress(FileNotFoundError):  # erased in between
                used += file.stat().st_size if file.is_file() else 0
        return used

    def nearly_full(self, part: float) -> bool:
        """Whether more than ``part`` of the share is used."""
        return self.used_bytes() > part * self._share_bytes

    def _recently_used_bytes(self) -> int:
        """As :meth:`used_bytes`, but looked up once a minute: there may be many files."""
        with self._lock:
            now = time.monotonic()
            if now >= self._look_again_at:
                self._used_bytes = self.used_bytes()
                self._look_again_at = now + LOOK_SECONDS
            return self._used_bytes

    def mark_delivered(self, interview_id: str, names: Sequence[Name], unix_seconds: float) -> bool:
        """Head office has these segments; False, and nothing is marked, where there are more by now. Raises OSError."""
        mark = self._place(interview_id) / DELIVERED
        self._write(mark, json.dumps({"unix_seconds": unix_seconds}).encode())
        # Looked at behind the mark: whoever adds one later takes the mark away.
        whole = self.segments(interview_id) == sorted(names)
        if not whole:
            mark.unlink(missing_ok=True)
        return whole

    def delivered_unix(self, interview_id: str) -> float | None:
        """When head office had all of it, Unix seconds; None before."""
        try:
            return float(json.loads((self._place(interview_id) / DELIVERED).read_bytes())["unix_seconds"])
        except (FileNotFoundError, KeyError, TypeError, ValueError):
            return None

    def erase(self, interview_id: str) -> None:
        """Remove an interview's recording, the key first: what a crash leaves is unreadable. Raises OSError."""
        place = self._place(interview_id)
        if not place.is_dir():
            return
        (place / KEY).unlink(missing_ok=True)
        sync_folder(place)
        shutil.rmtree(place)
        sync_folder(self._folder)

    def _place(self, interview_id: str) -> Path:
        if not _INTERVIEW.match(interview_id):
            raise ValueError("not an interview id")
        return self._folder / interview_id

    def _write(self, path: Path, data: bytes) -> None:
        draft = path.with_name(path.name + DRAFT)
        try:
            handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            with os.fdopen(handle, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            os.replace(draft, path)
            sync_folder(path.parent)
        except OSError:
            with contextlib.suppress(OSError):
                draft.unlink(missing_ok=True)
            raise


def _file_of(name: Name) -> str:
    return f"{name.track}-{name.number}.segment"
