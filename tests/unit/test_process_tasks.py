"""A process ends its tasks even where a library between swallows the first cancellation."""

import asyncio
import gc
from typing import cast

import pytest
from coordinator.app.process import Process as OfficeProcess
from coordinator.settings import Settings as OfficeSettings
from edge_node.app.process import Process as NodeProcess
from edge_node.bus.local import Bus
from edge_node.settings import Settings as NodeSettings
from edge_node.tasks import AGAIN_SECONDS
from fakes.virtual_time import run_virtual


@pytest.mark.parametrize("swallowed", [0, 1, 3])
@pytest.mark.parametrize("office", [False, True], ids=["node", "office"])
def test_a_swallowed_cancellation_is_given_again(swallowed: int, office: bool) -> None:
    async def stop() -> None:
        ended = asyncio.Event()

        async def deaf() -> None:
            for _ in range(swallowed):
                try:
                    await asyncio.sleep(3600)
                except asyncio.CancelledError:
                    continue
            try:
                await asyncio.sleep(3600)
            finally:
                ended.set()

        made = (
            OfficeProcess("test", OfficeSettings()) if office else NodeProcess("test", NodeSettings(), cast(Bus, None))
        )
        made.own(deaf(), "deaf")
        await asyncio.sleep(0)
        began = asyncio.get_running_loop().time()
        await made.cancel_owned()
        assert ended.is_set()
        assert asyncio.get_running_loop().time() - began == pytest.approx(swallowed * AGAIN_SECONDS, abs=0.1)

    run_virtual(stop())


def test_what_a_process_loaded_is_left_out_of_later_collections() -> None:
    class Quiet:
        async def serve(self, *_: object) -> None: ...

    async def serve() -> None:
        process = NodeProcess("test", NodeSettings(), cast(Bus, Quiet()))
        process.stopping.set()
        await process.until_stopped()

    gc.unfreeze()
    try:
        run_virtual(serve())
        assert gc.get_freeze_count() > 10_000
    finally:
        gc.unfreeze()
