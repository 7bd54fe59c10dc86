"""What is in the models folder: ``state.json``, a digest for every ready file and the licences accepted."""

import contextlib
import fcntl
import json
import os
from collections.abc import Iterator
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from edge_node.models.manifest import Model

STATE_FILE = "state.json"
_LOCK_FILE = ".lock"


class ReadyFile(BaseModel):
    """A file made ready here."""

    model_config = ConfigDict(extra="forbid")

    name: str
    sha256: str
    size: int
    recipe: str
    ready_at: str


class AcceptedLicence(BaseModel):
    """A licence the operator accepted by name."""

    model_config = ConfigDict(extra="forbid")

    name: str
    url: str
    accepted_at: str


class State(BaseModel):
    """Everything known of one models folder."""

    model_config = ConfigDict(extra="forbid")

    files: dict[str, ReadyFile] = {}
    licences: dict[str, AcceptedLicence] = {}

    def ready(self, models_dir: Path, model: Model) -> ReadyFile | None:
        """The record of ``model``'s file if it is in place, by the manifest's present recipe, with the recorded size.

        Its content is not read.
        """
        record = self.files.get(model.file)
        if record is None or record.recipe != model.recipe:
            return None
        try:
            size = (models_dir / model.file).stat().st_size
        except OSError:
            return None
        return record if size == record.size else None


def read(models_dir: Path) -> State:
    """The folder's state; empty when there is none. Raises pydantic.ValidationError for a damaged file."""
    try:
        return State.model_validate_json((models_dir / STATE_FILE).read_text())
    except FileNotFoundError:
        return State()


def write(models_dir: Path, state: State) -> None:
    """Replace the state on disk, at once or not at all."""
    path = models_dir / STATE_FILE
    fresh = path.with_suffix(".new")
    fresh.write_text(json.dumps(state.model_dump(), indent=1, sort_keys=True) + "\n")
    os.replace(fresh, path)


@contextlib.contextmanager
def locked(models_dir: Path) -> Iterator[None]:
    """Hold the folder against another pull; waits for it."""
    models_dir.mkdir(parents=True, exist_ok=True)
    with (models_dir / _LOCK_FILE).open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
