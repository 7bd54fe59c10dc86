import dataclasses

import pytest
from edge_node.core.interview import plan
from edge_node.ports.clock import ClockReading
from edge_node.uplink import codec
from interview_proto.v1 import assignment_pb2, envelope_pb2, events_pb2, node_pb2

KIT = plan.Kit(
    kit_id="k1",
    interview_id="iv",
    language="ko",
    company_name="회사",
    job_title="Engineer",
    candidate_name="Ada",
    competencies=(plan.Competency("c1", "Design", "Trade-offs", (plan.Anchor(1, "low"), plan.Anchor(2, "high"))),),
    stages=(
        plan.Stage(
            "s1",
            "One",
            "c1",
            (plan.PlannedQuestion("q1", "왜?", (plan.Source("resume", "p1", "다리"),)),),
            follow_up_depth=2,
            time_budget_seconds=60,
            fallbacks=(plan.PlannedQuestion("f1", "And?"),),
        ),
        plan.Stage("s2", "Two", "", (plan.PlannedQuestion("q2", "Bye?"),), closing=True),
    ),
    rubric_version="r1",
    join_code=plan.JoinCode("salt", "ab" * 32, 7),
    vocabulary=("PostgreSQL",),
    created_unix_ms=9,
    needs=plan.Needs((plan.EngineNeed("stt", "ko"), plan.EngineNeed("vad")), 5),
)


def test_a_kit_comes_back_as_it_went() -> None:
    assert codec.decode_kit(codec.encode_kit(KIT)) == KIT


@pytest.mark.parametrize(
    "kind",
    [
        plan.Kit,
        plan.Stage,
        plan.PlannedQuestion,
        plan.Competency,
        plan.Anchor,
        plan.JoinCode,
        plan.Source,
        plan.Needs,
        plan.EngineNeed,
    ],
)
def test_fields_mirror_the_schema(kind: type) -> None:
    wire = getattr(assignment_pb2, kind.__name__, None) or getattr(events_pb2, kind.__name__)
    assert {field.name for field in dataclasses.fields(kind)} == {field.name for field in wire.DESCRIPTOR.fields}


@pytest.mark.parametrize("data", [b"\xff\xff", b""])
def test_what_is_no_kit_is_refused(data: bytes) -> None:
    with pytest.raises(plan.PlanError):
        codec.decode_kit(data)


def test_an_unreadable_envelope_keeps_its_place_in_a_batch() -> None:
    good = envelope_pb2.Envelope(event_id="e", number=1).SerializeToString()
    batch = envelope_pb2.Batch.FromString(codec.encode_batch("n", "e1", 5, [good, b"\xff\xff", good]))
    assert (batch.first_sequence, batch.last_sequence) == (5, 7)
    assert [envelope.event_id for envelope in batch.envelopes] == ["e", "", "e"]


def test_a_heartbeat_says_all_its_message_can() -> None:
    data = codec.encode_heartbeat(
        codec.Presence((), 1, 2, ("x_down",), codec.Release("1", "2", "rolled_back", "why")),
        node_id="n",
        display_name="N",
        version="1",
        clock=ClockReading(True, 4, 5, b"boot", 3),
        kits_ready=["iv"],
        room_url="http://x",
    )
    message = node_pb2.Heartbeat.FromString(data)
    unset = {f.name for f in node_pb2.Heartbeat.DESCRIPTOR.fields} - {f.name for f, _ in message.ListFields()}
    assert unset == {"engines"}
