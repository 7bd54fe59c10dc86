import pytest
from coordinator.scoring.aggregate import Rated, aggregate, judged, points
from edge_node.core.evaluation import prompts
from edge_node.core.interview.plan import Anchor, Competency
from hypothesis import given
from hypothesis import strategies as st


def test_levels_map_onto_the_whole_scale_whatever_its_length() -> None:
    assert [points(Rated("c", level, 5)) for level in (1, 2, 5)] == [0, 25, 100]
    assert points(Rated("c", 2, 2)) == 100
    assert points(Rated("c", None, 4)) is None


def test_competencies_weigh_alike_unless_told_otherwise() -> None:
    results = [Rated("a", 4, 4), Rated("b", 1, 4)]
    assert aggregate(results) == 50
    assert aggregate(results, {"a": 3}) == 75
    assert aggregate(results, {"b": 0}) == 100


def test_an_abstention_is_no_zero_and_too_many_leave_no_score() -> None:
    assert aggregate([Rated("a", 3, 3), Rated("b", None, 3)]) == 100
    assert aggregate([Rated("a", 3, 3), Rated("b", None, 3), Rated("c", None, 3)]) is None
    assert aggregate([Rated("a", 3, 3), Rated("b", None, 3), Rated("c", None, 3)], {"a": 2}) == 100
    assert aggregate([Rated("a", None, 3)]) is None
    assert aggregate([]) is None


def test_what_cannot_be_is_refused() -> None:
    for level, levels in ((0, 3), (4, 3), (1, 1)):
        with pytest.raises(ValueError, match="c"):
            Rated("c", level, levels)
    with pytest.raises(ValueError, match="negative"):
        aggregate([Rated("a", 1, 2)], {"a": -1})


@given(st.lists(st.tuples(st.integers(1, 5), st.floats(0.1, 10)), min_size=1, max_size=8))
def test_a_score_lies_between_the_lowest_and_the_highest_rating(given: list[tuple[int, float]]) -> None:
    results = [Rated(str(n), level, 5) for n, (level, _) in enumerate(given)]
    score = aggregate(results, {str(n): weight for n, (_, weight) in enumerate(given)})
    assert score is not None
    values = [points(result) or 0 for result in results]
    assert min(values) - 0.05 <= score <= max(values) + 0.05


def test_a_level_a_rule_placed_is_not_judged() -> None:
    """Both programs mean the same mark: the node writes it, the coordinator leaves such a level out of the score."""
    competency = Competency("c", "C", "d", (Anchor(1, "low"), Anchor(2, "mid"), Anchor(3, "high")))
    sentences = [("t1", "I built it because it was slow.")]
    by_rule = prompts.extraction_prompt(competency, sentences, "en", at_least=1)
    by_model = prompts.extraction_prompt(competency, sentences, "en", at_least=0)
    assert (judged(by_rule.version), judged(by_model.version)) == (False, True)


def test_the_weights_of_the_job_make_the_score_of_its_interview() -> None:
    from coordinator.interviews.results import score

    anchors = [{"level": n, "text": "x"} for n in (1, 2, 3, 4, 5)]
    names = ("much", "little")

    def kit(*weights: float | None) -> dict[str, object]:
        return {
            "competencies": [
                {"competency_id": name, "anchors": anchors, "weight": weight}
                for name, weight in zip(names, weights, strict=True)
            ]
        }

    rows = [
        {"competency_id": "much", "level": 5, "prompt_version": "rating/2-judged-en"},
        {"competency_id": "little", "level": 1, "prompt_version": "rating/2-judged-en"},
    ]
    assert score({"status": "reviewed", "kit": kit(75, 25)}, rows) == 75
    assert score({"status": "reviewed", "kit": kit(None, None)}, rows) == 50
    by_rule = [{**row, "prompt_version": "rating/2-by-rule-en"} for row in rows]
    assert score({"status": "reviewed", "kit": kit(75, 25)}, by_rule) is None
