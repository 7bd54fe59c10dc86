"""Configuration files of the two nats-servers: the hub at head office and a node's own.

Client ports listen on loopback only. The node's server dials the hub (leafnode); nothing local crosses that link:
what a node may publish and hear there is an allow list, held by the hub.
"""

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
class NodeLogin:
    """A node as the hub knows it."""

    node_id: str
    password: str
    publish_allow: Sequence[str]
    subscribe_allow: Sequence[str]


@dataclass(frozen=True)
class ClusterPlace:
    """One hub server's place among the others; ``routes`` are the others' ``listen`` (host:port)."""

    server_name: str
    listen: str
    routes: Sequence[str]
    password: str


def _cluster(place: ClusterPlace) -> str:
    routes = json.dumps([f"nats-route://route:{place.password}@{route}" for route in place.routes])
    login = f"{{ user: route, password: {json.dumps(place.password)}, timeout: 2 }}"
    return f"cluster {{ name: hub, listen: {json.dumps(place.listen)}, authorization {login}, routes: {routes} }}"


def _node_user(node: NodeLogin) -> str:
    publish, subscribe = json.dumps(list(node.publish_allow)), json.dumps(list(node.subscribe_allow))
    return (
        f"{{ user: {json.dumps(node.node_id)}, password: {json.dumps(node.password)},"
        " allowed_connection_types: [LEAFNODE],"
        f" permissions: {{ publish: {{ allow: {publish} }}, subscribe: {{ allow: {subscribe} }} }} }}"
    )


def write_hub(
    path: Path,
    *,
    client_port: int,
    leaf_port: int,
    store: Path,
    password: str,
    nodes: Sequence[NodeLogin],
    cluster: ClusterPlace | None = None,
) -> None:
    """The hub's file: the coordinator's user ``core`` may do all; each node only what its lists name.

    ``cluster``: this is one of several servers that keep the hub's streams together.
    """
    users = [f"{{ user: core, password: {json.dumps(password)}, allowed_connection_types: [STANDARD] }}"]
    users += [_node_user(node) for node in nodes]
    write_private(
        path,
        "\n".join(
            (
                f"server_name: {json.dumps(cluster.server_name if cluster else 'hub')}",
                *([_cluster(cluster)] if cluster else []),
                f'listen: "{LOOPBACK}:{client_port}"',
                "max_payload: 8MB",
                "ping_interval: 5s",
                "ping_max: 2",
                f"jetstream {{ store_dir: {json.dumps(str(store))}, domain: hub, sync_interval: always }}",
                f'leafnodes {{ listen: "{LOOPBACK}:{leaf_port}" }}',
                "authorization { users: [",
                *(f"  {user}" for user in users),
                "] }",
                "",
            )
        ),
    )


def write_node(
    path: Path, *, node_id: str, client_port: int, store: Path, token: str, hub_leaf_ports: Sequence[int], password: str
) -> None:
    """A node's own file: loopback, a token, every write on disk before it is acknowledged, one link to the hub.

    The link goes to any of the hub's servers, and to another when that one goes.
    """
    remotes = [f"nats-leaf://{node_id}:{password}@{LOOPBACK}:{port}" for port in hub_leaf_ports]
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
                f"  urls: {json.dumps(remotes)}",
                f"  deny_imports: {json.dumps(list(LOCAL_ONLY))}",
                f"  deny_exports: {json.dumps(list(LOCAL_ONLY))}",
                "} ] }",
                "",
            )
        ),
    )
