"""The installation's keys: made once, kept in one folder only their owner can enter, brought up to date at each start.

``operator.seed`` is needed only to replace ``operator-signing.seed`` and may be taken off the machine.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec

from coordinator.keys import authorities, claims
from coordinator.keys.authorities import Authority
from coordinator.keys.claims import Accounts
from coordinator.keys.nkey import Credentials, KeyPair, Kind
from coordinator.private_files import write_private

SERVER_LIFE = timedelta(days=730)
WEB_CERTIFICATE = "web.pem"
CORE_CREDENTIALS = "core.creds"
SYSTEM_CREDENTIALS = "system.creds"
NODES_JWT = "nodes.jwt"

_KINDS = {
    "operator": Kind.OPERATOR,
    "operator-signing": Kind.OPERATOR,
    "system": Kind.ACCOUNT,
    "core": Kind.ACCOUNT,
    "nodes": Kind.ACCOUNT,
    "node-signing": Kind.ACCOUNT,
}


@dataclass(frozen=True)
class Keyring:
    """What signs: accounts' claims, nodes' users, certificates of room pages."""

    folder: Path
    accounts: Accounts
    operator: KeyPair
    node_signer: KeyPair
    link_authority_pem: str
    pages: Authority

    def nodes_jwt(self, revoked: Mapping[str, int], *, now: int) -> str:
        """The claims of NODES, signed, with these keys revoked."""
        said = claims.nodes_account(self.accounts, revoked)
        return claims.encode(said, self.operator, subject=self.accounts.nodes, name="NODES", now=now)

    def node_jwt(self, node_id: str, user_key: str, *, now: int, expires: int) -> str:
        """A node's word at the hub."""
        said = claims.node_user(self.accounts)
        return claims.encode(said, self.node_signer, subject=user_key, name=node_id, now=now, expires=expires)

    def keep_nodes_jwt(self, token: str) -> None:
        """Keep what the hub was told, so that a hub that lost its own copy starts from it. Raises OSError."""
        path = self.folder / NODES_JWT
        if path.read_text() != token:
            write_private(path, token)


def load(folder: Path) -> Keyring:
    """The keys :func:`prepare` made; raises OSError or KeyUnreadable when they are not all there."""
    keys = {name: _seed(folder, name) for name in _KINDS if name != "operator"}
    pages = Authority.from_pem((folder / "page-ca.pem").read_text(), (folder / "page-ca.key").read_text())
    return Keyring(
        folder,
        Accounts(*(keys[name].public for name in ("system", "core", "nodes", "node-signing"))),
        keys["operator-signing"],
        keys["node-signing"],
        (folder / "link-ca.pem").read_text(),
        pages,
    )


def prepare(
    folder: Path,
    hub_names: Sequence[str],
    web_names: Sequence[str] = (),
    *,
    members: Mapping[str, Sequence[str]] | None = None,
    now: datetime | None = None,
) -> Keyring:
    """Make what is missing, renew what has changed or runs out; a second run changes nothing. Raises OSError.

    ``hub_names``: host names and addresses under which nodes reach the hub; ``web_names``: under which browsers reach
    the API, where it is to have a certificate from here. ``members``: the servers of a hub of several, by name, and how
    they and nodes reach each; the certificate of one lies in :func:`member_certificate`.
    """
    moment = now or datetime.now(UTC)
    seconds = int(moment.timestamp())
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o700)
    # The operator's own key is made together with what it signs; when it was taken away, both stay as they are.
    if not (folder / "operator.jwt").exists():
        operator, signing, system = (_make_seed(folder, name) for name in ("operator", "operator-signing", "system"))
        said = claims.operator(system.public, signing.public)
        token = claims.encode(said, operator, subject=operator.public, name="interviews", now=seconds)
        write_private(folder / "operator.jwt", token)
    for name in ("core", "nodes", "node-signing"):
        _make_seed(folder, name)
    _make_authority(folder, "link-ca", "Interview link", moment)
    _make_authority(folder, "page-ca", "Interview room pages", moment)
    ring = load(folder)
    _renew_certificate(folder, "hub.pem", "link-ca", hub_names, moment)
    if web_names:
        _renew_certificate(folder, WEB_CERTIFICATE, "page-ca", web_names, moment)
    for name, names in (members or {}).items():
        _renew_certificate(folder, member_certificate(name), "link-ca", names, moment, also_client=True)
    _renew_accounts(ring, seconds)
    _renew_users(ring, seconds)
    return ring


def member_certificate(name: str) -> str:
    """File of a hub server's certificate and key among several; the link's authority signs no other that may dial."""
    return f"member-{name}.pem"


def _seed(folder: Path, name: str) -> KeyPair:
    return KeyPair.from_seed((folder / f"{name}.seed").read_text(), _KINDS[name])


def _make_seed(folder: Path, name: str) -> KeyPair:
    if not (folder / f"{name}.seed").exists():
        write_private(folder / f"{name}.seed", KeyPair.generate(_KINDS[name]).seed)
    return _seed(folder, name)


def _make_authority(folder: Path, name: str, title: str, now: datetime) -> None:
    if not (folder / f"{name}.pem").exists():
        made = Authority.create(title, now=now)
        write_private(folder / f"{name}.key", made.key_pem)
        write_private(folder / f"{name}.pem", made.certificate_pem)


def _renew_certificate(
    folder: Path, name: str, signer: str, names: Sequence[str], now: datetime, *, also_client: bool = False
) -> None:
    path = folder / name
    if path.exists():
        present = path.read_text()
        if authorities.names(present) == list(names) and authorities.expiry(present) - now > SERVER_LIFE / 2:
            return
    authority = Authority.from_pem((folder / f"{signer}.pem").read_text(), (folder / f"{signer}.key").read_text())
    key = ec.generate_private_key(ec.SECP256R1())
    # One file, so that no crash leaves a certificate beside another's key.
    certificate = authority.issue(key.public_key(), names, now=now, expires=now + SERVER_LIFE, also_client=also_client)
    write_private(path, certificate + authorities.key_pem(key))


def _renew_accounts(ring: Keyring, now: int) -> None:
    """Write each account's claims anew where this version of the program wants others; revocations stay."""
    kept = _said(ring.folder / NODES_JWT)
    revoked: dict[str, int] = kept.get("revocations", {})
    wanted = {
        "SYSTEM": (ring.accounts.system, claims.system_account()),
        "CORE": (ring.accounts.core, claims.core_account()),
        "NODES": (ring.accounts.nodes, claims.nodes_account(ring.accounts, revoked)),
    }
    for name, (subject, said) in wanted.items():
        path = ring.folder / f"{name.lower()}.jwt"
        if _said(path) != {**said, "version": 2}:
            write_private(path, claims.encode(said, ring.operator, subject=subject, name=name, now=now))


def _renew_users(ring: Keyring, now: int) -> None:
    wanted = (
        (CORE_CREDENTIALS, "core", claims.core_user()),
        (SYSTEM_CREDENTIALS, "system", claims.account_keeper(ring.accounts)),
    )
    for name, account, said in wanted:
        path = ring.folder / name
        kept = Credentials.from_text(path.read_text()) if path.exists() else None
        if kept and claims.decode(kept.user_jwt)["nats"] == {**said, "version": 2}:
            continue
        key = kept.key if kept else KeyPair.generate(Kind.USER)
        token = claims.encode(said, _seed(ring.folder, account), subject=key.public, name=account, now=now)
        write_private(path, Credentials(token, key).to_text())


def _said(path: Path) -> dict[str, Any]:
    return claims.decode(path.read_text())["nats"] if path.exists() else {}
