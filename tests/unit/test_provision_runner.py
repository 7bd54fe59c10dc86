"""The runner tells machine by machine how far a playbook is, and shows no secret."""

import argparse
from pathlib import Path
from typing import Any

import pytest
from provisioning.runner import Progress

from provisioning import runner


def event(kind: str, host: str = "branch-a", **data: Any) -> dict[str, Any]:
    return {"event": kind, "event_data": {"host": host, "task": "Do it", "role": "edge_node", **data}}


@pytest.fixture
def told() -> list[str]:
    return []


@pytest.fixture
def progress(told: list[str]) -> Progress:
    return Progress(told.append)


def test_changes_are_counted_and_told_by_machine(progress: Progress, told: list[str]) -> None:
    progress.hear(event("playbook_on_play_start", host="", name="Branches"))
    progress.hear(event("runner_on_ok", res={"changed": True}))
    progress.hear(event("runner_on_ok", res={"changed": False}))
    progress.hear(event("runner_on_ok", host="branch-b", res={}))
    assert progress.changed == {"branch-a": 1, "branch-b": 0}
    assert [line.split("s  ")[1] for line in told] == ["— Branches", "branch-a             edge_node: Do it"]


def test_a_failure_is_told_with_its_reason(progress: Progress, told: list[str]) -> None:
    progress.hear(event("runner_on_failed", res={"msg": "no\n  space"}))
    progress.hear(event("runner_on_unreachable", host="branch-b", res={"msg": "timed out"}))
    assert progress.failed == {"branch-a": "Do it: no space", "branch-b": "Do it: timed out"}
    assert "FAILED at Do it: no space" in told[0]


def test_what_may_be_ignored_is_no_failure(progress: Progress) -> None:
    progress.hear(event("runner_on_failed", res={"msg": "x"}, ignore_errors=True))
    assert progress.failed == {}


def test_a_censored_result_stays_censored(progress: Progress, told: list[str]) -> None:
    progress.hear(event("runner_on_failed", res={"censored": "hidden", "stdout": "SUAB-secret", "msg": "SUAB-secret"}))
    assert "secret" not in told[0].replace("may hold a secret", "")


@pytest.mark.parametrize("odd", [{}, {"event": None}, {"event": "runner_on_ok"}, {"event": "x", "event_data": None}])
def test_events_without_a_machine_pass(progress: Progress, told: list[str], odd: dict[str, Any]) -> None:
    assert progress.hear(odd)
    assert told == []


def test_a_program_is_told_the_same_and_no_secret_either() -> None:
    events: list[Any] = []
    progress = Progress(lambda _: None, events.append)
    progress.hear(event("playbook_on_play_start", host="", name="Branches"))
    progress.hear(event("runner_on_ok", res={"changed": True, "stdout": "SUAB-secret"}))
    progress.hear(event("runner_on_failed", res={"censored": "hidden", "stdout": "SUAB-secret", "msg": "SUAB-secret"}))
    progress.hear(event("runner_on_failed", res={"msg": "x"}, ignore_errors=True))
    assert [(one["kind"], one.get("status")) for one in events] == [
        ("play", None),
        ("task", "changed"),
        ("task", "failed"),
    ]
    assert events[1]["task"] == "edge_node: Do it"
    assert "SUAB" not in str(events)


def options(tmp_path: Path, *arguments: str) -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    runner.add_arguments(parser)
    return parser.parse_args(["site", "--inventory", str(tmp_path), *arguments])


def test_a_bundle_brings_its_facts_and_its_signers(tmp_path: Path) -> None:
    for name in ("b", "b.json", "b.signers"):
        (tmp_path / name).touch()
    said = runner._variables(options(tmp_path, "--bundle", str(tmp_path / "b"), "-e", "rollout_failures_most=10"))
    assert said["appliance_signers_file"] == str(tmp_path / "b.signers")
    assert said["rollout_failures_most"] == "10"


def test_what_is_missing_is_said_before_anything_runs(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert runner.run(options(tmp_path), tmp_path) == 2
    assert "--bundle is needed" in capsys.readouterr().err
    (tmp_path / "b").touch()
    assert runner.run(options(tmp_path, "--bundle", str(tmp_path / "b")), tmp_path) == 2
    assert "b.json is missing" in capsys.readouterr().err
    assert runner.run(options(tmp_path, "-e", "no value"), tmp_path) == 2
