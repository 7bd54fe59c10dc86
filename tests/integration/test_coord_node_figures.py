"""Nodes' own figures go through the API to Prometheus: with the node's password, while it may speak, never without."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, ClassVar

import psycopg
import pytest
from coordinator.nodes.figures import password
from coordinator_api import KEY, RunningApi, running_api
from real_servers import free_port

BODY = b"\x00snappy and not text\xff"
HEADERS = {"Content-Encoding": "snappy", "X-Prometheus-Remote-Write-Version": "0.1.0", "Cookie": "not passed on"}
PATH = "/api/nodes/figures"


class Prometheus(BaseHTTPRequestHandler):
    """Stands for Prometheus: keeps what comes, answers what it is told to."""

    status: ClassVar[int] = 204
    taken: ClassVar[list[tuple[str, bytes, dict[str, str]]]] = []

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.taken.append((self.path, body, {name.lower(): value for name, value in self.headers.items()}))
        self.send_response(self.status)
        self.end_headers()

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


@pytest.fixture
def prometheus() -> Iterator[str]:
    Prometheus.taken.clear()
    Prometheus.status = 204
    server = ThreadingHTTPServer(("127.0.0.1", 0), Prometheus)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join(10)


def enrol(database_url: str, node: str) -> None:
    with psycopg.connect(database_url) as connection:
        connection.execute("INSERT INTO node (node_id, version) VALUES (%s, '')", (node,))
        connection.execute(
            "INSERT INTO node_identity (node_id, user_key, page_names, enrolled_at, issued_at, expires_at)"
            " VALUES (%s, %s, '{}', now(), now(), now() + interval '1 day')",
            (node, f"U-{node}"),
        )


async def post(api: RunningApi, node: str, word: str) -> int:
    return (await api.client.post(PATH, content=BODY, headers=HEADERS, auth=(node, word))).status_code


async def test_a_nodes_figures_reach_prometheus_as_they_were_sent(
    database_url: str, hub_nats: str, prometheus: str
) -> None:
    enrol(database_url, "branch-a")
    async with running_api(database_url, hub_nats, figures_url=prometheus) as api:
        assert await post(api, "branch-a", password(KEY, "branch-a")) == 204
        ((path, body, headers),) = Prometheus.taken
        assert (path, body) == ("/api/v1/write", BODY)
        assert headers["content-encoding"] == "snappy" and headers["x-prometheus-remote-write-version"] == "0.1.0"
        assert "cookie" not in headers and "authorization" not in headers
        Prometheus.status = 400
        assert await post(api, "branch-a", password(KEY, "branch-a")) == 400


async def test_nobody_else_gets_through(database_url: str, hub_nats: str, prometheus: str) -> None:
    for node in ("branch-a", "branch-b"):
        enrol(database_url, node)
    async with running_api(database_url, hub_nats, figures_url=prometheus) as api:
        for node, word in (
            ("branch-a", password(KEY, "branch-b")),
            ("branch-a", ""),
            ("branch-a", "pässword"),
            ("nobody", password(KEY, "nobody")),
            ("x" * 10_000, password(KEY, "x" * 10_000)),
            ("branch-a' OR 'a'='a", password(KEY, "branch-a")),
        ):
            assert await post(api, node, word) == 401, node[:20]
        bare = await api.client.post(PATH, content=BODY, headers=HEADERS)
        assert (bare.status_code, bare.json()["code"]) == (401, "node_unknown")
        with psycopg.connect(database_url) as connection:
            connection.execute("UPDATE node_identity SET revoked_at = now() WHERE node_id = 'branch-a'")
        assert await post(api, "branch-a", password(KEY, "branch-a")) == 401
    assert Prometheus.taken == []


async def test_without_prometheus_the_node_is_told_to_try_again_or_never(database_url: str, hub_nats: str) -> None:
    enrol(database_url, "branch-a")
    word = password(KEY, "branch-a")
    async with running_api(database_url, hub_nats, figures_url=f"http://127.0.0.1:{free_port()}") as api:
        assert await post(api, "branch-a", word) == 503
    async with running_api(database_url, hub_nats) as api:
        assert await post(api, "branch-a", word) == 404


def test_the_password_is_the_nodes_and_this_installations() -> None:
    assert len({password(key, node) for key in ("one", "two") for node in ("a", "b")}) == 4
    assert password("one", "a") == password("one", "a")
