"""The node's two keys: an NKey for the link, a P-256 key for the room page's TLS."""

import base64
import binascii
from dataclasses import dataclass, field
from typing import Self

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.x509.oid import NameOID

_USER = 20 << 3
_SEED = 18 << 3
_KEY_BYTES = 32


def _encode(content: bytes) -> str:
    checked = content + binascii.crc_hqx(content, 0).to_bytes(2, "little")
    return base64.b32encode(checked).rstrip(b"=").decode()


@dataclass(frozen=True)
class LinkKey:
    """The user key of the link, in NATS text forms: ``public``, and ``seed``, which is the secret."""

    private: Ed25519PrivateKey = field(repr=False)

    @classmethod
    def generate(cls) -> Self:
        """A new random key."""
        return cls(Ed25519PrivateKey.generate())

    @classmethod
    def from_seed(cls, seed: str) -> Self:
        """The key of a seed; raises ValueError."""
        raw = base64.b32decode(seed.strip() + "=" * (-len(seed.strip()) % 8))
        content, check = raw[:-2], raw[-2:]
        if len(content) != _KEY_BYTES + 2 or binascii.crc_hqx(content, 0).to_bytes(2, "little") != check:
            raise ValueError("not a seed")
        return cls(Ed25519PrivateKey.from_private_bytes(content[2:]))

    @property
    def public(self) -> str:
        """The public key: U and 55 characters."""
        return _encode(bytes([_USER]) + self.private.public_key().public_bytes_raw())

    @property
    def seed(self) -> str:
        """The private key: SU and 56 characters."""
        return _encode(bytes([_SEED | _USER >> 5, (_USER & 31) << 3]) + self.private.private_bytes_raw())


@dataclass(frozen=True)
class PageKey:
    """The private key of the room page's certificate."""

    private: ec.EllipticCurvePrivateKey = field(repr=False)

    @classmethod
    def generate(cls) -> Self:
        """A new random key."""
        return cls(ec.generate_private_key(ec.SECP256R1()))

    @classmethod
    def from_pem(cls, pem: str) -> Self:
        """Read one; raises ValueError."""
        private = serialization.load_pem_private_key(pem.encode(), password=None)
        if not isinstance(private, ec.EllipticCurvePrivateKey):
            raise ValueError("the page's key is not on an elliptic curve")
        return cls(private)

    @property
    def pem(self) -> str:
        """The key, for a file only its owner can read."""
        kind, plain = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        return self.private.private_bytes(serialization.Encoding.PEM, kind, plain).decode()

    def request(self, node_id: str) -> str:
        """A certificate signing request (PEM); it proves the key, the coordinator decides the names."""
        name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, node_id)])
        made = x509.CertificateSigningRequestBuilder().subject_name(name).sign(self.private, hashes.SHA256())
        return made.public_bytes(serialization.Encoding.PEM).decode()

    def fits(self, certificate_pem: str) -> bool:
        """Whether a certificate is this key's; raises ValueError for what is no certificate."""
        try:
            certificate = x509.load_pem_x509_certificate(certificate_pem.encode())
            return certificate.public_key() == self.private.public_key()
        except (x509.InvalidVersion, UnsupportedAlgorithm):
            raise ValueError("not a certificate of this kind") from None
