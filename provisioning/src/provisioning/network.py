"""Loopback ports and whether somebody answers on one."""

import asyncio
import contextlib
import itertools
import random
import socket

LOOPBACK = "127.0.0.1"


FIRST_PORT, PORTS = 11_000, 9_000
"""Behind 10080, which browsers refuse."""

_turns = itertools.count(random.randrange(PORTS))  # noqa: S311 - spreads programs on one machine


def free_ports(count: int) -> list[int]:
    """``count`` different TCP ports nobody listens on right now, others at each call.

    They are below those the kernel hands out by itself: listened on only later, one of these may be the near end of
    somebody's connection by then.
    """
    free = filter(is_free, (FIRST_PORT + turn % PORTS for turn in _turns))
    return list(itertools.islice(free, count))


def is_free(port: int) -> bool:
    """Whether this loopback port can be listened on right now."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((LOOPBACK, port))
        except OSError:
            return False
    return True


def free_block(count: int) -> int:
    """First of ``count`` TCP ports in a row nobody listens on right now, below those the kernel hands out by itself."""
    while True:
        first = random.randrange(20_000, 32_000 - count)  # noqa: S311 - spreads installations on one machine
        if all(is_free(port) for port in range(first, first + count)):
            return first


async def answers(port: int) -> bool:
    """Whether a TCP connection to this loopback port is accepted within a second."""
    try:
        _, writer = await asyncio.wait_for(asyncio.open_connection(LOOPBACK, port), 1)
    except (OSError, TimeoutError):
        return False
    writer.close()
    with contextlib.suppress(OSError):
        await writer.wait_closed()
    return True
