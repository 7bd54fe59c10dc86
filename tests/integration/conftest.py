"""Real servers for integration tests: each on a free loopback port, gone when the test is."""

import asyncio
import os
import secrets
import shutil
import subprocess
import tempfile
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import psycopg
import pytest
from coordinator.db.migrate import migrate
from edge_node.bus.local import Bus, connect
from provisioning.postgres import EmbeddedPostgres
from real_servers import NATS_SERVER, free_port


@pytest.fixture
async def node_nats(tmp_path: Path) -> AsyncIterator[str]:
    """URL of a real nats-server set up as a node's own: loopback, JetStream, fsync on every write."""
    port = free_port()
    config = tmp_path / "node-nats.conf"
    config.write_text(
        f'server_name: edge-test\nlisten: "127.0.0.1:{port}"\nmax_payload: 8MB\n'
        f'jetstream {{ store_dir: "{tmp_path}/js", domain: edge-test, sync_interval: always }}\n'
    )
    server = subprocess.Popen([str(NATS_SERVER), "-c", str(config)], stderr=subprocess.DEVNULL)
    try:
        yield f"nats://127.0.0.1:{port}"
    finally:
        server.terminate()
        await asyncio.to_thread(server.wait, 10)


@pytest.fixture
async def bus(node_nats: str) -> AsyncIterator[Bus]:
    """A connection to the node's own server."""
    made = await connect(node_nats, process="test", token="")
    try:
        yield made
    finally:
        await made.close()


@pytest.fixture(scope="session")
def models_dir() -> Path:
    """The folder of ready weights (profile starter); the test run does not fetch any."""
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    folder = Path(os.environ.get("EDGE_NODE_MODELS_DIR") or cache / "interview-appliance" / "models")
    if not (folder / "state.json").exists():
        pytest.fail(f"no weights in {folder}: run `./justw models` first", pytrace=False)
    return folder


@pytest.fixture
async def hub_nats(tmp_path: Path) -> AsyncIterator[str]:
    """URL of a real nats-server set up as the hub: loopback, JetStream in its own domain."""
    port = free_port()
    config = tmp_path / "hub-nats.conf"
    config.write_text(
        f'server_name: hub-test\nlisten: "127.0.0.1:{port}"\nmax_payload: 8MB\n'
        f'jetstream {{ store_dir: "{tmp_path}/hub-js", domain: hub, sync_interval: always }}\n'
    )
    server = subprocess.Popen([str(NATS_SERVER), "-c", str(config)], stderr=subprocess.DEVNULL)
    try:
        yield f"nats://127.0.0.1:{port}"
    finally:
        server.terminate()
        await asyncio.to_thread(server.wait, 10)


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[EmbeddedPostgres]:
    """One Postgres for the whole run; its folder lies where its unprivileged user can reach it."""
    folder = Path(tempfile.mkdtemp(prefix="postgres-test-"))
    folder.chmod(0o711)
    # Nothing in a test outlives the machine, so nothing waits for the disk.
    server = EmbeddedPostgres(folder / "data", free_port(), folder / "password", options={"fsync": "off"})
    try:
        server.start()
        yield server
    finally:
        server.stop()
        shutil.rmtree(folder)


@pytest.fixture(scope="session")
def migrated_template(postgres_server: EmbeddedPostgres) -> str:
    """Name of a database with the present schema and no rows, to be copied."""
    name = "coordinator_template"
    with psycopg.connect(postgres_server.url(), autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"'.encode())
    asyncio.run(migrate(postgres_server.url(name)))
    return name


@pytest.fixture
def database_url(postgres_server: EmbeddedPostgres, migrated_template: str) -> Iterator[str]:
    """URL of a database of this test's own, with the present schema and no rows."""
    name = f"test_{secrets.token_hex(6)}"
    with psycopg.connect(postgres_server.url(), autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{migrated_template}"'.encode())
    try:
        yield postgres_server.url(name)
    finally:
        with psycopg.connect(postgres_server.url(), autocommit=True) as connection:
            connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)'.encode())
