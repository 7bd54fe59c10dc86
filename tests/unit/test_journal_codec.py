import dataclasses
from types import UnionType
from typing import Any, get_args

import pytest
from edge_node.core.interview import events
from edge_node.core.interview.camera_events import ObservationNoted, PresenceObserved
from edge_node.core.interview.plan import QuestionKind, Source
from edge_node.core.interview.review_events import (
    CompetencyAbstained,
    CompetencyRated,
    Evidence,
    Finding,
    RatingRepeated,
    ReviewCompleted,
    SummaryWritten,
)
from edge_node.journal import codec
from interview_proto.v1 import events_pb2

PLACE = codec.Place("node-1", "epoch", "iv-1", 7, 1234, 1_700_000_000_123)
SOURCES = (Source("resume", "r#1", "built a bridge"), Source("turn", "t1", "다리"))
EVIDENCE = (Evidence("t1", "a bridge", 8, 16),)
EXAMPLES: list[events.Event] = [
    events.InterviewOpened("kit", "ko", (events.EngineUsed("stt", "whisper", "starter", "ab" * 32),)),
    events.CandidateJoined(2, True, False),
    events.ConsentGiven(("interview", "recording"), "v1"),
    events.StageEntered("s1"),
    *(events.QuestionAsked("q1", "s1", kind, "왜?", SOURCES, "late", "p3", 42, 812) for kind in QuestionKind),
    *(
        events.TurnTaken("t1", "q1", "I built a bridge", mode, 10, 2000, (events.Word("I", 10, 90, 0.5),))
        for mode in events.TurnMode
    ),
    events.TurnTimed("t1", 350, 800, 900, 400),
    events.QuestionInterrupted("q1", 640),
    events.CandidateLeft("connection_lost"),
    PresenceObserved(0, 60_000, 60, 3, 1, 59_000),
    ObservationNoted("looking_away", 1_000, 9_000, 8, 97, "device_check"),
    events.RecordingStopped("disk_full"),
    events.InterviewClosed("completed"),
    events.QuestionAsked(
        "q1.1",
        "s1",
        QuestionKind.FALLBACK,
        "왜?",
        SOURCES,
        "ungrounded",
        "p3",
        42,
        812,
        "ab" * 32,
        (events.RefusedProposal("And then?", "ungrounded", 41),),
        "괜찮습니다.",
        "refusal",
        ("action", "result"),
    ),
    RatingRepeated("c1", 2, 0, "no_evidence", "", EVIDENCE, 1, "p1", "cd" * 32),
    CompetencyRated("c1", 3, "because", EVIDENCE, 2, "p1", "r1", "cd" * 32, (3, 4, 3), 1, 3),
    CompetencyAbstained("c1", "unstable", 4, "p1", "r1", "cd" * 32, (1, 4), 3, 3),
    SummaryWritten(
        "short",
        EVIDENCE,
        "p2",
        "cd" * 32,
        (Finding("c1", "Names a result.", EVIDENCE),),
        (Finding("c2", "이유가 없습니다.", ()),),
    ),
    ReviewCompleted(3, 1),
]


@pytest.mark.parametrize("event", EXAMPLES, ids=lambda event: type(event).__name__)
def test_every_fact_comes_back_as_it_went(event: events.Event) -> None:
    assert codec.decode(codec.encode(PLACE, event)) == events.Recorded("iv-1", 7, 1234, 1_700_000_000_123, event)


def test_every_fact_has_an_example_and_a_place_on_the_wire() -> None:
    union: UnionType = events.Event  # type: ignore[assignment]
    kinds = set(get_args(union))
    assert {type(example) for example in EXAMPLES} == kinds
    wire = {field.name: field.message_type.name for field in events_pb2.Event.DESCRIPTOR.fields}
    assert {name: kind.__name__ for name, kind in codec.FACTS.items()} == wire
    assert set(codec.FACTS.values()) == kinds


@pytest.mark.parametrize(
    "kind",
    [
        *codec.FACTS.values(),
        events.Word,
        events.EngineUsed,
        Evidence,
        events.RefusedProposal,
        Finding,
        Source,
    ],
)
def test_fields_mirror_the_schema(kind: Any) -> None:
    wire = getattr(events_pb2, kind.__name__).DESCRIPTOR
    assert [field.name for field in dataclasses.fields(kind)] == [field.name for field in wire.fields]


def test_what_is_no_fact_is_refused() -> None:
    for data in (b"\xff\xff\xff", b"", b"\x0a\x01x"):
        with pytest.raises(ValueError, match=r"envelope|fact"):
            codec.decode(data)
