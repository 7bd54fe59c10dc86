"""NKeys: Ed25519 keys in the text form NATS knows them by, and the credentials files that carry one."""

import base64
import binascii
import re
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Self

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

_SEED = 18 << 3
_KEY_BYTES = 32
_CREDENTIALS = re.compile(
    r"-----BEGIN NATS USER JWT-----\s+(\S+)\s+-{3,}END NATS USER JWT-{3,}"
    r".*?-----BEGIN USER NKEY SEED-----\s+(\S+)\s+-{3,}END USER NKEY SEED-{3,}",
    re.DOTALL,
)


class Kind(IntEnum):
    """What a key stands for; its public form begins with O, A or U."""

    OPERATOR = 14 << 3
    ACCOUNT = 0
    USER = 20 << 3


class KeyUnreadable(ValueError):
    """Text that is no key, seed or credentials of the expected kind; the message does not quote it."""


def _encode(content: bytes) -> str:
    checked = content + binascii.crc_hqx(content, 0).to_bytes(2, "little")
    return base64.b32encode(checked).rstrip(b"=").decode()


def _decode(text: str) -> bytes:
    try:
        raw = base64.b32decode(text.encode() + b"=" * (-len(text) % 8))
    except (binascii.Error, ValueError):
        raise KeyUnreadable("not base32") from None
    if len(raw) < _KEY_BYTES or binascii.crc_hqx(raw[:-2], 0).to_bytes(2, "little") != raw[-2:]:
        raise KeyUnreadable("the checksum does not fit")
    return raw[:-2]


@dataclass(frozen=True)
class KeyPair:
    """A private key and what it stands for. Its text forms: ``public``, and ``seed``, which is the secret."""

    kind: Kind
    private: Ed25519PrivateKey = field(repr=False)

    @classmethod
    def generate(cls, kind: Kind) -> Self:
        """A new random key."""
        return cls(kind, Ed25519PrivateKey.generate())

    @classmethod
    def from_seed(cls, seed: str, kind: Kind) -> Self:
        """The key of a seed; raises KeyUnreadable when it is none of this kind."""
        raw = _decode(seed.strip())
        if len(raw) != _KEY_BYTES + 2 or raw[0] & 0xF8 != _SEED or (raw[0] & 7) << 5 | raw[1] >> 3 != kind:
            raise KeyUnreadable(f"not a seed of kind {kind.name.lower()}")
        return cls(kind, Ed25519PrivateKey.from_private_bytes(raw[2:]))

    @property
    def public(self) -> str:
        """The public key: 56 characters."""
        return _encode(bytes([self.kind]) + self.private.public_key().public_bytes_raw())

    @property
    def seed(self) -> str:
        """The private key: 58 characters, for files only their owner can read."""
        return _encode(bytes([_SEED | self.kind >> 5, (self.kind & 31) << 3]) + self.private.private_bytes_raw())

    def sign(self, content: bytes) -> bytes:
        """The signature: 64 bytes."""
        return self.private.sign(content)


def public_bytes(key: str, kind: Kind) -> bytes:
    """The 32 bytes of a public key; raises KeyUnreadable when it is none of this kind."""
    raw = _decode(key)
    if len(raw) != _KEY_BYTES + 1 or raw[0] != kind:
        raise KeyUnreadable(f"not a public key of kind {kind.name.lower()}")
    return raw[1:]


def verified(key: str, kind: Kind, content: bytes, signature: bytes) -> bool:
    """Whether ``signature`` over ``content`` is that key's; raises KeyUnreadable."""
    try:
        Ed25519PublicKey.from_public_bytes(public_bytes(key, kind)).verify(signature, content)
    except InvalidSignature:
        return False
    return True


@dataclass(frozen=True)
class Credentials:
    """A user as a nats-server takes it: who it is by whose word, and the key that proves it."""

    user_jwt: str
    key: KeyPair

    def to_text(self) -> str:
        """The credentials file; it holds the secret."""
        return (
            f"-----BEGIN NATS USER JWT-----\n{self.user_jwt}\n------END NATS USER JWT------\n\n"
            f"-----BEGIN USER NKEY SEED-----\n{self.key.seed}\n------END USER NKEY SEED------\n"
        )

    @classmethod
    def from_text(cls, text: str) -> Self:
        """Read a credentials file; raises KeyUnreadable."""
        found = _CREDENTIALS.search(text)
        if found is None:
            raise KeyUnreadable("not a credentials file")
        return cls(found[1], KeyPair.from_seed(found[2], Kind.USER))

    def answer(self, nonce: str) -> bytes:
        """The server's challenge, signed, in the form its client library sends."""
        return base64.b64encode(self.key.sign(nonce.encode()))
