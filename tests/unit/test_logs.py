"""What a log line may say of a person: nothing, but in keys that are marked and switched on."""

import asyncio
import gc
import io
import json
import logging
import sys
from collections.abc import Iterator
from types import ModuleType
from typing import Any

import pytest
import structlog
from coordinator.telemetry import logs as office_logs
from edge_node.ports.failure import EngineError
from edge_node.telemetry import logs as node_logs

SAID = "My name is Minji Park and I worked at the harbour"


@pytest.fixture(params=[node_logs, office_logs], ids=["node", "office"])
def logs(request: pytest.FixtureRequest) -> Iterator[ModuleType]:
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield request.param
    structlog.reset_defaults()
    structlog.contextvars.clear_contextvars()
    root.handlers[:], root.level = handlers, level


def lines(logs: ModuleType, monkeypatch: pytest.MonkeyPatch, *, personal: bool, act: Any) -> list[dict[str, Any]]:
    stderr = io.StringIO()
    monkeypatch.setattr(sys, "stderr", stderr)
    logs.configure("test", personal=personal)
    act(logs.get_logger("room"))
    return [json.loads(line) for line in stderr.getvalue().splitlines()]


def act(log: Any) -> None:
    """Everything by which words of a candidate might get into a line."""
    log.warning("malformed answer", prompt="v1", pii_text=SAID)
    try:
        try:
            raise ValueError(f"cannot read {SAID!r}")
        except ValueError as error:
            raise EngineError("internal", SAID) from error
    except EngineError as error:
        log.error("room died", exc_info=error)
        log.exception("handler failed")
        logging.getLogger("asyncio").error("Task failed: %s", SAID, exc_info=error)


def test_words_of_a_candidate_are_in_no_line(logs: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    found = lines(logs, monkeypatch, personal=False, act=act)
    assert len(found) == 4
    assert "Minji" not in json.dumps(found)
    assert [line["event"] for line in found] == [
        "malformed answer",
        "room died",
        "handler failed",
        "Task failed: %s",
    ]
    for line in found[1:]:
        assert "edge_node.ports.failure.EngineError internal" in line["exception"]
        assert "builtins.ValueError" in line["exception"], "what caused it is told, too"
        assert "test_logs.py" in line["exception"]
    assert found[3]["logger"] == "asyncio"


def test_an_operator_may_turn_them_on(logs: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    found = lines(logs, monkeypatch, personal=True, act=act)
    assert [sum("Minji" in str(value) for value in line.values()) for line in found] == [1, 1, 1, 2]
    assert all(key.startswith("pii_") for line in found for key, value in line.items() if "Minji" in str(value))


def test_what_asyncio_says_of_a_task_nobody_waited_for(logs: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    async def fail() -> None:
        raise ValueError(SAID)

    async def forgotten() -> None:
        task = asyncio.create_task(fail())
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        del task

    def forget(_: Any) -> None:
        asyncio.run(forgotten())
        gc.collect()
        logging.getLogger("aiortc").warning(f"dropped {SAID}")

    task, dropped = lines(logs, monkeypatch, personal=False, act=forget)
    assert task["event"] == "Task exception was never retrieved"
    assert "builtins.ValueError" in task["exception"]
    assert str(dropped["where"]).startswith("test_logs.py:")
    assert "Minji" not in json.dumps([task, dropped])


def test_an_error_that_is_its_own_context_ends(logs: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    def loop(log: Any) -> None:
        first, second = ValueError("a"), ValueError("b")
        first.__context__, second.__context__ = second, first
        log.error("room died", exc_info=first)

    assert len(lines(logs, monkeypatch, personal=False, act=loop)) == 1


def test_each_error_of_a_group_is_told(logs: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    def group(log: Any) -> None:
        log.error("task died", exc_info=ExceptionGroup("two", [EngineError("late", SAID), ValueError(SAID)]))

    (line,) = lines(logs, monkeypatch, personal=False, act=group)
    assert "EngineError late" in line["exception"]
    assert "builtins.ValueError" in line["exception"]
    assert "Minji" not in str(line)
