"""Configuration files of the two nats-servers: the hub at head office and a node's own.

Client ports listen on loopback only. The node's server dials the hub (leafnode) over TLS, as the user it was enrolled
as; nothing local crosses that link: what a node may publish and hear there is an allow list, held by the hub.
"""

import base64
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from provisioning.network import LOOPBACK
from provisioning.secret_files import write_private

LOCAL_ONLY = ("journal.>", "engine.>", "room.>", "health.>")
"""Subjects that mean something on one node only."""

UNLIMITED = "1PB"
"""The server's own limit, three quarters of what is free when it starts, would refuse the facts of running interviews
while there is still room; the room process keeps space for them instead, and opens no interview without it."""


@dataclass(frozen=True)
class Link:
    """How a node reaches the hub: any of its servers (host:port), whom it trusts there, and its credentials.

    The link goes to another server when one goes. The files come by enrolment.
    """

    hubs: Sequence[str]
    authority_file: Path
    credentials_file: Path


@dataclass(frozen=True)
class ClusterPlace:
    """One hub server's place among the others; ``routes`` are the others' ``listen`` (host:port).

    Each shows the others ``certificate_file`` (with its key), of an authority that signs hub servers alone.
    ``health_port``: on loopback, whether it keeps up with the others.
    """

    server_name: str
    listen: str
    routes: Sequence[str]
    certificate_file: Path
    authority_file: Path
    health_port: int


def _cluster(place: ClusterPlace) -> list[str]:
    certificate = json.dumps(str(place.certificate_file))
    routes = json.dumps([f"nats-route://{route}" for route in place.routes])
    return [
        f'http: "{LOOPBACK}:{place.health_port}"',
        f"cluster {{ name: hub, listen: {json.dumps(place.listen)}, routes: {routes}, tls {{",
        f"  cert_file: {certificate}, key_file: {certificate}, ca_file: {json.dumps(str(place.authority_file))},",
        "  verify: true, timeout: 3",
        "} }",
    ]


def write_hub(
    path: Path,
    *,
    client_port: int,
    leaf_port: int,
    store: Path,
    identity: Path,
    leaf_host: str = LOOPBACK,
    cluster: ClusterPlace | None = None,
) -> None:
    """The hub's file. ``identity``: the folder ``coordinator identity`` keeps; the hub takes its word for everything.

    Accounts' claims below ``store`` win over those in the file when they are newer, so revocations outlast a restart.
    ``cluster``: this is one of several servers that keep the hub's streams together.
    """
    accounts = [(identity / f"{name}.jwt").read_text().strip() for name in ("system", "core", "nodes")]
    preload = ", ".join(f"{_subject(token)}: {token}" for token in accounts)
    certificate = json.dumps(str(cluster.certificate_file if cluster else identity / "hub.pem"))
    streams = json.dumps(str(store / "jetstream"))
    write_private(
        path,
        "\n".join(
            (
                f"server_name: {json.dumps(cluster.server_name if cluster else 'hub')}",
                *(_cluster(cluster) if cluster else ()),
                f'listen: "{LOOPBACK}:{client_port}"',
                "max_payload: 8MB",
                "ping_interval: 5s",
                "ping_max: 2",
                f"jetstream {{ store_dir: {streams}, domain: hub, sync_interval: always }}",
                f"leafnodes {{ listen: {json.dumps(f'{leaf_host}:{leaf_port}')}, tls {{",
                # Before TLS stands, the hub says nothing and hears nothing.
                f"  cert_file: {certificate}, key_file: {certificate}, handshake_first: true, timeout: 3",
                "} }",
                f"operator: {(identity / 'operator.jwt').read_text().strip()}",
                f"system_account: {_subject(accounts[0])}",
                f"resolver: {{ type: full, dir: {json.dumps(str(store / 'accounts'))}, allow_delete: false }}",
                f"resolver_preload: {{ {preload} }}",
                "",
            )
        ),
    )


def write_node(path: Path, *, node_id: str, client_port: int, store: Path, token: str, link: Link) -> None:
    """A node's own file: loopback, a token, every write on disk before it is acknowledged, one link to the hub."""
    write_private(
        path,
        "\n".join(
            (
                f"server_name: {json.dumps(f'edge-{node_id}')}",
                f'listen: "{LOOPBACK}:{client_port}"',
                "max_payload: 8MB",
                "ping_interval: 5s",
                "ping_max: 2",
                f"jetstream {{ store_dir: {json.dumps(str(store))}, domain: edge-{node_id}, sync_interval: always,"
                f" max_file_store: {UNLIMITED} }}",
                f"authorization {{ token: {json.dumps(token)} }}",
                "leafnodes { reconnect: 1s, remotes: [ {",
                f"  urls: {json.dumps([f'tls://{hub}' for hub in link.hubs])}",
                f"  tls {{ ca_file: {json.dumps(str(link.authority_file))}, handshake_first: true }}",
                f"  credentials: {json.dumps(str(link.credentials_file))}",
                f"  deny_imports: {json.dumps(list(LOCAL_ONLY))}",
                f"  deny_exports: {json.dumps(list(LOCAL_ONLY))}",
                "} ] }",
                "",
            )
        ),
    )


def _subject(token: str) -> str:
    """Whom a JWT speaks of."""
    body = token.split(".")[1]
    return str(json.loads(base64.urlsafe_b64decode(body + "=" * (-len(body) % 4)))["sub"])
