"""The vision process: reduces pictures to a few numbers. Nothing it sees is kept."""

from functools import partial

import cv2

from edge_node.app.process import started
from edge_node.models.registry import Registry
from edge_node.settings import Settings
from edge_node.vision.emotion import EmotionReader, session
from edge_node.vision.frames import SOCKET_NAME
from edge_node.vision.landmarker import FaceTracker
from edge_node.vision.service import VisionService
from edge_node.vision.socket_server import SocketServer
from edge_node.vision.trackers import Trackers

CHECKS_AT_ONCE = 2
"""Trackers of device checks beside those of the rooms."""


def _emotions(settings: Settings, registry: Registry) -> EmotionReader | None:
    """Nothing is even loaded while the switch is off. Raises ModelMissing, ProviderMissing while it is on."""
    if not settings.vision.emotion:
        return None
    ready = registry.path("emotion")
    return EmotionReader(session(ready.path, settings.vision.provider), ready.options)


async def run(settings: Settings) -> None:
    """Serve until stopped."""
    # Waking other threads for a picture of 320 pixels takes longer than converting it, and sound wants their cores.
    cv2.setNumThreads(1)
    async with started("vision", settings) as process:
        registry = Registry(settings.models_dir, settings.model_profile)
        model = registry.path("face").path
        trackers = Trackers(
            partial(FaceTracker, model),
            at_most=settings.rooms_max + CHECKS_AT_ONCE,
            emotions=_emotions(settings, registry),
        )
        try:
            service = VisionService(trackers)
            await service.serve(process.bus)
            async with SocketServer(service).serving(settings.data_dir / SOCKET_NAME):
                await process.until_stopped()
        finally:
            await trackers.close()
