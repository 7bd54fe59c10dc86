"""The record reads the same however its facts came: in any batches, the fast or the slow way, live or read again."""

import base64
import secrets
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from coordinator.db.unit_of_work import Database
from coordinator.ingest import intake as intake_module
from coordinator.ingest.intake import Intake
from coordinator.ingest.rebuild import rebuild
from edge_node.core.interview import events as e
from edge_node.core.interview.plan import QuestionKind
from edge_node.core.interview.review_events import (
    CompetencyAbstained,
    CompetencyRated,
    Evidence,
    ReviewCompleted,
    SummaryWritten,
)
from edge_node.journal.codec import Place, encode
from edge_node.uplink.codec import encode_batch
from fakes.record_dump import dump
from fakes.whole_interview import facts
from interview_proto.v1 import envelope_pb2
from provisioning.postgres import EmbeddedPostgres
from record_path import planned_interview, rows

JOURNALS = Path(__file__).parents[1] / "replay" / "journals"
NODE, EPOCH = "n1", "e1"


def recorded(name: str, interview_id: str) -> list[bytes]:
    """A recorded interview's facts, said to be of this interview."""
    found = []
    for line in (JOURNALS / f"{name}.journal").read_text().split():
        envelope = envelope_pb2.Envelope.FromString(base64.b64decode(line))
        envelope.node_id, envelope.journal_epoch, envelope.interview_id = NODE, EPOCH, interview_id
        envelope.event_id = f"{EPOCH}:{interview_id}:{envelope.number}"
        found.append(envelope.SerializeToString())
    return found


def written(interview_id: str, events: list[e.Event]) -> list[bytes]:
    return [encode(Place(NODE, EPOCH, interview_id, n, n, 1_760_000_000_000 + n), f) for n, f in enumerate(events, 1)]


def awkward() -> list[e.Event]:
    """Everything that is not in order, or comes twice, or does not fit."""
    asked = e.QuestionAsked("q1", "s1", QuestionKind.PLANNED, "Why?", (), "", "p", 1, 0)
    quote = (Evidence("t1", "I did", 0, 5),)
    return [
        e.InterviewOpened("k", "en", (e.EngineUsed("stt", "a", "starter", ""),)),
        e.TurnTaken("t0", "q1", "before its question", e.TurnMode.TYPED, 0, 1),
        e.QuestionInterrupted("q1", 100),
        asked,
        e.QuestionInterrupted("q1", 200),
        e.CandidateJoined(1, True, True),
        e.CandidateLeft("connection_lost"),
        e.CandidateJoined(2, True, False),
        e.InterviewOpened("k", "en", (e.EngineUsed("stt", "b", "starter", ""),)),
        asked,
        e.TurnTaken("t1", "q1", "I did\0 that.", e.TurnMode.SPOKEN, 0, 5),
        e.TurnTaken("t1", "q1", "the same turn again", e.TurnMode.SPOKEN, 0, 5),
        e.TurnTimed("t1", 1, 2, 3, 4),
        e.TurnTimed("t1", 5, 6, 7, 8),
        e.TurnTimed("t-none", 5, 6, 7, 8),
        e.InterviewClosed("completed"),
        CompetencyAbstained("c1", "no_evidence", 0, "p", "r", "d"),
        CompetencyRated("c1", 3, "first", quote, 0, "p", "r", "d"),
        CompetencyRated("c1", 4, "then", (), 0, "p", "r", "d"),
        SummaryWritten("one", quote, "p", "d"),
        SummaryWritten("two", (), "p", "d"),
        ReviewCompleted(1, 0),
        e.CandidateJoined(3, True, False),
    ]


def side_by_side(*interviews: list[bytes]) -> list[bytes]:
    """The facts of several interviews as a journal has them that ran at the same time."""
    journal: list[bytes] = []
    waiting = [list(reversed(one)) for one in interviews]
    while any(waiting):
        journal += [one.pop() for one in waiting if one]
    return journal


@pytest.fixture
def another(postgres_server: EmbeddedPostgres, database_url: str) -> Iterator[Callable[[], str]]:
    """Databases with the same interviews, none of whose facts came."""
    made: list[str] = []
    source = database_url.rpartition("/")[2]

    def copy() -> str:
        name = f"alike_{secrets.token_hex(6)}"
        with psycopg.connect(postgres_server.url(), autocommit=True) as connection:
            connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{source}"'.encode())
        made.append(name)
        return postgres_server.url(name)

    yield copy
    with psycopg.connect(postgres_server.url(), autocommit=True) as connection:
        for name in made:
            connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)'.encode())


async def taken(url: str, journal: list[bytes], size: int) -> dict[str, list[str]]:
    database = Database(url, connections_max=2)
    await database.open()
    try:
        for first in range(0, len(journal), size):
            await Intake(database).take(NODE, encode_batch(NODE, EPOCH, first + 1, journal[first : first + size]))
    finally:
        await database.close()
    return dump(url, arrival=False)


@pytest.fixture
async def journal(database_url: str) -> AsyncIterator[list[bytes]]:
    names = [planned_interview(database_url) for _ in range(4)]
    yield side_by_side(
        recorded("en", names[0]),
        recorded("ko", names[1]),
        written(names[2], facts()),
        written(names[3], awkward()),
    )


async def test_the_same_rows_whatever_the_batches_and_the_way(
    another: Callable[[], str], journal: list[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    one_by_one = await taken(another(), journal, 1)
    assert all(one_by_one[table] for table in ("interview", "consent", "turn", "rating", "rating_evidence", "summary"))
    for size in (7, 50, len(journal)):
        assert await taken(another(), journal, size) == one_by_one

    async def refuse(*_: Any) -> None:
        raise psycopg.IntegrityError

    monkeypatch.setattr(intake_module, "_keep_together", refuse)
    assert await taken(another(), journal, 50) == one_by_one


async def test_dead_letters_are_the_same_whatever_the_batches(another: Callable[[], str], journal: list[bytes]) -> None:
    found = []
    for size in (1, len(journal)):
        url = another()
        await taken(url, journal, size)
        found.append(rows(url, "SELECT journal_sequence, reason, raw FROM dead_letter ORDER BY journal_sequence"))
    assert found[0] == found[1]
    assert len(found[0]) == 3


async def test_read_again_the_rows_are_the_same_byte_for_byte(another: Callable[[], str], journal: list[bytes]) -> None:
    url = another()
    await taken(url, journal, 50)
    live = dump(url)
    database = Database(url, connections_max=2)
    await database.open()
    assert await rebuild(database) == len(journal) - 3
    await database.close()
    assert dump(url) == live
