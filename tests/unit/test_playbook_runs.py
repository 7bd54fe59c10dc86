"""A playbook's run: what its child tells, how it ended, and what the runner refuses to be talked into."""

import json
import sys
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from coordinator.fault import Fault
from coordinator.playbooks import course as courses
from coordinator.playbooks.child import Told, told
from coordinator.playbooks.course import Course
from coordinator.playbooks.leases import Taken
from coordinator.playbooks.offers import bundles, machines
from coordinator.playbooks.runner import Place, arguments
from coordinator.playbooks.schemas import Bundle, Machine, NewRun, Offers
from coordinator.playbooks.service import _fits
from pydantic import ValidationError

HERE = Offers(
    machines=[Machine(name="branch-a", groups=["nodes"]), Machine(name="head-office", groups=["coordinator"])],
    bundles=[Bundle(id="0" * 16, version="1.1")],
)


def task(machine: str, status: str, name: str = "Do it", reason: str = "") -> Told:
    return Told("task", machine, name, status, reason)


def end(status: str = "successful", changed: dict[str, int] | None = None, failed: tuple[str, ...] = ()) -> Told:
    return Told("end", status=status, changed=tuple((changed or {}).items()), failed=failed)


def course(playbook: str, *events: Told) -> Course:
    made = Course(playbook)
    for event in events:
        made.take(event)
    return made


@pytest.mark.parametrize(
    "line",
    [
        b"Traceback (most recent call last):",
        b"[]",
        b"null",
        b"7",
        b'{"kind": "task"}',
        b'{"kind": "task", "host": "a", "task": "t", "status": "owned", "reason": ""}',
        b'{"kind": "end", "status": "successful", "changed": 3, "failed": {}}',
        b'{"kind": "end", "status": "successful", "changed": {"a": "many"}, "failed": {}}',
        b'{"kind": "play"}',
        b"\xff\xfe\x00",
    ],
)
def test_what_is_no_event_is_a_word_and_never_a_result(line: bytes) -> None:
    found = told(line)
    assert found is not None and found.kind == "words"


def test_events_are_read_with_bounds_and_without_what_a_database_cannot_hold() -> None:
    line = {"kind": "task", "host": "a", "task": "x" * 5000, "status": "failed", "reason": "no\x00pe"}
    found = told(json.dumps(line).encode())
    assert found == Told("task", "a", "x" * 400, "failed", "nope")
    assert told(b"  \n") is None


@pytest.mark.parametrize(
    ("playbook", "events", "stopped", "outcome"),
    [
        ("upgrade", [end(changed={"a": 3})], "", ("done", "")),
        ("drift", [end(changed={"a": 0})], "", ("done", "")),
        ("drift", [end(changed={"a": 1})], "", ("drifted", "")),
        ("upgrade", [end(failed=("a",))], "", ("failed", "")),
        ("upgrade", [Told("words", reason="no inventory")], "", ("failed", "no inventory")),
        ("upgrade", [], "", ("failed", "the program ended without a word")),
        ("upgrade", [end("canceled")], "cancelled", ("cancelled", "")),
        ("upgrade", [end("canceled")], "runner_stopped", ("cancelled", "runner_stopped")),
        ("upgrade", [], "out_of_time", ("out_of_time", "")),
        # The wish to stop came when all was done.
        ("upgrade", [end(changed={"a": 3})], "cancelled", ("done", "")),
    ],
)
def test_how_it_ended(playbook: str, events: list[Told], stopped: str, outcome: tuple[str, str]) -> None:
    assert course(playbook, *events).outcome(stopped) == outcome


def test_a_machine_keeps_the_reason_of_its_failure_whatever_comes_after() -> None:
    went_back = [task("a", "changed"), task("a", "failed", "Probe", "heard nothing"), task("a", "changed", "Go back")]
    seen = course("upgrade", *went_back, task("b", "ok"), end("failed", {"a": 2, "b": 0}, ("a",))).results
    assert (seen["a"].status, seen["a"].task, seen["a"].reason) == ("failed", "Probe", "heard nothing")
    assert (seen["b"].status, seen["b"].changed) == ("ok", 0)


def test_what_is_kept_is_bounded_and_what_is_not_is_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(courses, "EVENTS_KEPT", 3)
    monkeypatch.setattr(courses, "MACHINES_KEPT", 2)
    made = course("upgrade", *[task(f"m{number}", "changed") for number in range(5)])
    events, results = made.unstored()
    assert ([number for number, _ in events], sorted(results), made.dropped) == ([1, 2, 3], ["m0", "m1"], 2)
    made.stored(events)
    assert made.unstored() == ([], {})


