"""What processes tell systemd, over a real socket; both programs say it alike."""

import asyncio
import contextlib
import os
import socket
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import coordinator.telemetry.service_manager
import edge_node.telemetry.service_manager
import pytest

PROGRAMS = [edge_node.telemetry.service_manager, coordinator.telemetry.service_manager]


@contextlib.contextmanager
def listening(path: Path) -> Iterator[socket.socket]:
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as receiver:
        receiver.bind(str(path))
        receiver.settimeout(5)
        yield receiver


@pytest.mark.parametrize("program", PROGRAMS, ids=["node", "coordinator"])
def test_a_state_arrives_as_it_was_said(program: ModuleType, tmp_path: Path) -> None:
    with listening(tmp_path / "n") as receiver:
        assert program.notify("READY=1", {"NOTIFY_SOCKET": str(tmp_path / "n")})
        assert receiver.recv(100) == b"READY=1"


@pytest.mark.parametrize("program", PROGRAMS, ids=["node", "coordinator"])
def test_nobody_who_listens_stops_nothing(program: ModuleType, tmp_path: Path) -> None:
    assert not program.notify("READY=1", {})
    assert not program.notify("READY=1", {"NOTIFY_SOCKET": str(tmp_path / "gone")})


@pytest.mark.parametrize("program", PROGRAMS, ids=["node", "coordinator"])
def test_the_wanted_span_is_read_and_only_by_who_is_meant(program: ModuleType) -> None:
    assert program.watchdog_seconds({"WATCHDOG_USEC": "3000000"}) == 3.0
    assert program.watchdog_seconds({"WATCHDOG_USEC": "3000000", "WATCHDOG_PID": str(os.getpid())}) == 3.0
    assert program.watchdog_seconds({"WATCHDOG_USEC": "3000000", "WATCHDOG_PID": "1"}) == 0.0
    assert program.watchdog_seconds({"WATCHDOG_USEC": "soon"}) == 0.0
    assert program.watchdog_seconds({}) == 0.0


@pytest.mark.parametrize("program", PROGRAMS, ids=["node", "coordinator"])
async def test_signs_of_life_come_while_the_loop_turns(program: ModuleType, tmp_path: Path) -> None:
    with listening(tmp_path / "n") as receiver:
        environment = {"NOTIFY_SOCKET": str(tmp_path / "n"), "WATCHDOG_USEC": "30000"}
        living = asyncio.create_task(program.keep_alive(environment))
        loop = asyncio.get_running_loop()
        signs = [await loop.run_in_executor(None, receiver.recv, 100) for _ in range(3)]
        living.cancel()
        assert signs == [b"WATCHDOG=1"] * 3


@pytest.mark.parametrize("program", PROGRAMS, ids=["node", "coordinator"])
async def test_without_a_watchdog_nothing_runs_on(program: ModuleType) -> None:
    await asyncio.wait_for(program.keep_alive({}), 5)
