"""Generated secrets: one a file, readable by the owner only, kept from one start to the next."""

import os
import secrets
from pathlib import Path


def secret(path: Path) -> str:
    """The secret in ``path``, generated (256 bits, URL-safe) when the file is not there yet."""
    if not path.exists():
        write_private(path, secrets.token_urlsafe(32))
    return path.read_text().strip()


def write_private(path: Path, text: str) -> None:
    """Write a file only its owner can read, whole or not at all."""
    partial = path.with_name(path.name + ".part")
    partial.unlink(missing_ok=True)
    descriptor = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(text)
    partial.replace(path)
