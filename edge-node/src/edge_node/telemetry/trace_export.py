"""Posts traces to an OTLP/HTTP endpoint, where one is set; what it cannot take in time is dropped and counted."""

import asyncio

import httpx

from edge_node.telemetry import metrics
from edge_node.telemetry.logs import get_logger

WAITING_MOST = 256
TIMEOUT_SECONDS = 5.0
PAUSE_SECONDS = 5.0
"""After a failure; meanwhile what comes waits or is dropped. The files keep it all the same."""

log = get_logger("traces")


class Exporter:
    """Give :meth:`offer` to the tracer, own :meth:`run`. ``endpoint``: the whole URL, ending in ``/v1/traces``."""

    def __init__(self, endpoint: str, *, pause_seconds: float = PAUSE_SECONDS) -> None:
        self._endpoint = endpoint
        self._pause_seconds = pause_seconds
        self._waiting: asyncio.Queue[str] = asyncio.Queue(WAITING_MOST)

    def offer(self, line: str) -> None:
        """Take a line to post; never blocks."""
        try:
            self._waiting.put_nowait(line)
        except asyncio.QueueFull:
            metrics.trace_exports_total.labels("dropped").inc()

    async def run(self) -> None:
        """Post until cancelled."""
        headers = {"Content-Type": "application/json"}
        async with httpx.AsyncClient(timeout=TIMEOUT_SECONDS, headers=headers) as http:
            while True:
                line = await self._waiting.get()
                try:
                    (await http.post(self._endpoint, content=line.encode())).raise_for_status()
                except httpx.HTTPError as error:
                    metrics.trace_exports_total.labels("failed").inc()
                    log.warning("trace not exported", error=type(error).__name__)
                    await asyncio.sleep(self._pause_seconds)
                else:
                    metrics.trace_exports_total.labels("sent").inc()
