"""What every process of the coordinator does alike: logs, the hub, a stop signal, an owner for every task."""

import asyncio
import faulthandler
import signal
from collections.abc import Coroutine
from pathlib import Path
from typing import Any

from coordinator.bus.hub import Hub
from coordinator.settings import Settings
from coordinator.tasks import cancel
from coordinator.telemetry import logs, service_manager


class Process:
    """The tasks of one process. A task that dies stops the process with its error."""

    def __init__(self, name: str, settings: Settings) -> None:
        faulthandler.enable()
        logs.configure(name, level=settings.log_level, personal=settings.log_personal_data)
        self.log = logs.get_logger(name)
        self.stopping = asyncio.Event()
        self._tasks: set[asyncio.Task[Any]] = set()
        self._failure: BaseException | None = None

    def own(self, work: Coroutine[Any, Any, Any], name: str) -> None:
        """Run ``work`` until the process stops."""
        task = asyncio.create_task(work, name=name)
        self._tasks.add(task)
        task.add_done_callback(self._ended)

    def _ended(self, task: asyncio.Task[Any]) -> None:
        self._tasks.discard(task)
        if task.cancelled():
            return
        error = task.exception()
        if error is not None:
            self.log.error("task died", task=task.get_name(), exc_info=error)
            self._failure = self._failure or error
            self.stopping.set()

    def stop_on_signals(self) -> None:
        """Take SIGTERM and SIGINT as the wish to stop."""
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, self.stopping.set)

    async def until_stopped(self) -> None:
        """Wait for SIGTERM, SIGINT or a dead task; raises what killed the task."""
        self.stop_on_signals()
        self.log.info("ready")
        self.tell_ready()
        await self.stopping.wait()
        self.raise_failure()

    def tell_ready(self) -> None:
        """Tell systemd that the process does its work, and go on telling it that the event loop turns."""
        service_manager.notify("READY=1")
        self.own(service_manager.keep_alive(), "watchdog")

    def raise_failure(self) -> None:
        """Raise what killed a task, if one died."""
        if self._failure:
            raise self._failure

    async def cancel_owned(self) -> None:
        """Cancel every owned task and wait for it, 5 s at the most."""
        await cancel(*self._tasks)


def hub_of(settings: Settings, process: str, *, credentials_file: Path | None = None) -> Hub:
    """The hub as the settings name it, not yet connected; as the coordinator's user unless others are given."""
    return Hub(settings.nats_url, process=process, credentials_file=credentials_file or settings.nats_credentials_file)
