"""X.509: two authorities, and what each signs.

The link's authority signs the hub's certificate and nothing of a node's, so that no node can pass for the hub. The
pages' authority signs the certificates of nodes' room pages.
"""

import ipaddress
from collections.abc import Sequence
from datetime import datetime, timedelta

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

AUTHORITY_LIFE = timedelta(days=3650)
CLOCK_SLACK = timedelta(hours=1)
"""A certificate is good a little before it was made: other machines' clocks may be behind."""

PublicKey = ec.EllipticCurvePublicKey

NAME_MOST = 64
"""Characters of a common name."""


class RequestRefused(ValueError):
    """A certificate signing request that is none, or whose key is not its own or of a kind not taken here."""


class Authority:
    """A certificate that signs others, with its key."""

    def __init__(self, certificate: x509.Certificate, key: ec.EllipticCurvePrivateKey) -> None:
        self._certificate = certificate
        self._key = key

    @classmethod
    def create(cls, name: str, *, now: datetime) -> "Authority":
        """A new one, good for ten years."""
        key = ec.generate_private_key(ec.SECP256R1())
        subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
        public = key.public_key()
        made = (
            _draft(subject, public, now=now, expires=now + AUTHORITY_LIFE)
            .issuer_name(subject)
            .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
            .add_extension(_usage(sign_certificates=True), critical=True)
            .sign(key, hashes.SHA256())
        )
        return cls(made, key)

    @classmethod
    def from_pem(cls, certificate: str, key: str) -> "Authority":
        """Read one; raises ValueError."""
        private = serialization.load_pem_private_key(key.encode(), password=None)
        if not isinstance(private, ec.EllipticCurvePrivateKey):
            raise ValueError("the authority's key is not on an elliptic curve")
        return cls(x509.load_pem_x509_certificate(certificate.encode()), private)

    @property
    def certificate_pem(self) -> str:
        """What others trust."""
        return self._certificate.public_bytes(serialization.Encoding.PEM).decode()

    @property
    def key_pem(self) -> str:
        """The private key, for files only their owner can read."""
        return key_pem(self._key)

    def issue(
        self,
        key: ec.EllipticCurvePublicKey,
        names: Sequence[str],
        *,
        now: datetime,
        expires: datetime,
        also_client: bool = False,
    ) -> str:
        """A server's certificate (PEM) for ``key`` under ``names``, host names or addresses; subject: the first.

        ``also_client``: it dials others of its kind, and shows them who it is.
        """
        uses = [ExtendedKeyUsageOID.SERVER_AUTH, *([ExtendedKeyUsageOID.CLIENT_AUTH] if also_client else [])]
        alternative = x509.SubjectAlternativeName([_general_name(name) for name in names])
        subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, names[0][:NAME_MOST])])
        made = (
            _draft(subject, key, now=now, expires=expires)
            .issuer_name(self._certificate.subject)
            .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
            .add_extension(_usage(sign_certificates=False), critical=True)
            .add_extension(x509.ExtendedKeyUsage(uses), critical=False)
            .add_extension(alternative, critical=False)
            .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(self._key.public_key()), critical=False)
            .sign(self._key, hashes.SHA256())
        )
        return made.public_bytes(serialization.Encoding.PEM).decode()


def requested_key(request_pem: str) -> ec.EllipticCurvePublicKey:
    """The public key of a certificate signing request that proves its private half; names in it mean nothing here.

    Raises RequestRefused.
    """
    try:
        request = x509.load_pem_x509_csr(request_pem.encode())
        key = request.public_key()
        genuine = request.is_signature_valid
    except (ValueError, TypeError, x509.InvalidVersion, InvalidSignature, UnsupportedAlgorithm):
        raise RequestRefused("not a certificate signing request") from None
    if not genuine:
        raise RequestRefused("not signed by the key it names")
    if not isinstance(key, ec.EllipticCurvePublicKey) or not isinstance(key.curve, ec.SECP256R1):
        raise RequestRefused("the key is not on the curve P-256")
    return key


def key_pem(key: ec.EllipticCurvePrivateKey) -> str:
    """A private key (PEM), for files only their owner can read."""
    kind, plain = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    return key.private_bytes(serialization.Encoding.PEM, kind, plain).decode()


def expiry(certificate_pem: str) -> datetime:
    """When a certificate ends; raises ValueError."""
    return x509.load_pem_x509_certificate(certificate_pem.encode()).not_valid_after_utc


def names(certificate_pem: str) -> list[str]:
    """The names a certificate speaks for; raises ValueError."""
    found = x509.load_pem_x509_certificate(certificate_pem.encode())
    said = found.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    return [str(name.value) for name in said]


def _general_name(name: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ipaddress.ip_address(name))
    except ValueError:
        return x509.DNSName(name)


def _draft(
    subject: x509.Name, key: ec.EllipticCurvePublicKey, *, now: datetime, expires: datetime
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - CLOCK_SLACK)
        .not_valid_after(expires)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key), critical=False)
    )


def _usage(*, sign_certificates: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not sign_certificates,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=sign_certificates,
        crl_sign=sign_certificates,
        encipher_only=False,
        decipher_only=False,
    )
