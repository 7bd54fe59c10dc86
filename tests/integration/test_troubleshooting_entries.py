"""Entries of the troubleshooting guide, brought about for real: what each names is what is seen."""

import asyncio
import contextlib
import io
import json
import socket
import sys
import time
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import httpx
import psycopg
import pytest
from coordinator.bus.hub import Hub
from coordinator.db.lock_keys import LockKey
from edge_node.app.room import SystemClock
from edge_node.bus.local import Bus, connect
from edge_node.core.interview import events as e
from edge_node.core.interview import session
from edge_node.journal.store import JetStreamJournal
from edge_node.media.sockets import PortPool
from edge_node.ports.journal import JournalError
from edge_node.room import ledger as ledgers
from edge_node.settings import Settings
from edge_node.telemetry import logs
from edge_node.telemetry.machine_clock import read_clock
from edge_node.telemetry.metrics import registry
from edge_node.uplink.codec import Presence, encode_heartbeat, encode_kit
from fakes.fixed_kits import small_kit
from interview_proto import subjects
from provisioning.network import free_block
from real_servers import NATS_SERVER, free_port
from running_process import Running, running
from troubleshooting_guide import entries

GUIDE = entries()
NODE = "test"


async def shown(title: str, process: Running, sample: str, *, value: float | None = None, logged: bool = True) -> float:
    """The entry's trouble is seen as the guide says: a sample of a metric it names, and its log line."""
    entry = GUIDE[title]
    assert sample.partition("{")[0].removesuffix(" ") in entry.metrics, f"{title} does not name {sample}"
    found = float(await process.tells(sample))
    if value is not None:
        async with asyncio.timeout(30):
            while found != value:
                await asyncio.sleep(0.2)
                found = float(await process.tells(sample))
    if logged:
        await process.says(entry.logs[0])
    return found


