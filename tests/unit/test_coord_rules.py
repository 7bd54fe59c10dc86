"""The coordinator's pure parts: what a job must be, chunks, rates, tokens, the audit chain, wire."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from coordinator.audit.chain import FIRST_PREVIOUS, Entry, entry_hash
from coordinator.auth.rbac import Action, Role, may
from coordinator.auth.tokens import Caller, Tokens
from coordinator.corpora.promotion import WEIGHT, Use, promotion
from coordinator.corpora.service import shipped_questions
from coordinator.dispatch.kits import STAGES_OF_KIND
from coordinator.fault import Fault
from coordinator.jobs import rules
from coordinator.jobs.schemas import NewJob
from coordinator.jobs.service import language_of
from coordinator.passages import codec
from coordinator.passages.chunking import CHARACTERS_MAX, WORDS_MAX, chunks
from coordinator.telemetry.rate import RateWindow
from hypothesis import given
from hypothesis import strategies as st

SCALE = [{"level": 1, "text": "Little."}, {"level": 2, "text": "Much."}]


def job(**changes: Any) -> NewJob:
    body: dict[str, Any] = {
        "company_name": "A",
        "title": "T",
        "family": "software",
        "language": "en",
        "competencies": [{"id": "c1", "name": "C", "anchors": SCALE}],
        "stages": [{"id": "s1", "title": "S", "competency_id": "c1", "questions": ["Why?"]}],
    }
    return NewJob(**{**body, **changes})


def test_a_fit_job_has_no_faults() -> None:
    assert rules.faults(job()) == []


def test_all_faults_are_found_at_once() -> None:
    broken = job(
        company_name=None,
        competencies=[
            {"id": "c1", "name": "", "anchors": SCALE[:1]},
            {"id": "c 2", "name": "D", "anchors": [{"level": 2, "text": "a"}, {"level": 2, "text": "b"}]},
        ],
        stages=[
            {"id": "s1", "title": "S", "competency_id": "c9", "questions": ["Why?"], "closing": True},
            {"id": "s1", "title": "", "questions": [""]},
        ],
        corpus_questions=[{"stage_id": "s8", "competency_id": "c8", "text": "What?"}],
    )
    assert {fault["fault"] for fault in rules.faults(broken)} == {
        "company_missing",
        "name_missing",
        "anchors_too_few",
        "anchors_with_gaps",
        "id_malformed",
        "id_repeated",
        "competency_without_stage",
        "competency_unknown",
        "title_missing",
        "questions_missing",
        "closing_not_last",
        "stage_unknown",
    }


def test_another_rubric_has_another_version_and_another_title_has_not() -> None:
    one = rules.rubric_version(job().competencies)
    assert rules.rubric_version(job(title="Other").competencies) == one
    assert rules.rubric_version(job(competencies=[{"id": "c1", "name": "D", "anchors": SCALE}]).competencies) != one


@given(st.lists(st.text(alphabet="ab가나. \n", max_size=80), max_size=60))
def test_chunks_lose_no_word_and_stay_small(pieces: list[str]) -> None:
    text = " ".join(pieces)
    made = chunks(text)
    assert all(len(chunk.split()) <= WORDS_MAX and len(chunk) <= CHARACTERS_MAX * 2.5 for chunk in made)
    kept = "".join(made).replace(" ", "")
    assert all(part in kept for word in text.split() for part in [word[:CHARACTERS_MAX]])
    assert (made == []) == (text.strip() == "")


def test_long_prose_is_cut_with_an_overlap() -> None:
    english = " ".join(f"Sentence number {n} says something of its own." for n in range(60))
    made = chunks(english)
    assert 4 <= len(made) <= 8
    for before, after in zip(made, made[1:], strict=False):
        assert after.split(". ")[0] in before
    korean = " ".join(f"{n}번째 프로젝트에서는 서로 다른 문제를 차례로 해결하였습니다." for n in range(40))
    assert all(200 <= len(chunk) <= CHARACTERS_MAX for chunk in chunks(korean)[:-1])


def test_a_window_lets_in_its_limit_and_forgets_the_oldest_key() -> None:
    window = RateWindow(limit=2, window_seconds=10, keys_max=2)
    for now in (0.0, 1.0):
        assert window.wait_seconds("a", now_seconds=now) == 0
        window.mark("a", now_seconds=now)
    assert window.wait_seconds("a", now_seconds=4) == 6
    assert window.wait_seconds("a", now_seconds=10) == 0
    for key in ("b", "c"):
        window.mark(key, now_seconds=4)
    assert window.wait_seconds("a", now_seconds=4) == 0


def test_what_is_not_in_the_table_is_refused() -> None:
    assert may(Role.RECRUITER, Action.JOBS_WRITE)
    assert not may(Role.CANDIDATE, Action.JOBS_READ)
    assert may(Role.RECRUITER, Action.DEAD_LETTERS_READ)
    assert not may(Role.RECRUITER, Action.DEAD_LETTERS_INSPECT)
    assert not may(Role.RECRUITER, Action.DEAD_LETTERS_SETTLE)


def test_a_token_of_another_audience_issuer_key_or_role_is_refused() -> None:
    def tokens(**changes: Any) -> Tokens:
        return Tokens(
            changes.get("key", "k" * 48),
            issuer=changes.get("issuer", "coordinator"),
            audience=changes.get("audience", "dashboard"),
            life=timedelta(minutes=5),
        )

    caller = Caller(uuid4(), Role.RECRUITER, "R")
    now = datetime.now(UTC)
    assert tokens().check(tokens().issue(caller, now=now)) == caller
    for foreign in (tokens(audience="room"), tokens(issuer="somebody"), tokens(key="x" * 48)):
        with pytest.raises(Fault, match="token_invalid"):
            tokens().check(foreign.issue(caller, now=now))
    with pytest.raises(Fault, match="token_expired"):
        tokens().check(tokens().issue(caller, now=now - timedelta(minutes=6)))


def test_every_field_of_an_audit_entry_is_in_its_hash() -> None:
    at = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
    fields: dict[str, Any] = {
        "number": 1,
        "at": at,
        "actor_id": None,
        "actor_role": "system",
        "action": "job.create",
        "subject": "job:1",
        "detail": {"stages": 3},
    }
    changed = {
        "number": 2,
        "at": at + timedelta(microseconds=1),
        "actor_id": "x",
        "actor_role": "admin",
        "action": "job.delete",
        "subject": "job:2",
        "detail": {"stages": 4},
    }
    hashes = {entry_hash(Entry(**{**fields, name: value}), FIRST_PREVIOUS) for name, value in changed.items()}
    hashes |= {entry_hash(Entry(**fields), FIRST_PREVIOUS), entry_hash(Entry(**fields), "1" * 64)}
    assert len(hashes) == len(changed) + 2


def test_answers_of_the_embedder_are_checked() -> None:
    vectors = codec.Vectors("m", [[0.5] * codec.DIMENSIONS])
    assert codec.decode_reply(codec.encode_reply(vectors), texts=1) == vectors
    for reply in (codec.encode_failure("busy"), codec.encode_reply(codec.Vectors("m", [[1.0]])), b"\xff"):
        with pytest.raises(Fault, match="embedder_unavailable"):
            codec.decode_reply(reply, texts=1)
    with pytest.raises(Fault, match="embedder_unavailable"):
        codec.decode_reply(codec.encode_reply(vectors), texts=2)


def test_shipped_questions_are_of_both_languages_and_differ() -> None:
    questions = shipped_questions()
    assert len({question["text"] for question in questions}) == len(questions) > 60
    for question in questions:
        assert language_of(question["text"], "en") == question["language"]
    assert {question["stage"] for question in questions} == {stage for of in STAGES_OF_KIND.values() for stage in of}
    families = {question["family"] for question in questions}
    assert len(families) >= 12
    for language in ("en", "ko"):
        spoken = [question for question in questions if question["language"] == language]
        for stage in {question["stage"] for question in questions}:
            assert sum(one["stage"] == stage and one["family"] == "any" for one in spoken) >= 2, (language, stage)
        assert {question["family"] for question in spoken} == families


def test_a_record_moves_a_question_a_little_and_either_way() -> None:
    assert promotion(Use()) == 0
    always, never, once = promotion(Use(40, 40)), promotion(Use(40, 0)), promotion(Use(1, 1))
    assert 0 < once < always < WEIGHT / 2
    assert -WEIGHT / 2 < never < 0
    assert promotion(Use(10, 8)) > promotion(Use(10, 5)) == 0
