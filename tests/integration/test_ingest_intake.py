import asyncio
import contextlib
import random
import uuid
from collections.abc import AsyncIterator, Sequence

import psycopg
import pytest
from coordinator.db.unit_of_work import Database
from coordinator.ingest.codec import known_kinds
from coordinator.ingest.handlers import HANDLERS
from coordinator.ingest.intake import Intake
from coordinator.ingest.rebuild import rebuild
from edge_node.core.interview import events as e
from edge_node.core.interview.camera_events import ObservationNoted, PresenceObserved
from edge_node.core.interview.plan import QuestionKind, Source
from edge_node.core.interview.review_events import (
    CompetencyAbstained,
    CompetencyRated,
    Evidence,
    ReviewCompleted,
    SummaryWritten,
)
from edge_node.journal.codec import Place, encode
from edge_node.uplink.codec import encode_batch
from interview_proto.v1 import envelope_pb2
from record_path import planned_interview, rows

SEEN = (Evidence("t1", "the bridge", 6, 16),)
FACTS: list[e.Event] = [
    e.InterviewOpened("k", "en", (e.EngineUsed("stt", "whisper", "starter", "ab"),)),
    e.ConsentGiven(("interview", "recording"), "v1"),
    e.CandidateJoined(1, True, False),
    e.StageEntered("s1"),
    e.QuestionAsked("q1", "s1", QuestionKind.FOLLOW_UP, "Why?", (Source("turn", "t0", "x"),), "", "p1", 3, 900),
    e.QuestionInterrupted("q1", 420),
    e.TurnTaken("t1", "q1", "I did the bridge.", e.TurnMode.TYPED, 10, 20, (e.Word("I", 10, 11, 0.5),)),
    e.TurnTimed("t1", 1, 2, 3, 4),
    PresenceObserved(0, 60, 6, 1, 2, 50),
    ObservationNoted("face_absent", 10, 50, 4, 90),
    e.RecordingStopped("disk_full"),
    e.CandidateLeft("page_closed"),
    e.InterviewClosed("completed"),
    CompetencyRated("c1", 3, "because", SEEN, 2, "p", "r1", "cd"),
    CompetencyAbstained("c2", "no_evidence", 1, "p", "r1", "cd"),
    SummaryWritten("short", SEEN, "p", "cd"),
    ReviewCompleted(1, 1),
]


def envelopes(
    interview_id: str, facts: Sequence[e.Event], *, after: int = 0, epoch: str = "e1", node_id: str = "n1"
) -> list[bytes]:
    return [
        encode(Place(node_id, epoch, interview_id, after + n, n * 10, 1_700_000_000_000 + n), fact)
        for n, fact in enumerate(facts, start=1)
    ]


@pytest.fixture
async def intake(database_url: str) -> AsyncIterator[Intake]:
    database = Database(database_url, connections_max=4)
    await database.open()
    yield Intake(database)
    await database.close()


async def test_every_kind_of_fact_becomes_rows(intake: Intake, database_url: str) -> None:
    assert set(HANDLERS) == set(known_kinds())
    iv = planned_interview(database_url)
    outcome = await intake.take("n1", encode_batch("n1", "e1", 1, envelopes(iv, FACTS)))
    assert (outcome.kept, outcome.dead, outcome.changed) == (len(FACTS), 0, {uuid.UUID(iv)})

    def one(query: str) -> tuple[object, ...]:
        (row,) = rows(database_url, query, iv)
        return row

    assert one("SELECT status, visits, close_reason, engines FROM interview WHERE id = %s") == (
        "reviewed",
        1,
        "completed",
        [{"role": "stt", "name": "whisper", "profile": "starter", "digest": "ab"}],
    )
    assert one("SELECT recording_stopped FROM interview WHERE id = %s") == ("disk_full",)
    assert one("SELECT purposes FROM consent WHERE interview_id = %s") == (["interview", "recording"],)
    assert one("SELECT kind, sources, seed, interrupted_at_ms FROM asked_question WHERE interview_id = %s") == (
        "follow_up",
        [{"kind": "turn", "reference": "t0", "text": "x"}],
        3,
        420,
    )
    assert one("SELECT mode, question_id FROM turn WHERE interview_id = %s") == (
        "typed",
        "q1",
    )
    assert one("SELECT stt_ms, tts_first_audio_ms FROM turn_timing WHERE interview_id = %s") == (2, 4)
    seen = "SELECT samples, samples_with_several_faces, sampled_ms FROM presence_span WHERE interview_id = %s"
    assert one(seen) == (6, 2, 50)
    noted = "SELECT number, kind, start_ms, end_ms, samples, sampled_percent, baseline FROM observation"
    assert one(f"{noted} WHERE interview_id = %s") == (10, "face_absent", 10, 50, 4, 90, "")
    assert rows(
        database_url,
        "SELECT competency_id, level, abstention_reason FROM rating WHERE interview_id = %s ORDER BY 1",
        iv,
    ) == [("c1", 3, None), ("c2", None, "no_evidence")]
    assert one(
        "SELECT quote, substr(turn.text, start_char + 1, end_char - start_char) FROM rating_evidence"
        " JOIN turn USING (interview_id, turn_id) WHERE interview_id = %s"
    ) == ("the bridge", "the bridge")
    assert one("SELECT text FROM summary WHERE interview_id = %s") == ("short",)


