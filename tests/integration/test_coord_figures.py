"""What a monitor reads of a coordinator process."""

import httpx
import psycopg
import pytest
from coordinator.db.unit_of_work import Database
from coordinator.ingest.consumer import ensure_stream
from coordinator.ingest.figures import Figures
from coordinator.telemetry import metrics
from fakes.planned_interviews import plan
from interview_proto import subjects
from real_servers import free_port


def figure(text: str, name: str) -> float:
    """One figure by its name and labels."""
    return float(next(line.rpartition(" ")[2] for line in text.splitlines() if line.startswith(f"{name} ")))


async def test_nodes_letters_and_the_stream_are_figures_on_a_loopback_port(database_url: str, hub_nats: str) -> None:
    from coordinator.bus.hub import Hub

    hub, database = Hub(hub_nats, process="test"), Database(database_url, connections_max=2)
    await hub.open()
    await database.open()
    with psycopg.connect(database_url) as connection:
        connection.execute(
            "INSERT INTO node (node_id, last_seen, clock_skew_ms, problems) VALUES"
            " ('n1', now() - interval '90 s', -2500, ARRAY ['disk_full', 'Label of many lines']),"
            " ('gone', now() - interval '1 day', 0, '{}')"
        )
        connection.execute(
            "INSERT INTO node_identity (node_id, user_key, page_names, enrolled_at, issued_at, expires_at, revoked_at)"
            " VALUES ('n1', 'U1', '{}', now(), now(), now() + interval '1 day', NULL),"
            " ('gone', 'U2', '{}', now(), now(), now() + interval '1 day', now())"
        )
        connection.execute("INSERT INTO node_position VALUES ('n1', 'old', 900, now() - interval '1 day')")
        connection.execute("INSERT INTO node_position VALUES ('n1', 'new', 41, now())")
        connection.execute(
            "INSERT INTO dead_letter (node_id, reason, raw, sha256, settled_at) VALUES"
            " ('n1', 'x', 'a', 'a', NULL), ('n1', 'x', 'b', 'b', now())"
        )
    for node_id, hours in (("gone", 9), ("n1", 1)):
        (closed,) = plan(database_url, node_id, 1)
        with psycopg.connect(database_url) as connection:
            connection.execute(
                "UPDATE interview SET status = 'closed', closed_at = now() - %s * interval '1 h' WHERE id = %s",
                (hours, closed),
            )
    jetstream = hub.client.jetstream()
    await ensure_stream(jetstream)
    for _ in range(3):
        await jetstream.publish(subjects.event_batch("n1"), b"a batch")
    port = free_port()
    try:
        figures = Figures(hub.client, database)
        await figures.look()
        with metrics.served("test", port):
            async with httpx.AsyncClient() as client:
                text = (await client.get(f"http://127.0.0.1:{port}/metrics")).text
        async with httpx.AsyncClient() as client:
            with pytest.raises(httpx.ConnectError):
                await client.get(f"http://127.0.0.1:{port}/metrics")
        with psycopg.connect(database_url) as connection:
            connection.execute("UPDATE node SET problems = '{}'")
        await figures.look()
        later = metrics.text().decode()
    finally:
        await hub.close()
        await database.close()
    assert figure(text, "coordinator_ingest_pending_batches") == 3
    assert figure(text, "coordinator_dead_letters_open") == 1
    assert 90 <= figure(text, 'coordinator_node_silent_seconds{node="n1"}') < 120
    assert figure(text, 'coordinator_node_clock_skew_seconds{node="n1"}') == -2.5
    assert figure(text, 'coordinator_node_position{node="n1"}') == 41
    assert figure(text, "coordinator_ingest_reading") == 0
    assert figure(text, 'coordinator_node_problem{node="n1",problem="disk_full"}') == 1
    assert figure(text, 'coordinator_node_problem{node="n1",problem="unreadable"}') == 1
    assert "many lines" not in text, "a node writes no label as it likes"
    assert "disk_full" not in later, "a problem that is gone has no series"
    assert 'node="gone"' not in text, "nobody waits for a revoked node"
    assert figure(text, 'coordinator_node_credentials_expiry_timestamp_seconds{node="n1"}') > 1e9
    assert figure(text, "coordinator_figures_looked_up_timestamp_seconds") > 1e9
    assert 3600 <= figure(text, "coordinator_review_waits_seconds") < 3660, "nor for what it did not review"
    assert figure(text, 'coordinator_interviews{status="closed"}') == 2
    assert figure(text, 'coordinator_interviews{status="running"}') == 0
