"""The bundles of a run: the product as it is, and a release whose ears hear nothing while every unit is active."""

import os
import shutil
import tempfile
from pathlib import Path

from provisioning.bundle import build, signature

ROOT = Path(__file__).parents[2]
HEARS = "return codec.encode_transcript(transcript)"
DEAF = "return codec.encode_transcript(type(transcript)('', (), 1))"


def cache() -> Path:
    """Where what is made once is kept, outside the repository."""
    return Path(os.environ.get("INTERVIEW_CACHE") or Path.home() / ".cache/interview-appliance")


def bundle(folder: Path, name: str, version: str, *, root: Path = ROOT, rooms: bool = True) -> Path:
    """A signed bundle of the tree below ``root``."""
    # Not beside the bundles: that folder is served to the machines.
    key = cache() / "provisioning" / "test-bundle-key"
    signature.make_key(key)
    plan = build.Plan(
        root=root,
        cache=cache() / "provisioning",
        models=Path(os.environ.get("EDGE_NODE_MODELS_DIR") or cache() / "models"),
        version=version,
        llama_wheel=build.llama_wheel(ROOT, cache() / "wheels"),
        with_rooms=rooms,
    )
    return build.build(plan, key, folder / f"{name}.bundle")


def deaf_bundle(folder: Path, name: str, version: str) -> Path:
    """A release that starts, answers every health request, and hears nothing."""
    with tempfile.TemporaryDirectory() as scratch:
        tree = Path(scratch)
        for part in ("proto", "edge-node", "coordinator", "provisioning"):
            shutil.copytree(ROOT / part, tree / part, ignore=shutil.ignore_patterns("node_modules", "__pycache__"))
        for page in ("room", "recruiter"):
            shutil.copytree(ROOT / "dashboards" / page / "dist", tree / "dashboards" / page / "dist")
        for file in ("requirements.lock", "requirements-llama.lock", "pyproject.toml"):
            shutil.copyfile(ROOT / file, tree / file)
        service = tree / "edge-node/src/edge_node/speech/service.py"
        text = service.read_text()
        if HEARS not in text:
            raise AssertionError("the speech process was rewritten; make it deaf at its new place")
        service.write_text(text.replace(HEARS, DEAF))
        return bundle(folder, name, version, root=tree, rooms=False)
