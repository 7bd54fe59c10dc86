"""The signed claims a hub goes by: operator, accounts, users. Pure; time comes in, in Unix seconds.

CORE holds the event stream, the kits and the coordinator. NODES holds the links of nodes, has no JetStream of its own,
and reaches CORE through the few subjects named here. So a node's link finds no acknowledgement subject, no stream and
no other node's deliveries to speak to, even where the hub checks no permission.
"""

import base64
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from interview_proto import subjects

from coordinator.keys.nkey import KeyPair, KeyUnreadable, Kind, verified

Claims = dict[str, Any]

_ALGORITHM = {"typ": "JWT", "alg": "ed25519-nkey"}
_LIMITS = {"subs": -1, "conn": -1, "leaf": -1, "imports": -1, "exports": -1, "data": -1, "payload": -1}
_STORAGE = {"mem_storage": -1, "disk_storage": -1, "streams": -1, "consumer": -1}
_USER_LIMITS = {"subs": -1, "data": -1, "payload": -1}
_INBOX = "_INBOX_hub.>"


@dataclass(frozen=True)
class Accounts:
    """Public keys of the three accounts, and of the key that may sign users of NODES, and nodes only."""

    system: str
    core: str
    nodes: str
    node_signer: str


def encode(claims: Claims, signer: KeyPair, *, subject: str, name: str, now: int, expires: int | None = None) -> str:
    """The JWT: ``claims`` said of ``subject`` by ``signer``."""
    body: Claims = {"iat": now, "iss": signer.public, "name": name, "sub": subject, "nats": {**claims, "version": 2}}
    if expires is not None:
        body["exp"] = expires
    # A unique id; nothing compares it.
    body["jti"] = base64.b32encode(hashlib.sha256(_json(body)).digest()).rstrip(b"=").decode()
    signed = f"{_base64(_json(_ALGORITHM))}.{_base64(_json(body))}"
    return f"{signed}.{_base64(signer.sign(signed.encode()))}"


def decode(token: str) -> Claims:
    """What a JWT says, its signature checked against the issuer it names; raises KeyUnreadable.

    Whether that issuer may say so is the reader's question.
    """
    try:
        header, body, signature = token.strip().split(".")
        said: Claims = json.loads(_unbase64(body))
        issuer = said["iss"]
        kind = Kind.OPERATOR if issuer.startswith("O") else Kind.ACCOUNT
        genuine = verified(issuer, kind, f"{header}.{body}".encode(), _unbase64(signature))
    except (ValueError, KeyError, TypeError, AttributeError):
        raise KeyUnreadable("not claims") from None
    if not genuine:
        raise KeyUnreadable("the signature does not fit")
    return said


def _json(value: Claims) -> bytes:
    return json.dumps(value, separators=(",", ":")).encode()


def _base64(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def _unbase64(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def operator(system_account: str, signing_key: str) -> Claims:
    """The root: it names the key that signs accounts from day to day, so that its own can be locked away."""
    return {"type": "operator", "system_account": system_account, "signing_keys": [signing_key]}


def system_account() -> Claims:
    """The hub's own events and requests."""
    return _account(storage=False)


def core_account() -> Claims:
    """The coordinator's account, and what of it nodes reach."""
    services = (subjects.EVENTS_SUBJECTS, subjects.NODE_REQUESTS, subjects.CONSUMER_RESETS, subjects.FLOW_CONTROL)
    exports = [{"name": s, "subject": s, "type": "service", "response_type": "Singleton"} for s in services]
    files = {"name": "files", "subject": subjects.FILE_READS, "type": "service", "response_type": "Stream"}
    exports.append(files)
    exports.append({"name": subjects.DELIVERIES, "subject": subjects.DELIVERIES, "type": "stream"})
    return {**_account(storage=True), "exports": exports}


def nodes_account(accounts: Accounts, revoked: Mapping[str, int]) -> Claims:
    """The account of nodes' links. ``revoked``: public user key to the second up to which its JWTs are void."""
    core = {"account": accounts.core}
    imports: list[Claims] = [
        {"name": subject, "subject": subject, "type": "service", **core}
        for subject in (subjects.EVENTS_SUBJECTS, subjects.NODE_REQUESTS, subjects.FLOW_CONTROL)
    ]
    resets = subjects.CONSUMER_RESETS.replace("$JS.API", subjects.HUB_API, 1).replace("*.*", "$1.$2")
    for subject, there in ((subjects.CONSUMER_RESETS, resets), (subjects.FILE_READS, subjects.FILES_READ)):
        imports.append({"name": there, "subject": subject, "local_subject": there, "type": "service", **core})
    imports.append({"name": "deliveries", "subject": subjects.DELIVERIES, "type": "stream", **core})
    template = {
        **_USER_LIMITS,
        "pub": {"allow": subjects.node_publish_allow(subjects.ANY_NODE)},
        "sub": {"allow": subjects.node_subscribe_allow(subjects.ANY_NODE)},
        "allowed_connection_types": ["LEAFNODE"],
    }
    signer = {"kind": "user_scope", "key": accounts.node_signer, "role": "node", "template": template}
    claims = {**_account(storage=False), "imports": imports, "signing_keys": [signer]}
    return {**claims, "revocations": dict(revoked)} if revoked else claims


def _account(*, storage: bool) -> Claims:
    limits = {**_LIMITS, **(_STORAGE if storage else {}), "wildcards": True}
    return {"type": "account", "limits": limits, "default_permissions": {"pub": {}, "sub": {}}}


def core_user() -> Claims:
    """A process of the coordinator: everything in CORE, as a client of its own machine."""
    return {"type": "user", **_USER_LIMITS, "pub": {}, "sub": {}, "allowed_connection_types": ["STANDARD"]}


def account_keeper(accounts: Accounts) -> Claims:
    """The one user of the system account: it reads and renews the claims of NODES, nothing else."""
    publish = ["$SYS.REQ.CLAIMS.UPDATE", f"$SYS.REQ.ACCOUNT.{accounts.nodes}.CLAIMS.LOOKUP"]
    allowed = {"pub": {"allow": publish}, "sub": {"allow": [_INBOX]}}
    return {"type": "user", **_USER_LIMITS, **allowed, "allowed_connection_types": ["STANDARD"]}


def node_user(accounts: Accounts) -> Claims:
    """A node's link; what it may do stands in the template of NODES, under the name signed here."""
    return {"type": "user", "issuer_account": accounts.nodes}
