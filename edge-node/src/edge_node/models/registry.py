"""Which file serves a role on this machine. Reads the disk only; nothing is ever downloaded here."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from edge_node.models import manifest as manifests
from edge_node.models import packaged, state
from edge_node.models.errors import ModelMissing
from edge_node.models.manifest import Manifest, Model


@dataclass(frozen=True, slots=True)
class ReadyModel:
    """Weights that are in place."""

    role: str
    name: str
    profile: str
    path: Path
    """The file, or the folder for a package that carries several."""

    digest: str
    """sha256, hexadecimal; empty where the weights are a folder."""

    licence: str
    options: Mapping[str, str] = field(default_factory=dict)
    """What the engine must know of this file, as the manifest says."""


class Registry:
    """The weights of one profile in one models folder."""

    def __init__(self, models_dir: Path, profile: str, *, manifest: Manifest | None = None) -> None:
        self._models_dir = models_dir
        self._profile = profile
        self._manifest = manifest or manifests.load()

    def path(self, role: str, language: str | None = None) -> ReadyModel:
        """The preferred ready model of ``role`` for ``language``. Raises ModelMissing, which says what to run."""
        known = state.read(self._models_dir)
        for model in self._manifest.select(self._profile, role=role, language=language):
            ready = self._ready(model, known)
            if ready:
                return ready
        spoken = f" for language {language}" if language else ""
        raise ModelMissing(
            f"no {role} weights{spoken} of profile {self._profile} in {self._models_dir}: run "
            f"`edge-node models pull --profile {self._profile} --role {role}`"
        )

    def _ready(self, model: Model, known: state.State) -> ReadyModel | None:
        if model.packaged:
            path, digest = packaged.locate(model.packaged), model.sha256
            if path is None:
                return None
        else:
            record = known.ready(self._models_dir, model)
            if record is None:
                return None
            path, digest = self._models_dir / model.file, record.sha256
        licence = self._manifest.licences[model.licence].name
        return ReadyModel(model.role, model.name, model.profile, path, digest, licence, model.options)
