"""The language process: the model of this node's profile, served on the bus."""

import asyncio

from edge_node.app import models_fit
from edge_node.app.process import started
from edge_node.language import metrics, service
from edge_node.language.engine import Engine
from edge_node.language.engine_settings import EngineSettings
from edge_node.models import fit
from edge_node.models.registry import Registry
from edge_node.settings import Settings
from edge_node.telemetry import gpu


async def run(settings: Settings) -> None:
    """Serve until stopped. Raises ModelMissing without the weights, DoesNotFit where memory is too small for them."""
    ready = Registry(settings.models_dir, settings.model_profile).path("language")
    plan = models_fit.plan_of(settings, ready.path)
    needed = fit.require(plan, models_fit.free_bytes(plan))
    context_tokens, sequences = plan.pool
    sizes = EngineSettings(
        context_tokens=context_tokens,
        sequences=sequences,
        threads=settings.language.threads,
        gpu_layers=settings.language.gpu_layers,
        saved_bytes=settings.language.saved_state_megabytes * 1_000_000,
    )
    async with started("language", settings) as process:
        engine = await asyncio.to_thread(Engine, ready.path, ready.digest, sizes)
        process.own(engine.run(), "decode")
        metrics.MODEL_INFO.labels(ready.name, ready.profile).set(1)
        metrics.CONTEXT_TOKENS.set(context_tokens)
        metrics.SEQUENCES.set(sequences)
        metrics.FORECAST_BYTES.set(needed.total)
        if not gpu.expose():
            process.log.info("no NVIDIA driver, no GPU figures")
        await service.serve(process.bus, engine)
        process.log.info(
            "model loaded",
            model=ready.name,
            profile=ready.profile,
            sequences=sequences,
            context_tokens=context_tokens,
            forecast_bytes=needed.total,
        )
        await process.until_stopped()