async def test_a_character_the_database_cannot_keep_costs_no_fact(intake: Intake, database_url: str) -> None:
    iv = planned_interview(database_url)
    facts: list[e.Event] = [
        e.QuestionAsked("q1", "s1", QuestionKind.PLANNED, "Why?", (), "", "p1", 3, 900),
        e.TurnTaken("t1", "q1", "I did\0 the bridge.", e.TurnMode.TYPED, 10, 20, (e.Word("\0I", 10, 11, 0.5),)),
    ]
    outcome = await intake.take("n1", encode_batch("n1", "e1", 1, envelopes(iv, facts)))
    assert (outcome.kept, outcome.dead) == (2, 0)
    assert rows(database_url, "SELECT text FROM turn WHERE interview_id = %s", iv) == [("I did\ufffd the bridge.",)]


PROJECTIONS = (
    "SELECT id, status, engines, visits, close_reason, opened_at, closed_at, reviewed_at FROM interview ORDER BY id",
    *(
        f"SELECT * FROM {table} ORDER BY 1, 2"
        for table in (
            "consent",
            "asked_question",
            "turn",
            "turn_timing",
            "presence_span",
            "observation",
            "rating",
            "summary",
        )
    ),
    "SELECT * FROM rating_evidence ORDER BY 1, 2, 3",
)


async def test_all_that_is_read_from_facts_can_be_read_again(intake: Intake, database_url: str) -> None:
    one, two = planned_interview(database_url), planned_interview(database_url)
    await intake.take("n1", encode_batch("n1", "e1", 1, [*envelopes(one, FACTS), *envelopes(two, FACTS[:7])]))
    before = [rows(database_url, query) for query in PROJECTIONS]
    with psycopg.connect(database_url) as connection:
        connection.execute("UPDATE turn SET text = 'spoiled'")
        connection.execute("DELETE FROM rating_evidence")
    database = Database(database_url, connections_max=2)
    await database.open()
    assert await rebuild(database) == len(FACTS) + 7
    await database.close()
    assert [rows(database_url, query) for query in PROJECTIONS] == before
    assert all(before)


async def test_a_batch_again_or_overlapping_changes_nothing(intake: Intake, database_url: str) -> None:
    iv = planned_interview(database_url)
    data = envelopes(iv, FACTS)
    await intake.take("n1", encode_batch("n1", "e1", 1, data[:8]))
    again = await intake.take("n1", encode_batch("n1", "e1", 1, data[:8]))
    assert (again.kept, again.known, again.dead) == (0, 8, 0)
    over = await intake.take("n1", encode_batch("n1", "e1", 5, data[4:]))
    assert (over.kept, over.known, over.dead) == (len(FACTS) - 8, 4, 0)
    assert await intake.position("n1", "e1") == len(FACTS)
    assert rows(database_url, "SELECT count(*) FROM event") == [(len(FACTS),)]


async def test_a_gap_is_refused_and_moves_nothing(intake: Intake, database_url: str) -> None:
    iv = planned_interview(database_url)
    data = envelopes(iv, FACTS)
    await intake.take("n1", encode_batch("n1", "e1", 1, data[:2]))
    outcome = await intake.take("n1", encode_batch("n1", "e1", 4, data[3:]))
    assert outcome.gap
    assert await intake.position("n1", "e1") == 2
    assert rows(database_url, "SELECT count(*) FROM event") == [(2,)]


