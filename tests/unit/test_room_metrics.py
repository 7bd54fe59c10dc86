"""What a room counts is what it kept."""

import pytest
from edge_node.core.interview import events as e
from edge_node.core.interview.plan import QuestionKind
from edge_node.room import metrics
from edge_node.telemetry.metrics import registry


def figure(name: str, **labels: str) -> float:
    """The series' value; 0 where nobody counted yet."""
    return registry.get_sample_value(name, labels) or 0.0


def test_every_kind_of_fact_moves_its_figures_once() -> None:
    series = [
        ("edge_node_interviews_opened_total", {"language": "ko"}),
        ("edge_node_candidates_joined_total", {}),
        ("edge_node_questions_asked_total", {"kind": "fallback"}),
        ("edge_node_question_fallbacks_total", {"reason": "late"}),
        ("edge_node_proposals_refused_total", {"reason": "ungrounded"}),
        ("edge_node_turns_total", {"mode": "spoken", "heard": "yes"}),
        ("edge_node_turns_total", {"mode": "spoken", "heard": "no"}),
        ("edge_node_questions_interrupted_total", {}),
        ("edge_node_turn_gap_seconds_count", {}),
        ("edge_node_candidates_left_total", {"reason": "connection_lost"}),
        ("edge_node_interviews_closed_total", {"reason": "completed"}),
    ]
    before = [figure(name, **labels) for name, labels in series]
    gap_before = figure("edge_node_turn_gap_seconds_sum")
    stt_before = figure("edge_node_turn_gap_part_seconds_sum", part="stt")
    refused = e.RefusedProposal("What is your age?", "ungrounded", 1)
    metrics.count(
        [
            e.InterviewOpened("k", "ko"),
            e.CandidateJoined(1, True, True),
            e.QuestionAsked("q1", "s1", QuestionKind.FALLBACK, "Why?", fallback_reason="late", refused=(refused,)),
            e.TurnTaken("t1", "q1", "Because.", e.TurnMode.SPOKEN, 0, 1),
            e.TurnTaken("t2", "q1", "[…]", e.TurnMode.SPOKEN, 1, 2),
            e.QuestionInterrupted("q1", 10),
            e.TurnTimed("t1", 1200, 300, 900, 100),
            e.CandidateLeft("connection_lost"),
            e.InterviewClosed("completed"),
        ]
    )
    assert [figure(name, **labels) - was for (name, labels), was in zip(series, before, strict=True)] == [1] * 11
    assert figure("edge_node_turn_gap_seconds_sum") - gap_before == pytest.approx(2.5)
    assert figure("edge_node_turn_gap_part_seconds_sum", part="stt") - stt_before == pytest.approx(0.3)
