"""The benches of rooms and media in small: a whole interview beside stand-ins, and two receivers' processor time."""

import os
from pathlib import Path

import pytest
from bench import _media, _rooms


@pytest.fixture(autouse=True)
def _bench_modules(models_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EDGE_NODE_MODELS_DIR", str(models_dir))
    tests = str(Path(__file__).parents[1])
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([tests, *os.environ.get("PYTHONPATH", "").split(os.pathsep)]))


@pytest.mark.timeout(120)
async def test_a_candidate_is_interviewed_beside_stand_ins() -> None:
    figures = (await _rooms.measured([1], 0))["1"]
    assert figures["closed"] == 1
    assert figures["turn_gap_ms"]["n"] == 1, "the closing question's"
    assert figures["turn_gap_ms"]["p50"] > 0
    assert figures["cpu_percent_a_room"] > 0


async def test_both_receivers_decode_what_is_sent() -> None:
    rounds = await _media.measured(1, 1, 2.0)
    assert all(percent > 0 for each in rounds.values() for percent in each)
