"""Rooms and disk by measured figures."""

import json
from importlib import resources
from pathlib import Path
from typing import Any

import pytest
from edge_node.app import capacity
from edge_node.settings import Settings
from edge_node.settings_sections import RecordingSettings

MEASURED: dict[str, Any] = {
    "machine": {"cores": 2, "processor": "test"},
    "profile": "starter",
    "measured": "2026-11-26",
    "minutes": 10.0,
    "idle_cpu_ms_s": {"room": 50, "language": 50},
    "room_cpu_ms_s": {"room": 150, "speech": 50, "language": 100},
    "review_cpu_s": 60.0,
    "record_bytes": 1_000_000,
    "log_bytes": 500_000,
}


def test_rooms_are_what_the_processor_holds_beside_an_idle_node() -> None:
    # 300 ms a second and 60 s of review over 10 minutes: 0.4 of a core.
    assert capacity.room_cores(MEASURED, gpu=False) == pytest.approx(0.4)
    assert capacity.processor_rooms(MEASURED, 4, gpu=False) == int((4 * 0.7 - 0.1) / 0.4) == 6
    assert capacity.processor_rooms(MEASURED, 8, gpu=False) > 2 * 6
    assert capacity.room_cores(MEASURED, gpu=True) == pytest.approx(0.2), "the model is the GPU's"


def test_no_core_holds_no_room_and_a_room_that_costs_nothing_is_refused() -> None:
    assert capacity.processor_rooms({**MEASURED, "idle_cpu_ms_s": {"room": 2000}}, 2, gpu=False) == 0
    with pytest.raises(ValueError, match="nothing"):
        capacity.processor_rooms({**MEASURED, "room_cpu_ms_s": {}, "review_cpu_s": 0}, 2, gpu=False)


def test_a_month_of_disk_is_record_and_logs() -> None:
    assert capacity.disk_month_bytes(MEASURED, 20) == 30 * 20 * 1_500_000


def test_recordings_take_disk_only_where_they_are_allowed_and_never_more_than_their_share() -> None:
    def taken(**recording: Any) -> int:
        return capacity.recordings_bytes(Settings(recording=RecordingSettings(**recording)), 20, 30)

    assert taken() == 0
    day = 20 * 30 * 60 * capacity.RECORDING_BYTES_A_SECOND
    assert taken(allowed=True, kept_days=2) == 3 * day
    assert taken(allowed=True, kept_days=2, megabytes_most=10) == 10 * 1024 * 1024


def test_the_limit_is_the_resource_that_holds_the_fewest() -> None:
    assert (capacity.Limits(6, 4).rooms, capacity.Limits(6, 4).limit) == (4, "memory")
    assert (capacity.Limits(90, None).rooms, capacity.Limits(90, None).limit) == (51, "ports")


def test_figures_of_a_file_are_used_and_broken_ones_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    settings = Settings(models_dir=tmp_path)
    file = tmp_path / "figures.json"
    file.write_text(json.dumps(MEASURED))
    assert capacity.run(["--figures", str(file), "--cores", "4", "--json"], settings) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["rooms"], told["limit"], told["measured_here"]) == (6, "processor", True)
    for broken in ("", "[]", "{}", json.dumps({**MEASURED, "room_cpu_ms_s": None})):
        file.write_text(broken)
        assert capacity.run(["--figures", str(file)], settings) == 2
        assert "cannot be read" in capsys.readouterr().err


def test_the_shipped_figures_are_whole_and_say_where_they_come_from(capsys: pytest.CaptureFixture[str]) -> None:
    shipped = json.loads(resources.files("edge_node.app").joinpath(capacity.FIGURES).read_text())
    assert set(MEASURED) <= set(shipped)
    assert capacity.run(["--cores", "8"], Settings()) == 0
    assert shipped["measured"] in capsys.readouterr().out
