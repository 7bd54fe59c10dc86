"""Nodes, their clocks, and what of their record could not be taken in, as each role sees it."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
import pytest
from coordinator.db.unit_of_work import Database
from coordinator.ingest.intake import Intake
from coordinator_api import RunningApi, migrated_accounts, running_api
from edge_node.core.interview import events as e
from edge_node.journal.codec import Place, encode
from edge_node.ports.clock import ClockReading
from edge_node.telemetry.machine_clock import read_clock
from edge_node.uplink.codec import encode_batch
from record_path import planned_interview, rows

SAID = b"I left because my mother was ill"
HOUR = 3_600_000


@dataclass
class World:
    """The API with the header of each role."""

    running: RunningApi
    database_url: str
    headers: dict[str, dict[str, str]]

    async def call(self, role: str, method: str, path: str, status: int) -> Any:
        reply = await self.running.client.request(method, path, headers=self.headers[role])
        assert reply.status_code == status, reply.text
        is_json = reply.headers.get("content-type", "").startswith("application/json")
        return reply.json() if is_json else reply.content

    def letter(self, detail: str = "") -> int:
        with psycopg.connect(self.database_url) as connection:
            row = connection.execute(
                "INSERT INTO dead_letter (node_id, journal_epoch, journal_sequence, reason, detail, raw, sha256)"
                " VALUES ('n1', 'e1', 7, 'does_not_fit', %s, %s, gen_random_uuid()::text) RETURNING id",
                (detail, SAID),
            ).fetchone()
        assert row
        return int(row[0])


@pytest.fixture
async def world(database_url: str, hub_nats: str, tmp_path: Path) -> AsyncIterator[World]:
    accounts = await asyncio.to_thread(migrated_accounts, database_url, tmp_path)
    async with running_api(database_url, hub_nats) as running:
        headers = {role: await running.sign_in(account) for role, account in accounts.items()}
        yield World(running, database_url, headers)


async def test_everybody_at_the_desk_sees_dead_letters_and_only_an_admin_what_is_in_them(world: World) -> None:
    number = world.letter(detail=SAID.decode())
    assert await world.call("recruiter", "GET", "/api/dead-letters/open", 200) == {"open": 1}
    reply = await world.running.client.get("/api/dead-letters", headers=world.headers["recruiter"])
    (seen,) = reply.json()
    assert (seen["node_id"], seen["journal_sequence"], seen["reason"]) == ("n1", 7, "does_not_fit")
    assert seen["received_at"]
    assert (seen["detail"], seen["settled_at"]) == (None, None)
    assert SAID.decode() not in reply.text
    await world.call("recruiter", "GET", f"/api/dead-letters/{number}/bytes", 403)
    await world.call("recruiter", "POST", f"/api/dead-letters/{number}/settle", 403)
    (shown,) = await world.call("admin", "GET", "/api/dead-letters", 200)
    assert shown["detail"] == SAID.decode()
    assert await world.call("admin", "GET", f"/api/dead-letters/{number}/bytes", 200) == SAID
    assert rows(world.database_url, "SELECT count(*) FROM audit_entry WHERE action = 'dead_letter.inspect'") == [(1,)]
    for path in ("/api/dead-letters", "/api/dead-letters/open"):
        assert (await world.running.client.get(path)).status_code == 401


async def test_a_dead_letter_is_settled_once_and_stays_to_be_seen(world: World) -> None:
    first, second = world.letter(), world.letter("other")
    await world.call("admin", "POST", f"/api/dead-letters/{second}/settle", 200)
    settled = rows(world.database_url, "SELECT settled_at FROM dead_letter WHERE id = %s", second)
    await world.call("admin", "POST", f"/api/dead-letters/{second}/settle", 200)
    assert rows(world.database_url, "SELECT settled_at FROM dead_letter WHERE id = %s", second) == settled
    assert await world.call("admin", "GET", "/api/dead-letters/open", 200) == {"open": 1}
    assert [one["id"] for one in await world.call("admin", "GET", "/api/dead-letters", 200)] == [first, second]
    for wrong, status in (("999999", 404), ("0", 422), ("x", 422), (str(2**70), 422)):
        await world.call("admin", "POST", f"/api/dead-letters/{wrong}/settle", status)
        await world.call("admin", "GET", f"/api/dead-letters/{wrong}/bytes", status)


async def test_a_wrong_clock_is_shown_as_wrong(world: World) -> None:
    with psycopg.connect(world.database_url) as connection:
        connection.execute(
            "INSERT INTO node (node_id, clock_skew_ms, clock_sync, clock_error_max_ms) VALUES"
            " ('behind', -6000, 'unsynchronised', 0), ('good', 400, 'synchronised', 12)"
        )
    behind, good = await world.call("recruiter", "GET", "/api/nodes", 200)
    assert (behind["clock_wrong"], behind["clock_skew_ms"], behind["clock_sync"]) == (True, -6000, "unsynchronised")
    assert (good["clock_wrong"], good["clock_sync"], good["clock_error_max_ms"]) == (False, "synchronised", 12)


async def test_the_recruiter_sees_that_an_interview_came_late_and_when_it_really_was(world: World) -> None:
    """Held out of reach on a node whose clock is three hours behind, and with one fact that never came."""
    late, live = planned_interview(world.database_url), planned_interview(world.database_url)
    now = read_clock()

    def fact(interview_id: str, number: int, event: e.Event, ago_ms: int) -> bytes:
        clock = ClockReading(False, 0, 9 * HOUR - ago_ms, b"boot", now.unix_ms - ago_ms - 3 * HOUR)
        return encode(Place("n1", "e1", interview_id, number, number, clock.unix_ms, clock), event)

    database = Database(world.database_url, connections_max=2)
    await database.open()
    facts = [
        fact(late, 1, e.InterviewOpened("k", "en"), 2 * HOUR),
        fact(late, 3, e.InterviewClosed("completed"), HOUR),
        fact(live, 1, e.InterviewOpened("k", "en"), 500),
    ]
    sent = ClockReading(False, 0, 9 * HOUR, b"boot", now.unix_ms - 3 * HOUR)
    await Intake(database).take("n1", encode_batch("n1", "e1", 1, facts, sent))
    await database.close()

    listed = {one["interview_id"]: one for one in await world.call("recruiter", "GET", "/api/interviews", 200)}
    assert (listed[late]["late"], listed[late]["delay_ms"]) == (True, 2 * HOUR)
    assert (listed[live]["late"], listed[live]["delay_ms"]) == (False, 500)
    shown = await world.call("recruiter", "GET", f"/api/interviews/{late}", 200)
    assert (shown["late"], shown["missing_facts"], shown["clock_wrong"]) == (True, 1, True)
    assert abs(shown["clock_error_ms"] + 3 * HOUR) < HOUR / 60
    (ago,) = rows(world.database_url, "SELECT extract(epoch FROM now() - %s::timestamptz), 1", shown["opened_at"])
    assert abs(float(ago[0]) - 2 * 3600) < 60
    assert shown["received_at"] > shown["closed_at"] > shown["opened_at"]
