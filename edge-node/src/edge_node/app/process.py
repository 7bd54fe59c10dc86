"""What every process of the node does alike: logs, the bus, a stop signal, an owner for every task."""

import asyncio
import contextlib
import faulthandler
import gc
import signal
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator
from typing import Any

from interview_proto import subjects

from edge_node.bus.codec import Health, encode_health
from edge_node.bus.local import Bus, connect
from edge_node.settings import Settings, read_secret
from edge_node.tasks import cancel
from edge_node.telemetry import logs, metrics, service_manager, traces
from edge_node.telemetry.trace_export import Exporter


class Process:
    """The running process: its settings, its bus, and the tasks it owns. A dead task stops the process."""

    def __init__(self, name: str, settings: Settings, bus: Bus) -> None:
        self.name = name
        self.settings = settings
        self.bus = bus
        self.log = logs.get_logger(name)
        self.stopping = asyncio.Event()
        self._tasks: set[asyncio.Task[Any]] = set()
        self.failure: BaseException | None = None

    def own(self, work: Coroutine[Any, Any, Any], name: str) -> None:
        """Run ``work`` until the process stops; if it ends with an error, the process stops with that error."""
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
            self.failure = self.failure or error
            self.stopping.set()

    async def until_stopped(self, health: Callable[[], Health] = Health) -> None:
        """Wait for a signal or a dead task; raises what killed the task. ``health`` is what others are told."""

        async def answer(_: bytes) -> bytes:
            return encode_health(health())

        await self.bus.serve(subjects.health(self.name), answer)
        _keep_what_is_loaded()
        self.log.info("ready")
        service_manager.notify("READY=1")
        self.own(service_manager.keep_alive(), "watchdog")
        await self.stopping.wait()
        service_manager.notify("STOPPING=1")
        if self.failure:
            raise self.failure

    async def cancel_owned(self) -> None:
        """Cancel every owned task and wait for it, 5 s at the most."""
        await cancel(*self._tasks)


def _keep_what_is_loaded() -> None:
    """Take what was loaded so far out of later collections.

    Each full one walks it all while nothing else runs: 0.2 s in the room process, in which no sound leaves.
    """
    gc.collect()
    gc.freeze()


@contextlib.asynccontextmanager
async def started(name: str, settings: Settings) -> AsyncIterator[Process]:
    """Everything a process needs before its own parts; cleans up in reverse order."""
    faulthandler.enable()
    logs.configure(name, level=settings.log_level, personal=settings.log_personal_data)
    with _figures_served(name, settings):
        bus = await connect(settings.nats_url, process=name, token=read_secret(settings.nats_token_file))
        process = Process(name, settings, bus)
        _trace(process)
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, process.stopping.set)
        try:
            yield process
        finally:
            await process.cancel_owned()
            await bus.close()


def _trace(process: Process) -> None:
    """Traces go to the data folder, and to the endpoint that is set."""
    kept = process.settings.traces
    folder = process.settings.data_dir / "traces"
    most_bytes = kept.kept_megabytes * 1_000_000
    tracer = traces.configure(
        folder, process.name, process.settings.node_id, most_bytes=most_bytes, personal=kept.personal_data
    )
    if kept.endpoint:
        exporter = Exporter(kept.endpoint)
        tracer.listeners.append(exporter.offer)
        process.own(exporter.run(), "trace export")


@contextlib.contextmanager
def _figures_served(name: str, settings: Settings) -> Iterator[None]:
    """Figures are served from before the bus is there. A process whose port is taken works on without."""
    port = settings.metrics_port(name)
    if not port:
        yield
        return
    try:
        stop = metrics.serve(name, port)
    except OSError as error:
        logs.get_logger(name).error("metrics port taken", port=port, error=error.strerror)
        yield
        return
    try:
        yield
    finally:
        stop()
