"""Real child processes: readiness, restart with a budget, nothing left behind."""

import asyncio
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from provisioning.program import Program, ProgramError, ProgramSpec
from provisioning.supervisor import Supervisor

READY = 'import time; print(\'{"event": "ready"}\', flush=True); '


def spec(name: str, code: str, **more: object) -> ProgramSpec:
    return ProgramSpec(name, (sys.executable, "-u", "-c", code), **more)  # type: ignore[arg-type]


def alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().split()[2] != "Z"
    except OSError:
        return False


async def until(condition: object, seconds: float = 10.0) -> None:
    assert callable(condition)
    async with asyncio.timeout(seconds):
        while not condition():
            await asyncio.sleep(0.02)


async def test_a_killed_program_is_started_again_and_all_are_gone_at_the_end(tmp_path: Path) -> None:
    async with Supervisor(tmp_path) as supervisor:
        await supervisor.start(spec("a", READY + "time.sleep(60)"), spec("b", READY + "time.sleep(60)"))
        first = supervisor.programs["a"].pid
        assert first
        os.kill(first, signal.SIGKILL)
        await until(lambda: supervisor.programs["a"].pid not in (None, first))
        await until(supervisor.programs["a"].ready.is_set)
        pids = [p.pid for p in supervisor.programs.values()]
    assert all(pid and not alive(pid) for pid in pids)


async def test_a_program_that_does_not_come_up_is_named_with_its_last_words(tmp_path: Path) -> None:
    async with Supervisor(tmp_path) as supervisor:
        with pytest.raises(ExceptionGroup) as caught:
            await supervisor.start(spec("broken", "raise SystemExit('no such folder')", ready_seconds=20))
    (error,) = caught.value.exceptions
    assert isinstance(error, ProgramError)
    assert "broken" in str(error)
    assert "no such folder" in str(error)


async def test_one_that_keeps_dying_is_given_up_instead_of_spinning(tmp_path: Path) -> None:
    async with Supervisor(tmp_path) as supervisor:
        with pytest.raises(ExceptionGroup):
            await supervisor.start(spec("dying", "raise SystemExit(3)", ready_seconds=20))


async def test_a_deaf_program_is_killed_after_its_deadline(tmp_path: Path) -> None:
    deaf = "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); " + READY + "time.sleep(60)"
    async with Supervisor(tmp_path) as supervisor:
        await supervisor.start(spec("deaf", deaf, stop_seconds=0.3))
        pid = supervisor.programs["deaf"].pid
    assert pid
    assert not alive(pid)


async def test_a_program_that_is_told_to_stop_while_it_is_being_started_is_not_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole, started, goes_on = asyncio.create_subprocess_exec, asyncio.Event(), asyncio.Event()
    made: list[asyncio.subprocess.Process] = []

    async def slow(*argv: str, **more: object) -> asyncio.subprocess.Process:
        made.append(await whole(*argv, **more))  # type: ignore[arg-type]
        started.set()
        await goes_on.wait()
        return made[0]

    monkeypatch.setattr(asyncio, "create_subprocess_exec", slow)
    async with asyncio.timeout(30):
        program = Program(spec("slow", READY + "time.sleep(600)"), tmp_path / "slow.log")
        starting = asyncio.create_task(program.start())
        await started.wait()
        stopping = asyncio.create_task(program.stop())
        await asyncio.sleep(0)
        goes_on.set()
        await stopping
        assert not alive(made[0].pid)
        with pytest.raises(ProgramError):
            await starting


async def test_who_is_in_a_hurry_waits_for_no_deaf_program(tmp_path: Path) -> None:
    deaf = "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); " + READY + "time.sleep(600)"
    hurry = asyncio.Event()
    async with asyncio.timeout(60):
        async with Supervisor(tmp_path, hurry) as supervisor:
            names = [f"deaf-{number}" for number in range(3)]
            await supervisor.start(*(spec(name, deaf, stop_seconds=300) for name in names))
            pids = [supervisor.programs[name].pid for name in names]
            asyncio.get_running_loop().call_later(0.2, hurry.set)
    assert all(pid and not alive(pid) for pid in pids)


async def test_children_end_when_the_supervisor_is_killed(tmp_path: Path) -> None:
    parent = tmp_path / "parent.py"
    parent.write_text(
        "import asyncio, sys\nfrom pathlib import Path\n"
        "from provisioning.program import ProgramSpec\nfrom provisioning.supervisor import Supervisor\n"
        "async def main():\n"
        "    async with Supervisor(Path(sys.argv[1])) as s:\n"
        f"        await s.start(ProgramSpec('c', (sys.executable, '-u', '-c', {READY + 'time.sleep(60)'!r})))\n"
        "        print(s.programs['c'].pid, flush=True)\n"
        "        await asyncio.sleep(60)\n"
        "asyncio.run(main())\n"
    )
    argv = [sys.executable, str(parent), str(tmp_path)]
    running = subprocess.Popen(argv, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    assert running.stdout
    child = int(await asyncio.to_thread(running.stdout.readline))
    assert alive(child)
    running.kill()
    running.wait()
    await until(lambda: not alive(child))
