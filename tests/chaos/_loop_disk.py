"""A disk of our own that can be photographed while it is written: what a power cut would leave of it."""

import contextlib
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

from chaos._namespaces import NotPossible

SIZE_MB = 512


@contextlib.contextmanager
def disk(image: Path, mountpoint: Path, *, size_mb: int = SIZE_MB) -> Iterator[None]:
    """An ext4 in a file, mounted; the file system flushes when it is told to, as on a real disk."""
    missing = [name for name in ("mkfs.ext4", "mount", "umount") if shutil.which(name) is None]
    if os.geteuid() != 0 or missing:
        raise NotPossible("this needs root and mkfs.ext4, mount, umount: apt-get install e2fsprogs mount")
    with image.open("wb") as file:
        file.truncate(size_mb * 1024 * 1024)
    subprocess.run(["mkfs.ext4", "-q", "-F", str(image)], check=True)
    with mounted(image, mountpoint):
        yield


@contextlib.contextmanager
def mounted(image: Path, mountpoint: Path) -> Iterator[None]:
    """An image's file system at a folder; unmounted afterwards."""
    mountpoint.mkdir(parents=True, exist_ok=True)
    subprocess.run(["mount", "-o", "loop", str(image), str(mountpoint)], check=True)
    try:
        yield
    finally:
        subprocess.run(["umount", str(mountpoint)], check=True)


def photograph(image: Path, copy: Path) -> None:
    """What has reached the disk by now; what the file system still holds back is not in it."""
    subprocess.run(["cp", "--sparse=always", str(image), str(copy)], check=True)
