"""What this process tells systemd, when systemd started it and wants to be told: ready, alive, stopping."""

import asyncio
import contextlib
import os
import socket
from collections.abc import Mapping

Environment = Mapping[str, str]


def notify(state: str, environment: Environment = os.environ) -> bool:
    """Send one state, e.g. ``READY=1``; False where nobody listens. Never raises: a lost word stops no work."""
    address = environment.get("NOTIFY_SOCKET", "")
    if not address:
        return False
    with contextlib.suppress(OSError), socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_CLOEXEC) as sender:
        sender.setblocking(False)
        sender.sendto(state.encode(), "\0" + address[1:] if address.startswith("@") else address)
        return True
    return False


def watchdog_seconds(environment: Environment = os.environ) -> float:
    """Within how many seconds systemd wants a sign of life from this process; 0 when it wants none."""
    if environment.get("WATCHDOG_PID", str(os.getpid())) != str(os.getpid()):
        return 0.0
    try:
        return max(0.0, int(environment.get("WATCHDOG_USEC", "0")) / 1e6)
    except ValueError:
        return 0.0


async def keep_alive(environment: Environment = os.environ) -> None:
    """Say from the event loop, three times in each of those spans, that it still turns; for ever."""
    within = watchdog_seconds(environment)
    while within:
        notify("WATCHDOG=1", environment)
        await asyncio.sleep(within / 3)
