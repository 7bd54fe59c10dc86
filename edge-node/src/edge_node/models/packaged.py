"""Weights that an installed Python package carries."""

import importlib.metadata
from pathlib import Path

from edge_node.models.manifest import Packaged


def locate(packaged: Packaged) -> Path | None:
    """The file or folder inside the installed package, which is not imported; None when it is not there."""
    try:
        path = Path(str(importlib.metadata.distribution(packaged.package).locate_file(packaged.path)))
    except importlib.metadata.PackageNotFoundError:
        return None
    return path if path.exists() else None
