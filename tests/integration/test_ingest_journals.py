"""What the coordinator does when a node's journal is not the one it knew."""

from collections.abc import AsyncIterator

import pytest
from coordinator.db.unit_of_work import Database
from coordinator.ingest.intake import Intake
from edge_node.core.interview import events as e
from edge_node.journal.codec import Place, encode
from edge_node.uplink.codec import encode_batch
from interview_proto.v1 import envelope_pb2
from record_path import planned_interview, rows


@pytest.fixture
async def intake(database_url: str) -> AsyncIterator[Intake]:
    database = Database(database_url, connections_max=4)
    await database.open()
    yield Intake(database)
    await database.close()


def facts(interview_id: str, first: int, last: int, *, said: str = "s", epoch: str = "e1") -> list[bytes]:
    return [
        encode(Place("n1", epoch, interview_id, n, n, 1_700_000_000_000 + n), e.StageEntered(f"{said}{n}"))
        for n in range(first, last + 1)
    ]


def batch(epoch: str, first: int, envelopes: list[bytes], *, replaces: str = "") -> bytes:
    made = envelope_pb2.Batch.FromString(encode_batch("n1", epoch, first, envelopes))
    made.last_digest, made.replaces_epoch = b"digest of the last", replaces
    return made.SerializeToString()


def letters(database_url: str) -> list[tuple[object, ...]]:
    return rows(database_url, "SELECT journal_sequence, reason FROM dead_letter ORDER BY journal_sequence")


async def test_the_position_tells_the_digest_it_was_given(intake: Intake, database_url: str) -> None:
    iv = planned_interview(database_url)
    assert (await intake.meet("n1", "e1", "")).digest == b""
    await intake.take("n1", batch("e1", 1, facts(iv, 1, 3)))
    position = await intake.meet("n1", "e1", "")
    assert (position.sequence, position.digest) == (3, b"digest of the last")


async def test_a_journal_sent_again_under_another_epoch_brings_what_is_new(intake: Intake, database_url: str) -> None:
    iv, later = planned_interview(database_url), planned_interview(database_url)
    await intake.take("n1", batch("e1", 1, facts(iv, 1, 10)))
    # The node lost 4 to 10, went on with other facts in their places, and with another interview.
    sent_again = [*facts(iv, 1, 3), *facts(iv, 4, 5, said="other"), *facts(later, 1, 2)]
    outcome = await intake.take("n1", batch("e2", 1, sent_again, replaces="e1"))
    assert (outcome.known, outcome.dead, outcome.kept, outcome.gap) == (3, 2, 2, False)
    assert letters(database_url) == [(4, "another_fact"), (5, "another_fact")]
    assert rows(database_url, "SELECT count(*) FROM event WHERE interview_id = %s", later) == [(2,)]
    assert rows(database_url, "SELECT count(*) FROM event WHERE interview_id = %s", iv) == [(10,)]
    assert rows(database_url, "SELECT code, journal_epoch, earlier FROM node_incident") == [
        ("journal_rolled_back", "e2", [{"epoch": "e1", "committed_sequence": 10}])
    ]


async def test_sequences_used_again_are_never_taken_for_known(intake: Intake, database_url: str) -> None:
    iv = planned_interview(database_url)
    await intake.take("n1", batch("e1", 1, facts(iv, 1, 5)))
    for _ in range(2):
        outcome = await intake.take("n1", batch("e1", 4, facts(iv, 4, 8, said="other")))
        assert (outcome.gap, outcome.kept, outcome.known) == (True, 0, 0)
    assert await intake.position("n1", "e1") == 5
    assert rows(database_url, "SELECT code FROM node_incident") == [("journal_reused",)]


async def test_a_journal_made_again_is_an_incident_and_a_first_one_is_not(intake: Intake, database_url: str) -> None:
    planned_interview(database_url)
    await intake.meet("n1", "e1", "")
    assert rows(database_url, "SELECT count(*) FROM node_incident") == [(0,)]
    for _ in range(2):
        await intake.meet("n1", "e2", "")
    assert rows(database_url, "SELECT code, journal_epoch FROM node_incident") == [("journal_recreated", "e2")]


async def test_a_node_speaks_of_its_own_interviews_only(intake: Intake, database_url: str) -> None:
    own, others = planned_interview(database_url), planned_interview(database_url, "n2")
    mixed = [*facts(own, 1, 1), *facts(others, 1, 1), *facts(own, 2, 2)]
    outcome = await intake.take("n1", batch("e1", 1, mixed))
    assert (outcome.kept, outcome.dead) == (2, 1)
    assert letters(database_url) == [(2, "interview_of_another_node")]


async def test_a_fact_in_anothers_name_is_refused(intake: Intake, database_url: str) -> None:
    iv = planned_interview(database_url)
    forged = envelope_pb2.Envelope.FromString(facts(iv, 1, 1)[0])
    forged.event_id = "e9:somebody-elses:1"
    await intake.take("n1", batch("e1", 1, [forged.SerializeToString(), *facts(iv, 1, 1)]))
    assert letters(database_url) == [(1, "wrong_event_id")]
    assert rows(database_url, "SELECT event_id FROM event") == [(f"e1:{iv}:1",)]


async def test_a_lost_fact_takes_its_place_as_a_dead_letter(intake: Intake, database_url: str) -> None:
    iv = planned_interview(database_url)
    outcome = await intake.take("n1", batch("e1", 1, [*facts(iv, 1, 1), b"", *facts(iv, 3, 3)]))
    assert (outcome.kept, outcome.dead) == (2, 1)
    assert letters(database_url) == [(2, "not_an_envelope")]
