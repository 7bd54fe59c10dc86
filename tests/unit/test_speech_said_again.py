"""Sound kept in memory: whole texts only, bounded, and never another voice's."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import aclosing

import pytest
from edge_node.ports.failure import EngineError
from edge_node.speech.said_again import SaidAgain

SECOND = b"\1\0" * 48_000


class Counting:
    """One second a word, each as a piece of its own."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.failing = False

    async def synthesize(self, text: str, *, language: str, timeout_seconds: float) -> AsyncIterator[bytes]:
        self.asked.append(text)
        for _ in text.split():
            yield SECOND
        if self.failing:
            raise EngineError("unavailable")


async def say(voice: SaidAgain, text: str, language: str = "en") -> list[bytes]:
    return [pcm async for pcm in voice.synthesize(text, language=language, timeout_seconds=1)]


def test_a_text_said_again_comes_from_memory_in_the_same_pieces() -> None:
    engine = Counting()
    voice = SaidAgain(engine, voices={"en": "a", "ko": "b"}, longest_seconds=10)
    first = asyncio.run(say(voice, "thank you"))
    assert asyncio.run(say(voice, "thank you")) == first == [SECOND] * 2
    asyncio.run(say(voice, "thank you", "ko"))
    assert engine.asked == ["thank you", "thank you"], "another language is another sound"
    assert (voice.hits, voice.seconds) == (1, 4)


def test_what_was_cut_short_or_failed_is_not_kept() -> None:
    engine = Counting()
    voice = SaidAgain(engine, voices={}, longest_seconds=10)

    async def interrupted() -> None:
        async with aclosing(voice.synthesize("one two three", language="en", timeout_seconds=1)) as sound:
            await anext(sound)

    asyncio.run(interrupted())
    engine.failing = True
    with pytest.raises(EngineError):
        asyncio.run(say(voice, "one two three"))
    assert voice.seconds == 0


def test_the_least_recently_said_goes_first_and_a_text_too_long_is_not_kept() -> None:
    engine = Counting()
    voice = SaidAgain(engine, voices={}, longest_seconds=3)
    for text in ("a b", "c", "a b", "d", "e f g h"):
        asyncio.run(say(voice, text))
    assert voice.seconds == 3
    for text in ("a b", "d"):
        asyncio.run(say(voice, text))
    assert engine.asked == ["a b", "c", "d", "e f g h"]
