"""Whether the weights an interview needs are in place and unchanged, without reading them at every look."""

import json
import os
from pathlib import Path

from edge_node.models.digest import sha256_of
from edge_node.models.errors import ModelMissing
from edge_node.models.registry import ReadyModel, Registry

MISSING = "model_missing"
DAMAGED = "model_damaged"
UNCHECKED = "models_unchecked"


class Weights:
    """Reads a file's sha256 when it is new or changed (size or time of change); what it found is kept in ``memory``.

    :meth:`check` reads files and blocks; :meth:`problem` only looks.
    """

    def __init__(self, registry: Registry, memory: Path) -> None:
        self._registry = registry
        self._memory = memory
        self._whole: dict[str, str] = _remembered(memory)
        self._damaged: dict[str, str] = {}

    def problem(self, role: str, language: str = "") -> str:
        """Empty, or model_missing, model_damaged, or models_unchecked before :meth:`check` has read the file."""
        try:
            ready = self._registry.path(role, language or None)
            mark = _mark(ready)
        except (ModelMissing, OSError):
            return MISSING
        name = str(ready.path)
        if not ready.digest or self._whole.get(name) == mark:
            return ""
        return DAMAGED if self._damaged.get(name) == mark else UNCHECKED

    def check(self, role: str, language: str = "") -> str:
        """As :meth:`problem`, after reading the file if that is needed. Raises nothing for a file that is bad."""
        found = self.problem(role, language)
        if found != UNCHECKED:
            return found
        try:
            ready = self._registry.path(role, language or None)
            mark = _mark(ready)
            whole = sha256_of(ready.path) == ready.digest
        except (ModelMissing, OSError):
            return MISSING
        (self._whole if whole else self._damaged)[str(ready.path)] = mark
        if whole:
            self._remember()
        return "" if whole else DAMAGED

    def _remember(self) -> None:
        # A name of its own: several processes of a node read the same weights at the same start.
        fresh = self._memory.with_suffix(f".{os.getpid()}.new")
        fresh.write_text(json.dumps(self._whole, indent=1, sort_keys=True) + "\n")
        os.replace(fresh, self._memory)


def _mark(ready: ReadyModel) -> str:
    """What a file's content is known by until it changes. Raises OSError."""
    facts = ready.path.stat()
    return f"{ready.digest} {facts.st_size} {facts.st_mtime_ns} {facts.st_ino}"


def _remembered(memory: Path) -> dict[str, str]:
    try:
        kept = json.loads(memory.read_text())
    except (OSError, ValueError):
        return {}
    return {str(path): str(mark) for path, mark in kept.items()} if isinstance(kept, dict) else {}
