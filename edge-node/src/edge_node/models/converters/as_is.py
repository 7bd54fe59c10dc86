"""A file that is ready as it comes."""

from collections.abc import Sequence
from pathlib import Path


def convert(sources: Sequence[Path], target: Path) -> None:
    """Move the one source to ``target``, on the same file system."""
    (source,) = sources
    source.replace(target)
