"""The rule that stands in for a model too small to judge."""

import pytest
from edge_node.core.evaluation.signals import level_by_rule
from edge_node.core.interview.plan import Anchor, Competency
from edge_node.core.interview.review_events import Evidence

FOUR = Competency("c", "C", "d", tuple(Anchor(n, f"text {n}") for n in (1, 2, 3, 4)))
TWO = Competency("c", "C", "d", (Anchor(1, "low"), Anchor(2, "high")))


@pytest.mark.parametrize(
    ("language", "quote", "level"),
    [
        ("en", "I think people are nice.", 1),
        ("en", "I wrote the report.", 2),
        ("en", "I wrote the report because nobody else had time.", 3),
        ("en", "I moved the report to a copy, so we agreed, and the time fell by half.", 3),
        ("ko", "협업은 중요하다고 봅니다.", 1),
        ("ko", "보고서를 작성했습니다.", 2),
        ("ko", "시간이 없었기 때문에 보고서를 작성했습니다.", 3),
        ("ko", "고객을 위해 매주 방문했고 배송 시간을 이틀 줄였습니다.", 3),
    ],
)
def test_each_signal_is_a_step_and_the_rationale_owns_up(language: str, quote: str, level: int) -> None:
    placed = level_by_rule(FOUR, (Evidence("t1", quote, 0, len(quote)),), language)
    assert placed
    found, rationale = placed
    assert found == level
    assert f"text {level}" in rationale
    assert {"en": "not judged by a model", "ko": "모델의 판단이 아니라"}[language] in rationale


@pytest.mark.parametrize("quote", ["Nice.", "I wrote it because 3 failed."])
def test_a_scale_of_two_levels_leaves_the_rule_nothing_to_say(quote: str) -> None:
    assert level_by_rule(TWO, (Evidence("t1", quote, 0, len(quote)),), "en") is None
