"""Opens what a node sealed, and wraps an interview's key for the database. As on nodes: AES-256-GCM, nonce in front."""

import secrets
from functools import cached_property
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from coordinator.private_files import make_once

KEY_BYTES = 32
NONCE_BYTES = 12


class SealBroken(Exception):
    """Another key, another place, or bytes that were changed or cut."""


def segment_label(interview_id: str, track: int, number: int) -> bytes:
    """What a segment's seal names; nodes build the same."""
    return f"interview recording 1/{interview_id}/{track}/{number}".encode()


def unseal(key: bytes, sealed: bytes, label: bytes) -> bytes:
    """What was sealed; raises SealBroken."""
    try:
        return AESGCM(key).decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], label)
    except (InvalidTag, ValueError):
        raise SealBroken from None


class Wrapping:
    """Wraps keys of interviews with the installation's, which is in ``path``: made (mode 600) when first needed."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def wrap(self, interview_id: str, key: bytes) -> bytes:
        """Raises OSError, SealBroken for a file that holds no key."""
        nonce = secrets.token_bytes(NONCE_BYTES)
        return nonce + self._cipher.encrypt(nonce, key, _key_label(interview_id))

    def unwrap(self, interview_id: str, wrapped: bytes) -> bytes:
        """Raises OSError, SealBroken."""
        try:
            return self._cipher.decrypt(wrapped[:NONCE_BYTES], wrapped[NONCE_BYTES:], _key_label(interview_id))
        except (InvalidTag, ValueError):
            raise SealBroken from None

    @cached_property
    def _cipher(self) -> AESGCM:
        key = make_once(self._path, secrets.token_bytes(KEY_BYTES))
        if len(key) != KEY_BYTES:
            raise SealBroken
        return AESGCM(key)


def _key_label(interview_id: str) -> bytes:
    return f"interview recording key 1/{interview_id}".encode()