async def test_poison_is_filed_with_its_bytes_and_holds_up_nobody(intake: Intake, database_url: str) -> None:
    iv = planned_interview(database_url)
    data = envelopes(iv, FACTS[:5])
    unknown = envelope_pb2.Envelope(event_id="e1:x:9", interview_id=iv, node_id="n1", journal_epoch="e1", number=9)
    nobody = envelopes(str(uuid.uuid4()), FACTS[:1])[0]
    no_question = envelopes(iv, [e.TurnTaken("t9", "q-none", "x", e.TurnMode.TYPED, 1, 2)], after=5)[0]
    no_turn = envelopes(iv, [e.TurnTimed("t-none", 1, 2, 3, 4)], after=6)[0]
    foreign = envelopes(iv, FACTS[:1], after=7, node_id="n2")[0]
    poison = [unknown.SerializeToString(), nobody, no_question, no_turn, foreign]
    last = envelopes(iv, [FACTS[6]], after=8)[0]
    outcome = await intake.take("n1", encode_batch("n1", "e1", 1, [*data, *poison, last]))
    assert (outcome.kept, outcome.dead) == (6, 5)
    assert await intake.position("n1", "e1") == 11
    letters = rows(database_url, "SELECT journal_sequence, reason, raw FROM dead_letter ORDER BY journal_sequence")
    assert [(sequence, reason) for sequence, reason, _ in letters] == [
        (6, "unknown_fact"),
        (7, "unknown_interview"),
        (8, "does_not_fit"),
        (9, "does_not_fit"),
        (10, "wrong_journal"),
    ]
    assert [bytes(raw) for *_, raw in letters] == poison
    assert rows(database_url, "SELECT turn_id FROM turn") == [("t1",)]


@pytest.mark.parametrize("raw", [b"\xff\xff\xff", b"", encode_batch("n2", "e1", 1, envelopes("x", FACTS[:1]))])
async def test_a_message_that_is_no_batch_of_its_node_moves_nothing(
    intake: Intake, database_url: str, raw: bytes
) -> None:
    for _ in range(2):
        assert (await intake.take("n1", raw)).dead == 1
    assert rows(database_url, "SELECT node_id, raw FROM dead_letter") == [("n1", raw)]
    assert rows(database_url, "SELECT count(*) FROM node_position") == [(0,)]


async def test_a_journal_made_again_starts_at_nothing_and_keeps_the_old_facts(
    intake: Intake, database_url: str
) -> None:
    first, second = planned_interview(database_url), planned_interview(database_url)
    await intake.take("n1", encode_batch("n1", "e1", 1, envelopes(first, FACTS[:3])))
    assert await intake.position("n1", "e2") == 0
    await intake.take("n1", encode_batch("n1", "e2", 1, envelopes(second, FACTS[:3], epoch="e2")))
    assert (await intake.position("n1", "e1"), await intake.position("n1", "e2")) == (3, 3)
    assert rows(database_url, "SELECT count(*) FROM event") == [(6,)]


async def test_several_at_work_take_each_fact_once(intake: Intake, database_url: str) -> None:
    iv = planned_interview(database_url)
    data = envelopes(iv, FACTS)
    whole = encode_batch("n1", "e1", 1, data)
    outcomes = await asyncio.gather(*(intake.take("n1", whole) for _ in range(4)))
    assert sum(outcome.kept for outcome in outcomes) == len(FACTS)
    assert sum(outcome.dead for outcome in outcomes) == 0


async def test_a_batch_whose_transaction_dies_leaves_nothing(
    database_url: str, intake: Intake, monkeypatch: pytest.MonkeyPatch
) -> None:
    iv = planned_interview(database_url)
    from coordinator.ingest import position_repository

    async def power_cut(*_: object) -> None:
        raise RuntimeError("power cut")

    with monkeypatch.context() as patch, contextlib.suppress(RuntimeError):
        patch.setattr(position_repository, "advance", power_cut)
        await intake.take("n1", encode_batch("n1", "e1", 1, envelopes(iv, FACTS)))
    assert rows(database_url, "SELECT count(*) FROM event") == [(0,)]
    assert rows(database_url, "SELECT status FROM interview") == [("scheduled",)]
    outcome = await intake.take("n1", encode_batch("n1", "e1", 1, envelopes(iv, FACTS)))
    assert outcome.kept == len(FACTS)


async def test_a_fact_too_large_for_an_index_holds_up_nobody(intake: Intake, database_url: str) -> None:
    iv = planned_interview(database_url)
    name = "".join(f"{n:x}" for n in random.Random(1).sample(range(10**9), 3000))
    large = e.QuestionAsked(name, "s1", QuestionKind.PLANNED, "Why?", (), "", "p1", 3, 900)
    outcome = await intake.take("n1", encode_batch("n1", "e1", 1, envelopes(iv, [FACTS[0], large, FACTS[3]])))
    assert (outcome.kept, outcome.dead) == (2, 1)
    assert rows(database_url, "SELECT journal_sequence, reason FROM dead_letter") == [(2, "does_not_fit")]
