"""A process ends its tasks even where a library between swallows the first cancellation."""

import asyncio
from typing import cast

import pytest
from coordinator.app.process import Process as OfficeProcess
from coordinator.settings import Settings as OfficeSettings
from edge_node.app.process import Process as NodeProcess
from edge_node.bus.local import Bus
from edge_node.settings import Settings as NodeSettings
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
        assert asyncio.get_running_loop().time() - began == pytest.approx(swallowed, abs=0.1)

    run_virtual(stop())
