"""Watching an interview's changes over the hub, for the live view."""

import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable
from uuid import UUID

from interview_proto import subjects

from coordinator.bus.hub import Hub
from coordinator.interviews.service import Changes

PENDING_MOST = 16


def changes_over(hub: Hub) -> Changes:
    """The watch of ``interviews.service`` on the hub's change notices; a flood is dropped down to one notice."""

    @contextlib.asynccontextmanager
    async def watch(interview_id: UUID) -> AsyncIterator[Callable[[float], Awaitable[bool]]]:
        subject = subjects.interview_changed(str(interview_id))
        async with hub.listening(subject, pending_max=PENDING_MOST) as subscription:

            async def changed(wait_seconds: float) -> bool:
                try:
                    await subscription.next_msg(timeout=wait_seconds)
                    while subscription.pending_msgs:
                        await subscription.next_msg(timeout=1)
                except TimeoutError:
                    return False
                return True

            yield changed

    return watch
