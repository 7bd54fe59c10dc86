"""What became of a release travels from the playbook's word on the node to head office, and garbage does not."""

import json
from pathlib import Path

import pytest
from coordinator.ingest.codec import decode_heartbeat
from edge_node.ports.clock import ClockReading
from edge_node.uplink.codec import Presence, Release, encode_heartbeat
from edge_node.uplink.release import read_release

WENT_BACK = {"actual": "1.0-a", "target": "1.1-b", "state": "rolled_back", "reason": "hear: heard nothing"}


def carried(release: Release | None) -> dict[str, str] | None:
    sent = encode_heartbeat(
        Presence(release=release),
        node_id="n1",
        display_name="",
        version="1",
        clock=ClockReading(False, 0, 0, b"boot", 0),
        kits_ready=(),
        room_url="",
    )
    return decode_heartbeat(sent).release


def test_why_a_node_went_back_arrives_word_for_word(tmp_path: Path) -> None:
    (tmp_path / "release.json").write_text(json.dumps({**WENT_BACK, "at": "2026-11-26T00:00:00Z"}))
    assert carried(read_release(tmp_path)) == WENT_BACK


def test_a_node_without_releases_says_nothing(tmp_path: Path) -> None:
    assert read_release(tmp_path) is None
    assert carried(None) is None


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        "null",
        '{"actual": "a"}',
        json.dumps({**WENT_BACK, "state": "splendid"}),
        json.dumps({**WENT_BACK, "reason": "x" * 20_000}),
    ],
)
def test_a_word_that_cannot_be_understood_is_no_word(tmp_path: Path, text: str) -> None:
    (tmp_path / "release.json").write_text(text)
    assert read_release(tmp_path) is None


def test_head_office_keeps_no_unknown_state_and_no_endless_reason() -> None:
    assert carried(Release("a", "b", "splendid")) is None
    kept = carried(Release("a", "b", "failed", "\0" + "y" * 5000))
    assert kept is not None and kept["reason"] == "y" * 300
