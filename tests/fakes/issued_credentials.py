"""Credentials of a node as its enrolment would leave them, for tests that need no enrolment."""

import time
from pathlib import Path

from coordinator.keys import keyring
from coordinator.keys.nkey import Credentials, KeyPair, Kind
from coordinator.private_files import write_private


def issue(ring: keyring.Keyring, folder: Path, node_id: str, *, seconds: float = 3600) -> Path:
    """Write them to a file in ``folder`` and return it."""
    key, now = KeyPair.generate(Kind.USER), int(time.time())
    token = ring.node_jwt(node_id, key.public, now=now, expires=int(now + seconds))
    file = folder / f"{node_id}.creds"
    write_private(file, Credentials(token, key).to_text())
    return file