def heartbeat(node_id: str, *, clock_ahead_ms: int = 0) -> bytes:
    clock = replace(read_clock(), unix_ms=time.time_ns() // 1_000_000 + clock_ahead_ms)
    return encode_heartbeat(
        Presence((), rooms_open=0, rooms_max=1, problems=("model_missing",)),
        node_id=node_id, display_name="", version="1", clock=clock, kits_ready=(), room_url="",
    )  # fmt: skip


async def test_head_office(database_url: str, hub_nats: str, tmp_path: Path) -> None:
    url_file = tmp_path / "database-url"
    url_file.write_text(database_url)
    metrics_port, api_port, api_metrics_port = free_port(), free_port(), free_port()
    environment = {
        "COORDINATOR_DATABASE_URL_FILE": str(url_file),
        "COORDINATOR_NATS_URL": hub_nats,
        "COORDINATOR_SIGNING_KEY_FILE": str(tmp_path / "signing.key"),
    }
    ingest = running(
        "coordinator", "ingest", environment | {"COORDINATOR_METRICS_PORT": str(metrics_port)}, metrics_port
    )
    slow = {
        "COORDINATOR_HTTP_PORT": str(api_port),
        "COORDINATOR_METRICS_PORT": str(api_metrics_port),
        "COORDINATOR_RATE__REQUESTS_PER_MINUTE": "2",
        "COORDINATOR_DASHBOARD_DIR": str(tmp_path),
    }
    async with ingest as office, _api(environment | slow, api_metrics_port, api_port) as api:
        hub = Hub(hub_nats, process="test")
        await hub.open()
        try:
            await office.tells("coordinator_ingest_reading 1")
            # A node whose clock is ahead, which lacks weights, and falls silent; and one whose bytes make no sense.
            await hub.publish(subjects.heartbeat("ahead"), heartbeat("ahead", clock_ahead_ms=90_000))
            await hub.client.jetstream().publish(subjects.event_batch("ahead"), b"no batch at all")
            node = '{node="ahead"}'
            skew = f"coordinator_node_clock_skew_seconds{node}"
            assert await shown("Node clock wrong", office, skew, logged=False) > 60
            problem = 'coordinator_node_problem{node="ahead",problem="model_missing"}'
            await shown("Node not ready", office, problem, value=1, logged=False)
            await shown("Dead letters", office, "coordinator_dead_letters_open", value=1)
            before = await shown("Node silent", office, f"coordinator_node_silent_seconds{node}", logged=False)
            async with asyncio.timeout(30):
                while float(await office.tells(f"coordinator_node_silent_seconds{node}")) <= before:
                    await asyncio.sleep(0.5)

            async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{api_port}") as http:
                statuses = [(await http.get("/api/nodes")).status_code for _ in range(4)]
            assert 429 in statuses
            await shown(
                "Too many requests", api, 'coordinator_refused_total{code="too_many_requests"}', value=2, logged=False
            )

            # The reader's lock is lost, and somebody else is faster than the reader.
            with psycopg.connect(database_url, autocommit=True) as other:
                holders = other.execute("SELECT pid FROM pg_locks WHERE locktype = 'advisory'").fetchall()
                other.execute("SELECT pg_terminate_backend(%s)", holders[0])
                async with asyncio.timeout(20):
                    while not _locked(other):
                        await asyncio.sleep(0.01)
                await shown("Record not read", office, "coordinator_ingest_reading", value=0)
                await hub.client.jetstream().publish(subjects.event_batch("ahead"), b"nobody reads this")
                await shown("Record backlog", office, "coordinator_ingest_pending_batches", value=1, logged=False)

            looked = float(await office.tells("coordinator_figures_looked_up_timestamp_seconds"))
        finally:
            await hub.close()
        with psycopg.connect(database_url, autocommit=True) as other:
            other.execute("ALTER TABLE node RENAME TO gone")
            await shown("Coordinator blind", office, "coordinator_figures_looked_up_timestamp_seconds")
            now = float(await office.tells("coordinator_figures_looked_up_timestamp_seconds"))
            assert now - looked < 10


def _locked(connection: "psycopg.Connection[tuple[object, ...]]") -> bool:
    row = connection.execute("SELECT pg_try_advisory_lock(%s)", (int(LockKey.READER),)).fetchone()
    return bool(row and row[0])


@contextlib.asynccontextmanager
async def _api(environment: dict[str, str], metrics_port: int, port: int) -> AsyncIterator[Running]:
    """The API says in no line that it is ready: it is when it answers."""
    import os

    child = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "coordinator", "api", env=os.environ | environment, stderr=asyncio.subprocess.PIPE
    )
    made = Running(child, metrics_port)
    try:
        async with asyncio.timeout(60), httpx.AsyncClient() as http:
            while True:
                with contextlib.suppress(httpx.HTTPError):
                    await http.get(f"http://127.0.0.1:{port}/healthz")
                    break
                assert child.returncode is None, made.lines[-5:]
                await asyncio.sleep(0.1)
        yield made
    finally:
        await made.close()


async def test_a_node(node_nats: str, bus: Bus, tmp_path: Path) -> None:
    settings = Settings(metrics_first_port=free_block(7))
    kiosk_port = free_port()
    environment = {
        "EDGE_NODE_NATS_URL": node_nats,
        "EDGE_NODE_NODE_ID": NODE,
        "EDGE_NODE_DATA_DIR": str(tmp_path / "data"),
        "EDGE_NODE_MODELS_DIR": str(tmp_path / "models"),
        "EDGE_NODE_HTTP_PORT": str(kiosk_port),
        "EDGE_NODE_METRICS_FIRST_PORT": str(settings.metrics_first_port),
    }

    def start(name: str) -> contextlib.AbstractAsyncContextManager[Running]:
        return running("edge_node", name, environment, settings.metrics_port(name))

    journal = JetStreamJournal(bus.client, NODE)
    kits = await bus.client.jetstream().create_key_value(bucket=subjects.kits_bucket(NODE))
    await kits.put("with-kit", encode_kit(small_kit("with-kit", "QQQQQQ")))
    held = [e.InterviewOpened("k", "en"), e.InterviewClosed("completed")]
    await journal.append("lost-kit", held, after=0, interview_ms=1)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", settings.metrics_port("review")))
        taken.listen()
        async with start("review") as review:
            await review.says(GUIDE["Metrics port taken"].logs[0])
    async with start("uplink") as uplink, start("kiosk") as kiosk, start("review") as review:
        await shown("Link down", uplink, "edge_node_uplink_link_up", value=0, logged=False)
        await shown("Link down", uplink, "edge_node_uplink_lag_facts", value=2, logged=False)
        assert await shown("Record held up", uplink, "edge_node_uplink_oldest_unsent_seconds", logged=False) > 0
        await shown("Node process down", uplink, 'edge_node_process_up{process="kiosk"}', value=1, logged=False)
        await shown("Language model down", uplink, 'edge_node_process_up{process="language"}', value=0, logged=False)
        async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{kiosk_port}") as http:
            refusal = (await http.post("/api/join", json={"code": "WWWWWW"})).json()
        assert refusal["code"] == "code_unknown"
        unknown = 'edge_node_kiosk_refused_total{code="code_unknown"}'
        await shown("Code not known", kiosk, unknown, value=1, logged=False)
        await shown("Reviews late", review, "edge_node_reviews_waiting", value=1)
        kiosk.child.kill()
        await shown("Node process down", uplink, 'edge_node_process_up{process="kiosk"}', value=0, logged=False)


