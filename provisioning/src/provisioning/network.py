"""Loopback ports and whether somebody answers on one."""

import asyncio
import contextlib
import random
import socket

LOOPBACK = "127.0.0.1"


def free_ports(count: int) -> list[int]:
    """``count`` different TCP ports nobody listens on right now."""
    with contextlib.ExitStack() as stack:
        probes = [stack.enter_context(socket.socket()) for _ in range(count)]
        for probe in probes:
            probe.bind((LOOPBACK, 0))
        return [int(probe.getsockname()[1]) for probe in probes]


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
