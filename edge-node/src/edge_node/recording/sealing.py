"""AES-256-GCM around segments. A seal names what is inside, so that nothing can stand in another's place.

Each interview has a key of its own, wrapped by the node's key. Removing the wrapped key makes the interview's segments
unreadable wherever a copy of them is.
"""

import secrets
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from edge_node.private_files import make_once

KEY_BYTES = 32
NONCE_BYTES = 12


class SealBroken(Exception):
    """Another key, another place, or bytes that were changed or cut."""


def segment_label(interview_id: str, track: int, number: int) -> bytes:
    """What a segment's seal names; the coordinator builds the same."""
    return f"interview recording 1/{interview_id}/{track}/{number}".encode()


def key_label(interview_id: str) -> bytes:
    """What the seal around an interview's key names."""
    return f"interview recording key 1/{interview_id}".encode()


def seal(key: bytes, plain: bytes, label: bytes) -> bytes:
    """Nonce and ciphertext."""
    nonce = secrets.token_bytes(NONCE_BYTES)
    return nonce + AESGCM(key).encrypt(nonce, plain, label)


def unseal(key: bytes, sealed: bytes, label: bytes) -> bytes:
    """What was sealed; raises SealBroken."""
    try:
        return AESGCM(key).decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], label)
    except (InvalidTag, ValueError):
        raise SealBroken from None


def node_key(path: Path) -> bytes:
    """The key in ``path``; a new one (mode 600) when the file is missing. Raises OSError, ValueError."""
    key = make_once(path, secrets.token_bytes(KEY_BYTES))
    if len(key) != KEY_BYTES:
        raise ValueError(f"{path} holds no key of {KEY_BYTES} bytes")
    return key
