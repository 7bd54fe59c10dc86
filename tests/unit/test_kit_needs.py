"""A kit names what the node must have; one stored before kits did so is still read."""

from coordinator.dispatch import codec, kit
from edge_node.core.interview.plan import EngineNeed, usual_needs
from edge_node.uplink.codec import decode_kit


def made(needs: kit.Needs | None) -> kit.Kit:
    return kit.Kit(
        kit_id="k",
        interview_id="iv",
        language="ko",
        company_name="회사",
        job_title="Engineer",
        candidate_name="Ada",
        competencies=(),
        stages=(kit.Stage("s", "One", "", (kit.Question("q", "Why?"),), 0, 60, (), False),),
        rubric_version="1",
        vocabulary=(),
        created_unix_ms=1,
        needs=needs,
    )


def test_what_the_coordinator_asks_for_is_what_the_node_checks() -> None:
    needs = kit.needs_of("ko", 600)
    arrived = decode_kit(codec.encode(kit.from_json(kit.to_json(made(needs))), kit.JoinCode("s", "ab", 1)))
    assert arrived.needed.engines == usual_needs("ko").engines
    assert EngineNeed("tts", "ko") in arrived.needed.engines
    assert arrived.needed.disk_bytes == needs.disk_bytes
    assert kit.needs_of("ko", 3600).disk_bytes > needs.disk_bytes > 1_000_000


def test_a_kit_that_does_not_say_needs_the_usual() -> None:
    stored = {key: value for key, value in kit.to_json(made(None)).items() if key != "needs"}
    arrived = decode_kit(codec.encode(kit.from_json(stored), kit.JoinCode("s", "ab", 1)))
    assert arrived.needs is None
    assert arrived.needed == usual_needs("ko")
