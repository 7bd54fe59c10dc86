"""What the text of an anchor asks for, and that no level by rule asks for what was not found."""

from itertools import combinations

import pytest
from coordinator.jobs.templates import shipped
from edge_node.core.evaluation.anchors import asked_for
from edge_node.core.evaluation.signals import level_by_rule
from edge_node.core.interview.plan import Anchor, Competency
from edge_node.core.interview.review_events import Evidence
from edge_node.core.interview.signals import FACETS, Facet, facets

HOLDS = {
    "en": {Facet.ACTION: "I wrote it down.", Facet.REASON: "It was because of rain.", Facet.RESULT: "The cost fell."},
    "ko": {Facet.ACTION: "제가 적었습니다.", Facet.REASON: "비 때문이다.", Facet.RESULT: "비용이 줄었다."},
}


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("Justifies the way that was taken.", {Facet.REASON}),
        ("Tells what happened, but gives no reason.", set()),
        ("Does not say why or what came of it.", set()),
        ("Reports a measured improvement.", {Facet.RESULT}),
        ("Shows not only the outcome but also the reasoning.", {Facet.RESULT, Facet.REASON}),
        ("Acted without being told, and the outcome is clear.", {Facet.ACTION, Facet.RESULT}),
        ("방법만 말하고 근거는 말하지 못한다.", set()),
        ("결과는 있으나 이유가 부족하다.", {Facet.RESULT}),
        ("이유 없이 결과만 말한다.", {Facet.RESULT}),
        ("성과를 수치로 보여 주고 다시 일어나지 않게 한다.", {Facet.RESULT}),
        ("Is polite.", set()),
        ("친절하다.", set()),
    ],
)
def test_what_an_anchor_asks_for_is_told_from_what_it_denies(text: str, asked: set[Facet]) -> None:
    assert asked_for(text) == asked


@pytest.mark.parametrize("template", shipped(), ids=lambda t: t.id)
def test_no_level_by_rule_asks_for_what_was_not_found(template) -> None:  # type: ignore[no-untyped-def]
    language = template.language
    for known in template.competencies:
        anchors = tuple(Anchor(a.level, a.text) for a in known.anchors)
        competency = Competency(known.id, known.name, known.definition, anchors)
        levels = {}
        for count in range(len(FACETS) + 1):
            for held in combinations(FACETS, count):
                quotes = [HOLDS[language][facet] for facet in held] or ["Nice."]
                assert facets(quotes, language) == held
                placed = level_by_rule(competency, [Evidence("t1", q, 0, len(q)) for q in quotes], language)
                assert placed
                levels[held] = placed[0]
                missing = {*FACETS} - {*held}
                assert placed[0] == 1 or not asked_for(anchors[placed[0] - 1].text) & missing, (known.name, held)
        assert max(levels.values()) == levels[FACETS] < len(anchors)
        assert all(levels[a] <= levels[b] for a in levels for b in levels if {*a} <= {*b}), "more is never less"
