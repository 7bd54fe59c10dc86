"""Vectors of texts: the client over the hub, and the desk that serves them from one engine in one thread."""

import asyncio
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Protocol

from interview_proto import subjects

from coordinator.bus.hub import Hub
from coordinator.fault import Fault
from coordinator.passages import codec
from coordinator.passages.codec import Vectors
from coordinator.telemetry import metrics
from coordinator.telemetry.logs import get_logger

TEXT_CHARACTERS_MAX = 8000
TEXTS_MAX = 256

log = get_logger("embedder")


class Engine(Protocol):
    """What makes vectors; blocking, one call at a time."""

    @property
    def name(self) -> str:
        """The model, as stored beside each of its vectors."""

    def embed(self, texts: list[str], query: bool) -> list[list[float]]:
        """One unit vector of 1024 numbers for each text."""


class Embedder:
    """Asks whichever embedder process is free."""

    def __init__(self, hub: Hub, *, timeout_seconds: float = 60.0, texts_per_request: int = 16) -> None:
        self._hub = hub
        self._timeout_seconds = timeout_seconds
        self._texts_per_request = texts_per_request

    async def passages(self, texts: Sequence[str]) -> Vectors:
        """Vectors to store; raises Fault("embedder_unavailable", 503). All are of one model, or it raises."""
        return await self._embed(texts, query=False)

    async def query(self, text: str) -> Vectors:
        """The vector to search with; raises Fault("embedder_unavailable", 503)."""
        return await self._embed([text], query=True)

    async def _embed(self, texts: Sequence[str], *, query: bool) -> Vectors:
        model = ""
        rows: list[list[float]] = []
        for start in range(0, len(texts), self._texts_per_request):
            part = [text[:TEXT_CHARACTERS_MAX] for text in texts[start : start + self._texts_per_request]]
            try:
                reply = await self._hub.request(
                    subjects.EMBED, codec.encode_request(part, query=query), timeout_seconds=self._timeout_seconds
                )
            except Fault as fault:
                raise Fault("embedder_unavailable", fault.message, status=503, retry_after_seconds=5) from fault
            vectors = codec.decode_reply(reply, texts=len(part))
            if model and vectors.model != model:
                raise Fault("embedder_unavailable", "the embedders run different models", status=503)
            model = vectors.model
            rows.extend(vectors.values)
        return Vectors(model, rows)


class EmbeddingDesk:
    """Answers requests for vectors, one after the other in one thread; the hub's door bounds how many wait."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="embedder")

    async def serve(self, hub: Hub, *, queue_max: int) -> None:
        """Begin to answer; beyond ``queue_max`` waiting requests one is told "busy"."""
        await hub.serve(
            subjects.EMBED,
            self._answer,
            queue=subjects.EMBED_QUEUE,
            at_most=queue_max,
            when_busy=codec.encode_failure("busy"),
        )

    async def _answer(self, payload: bytes) -> bytes:
        try:
            texts, query = codec.decode_request(payload)
        except Fault as fault:
            return _failed(fault.code)
        if len(texts) > TEXTS_MAX or any(len(text) > TEXT_CHARACTERS_MAX for text in texts):
            return _failed("bad_request")
        loop = asyncio.get_running_loop()
        kind = "query" if query else "passage"
        try:
            with metrics.embedding_waiting.track_inprogress(), metrics.embedding_seconds.labels(kind).time():
                rows = await loop.run_in_executor(self._thread, self._engine.embed, texts, query)
        except (RuntimeError, ValueError) as error:
            log.error("no vectors", error=type(error).__name__, texts=len(texts))
            return _failed("internal")
        metrics.embedded_texts_total.inc(len(texts))
        return codec.encode_reply(Vectors(self._engine.name, rows))

    def close(self) -> None:
        """Let the text in work end, take no more."""
        self._thread.shutdown(wait=True, cancel_futures=True)


def _failed(code: str) -> bytes:
    metrics.embedding_failed_total.labels(code).inc()
    return codec.encode_failure(code)
