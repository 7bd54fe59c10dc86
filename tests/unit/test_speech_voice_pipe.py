"""The appliance's reader of the voice program's messages."""

import asyncio
import struct

import pytest
from edge_node.speech.voice_pipe import PipeBroken, PipeReader, encode


def message(header: bytes, payload: bytes = b"") -> bytes:
    return b"VOX1" + struct.pack(">II", len(header), len(payload)) + header + payload


async def test_messages_survive_every_way_of_cutting_the_stream() -> None:
    data = message(b'{"id": "1"}', b"\x01\x02") + encode({"id": "2", "last": True})
    for step in (1, 3, 7, len(data)):
        stream = asyncio.StreamReader()
        for at in range(0, len(data), step):
            stream.feed_data(data[at : at + step])
        stream.feed_eof()
        reader = PipeReader(stream)
        assert await reader.next() == ({"id": "1"}, b"\x01\x02")
        assert await reader.next() == ({"id": "2", "last": True}, b"")
        with pytest.raises(PipeBroken):
            await reader.next()


async def test_a_cancelled_read_loses_nothing() -> None:
    data = message(b'{"id": "1"}', b"abcd")
    stream = asyncio.StreamReader()
    reader = PipeReader(stream)
    stream.feed_data(data[:20])
    waiting = asyncio.create_task(reader.next())
    await asyncio.sleep(0)
    waiting.cancel()
    await asyncio.gather(waiting, return_exceptions=True)
    stream.feed_data(data[20:])
    assert await reader.next() == ({"id": "1"}, b"abcd")


@pytest.mark.parametrize(
    "data",
    [b"Traceback (most recent call last)", message(b"[1]"), message(b"{"), b"VOX1" + b"\xff" * 8],
)
async def test_what_is_no_message_breaks_the_pipe(data: bytes) -> None:
    stream = asyncio.StreamReader()
    stream.feed_data(data)
    with pytest.raises(PipeBroken):
        await PipeReader(stream).next()
