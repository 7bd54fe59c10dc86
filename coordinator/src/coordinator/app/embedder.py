"""The process that turns texts into vectors: one engine, one thread."""

import asyncio

from coordinator.app.process import Process, hub_of
from coordinator.corpora.embedding_engine import EmbeddingEngine
from coordinator.passages.embedder import EmbeddingDesk
from coordinator.settings import Settings, embedding_model_file
from coordinator.telemetry import metrics


async def run(settings: Settings) -> None:
    """Serve until stopped; raises FileNotFoundError when no embedding model is there."""
    process = Process("embedder", settings)
    engine = await asyncio.to_thread(EmbeddingEngine, embedding_model_file(settings))
    desk = EmbeddingDesk(engine)
    hub = hub_of(settings, "embedder")
    await hub.open()
    try:
        await desk.serve(hub, queue_max=settings.embedding.queue_max)
        with metrics.served("embedder", settings.metrics_port):
            await process.until_stopped()
    finally:
        await process.cancel_owned()
        await hub.close()
        desk.close()
