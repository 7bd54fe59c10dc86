"""Watching an interview's changes over the hub, for the live view."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable
from uuid import UUID

from interview_proto import subjects

from coordinator.bus.hub import Hub
from coordinator.interviews.service import Changes

PENDING_MOST = 16
LOOK_SECONDS = 1.0
"""How soon a link that was lost and is back is noticed."""


def changes_over(hub: Hub) -> Changes:
    """The watch of ``interviews.service`` on the hub's change notices; a flood is dropped down to one notice."""

    @contextlib.asynccontextmanager
    async def watch(interview_id: UUID) -> AsyncIterator[Callable[[float], Awaitable[bool]]]:
        subject = subjects.interview_changed(str(interview_id))
        async with hub.listening(subject, pending_max=PENDING_MOST) as subscription:
            reconnects = hub.reconnects

            async def changed(wait_seconds: float) -> bool:
                nonlocal reconnects
                loop = asyncio.get_running_loop()
                deadline = loop.time() + wait_seconds
                while (left := deadline - loop.time()) > 0:
                    try:
                        await subscription.next_msg(timeout=min(left, LOOK_SECONDS))
                        while subscription.pending_msgs:
                            await subscription.next_msg(timeout=1)
                    except TimeoutError:
                        if hub.reconnects == reconnects:
                            continue
                    # Notices sent while the link was down are lost: a link that is back counts as one.
                    reconnects = hub.reconnects
                    return True
                return False

            yield changed

    return watch
