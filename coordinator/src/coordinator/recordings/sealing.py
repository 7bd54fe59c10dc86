"""Opens what a node sealed, and wraps an interview's key for the database. As on nodes: AES-256-GCM, nonce in front."""

import os
import secrets
from functools import cached_property
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

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
        key = _key(self._path)
        if len(key) != KEY_BYTES:
            raise SealBroken
        return AESGCM(key)


def _key_label(interview_id: str) -> bytes:
    return f"interview recording key 1/{interview_id}".encode()


def _key(path: Path) -> bytes:
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists():
        draft = path.with_name(f"{path.name}.{secrets.token_hex(8)}")
        handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(secrets.token_bytes(KEY_BYTES))
            file.flush()
            os.fsync(file.fileno())
        try:
            # A link fails where the other of two starting processes was first, and then its key counts.
            os.link(draft, path)
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return path.read_bytes()
