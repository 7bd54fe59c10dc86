"""The language process: the model of this node's profile, served on the bus."""

import asyncio

from edge_node.app.process import started
from edge_node.language import service
from edge_node.language.engine import Engine, EngineSettings
from edge_node.models.registry import Registry
from edge_node.settings import Settings


async def run(settings: Settings) -> None:
    """Serve until stopped. Raises ModelMissing when the weights are not there."""
    ready = Registry(settings.models_dir, settings.model_profile).path("language")
    sizes = EngineSettings(
        context_tokens=settings.language.context_tokens,
        sequences=settings.language.sequences,
        threads=settings.language.threads,
        gpu_layers=settings.language.gpu_layers,
    )
    async with started("language", settings) as process:
        engine = await asyncio.to_thread(Engine, ready.path, ready.digest, sizes)
        process.own(engine.run(), "decode")
        await service.serve(process.bus, engine)
        process.log.info("model loaded", model=ready.name, profile=ready.profile)
        await process.until_stopped()
