import asyncio
from collections.abc import AsyncIterator

import pytest
from edge_node.bus.local import Bus
from edge_node.ports.failure import EngineError


async def test_request_gets_its_reply(bus: Bus) -> None:
    async def double(payload: bytes) -> bytes:
        return payload * 2

    await bus.serve("t.double", double)
    assert await bus.request("t.double", b"ab", timeout_seconds=2) == b"abab"


async def test_nobody_there_fails_at_once_as_unavailable(bus: Bus) -> None:
    started = asyncio.get_running_loop().time()
    with pytest.raises(EngineError) as caught:
        await bus.request("t.nobody", b"", timeout_seconds=5)
    assert caught.value.code == "unavailable"
    with pytest.raises(EngineError) as caught:
        async for _ in bus.stream("t.nobody", b"", timeout_seconds=5):
            pass
    assert caught.value.code == "unavailable"
    assert asyncio.get_running_loop().time() - started < 4


async def test_a_handler_that_is_too_slow_is_late(bus: Bus) -> None:
    async def slow(_: bytes) -> bytes:
        await asyncio.sleep(30)
        return b""

    await bus.serve("t.slow", slow)
    with pytest.raises(EngineError) as caught:
        await bus.request("t.slow", b"", timeout_seconds=0.2)
    assert caught.value.code == "late"


@pytest.mark.parametrize("leaves", ["cancelled", "late"])
async def test_a_caller_who_no_longer_waits_ends_a_handler_that_may_stop(bus: Bus, leaves: str) -> None:
    began, ended = asyncio.Event(), asyncio.Event()
    kept: list[bytes] = []

    async def hear(payload: bytes) -> bytes:
        if payload == b"short":
            return b"heard"
        began.set()
        try:
            await asyncio.sleep(30)
        except asyncio.CancelledError:
            ended.set()
            raise
        return b""

    async def keep(payload: bytes) -> bytes:
        await asyncio.sleep(0.3)
        kept.append(payload)
        return b""

    await bus.serve("t.hear", hear, at_most=1, may_stop=True)
    await bus.serve("t.keep", keep)
    timeout_seconds = 0.2 if leaves == "late" else 20
    callers = [
        asyncio.create_task(bus.request(subject, b"fact", timeout_seconds=timeout_seconds))
        for subject in ("t.hear", "t.keep")
    ]
    await asyncio.wait_for(began.wait(), 2)
    if leaves == "cancelled":
        for caller in callers:
            caller.cancel()
    results = await asyncio.gather(*callers, return_exceptions=True)
    assert [isinstance(r, EngineError if leaves == "late" else asyncio.CancelledError) for r in results] == [True, True]
    await asyncio.wait_for(ended.wait(), 2)
    await asyncio.sleep(0.4)
    assert kept == [b"fact"], "what keeps facts runs to its end"

    assert await bus.request("t.hear", b"short", timeout_seconds=2) == b"heard", "its place is free again"


async def test_a_request_given_up_before_its_handler_began_keeps_no_place(bus: Bus) -> None:
    running = 0

    async def hear(_: bytes) -> bytes:
        nonlocal running
        running += 1
        try:
            await asyncio.sleep(300)
        finally:
            running -= 1
        return b""

    await bus.serve("t.hear", hear, at_most=100, may_stop=True)
    for turns in range(48):
        caller = asyncio.create_task(bus.request("t.hear", b"", timeout_seconds=200))
        for _ in range(turns % 12):
            await asyncio.sleep(0)
        caller.cancel()
        await asyncio.wait({caller})
    await asyncio.sleep(0.5)
    async with asyncio.timeout(10):
        while running:
            await asyncio.sleep(0.05)


async def test_garbage_among_names_given_up_ends_nobody(bus: Bus) -> None:
    async def slow(payload: bytes) -> bytes:
        for garbage in (b"", b"\xff\xfe", b"x" * 500_000):
            await bus.client.publish("bus.cancel", garbage)
        await bus.client.flush()
        await asyncio.sleep(0.1)
        return payload

    await bus.serve("slow", slow, may_stop=True)
    assert await bus.request("slow", b"kept", timeout_seconds=5) == b"kept"
    assert max(map(len, bus._serving._given_up)) < 1_000


async def test_errors_cross_the_bus_with_their_code(bus: Bus) -> None:
    async def refuse(_: bytes) -> bytes:
        raise EngineError("bad_request", "no text")

    async def crash(_: bytes) -> bytes:
        raise KeyError("inner detail")

    await bus.serve("t.refuse", refuse)
    await bus.serve("t.crash", crash)
    with pytest.raises(EngineError) as caught:
        await bus.request("t.refuse", b"", timeout_seconds=2)
    assert (caught.value.code, caught.value.detail) == ("bad_request", "no text")
    with pytest.raises(EngineError) as caught:
        await bus.request("t.crash", b"", timeout_seconds=2)
    assert caught.value.code == "internal"
    assert "inner detail" not in caught.value.detail


async def test_a_stream_arrives_in_order_and_ends(bus: Bus) -> None:
    async def count(payload: bytes) -> AsyncIterator[bytes]:
        for n in range(int(payload)):
            yield str(n).encode()

    await bus.serve_stream("t.count", count)
    assert [p async for p in bus.stream("t.count", b"5", timeout_seconds=2)] == [b"0", b"1", b"2", b"3", b"4"]


async def test_a_reader_that_stops_closes_the_handler(bus: Bus) -> None:
    closed = asyncio.Event()

    async def endless(_: bytes) -> AsyncIterator[bytes]:
        try:
            while True:
                yield b"x"
                await asyncio.sleep(0.01)
        finally:
            closed.set()

    await bus.serve_stream("t.endless", endless)
    stream = bus.stream("t.endless", b"", timeout_seconds=5)
    async for _ in stream:
        break
    await stream.aclose()
    await asyncio.wait_for(closed.wait(), 2)


async def test_more_than_it_takes_is_refused_as_busy(bus: Bus) -> None:
    release = asyncio.Event()

    async def hold(_: bytes) -> bytes:
        await release.wait()
        return b"done"

    await bus.serve("t.hold", hold, at_most=1)
    first = asyncio.create_task(bus.request("t.hold", b"", timeout_seconds=5))
    await asyncio.sleep(0.1)
    with pytest.raises(EngineError) as caught:
        await bus.request("t.hold", b"", timeout_seconds=2)
    assert caught.value.code == "busy"
    release.set()
    assert await first == b"done"
