"""How late the record of an interview came, whatever the node's clock says."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from coordinator.db.unit_of_work import Database
from coordinator.ingest.intake import Intake
from coordinator.ingest.rebuild import rebuild
from edge_node.core.interview import events as e
from edge_node.core.interview.review_events import ReviewCompleted
from edge_node.journal.codec import Place, encode
from edge_node.ports.clock import ClockReading
from edge_node.telemetry.machine_clock import read_clock
from edge_node.uplink.codec import encode_batch
from linked_servers import LinkedServers
from record_path import branch, head_office, planned_interview, rows, until_committed

MINUTE = 60_000
OFF = -3 * 60 * MINUTE
"""The node's wall clock is three hours behind."""


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    made = Database(database_url, connections_max=4)
    await made.open()
    yield made
    await made.close()


def reading(ago_ms: int, off_ms: int = OFF) -> ClockReading:
    """The clock of a node that has run for ten days, ``ago_ms`` before now."""
    return ClockReading(False, 0, 10 * 24 * 60 * MINUTE - ago_ms, b"boot", read_clock().unix_ms - ago_ms + off_ms)


def kept(interview_id: str, number: int, fact: e.Event, ago_ms: int) -> bytes:
    clock = reading(ago_ms)
    return encode(Place("n1", "e1", interview_id, number, number, clock.unix_ms, clock), fact)


def arrival(database_url: str, interview_id: str) -> tuple[Any, ...]:
    query = "SELECT longest_delay_ms, clock_error_ms FROM interview WHERE id = %s"
    return rows(database_url, query, interview_id)[0]


async def test_an_interview_held_out_of_reach_is_known_to_have_come_late(database: Database, database_url: str) -> None:
    intake, iv = Intake(database), planned_interview(database_url)
    facts = [
        kept(iv, 1, e.InterviewOpened("k", "en"), 50 * MINUTE),
        kept(iv, 2, e.CandidateJoined(1, True, False), 49 * MINUTE),
        kept(iv, 3, e.InterviewClosed("completed"), 20 * MINUTE),
    ]
    await intake.take("n1", encode_batch("n1", "e1", 1, facts, reading(0)))
    delay_ms, error_ms = arrival(database_url, iv)
    assert delay_ms == 50 * MINUTE
    # The test's own work between its look at the clock and the database's is all that may differ.
    assert abs(error_ms - OFF) < MINUTE
    happened = rows(
        database_url,
        "SELECT extract(epoch FROM now() - (received_at - delay_ms * interval '1 ms')) / 60 FROM event ORDER BY number",
    )
    assert [round(float(minutes)) for (minutes,) in happened] == [50, 49, 20]

    review = [kept(iv, 4, ReviewCompleted(1, 1), 1 * MINUTE)]
    await intake.take("n1", encode_batch("n1", "e1", 4, review, reading(0)), waited_ms=90 * MINUTE)
    assert arrival(database_url, iv)[0] == 91 * MINUTE
    live = rows(database_url, "SELECT * FROM interview")
    assert await rebuild(database) == 4
    assert rows(database_url, "SELECT * FROM interview") == live


async def test_one_that_was_seen_live_did_not_come_late(database: Database, database_url: str) -> None:
    intake, iv = Intake(database), planned_interview(database_url)
    for number, fact in enumerate([e.InterviewOpened("k", "en"), e.InterviewClosed("completed")], start=1):
        await intake.take("n1", encode_batch("n1", "e1", number, [kept(iv, number, fact, 300)], reading(0)))
    assert arrival(database_url, iv)[0] == 300


async def test_a_node_that_cannot_tell_leaves_it_open(database: Database, database_url: str) -> None:
    intake, iv = Intake(database), planned_interview(database_url)
    fact = encode(Place("n1", "e1", iv, 1, 1, 1_700_000_000_000), e.InterviewOpened("k", "en"))
    await intake.take("n1", encode_batch("n1", "e1", 1, [fact]))
    assert arrival(database_url, iv) == (None, None)


async def test_an_interview_the_coordinator_never_saw_appears_complete_and_late(
    database_url: str, tmp_path: Path
) -> None:
    """Over real servers: the hub comes up for the first time when the interview is over."""
    iv = planned_interview(database_url)
    servers = LinkedServers(tmp_path)
    servers.node.start()
    try:
        async with branch(servers) as node:
            facts = [e.InterviewOpened("k", "en"), e.CandidateJoined(1, True, False), e.InterviewClosed("completed")]
            for number, fact in enumerate(facts):
                await node.journal.append(iv, [fact], after=number, interview_ms=number)
            await asyncio.sleep(2)
            servers.hub.start()
            async with head_office(servers, database_url) as office:
                await until_committed(office, "n1", await node.journal.epoch(), 3)
    finally:
        servers.stop()
    ((status, delay_ms, error_ms),) = rows(
        database_url, "SELECT status, longest_delay_ms, clock_error_ms FROM interview WHERE id = %s", iv
    )
    assert status == "closed"
    assert delay_ms >= 2000
    assert abs(error_ms) < MINUTE
    assert rows(database_url, "SELECT bool_and(delay_ms >= 2000) FROM event") == [(True,)]