def test_machines_are_in_their_groups_and_in_those_above() -> None:
    listed = {
        "_meta": {"hostvars": {"a": {"secret": "x"}}},
        "all": {"children": ["ungrouped", "country"]},
        "country": {"children": ["nodes"]},
        "nodes": {"hosts": ["a", "b!"]},
        "ungrouped": {"hosts": ["c"]},
    }
    assert machines(listed) == [Machine(name="a", groups=["country", "nodes"]), Machine(name="c", groups=[])]


def test_a_bundle_is_offered_when_it_lies_there_whole(tmp_path: Path) -> None:
    folder = tmp_path / "bundles"
    folder.mkdir()
    for name, facts in (
        ("good", {"id": "a" * 16, "version": "1"}),
        ("odd", {"id": "../x", "version": "1"}),
        ("no", []),
    ):
        (folder / f"{name}.bundle").touch()
        (folder / f"{name}.bundle.json").write_text(json.dumps(facts))
    (folder / "half.bundle.json").write_text(json.dumps({"id": "b" * 16, "version": "1"}))
    assert bundles(tmp_path) == [(folder / "good.bundle", Bundle(id="a" * 16, version="1"))]


@pytest.mark.parametrize(
    "body",
    [
        {"playbook": "site"},
        {"playbook": "../reset"},
        {"playbook": "drift", "machines": ["all:!branch-a"]},
        {"playbook": "drift", "machines": ["@hosts.txt"]},
        {"playbook": "drift", "machines": ["-e"]},
        {"playbook": "drift", "machines": ["branch-a\n"]},
        {"playbook": "drift", "bundle": "../../x"},
        {"playbook": "rollback", "reason": "{{ lookup('pipe', 'id') }}"},
        {"playbook": "rollback", "reason": "{% for x in y %}"},
        {"playbook": "rollback", "reason": "two\nlines"},
        {"playbook": "rollback", "reason": "x" * 301},
        {"playbook": "upgrade", "failures_most": 101},
        {"playbook": "upgrade", "extravars": {"a": 1}},
    ],
)
def test_a_request_says_nothing_that_means_more_to_ansible(body: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        NewRun(**body)


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"playbook": "drift", "bundle": "0" * 16, "machines": ["branch-z"]}, "machine_unknown"),
        ({"playbook": "drift"}, "bundle_unknown"),
        ({"playbook": "upgrade", "bundle": "f" * 16}, "bundle_unknown"),
        ({"playbook": "rollback", "reason": "  "}, "reason_missing"),
    ],
)
def test_only_what_the_runner_offers_can_be_started(body: dict[str, Any], code: str) -> None:
    with pytest.raises(Fault) as refused:
        _fits(NewRun(**body), HERE)
    assert refused.value.code == code


def test_what_is_offered_can_be_started() -> None:
    assert _fits(NewRun(playbook="upgrade", bundle="0" * 16, machines=["nodes"]), HERE) == "1.1"
    assert _fits(NewRun(playbook="rollback", reason="it stutters"), HERE) == ""
    with pytest.raises(Fault):
        _fits(NewRun(playbook="rollback", reason="it stutters"), Offers())


def taken(**other: Any) -> Taken:
    said = {"playbook": "rollback", "machines": (), "bundle": "", "reason": "it stutters", "failures_most": 0}
    return Taken(uuid4(), **{**said, **other})


@pytest.mark.parametrize(
    "row",
    [
        {"playbook": "site"},
        {"machines": ("all:!x",)},
        {"machines": ("a\n",)},
        {"reason": "{{ lookup('pipe', 'id') }}"},
        {"reason": ""},
        {"playbook": "upgrade", "bundle": "a" * 16},
    ],
)
def test_the_runner_does_not_believe_a_row_of_the_database(row: dict[str, Any], tmp_path: Path) -> None:
    place = Place(tmp_path, tmp_path / "state", tmp_path / "playbook", tmp_path / "signers")
    with pytest.raises((ValueError, OSError)):
        arguments(taken(**row), place)


def test_the_command_is_made_of_what_the_runner_knows(tmp_path: Path) -> None:
    place = Place(tmp_path, tmp_path / "state", tmp_path / "playbook", tmp_path / "signers")
    argv = arguments(taken(machines=("branch-a", "nodes")), place)
    assert list(argv[:4]) == [sys.executable, "-m", "provisioning.runner", "rollback"]
    assert argv[argv.index("--limit") + 1] == "branch-a,nodes"
    assert argv[argv.index("-e") + 1] == "rollback_reason=it stutters"
    assert argv[argv.index("--inventory") + 1] == str(tmp_path / "inventory")