async def test_the_nodes_own_server_is_gone(
    node_nats_process: tuple[str, asyncio.subprocess.Process], monkeypatch: pytest.MonkeyPatch
) -> None:
    url, server = node_nats_process
    monkeypatch.setattr(ledgers, "PATIENCE_SECONDS", 0.0)
    told = io.StringIO()
    monkeypatch.setattr(sys, "stderr", told)
    logs.configure("test")
    bus = await connect(url, process="test", token="")
    try:
        journal = JetStreamJournal(bus.client, NODE, timeout_seconds=0.5)
        kit = small_kit("i", "QQQQQQ")
        ledger = await ledgers.Ledger.load(journal, SystemClock(), kit)
        await ledger.keep(lambda _: [e.InterviewOpened(kit.kit_id, "en")])
        failed = 'edge_node_journal_append_failed_total{code="unavailable"}'
        before = _here(failed)
        monkeypatch.setattr(ledgers, "PATIENCE_SECONDS", 2.0)
        server.kill()
        await server.wait()
        with pytest.raises(JournalError):
            await ledger.keep(lambda state: session.consent(state, ["interview"], "1"))
    finally:
        await bus.close()
    entry = GUIDE["Facts not kept"]
    assert failed.partition("{")[0] in entry.metrics
    assert _here(failed) > before
    assert entry.logs[0] in _events(told)


def test_every_media_port_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    told = io.StringIO()
    monkeypatch.setattr(sys, "stderr", told)
    logs.configure("test")
    first = free_block(2)
    with socket.socket(type=socket.SOCK_DGRAM) as one, socket.socket(type=socket.SOCK_DGRAM) as two:
        for taken, port in ((one, first), (two, first + 1)):
            taken.bind(("127.0.0.1", port))
        assert PortPool(first, first + 1, ("127.0.0.1",))._bind("127.0.0.1") is None
    assert GUIDE["No free media port"].logs[0] in _events(told)


def _here(sample: str) -> float:
    name, _, labels = sample.partition("{")
    wanted = dict(part.split("=") for part in labels.rstrip("}").replace('"', "").split(","))
    return registry.get_sample_value(name, wanted) or 0.0


def _events(told: io.StringIO) -> set[str]:
    return {json.loads(line)["event"] for line in told.getvalue().splitlines()}


@pytest.fixture(name="node_nats_process")
async def _node_nats_process(tmp_path: Path) -> AsyncIterator[tuple[str, asyncio.subprocess.Process]]:
    """A node's server that a test may kill."""
    port = free_port()
    config = tmp_path / "mortal.conf"
    config.write_text(
        f'server_name: edge-test\nlisten: "127.0.0.1:{port}"\n'
        f'jetstream {{ store_dir: "{tmp_path}/mortal", domain: edge-test, sync_interval: always }}\n'
    )
    server = await asyncio.create_subprocess_exec(
        str(NATS_SERVER), "-c", str(config), stderr=asyncio.subprocess.DEVNULL
    )
    try:
        yield f"nats://127.0.0.1:{port}", server
    finally:
        if server.returncode is None:
            server.kill()
        await server.wait()
