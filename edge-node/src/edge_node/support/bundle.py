"""The archive: text files in a tar, each redacted, the whole looked through once more before it may leave."""

import io
import json
import tarfile
import time
from pathlib import Path
from typing import Any

from edge_node.support.redaction import Redactor

LOG_BYTES_MOST = 2_000_000
"""Of each log its last bytes."""


class Leak(Exception):
    """Something known to be personal or secret would have left; nothing was written. The message names the file."""


class Bundle:
    """Collects files, then writes them at once."""

    def __init__(self, redactor: Redactor) -> None:
        self._redactor = redactor
        self._files: dict[str, str] = {}

    def add_json(self, name: str, content: Any) -> None:
        """Add ``content``; its strings are redacted."""
        self._files[name] = self._redactor.text(json.dumps(content, indent=1, ensure_ascii=False)) + "\n"

    def add_text(self, name: str, text: str) -> None:
        """Add a text without personal data, such as a process' figures; redacted all the same."""
        self._files[name] = self._redactor.text(text)

    def add_log(self, name: str, raw: bytes) -> None:
        """Add the end of a log, line by line; says in the last line how many were left out."""
        lines = raw[-LOG_BYTES_MOST:].decode(errors="replace").splitlines()
        if len(raw) > LOG_BYTES_MOST:
            lines = lines[1:]
        kept = [line for line in map(self._redactor.line, lines) if line is not None]
        kept.append(self._redactor.text(json.dumps({"event": "lines left out", "count": len(lines) - len(kept)})))
        self._files[name] = "\n".join(kept) + "\n"

    def write(self, path: Path) -> list[str]:
        """Write the archive, mode 600, and return its files' names. Raises Leak, OSError."""
        for name, text in self._files.items():
            if self._redactor.leaks(text):
                raise Leak(name)
        packed = io.BytesIO()
        with tarfile.open(fileobj=packed, mode="w:gz") as archive:
            for name, text in sorted(self._files.items()):
                data = text.encode()
                entry = tarfile.TarInfo(f"support-bundle/{name}")
                entry.size, entry.mtime, entry.mode = len(data), int(time.time()), 0o600
                archive.addfile(entry, io.BytesIO(data))
        path.touch(mode=0o600)
        path.chmod(0o600)
        path.write_bytes(packed.getvalue())
        return sorted(self._files)
