"""The corpus learns from the record, and no candidate's words come with it."""

import json
from collections.abc import AsyncIterator
from pathlib import Path
from uuid import UUID, uuid4

import psycopg
import pytest
from coordinator.corpora.schemas import Filters
from coordinator.corpora.service import CorporaService
from coordinator.dispatch.kits import KitMaker
from coordinator.passages.codec import Vectors
from coordinator_api import RunningApi, job, migrated_accounts, running_api, running_embedder


@pytest.fixture
def accounts(database_url: str, tmp_path: Path) -> dict[str, dict[str, str]]:
    return migrated_accounts(database_url, tmp_path)


@pytest.fixture
async def api(
    database_url: str, hub_nats: str, models_dir: Path, accounts: dict[str, dict[str, str]]
) -> AsyncIterator[RunningApi]:
    async with running_embedder(hub_nats, models_dir), running_api(database_url, hub_nats) as running:
        yield running


def asked(
    connection: psycopg.Connection[tuple[object, ...]],
    job_id: str,
    question: UUID,
    *,
    kind: str,
    useful: bool,
    status: str,
) -> None:
    """One interview in which the question was asked in the rated stage and answered."""
    interview, candidate = uuid4(), uuid4()
    connection.execute("INSERT INTO candidate (id, name, language) VALUES (%s, 'Ada', 'en')", (candidate,))
    connection.execute("INSERT INTO node (node_id) VALUES ('n1') ON CONFLICT DO NOTHING")
    connection.execute(
        "INSERT INTO interview (id, job_id, candidate_id, node_id, language, kit_id, kit, rubric_version,"
        " join_code_expires_at, status) VALUES (%s, %s, %s, 'n1', 'en', %s, '{}', 'r', now(), %s)",
        (interview, job_id, candidate, str(interview), status),
    )
    sources = [
        {"kind": "corpus", "reference": str(question), "text": ""},
        {"kind": "resume", "reference": "p1", "text": "Ada's secret project"},
        {"kind": "corpus", "reference": "not an id", "text": ""},
    ]
    connection.execute(
        "INSERT INTO asked_question (interview_id, question_id, number, stage_id, kind, text, sources, fallback_reason,"
        " prompt_version, seed, language_ms, asked_at_ms)"
        " VALUES (%s, 'q1', 1, 'design', %s, 'About Ada''s secret project?', %s, '', '', 0, 0, 0)",
        (interview, kind, json.dumps(sources)),
    )
    connection.execute(
        "INSERT INTO turn (interview_id, turn_id, number, question_id, text, mode, start_ms, end_ms)"
        " VALUES (%s, 't1', 2, 'q1', 'We cut it.', 'spoken', 0, 1)",
        (interview,),
    )
    if useful:
        connection.execute(
            "INSERT INTO rating (interview_id, competency_id, number, level, evidence_refused, prompt_version,"
            " rubric_version, model_digest) VALUES (%s, 'design', 3, 1, 0, '', '', '')",
            (interview,),
        )
        connection.execute(
            "INSERT INTO rating_evidence (interview_id, competency_id, position, turn_id, quote, start_char, end_char)"
            " VALUES (%s, 'design', 0, 't1', 'We cut it.', 0, 10)",
            (interview,),
        )


async def test_useful_questions_come_forward_and_only_planned_and_corpus_ones_count(
    api: RunningApi, accounts: dict[str, dict[str, str]], database_url: str
) -> None:
    recruiter = await api.sign_in(accounts["recruiter"])
    await api.api.indexer.fill_all()
    made = (await api.client.post("/api/jobs", json=job(), headers=recruiter)).json()
    await api.api.indexer.fill_all()
    corpora = CorporaService(api.api.database, api.api.embedder)
    query: Vectors = await api.api.embedder.query("software design trade-offs")
    filters = Filters(language="en", families=("software", "any"), stages=("competency", "skill"))
    before = await corpora.questions(query, filters, limit=8)
    assert [one.promotion for one in before] == [0] * 8
    assert before == sorted(before, key=lambda one: -one.similarity)

    best, second = before[0].corpus_question_id, before[1].corpus_question_id
    assert best is not None
    assert second is not None
    with psycopg.connect(database_url) as connection:
        for useful in (True, True, True):
            asked(connection, made["id"], second, kind="fallback", useful=useful, status="reviewed")
        for _ in range(30):
            asked(connection, made["id"], best, kind="planned", useful=False, status="reviewed")
        # Neither a follow-up nor an interview without its review says anything of a question.
        asked(connection, made["id"], second, kind="follow_up", useful=True, status="reviewed")
        asked(connection, made["id"], second, kind="fallback", useful=True, status="closed")

    after = await corpora.questions(query, filters, limit=8)
    assert after[0].corpus_question_id == second
    assert after[0].promotion > 0
    listed = (await api.client.get("/api/corpus-questions", headers=recruiter)).json()
    counted = {one["id"]: (one["asked"], one["useful"]) for one in listed if one["asked"]}
    assert counted == {str(best): (30, 0), str(second): (3, 3)}
    assert "secret" not in json.dumps(listed)

    with psycopg.connect(database_url) as connection:
        other = connection.execute(
            "INSERT INTO candidate (name, language) VALUES ('Grace', 'en') RETURNING id"
        ).fetchone()
    assert other is not None
    kit, _ = await KitMaker(api.api.database, corpora, api.api.embedder).make(uuid4(), UUID(made["id"]), other[0])
    assert "secret" not in repr(kit)
    assert all(len({question.text for question in stage.fallbacks}) >= 2 for stage in kit.stages)


async def test_a_candidate_may_not_read_the_corpus(api: RunningApi, database_url: str) -> None:
    assert (await api.client.get("/api/corpus-questions")).status_code == 401
