"""The starter model in process, behind the port the room and the review use."""

import asyncio
import contextlib
import os
import sys
from collections.abc import AsyncIterator
from pathlib import Path

from edge_node.ports.language import Generation, LanguageModel, Piece

MODEL_SET = Path(__file__).parents[1] / "model"
sys.path.insert(0, str(MODEL_SET))


@contextlib.asynccontextmanager
async def starter_engine() -> AsyncIterator[LanguageModel]:
    """The engine, decoding until the block is left. Raises ModelMissing when its weights are not ready."""
    from edge_node.language.engine import Engine
    from edge_node.language.engine_settings import EngineSettings
    from edge_node.models.registry import Registry

    ready = Registry(Path(os.environ["EDGE_NODE_MODELS_DIR"]), "starter").path("language")
    made = Engine(ready.path, ready.digest, EngineSettings(context_tokens=8192, sequences=1, threads=1, queue_limit=2))
    work = asyncio.create_task(made.run(), name="engine")
    try:
        yield made
    finally:
        work.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await work


class Remembering:
    """Asks a model each different thing once: the same request with the same seed has the same answer."""

    def __init__(self, model: LanguageModel) -> None:
        self._model = model
        self._known: dict[Generation, list[Piece]] = {}
        self.asked = 0

    @property
    def distinct(self) -> int:
        """Requests the model was really given."""
        return len(self._known)

    async def generate(self, request: Generation) -> AsyncIterator[Piece]:
        """As ``LanguageModel.generate``."""
        self.asked += 1
        if request not in self._known:
            self._known[request] = [piece async for piece in self._model.generate(request)]
        for piece in self._known[request]:
            yield piece


def tell(text: str) -> None:
    """A progress line."""
    sys.stderr.write(f"  {text}\n")
