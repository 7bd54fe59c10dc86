"""A visit's tasks, under one owner: when one dies the visit ends with its error."""

import asyncio

from edge_node.ports.media import Peer
from edge_node.room.conversation.conversation import Ending
from edge_node.room.visit import Parts
from edge_node.tasks import cancel


async def supervise(parts: Parts, peer: Peer, replaced: asyncio.Event) -> Ending | None:
    """Run the visit until its conversation is over; None when the peer is gone or ``replaced`` is set first."""
    held = asyncio.create_task(parts.conversation.hold(), name="conversation")
    gone = asyncio.create_task(peer.wait_gone(), name="peer gone")
    taken = asyncio.create_task(replaced.wait(), name="peer replaced")
    sides: set[asyncio.Task[None]] = {
        asyncio.create_task(parts.listening.run(), name="listening"),
        asyncio.create_task(parts.messages.run(peer), name="messages"),
        asyncio.create_task(parts.keeping.run(), name="recording"),
    }
    if parts.watching:
        sides.add(asyncio.create_task(parts.watching.run(), name="watching"))
    everything: set[asyncio.Task[Ending] | asyncio.Task[None] | asyncio.Task[bool]] = {held, gone, taken, *sides}
    try:
        waiting = set(everything)
        while not (held.done() or gone.done() or taken.done()):
            done, waiting = await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
            for task in done:
                task.result()
        return held.result() if held.done() else None
    finally:
        await cancel(*everything)
