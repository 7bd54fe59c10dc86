"""Read every ready file again and compare it with what was recorded when it was made."""

from collections.abc import Iterable
from pathlib import Path

from edge_node.models import packaged, state
from edge_node.models.digest import sha256_of
from edge_node.models.manifest import Model
from edge_node.models.pull import Outcome


def verify(models: Iterable[Model], models_dir: Path) -> list[Outcome]:
    """Read every ready file again; status is ready, missing or failed (its content changed)."""
    known = state.read(models_dir)
    outcomes = []
    for model in models:
        if model.packaged:
            outcomes.append(_verify_packaged(model))
            continue
        record = known.files.get(model.file)
        path = models_dir / model.file
        if record is None or not path.exists():
            outcomes.append(Outcome(model, "missing"))
        elif sha256_of(path) != record.sha256:
            outcomes.append(
                Outcome(model, "failed", f"digest_mismatch: {model.file} changed; delete it and pull again")
            )
        else:
            outcomes.append(Outcome(model, "ready"))
    return outcomes


def _verify_packaged(model: Model) -> Outcome:
    assert model.packaged is not None
    path = packaged.locate(model.packaged)
    if path is None:
        return Outcome(model, "missing", f"install {model.packaged.package}")
    if model.sha256 and sha256_of(path) != model.sha256:
        return Outcome(model, "failed", f"digest_mismatch: {model.packaged.package} carries another file")
    return Outcome(model, "packaged")
