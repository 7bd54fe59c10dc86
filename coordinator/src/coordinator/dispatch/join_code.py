"""Join codes: short enough to read out, shown once, known to the node only as a salted hash."""

import hashlib
import secrets

from coordinator.dispatch.kit import JoinCode

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32: no I, L, O or U. Eight of them are 40 random bits."""

LENGTH = 8


def make(expires_unix_ms: int) -> tuple[str, JoinCode]:
    """A fresh code, and what the node gets of it."""
    code = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
    salt = secrets.token_hex(16)
    digest = hashlib.sha256(f"{salt}:{code}".encode()).hexdigest()
    return code, JoinCode(salt, digest, expires_unix_ms)
