"""The coordinator's embedding engine on the real starter weights."""

import math
from collections.abc import Iterator
from pathlib import Path

import pytest
from coordinator.corpora.embedding_engine import DIMENSIONS, EmbeddingEngine
from edge_node.models.registry import Registry


@pytest.fixture(scope="module")
def engine(models_dir: Path) -> Iterator[EmbeddingEngine]:
    made = EmbeddingEngine(Registry(models_dir, "starter").path("embedding").path)
    yield made
    made.close()


def similarity(left: list[float], right: list[float]) -> float:
    return sum(a * b for a, b in zip(left, right, strict=True))


def test_vectors_are_unit_length_and_padded_to_the_database_column(engine: EmbeddingEngine) -> None:
    vectors = engine.embed(["A line of a resume.", "이력서 한 줄."], query=False)
    assert [len(vector) for vector in vectors] == [DIMENSIONS, DIMENSIONS]
    for vector in vectors:
        assert math.isclose(math.hypot(*vector), 1.0, rel_tol=1e-6)
        assert set(vector[engine.width :]) == {0.0}
    assert "e5" in engine.name


@pytest.mark.parametrize(
    ("question", "answer", "unrelated"),
    [
        (
            "How did you make the database faster?",
            "느린 쿼리를 찾아 인덱스를 추가해서 데이터베이스 응답 시간을 줄였습니다.",
            "주말에는 가족과 함께 등산을 하고 사진을 찍습니다.",
        ),
        (
            "데이터베이스 성능을 어떻게 개선했나요?",
            "I found the slow queries and added indexes, so the database answered faster.",
            "On weekends I hike with my family and take photographs.",
        ),
    ],
)
def test_a_question_finds_its_answer_across_languages(
    engine: EmbeddingEngine, question: str, answer: str, unrelated: str
) -> None:
    (asked,) = engine.embed([question], query=True)
    close, far = engine.embed([answer, unrelated], query=False)
    assert similarity(asked, close) > similarity(asked, far) + 0.02


def test_a_query_and_a_passage_are_different_sides(engine: EmbeddingEngine) -> None:
    text = "I led the migration to a new database."
    assert engine.embed([text], query=True) != engine.embed([text], query=False)


def test_a_text_longer_than_the_model_is_cut_not_refused(engine: EmbeddingEngine) -> None:
    (vector,) = engine.embed(["migration of the database " * 1000], query=False)
    assert math.isclose(math.hypot(*vector), 1.0, rel_tol=1e-6)


def test_an_empty_text_and_a_missing_file_are_refused(engine: EmbeddingEngine, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="empty"):
        engine.embed(["  "], query=True)
    with pytest.raises(ValueError, match="models pull"):
        EmbeddingEngine(tmp_path / "absent.gguf")
