"""A demo that is told to stop: its candidate stays in the interview, and it ends with the status of an interrupt."""

import asyncio
import json
import os
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pytest
from provisioning.__main__ import _end
from provisioning.all_in_one import AllInOne
from provisioning.demo import play
from provisioning.demo.play import DemoError

CANDIDATE = """#!{python}
import json, os, sys
json.dump({{"group": os.getpgrp()}}, open(sys.argv[sys.argv.index("--json") + 1], "w"))
"""


async def test_a_ctrl_c_of_the_terminal_does_not_reach_the_candidate(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / "edge-node"
    program.write_text(CANDIDATE.format(python=sys.executable))
    program.chmod(0o755)
    monkeypatch.setattr(play, "BIN", tmp_path)
    system = SimpleNamespace(options=SimpleNamespace(data=tmp_path), room_url="http://x", node_environment=dict)
    report = await play._rehearse(cast(AllInOne, system), "code", "persona")
    assert report["group"] != os.getpgrp(), "a terminal tells the whole foreground group"
    assert json.loads((tmp_path / "rehearsal.json").read_text()) == report


async def ended(work: asyncio.Task[int]) -> asyncio.Task[int]:
    await asyncio.wait({work})
    return work


async def fails() -> int:
    raise DemoError("the room opens no new interview")


async def test_what_fails_because_it_was_told_to_stop_ends_as_an_interrupt(capsys: pytest.CaptureFixture[str]) -> None:
    assert await _end(await ended(asyncio.create_task(fails())), told=True) == 130
    assert "no new interview" in capsys.readouterr().err


async def test_what_fails_by_itself_is_a_failure() -> None:
    with pytest.raises(DemoError):
        await _end(await ended(asyncio.create_task(fails())), told=False)


async def test_work_under_way_is_ended_even_when_it_loses_a_cancellation() -> None:
    lost = 0

    async def deaf() -> int:
        nonlocal lost
        while True:
            try:
                await asyncio.sleep(3600)
            except asyncio.CancelledError:
                lost += 1
                if lost == 2:
                    raise

    work = asyncio.create_task(deaf())
    await asyncio.sleep(0)
    assert await _end(work, told=True) == 130
    assert lost == 2


async def test_a_start_that_was_told_to_stop_is_no_failure_of_what_serves_until_then() -> None:
    assert await _end(asyncio.create_task(asyncio.sleep(3600, 1)), told=True, unfinished=0) == 0
    assert await _end(await ended(asyncio.create_task(fails())), told=True, unfinished=0) == 0


async def test_serving_until_told_to_stop_ends_well() -> None:
    async def served() -> int:
        return 0

    assert await _end(await ended(asyncio.create_task(served())), told=True) == 0
