"""One child process: how it is started, known to be ready, restarted and stopped."""

import asyncio
import contextlib
import ctypes
import os
import pwd
import signal
import sys
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

BIN = Path(sys.executable).parent
"""Where this installation's programs are."""

PR_SET_PDEATHSIG = 1
LOG_LIMIT_BYTES = 50_000_000

Probe = Callable[[], Awaitable[bool]]


class ProgramError(Exception):
    """A program did not come up or keeps dying; the message names its log."""


@dataclass(frozen=True)
class ProgramSpec:
    """What to run. ``probe`` says when it is ready; without one, a log line whose event is "ready" does."""

    name: str
    argv: Sequence[str]
    environment: Mapping[str, str] = field(default_factory=dict)
    user: str | None = None
    nice: int = 0
    probe: Probe | None = None
    ready_seconds: float = 150.0
    """A machine that has just started reads models and libraries from a slow disk: a minute was seen."""

    stop_signal: signal.Signals = signal.SIGTERM
    stop_seconds: float = 8.0


class Program:
    """A running child, its log file, and its restart budget (5 in 60 s, then it stays down)."""

    RESTARTS = 5
    WITHIN_SECONDS = 60.0

    def __init__(self, spec: ProgramSpec, log_path: Path) -> None:
        self.spec = spec
        self.log_path = log_path
        self.ready = asyncio.Event()
        self.restarts = 0
        self.given_up = False
        self._stopping = False
        self._process: asyncio.subprocess.Process | None = None
        self._keeper: asyncio.Task[None] | None = None

    @property
    def pid(self) -> int | None:
        """Process id of the running child, or None."""
        return self._process.pid if self._process and self._process.returncode is None else None

    async def start(self) -> None:
        """Start and wait until ready; raises ProgramError naming the log."""
        self._keeper = asyncio.create_task(self._keep(), name=f"keep {self.spec.name}")
        waiting = asyncio.create_task(self.ready.wait())
        try:
            await asyncio.wait(
                {waiting, self._keeper}, timeout=self.spec.ready_seconds, return_when=asyncio.FIRST_COMPLETED
            )
        finally:
            waiting.cancel()
        if not self.ready.is_set():
            failure = self._keeper.exception() if self._keeper.done() else None
            await self.stop()
            reason = f"{self.spec.name} did not become ready; see {self.log_path}\n{self._log_tail()}"
            raise ProgramError(reason) from failure

    async def _keep(self) -> None:
        loop = asyncio.get_running_loop()
        deaths: list[float] = []
        while not self._stopping:
            code = await self._run_once()
            if self._stopping:
                return
            self.ready.clear()
            now = loop.time()
            deaths = [at for at in deaths if now - at < self.WITHIN_SECONDS] + [now]
            if len(deaths) > self.RESTARTS:
                self.given_up = True
                sys.stderr.write(f"{self.spec.name}: died {len(deaths)} times in a minute, given up\n")
                return
            self.restarts += 1
            sys.stderr.write(f"{self.spec.name}: ended with status {code}, starting it again\n")
            await asyncio.sleep(min(0.1 * 2 ** len(deaths), 2.0))

    async def _run_once(self) -> int:
        spec = self.spec

        def in_child() -> None:
            end_with_parent(spec.stop_signal)
            if spec.nice:
                os.nice(spec.nice)

        identity: dict[str, Any] = {}
        if spec.user:
            identity = {"user": spec.user, "group": pwd.getpwnam(spec.user).pw_gid, "extra_groups": []}
        self._process = await asyncio.create_subprocess_exec(
            *spec.argv,
            env={**child_environment(), **spec.environment},
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
            start_new_session=True,
            preexec_fn=in_child,
            limit=1 << 20,
            **identity,
        )
        if self._stopping:
            # Told to stop while it was being started; whoever tells looks for it no more.
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGKILL)
        prober = asyncio.create_task(self._probe(), name=f"probe {spec.name}") if spec.probe else None
        try:
            await self._copy_log(self._process)
            return await self._process.wait()
        finally:
            if prober:
                prober.cancel()

    async def _copy_log(self, process: asyncio.subprocess.Process) -> None:
        assert process.stdout
        with self.log_path.open("ab") as log:
            while True:
                try:
                    line = await process.stdout.readline()
                except ValueError:  # a line beyond the limit: dropped, the next one is read
                    continue
                if not line:
                    return
                if log.tell() < LOG_LIMIT_BYTES:
                    log.write(line)
                    log.flush()
                if self.spec.probe is None and b'"event": "ready"' in line:
                    self.ready.set()

    async def _probe(self) -> None:
        assert self.spec.probe
        while not await self.spec.probe():  # noqa: ASYNC110 - another process cannot set an event of ours
            await asyncio.sleep(0.1)
        self.ready.set()

    def _log_tail(self) -> str:
        with contextlib.suppress(OSError):
            return "\n".join(self.log_path.read_text(errors="replace").splitlines()[-15:])
        return ""

    async def stop(self, *, at_most_seconds: float | None = None) -> None:
        """Ask the child to end, and kill its process group when it has not in time (default: the spec's).

        Idempotent, also while another call still waits.
        """
        self._stopping = True
        process = self._process
        if process and process.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                process.send_signal(self.spec.stop_signal)
            try:
                await asyncio.wait_for(process.wait(), at_most_seconds or self.spec.stop_seconds)
            except TimeoutError:
                with contextlib.suppress(ProcessLookupError):
                    os.killpg(process.pid, signal.SIGKILL)
        if self._keeper:
            _, late = await asyncio.wait({self._keeper}, timeout=2)
            for task in late:
                task.cancel()


def end_with_parent(stop_signal: signal.Signals = signal.SIGTERM) -> None:
    """For ``preexec_fn``: the kernel ends this child when the program that started it dies, however it dies."""
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, int(stop_signal))


def child_environment() -> dict[str, str]:
    """What a child inherits: no stray settings of the two programs, one thread for every numeric library."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("EDGE_NODE_", "COORDINATOR_"))}
    return {**kept, "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "PYTHONUNBUFFERED": "1"}


async def run_to_end(spec: ProgramSpec, log_path: Path) -> str:
    """Run a program that ends by itself; returns its standard output. Raises ProgramError with its last error lines.

    Standard error goes to ``log_path``; standard output is kept in memory only, for it may hold secrets.
    """
    with log_path.open("ab") as log:
        process = await asyncio.create_subprocess_exec(
            *spec.argv,
            env={**child_environment(), **spec.environment},
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            stderr=log,
            start_new_session=True,
        )
        try:
            out, _ = await asyncio.wait_for(process.communicate(), spec.ready_seconds)
        except (TimeoutError, asyncio.CancelledError):
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            raise
    if process.returncode:
        tail = "\n".join(log_path.read_text(errors="replace").splitlines()[-15:])
        raise ProgramError(f"{spec.name} ended with status {process.returncode}; see {log_path}\n{tail}")
    return out.decode()
