"""Rows a second into Postgres through the intake with all its checks, against a plain executemany of the same rows."""

import argparse
import asyncio
import shutil
import statistics
import sys
import tempfile
import time
import uuid
from pathlib import Path
from typing import Any

ROUNDS = 7
INTERVIEWS = 60
BATCH = 500
"""Facts of one message, as many as the forwarder sends when many wait, and rows of one transaction."""

PLAIN = """
    INSERT INTO event (event_id, node_id, journal_epoch, journal_sequence, interview_id, number, kind,
                       interview_ms, wall_time, envelope)
    VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s) ON CONFLICT (event_id) DO NOTHING
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """How much is measured."""
    parser.add_argument("--rounds", type=int, default=ROUNDS, help=f"rounds, each of both ways (default: {ROUNDS})")


def run(options: argparse.Namespace) -> dict[str, Any]:
    """Both ways in turn on one server, each round with interviews of its own; the rates are the rounds' medians."""
    from provisioning.network import free_ports
    from provisioning.postgres import EmbeddedPostgres

    folder = Path(tempfile.mkdtemp(prefix="bench-ingest-"))
    folder.chmod(0o711)
    server = EmbeddedPostgres(folder / "postgres", free_ports(1)[0], folder / "password")
    try:
        server.start()
        return asyncio.run(_measure(server.url(), options.rounds))
    finally:
        server.stop()
        shutil.rmtree(folder)


async def _measure(url: str, rounds: int) -> dict[str, Any]:
    import psycopg
    from coordinator.db.migrate import migrate
    from coordinator.db.unit_of_work import Database
    from coordinator.ingest.intake import Intake
    from fakes.planned_interviews import plan
    from fakes.whole_interview import facts

    await migrate(url)
    one = facts()
    plain: list[float] = []
    checked: list[float] = []
    database = Database(url, connections_max=2)
    await database.open()
    connection = await psycopg.AsyncConnection.connect(url)
    try:
        # One round to warm up: caches, prepared statements, the first pages of every table.
        for number in range(rounds + 1):
            rows = _rows(_journal(plan(url, "plain", INTERVIEWS), one, "plain", f"p{number}"), "plain", f"p{number}")
            plain.append(len(rows) / await _plain(connection, rows))
            node = f"node-{number}"
            journal = _journal(plan(url, node, INTERVIEWS), one, node, "e1")
            checked.append(len(journal) / await _checked(Intake(database), journal, node, "e1"))
            sys.stderr.write(f"  round {number}: plain {plain[-1]:.0f} rows/s, intake {checked[-1]:.0f} rows/s\n")
        counted = await connection.execute("SELECT count(*) FROM event WHERE node_id LIKE 'node-%'")
        (stored,) = await counted.fetchone() or (0,)
    finally:
        await connection.close()
        await database.close()
    wanted = (rounds + 1) * INTERVIEWS * len(one)
    if stored != wanted:
        raise RuntimeError(f"{stored} facts stored of {wanted}")
    ratios = [mine / theirs for mine, theirs in zip(checked[1:], plain[1:], strict=True)]
    return {
        "rows_s": round(statistics.median(checked[1:])),
        "plain_rows_s": round(statistics.median(plain[1:])),
        "ratio": round(statistics.median(ratios), 3),
        "ratios": [round(ratio, 3) for ratio in ratios],
        "rows": wanted - INTERVIEWS * len(one),
        "batch": BATCH,
        "ok": statistics.median(ratios) >= 0.5,
    }


def _journal(interviews: list[str], one: list[Any], node_id: str, epoch: str) -> list[bytes]:
    from edge_node.journal.codec import Place, encode

    return [
        encode(Place(node_id, epoch, interview_id, number, number * 4000, 1_760_000_000_000 + number * 4000), fact)
        for interview_id in interviews
        for number, fact in enumerate(one, start=1)
    ]


def _rows(journal: list[bytes], node_id: str, epoch: str) -> list[tuple[Any, ...]]:
    from datetime import UTC, datetime

    from coordinator.ingest.codec import decode_fact

    found = []
    for sequence, raw in enumerate(journal, start=1):
        fact = decode_fact(raw)
        at = datetime.fromtimestamp(fact.wall_time_unix_ms / 1000, UTC)
        place = (fact.event_id, node_id, epoch, sequence, uuid.UUID(fact.interview_id), fact.number, fact.kind)
        found.append((*place, fact.interview_ms, at, raw))
    return found


async def _plain(connection: Any, rows: list[tuple[Any, ...]]) -> float:
    began = time.perf_counter()
    for first in range(0, len(rows), BATCH):
        async with connection.transaction(), connection.cursor() as cursor:
            await cursor.executemany(PLAIN, rows[first : first + BATCH])
    return time.perf_counter() - began


async def _checked(intake: Any, journal: list[bytes], node_id: str, epoch: str) -> float:
    from coordinator.ingest.reading import read_batch
    from edge_node.uplink.codec import encode_batch

    messages = [
        encode_batch(node_id, epoch, first + 1, journal[first : first + BATCH])
        for first in range(0, len(journal), BATCH)
    ]
    began = time.perf_counter()
    # As the consumer of the hub's stream does: a batch is read while the one before it is stored.
    coming = asyncio.create_task(read_batch(node_id, messages[0]))
    for following in [*messages[1:], None]:
        read = await coming
        if following:
            coming = asyncio.create_task(read_batch(node_id, following))
        outcome = await intake.store(read)
        if outcome.gap or outcome.dead or outcome.known:
            raise RuntimeError(f"not kept: {outcome}")
    return time.perf_counter() - began
