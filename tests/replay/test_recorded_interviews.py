"""An interview recorded earlier is decided today as it was then, fact by fact."""

import base64
import json

import pytest
from edge_node.core.interview import session
from edge_node.core.interview.events import Recorded
from edge_node.journal import codec
from fakes.walked_interview import kit
from record_interviews import JOURNALS, decisions


def _recorded(language: str) -> list[Recorded]:
    lines = (JOURNALS / f"{language}.journal").read_text().split()
    return [codec.decode(base64.b64decode(line)) for line in lines]


@pytest.mark.parametrize("language", ["en", "ko"])
def test_every_fact_leads_to_the_decision_it_led_to(language: str) -> None:
    expected = [json.loads(line) for line in (JOURNALS / f"{language}.decisions.jsonl").read_text().splitlines()]
    assert decisions(kit(language), _recorded(language)) == expected


@pytest.mark.parametrize("language", ["en", "ko"])
def test_the_recording_has_all_an_interview_can_meet(language: str) -> None:
    recorded = _recorded(language)
    kinds = {type(fact.event).__name__ for fact in recorded}
    assert {"QuestionInterrupted", "CandidateLeft", "CandidateJoined", "InterviewClosed"} <= kinds
    state = session.replay(kit(language), recorded)
    assert {q.kind.value for q in state.questions} == {"planned", "follow_up", "fallback", "closing"}
    assert "late" in {q.fallback_reason for q in state.questions}
    assert {refused.reason for q in state.questions for refused in q.refused} == {"too_short"}
    assert [fact.number for fact in recorded] == list(range(1, len(recorded) + 1))
