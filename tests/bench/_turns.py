"""Turns of made-up interviews against the language service: in time with speech, and with a review beside."""

import asyncio
import contextlib
import itertools
import random
from collections.abc import AsyncIterator

from edge_node.ports.language import DeadlineClass

from bench import _talks
from bench._engines import Ours
from bench._talks import Talk

QUESTION_TOKENS = 24
PERIOD_SECONDS = 30.0
"""One turn of every room ends in this time."""

SPEECH_SECONDS = 20.0
CAPTION_SECONDS = 1.2
TAIL_WORDS = 4
"""Words at the end of an answer that no caption held yet when the turn ends."""

BEFORE_END_SECONDS = 1.0
RATING_TOKENS = 120


async def early_turn(service: Ours, talk: Talk, every_words: int = 8) -> float:
    """One turn, read ahead caption by caption; seconds from its end to the first token."""
    talk.next_turn()
    for words in (*talk.partials(every_words), talk.answer_words - TAIL_WORDS):
        await service.read_ahead(talk.heard(words), talk.name)
    await asyncio.sleep(BEFORE_END_SECONDS)
    return (await service.ask(talk.heard(), QUESTION_TOKENS, talk.name)).first_seconds


async def spoken_turn(service: Ours, talk: Talk) -> float:
    """The same in the time that speaking takes."""
    words = talk.next_turn().split()
    begins = asyncio.get_running_loop().time()
    said = TAIL_WORDS
    while said < len(words) - TAIL_WORDS:
        await asyncio.sleep(CAPTION_SECONDS)
        elapsed = asyncio.get_running_loop().time() - begins
        said = min(len(words) - TAIL_WORDS, round(len(words) * elapsed / SPEECH_SECONDS))
        await service.read_ahead(talk.heard(max(said, 1)), talk.name)
    await asyncio.sleep(max(0.0, begins + SPEECH_SECONDS - asyncio.get_running_loop().time()))
    return (await service.ask(talk.heard(), QUESTION_TOKENS, talk.name)).first_seconds


async def spread(service: Ours, talks: list[Talk], seed: int) -> list[float]:
    """One turn of every room, its end somewhere in PERIOD_SECONDS; seconds to the first tokens."""
    random_ = random.Random(seed)

    async def one(talk: Talk, starts: float) -> float:
        await asyncio.sleep(starts)
        return await spoken_turn(service, talk)

    ends = [random_.uniform(0, PERIOD_SECONDS) for _ in talks]
    return list(await asyncio.gather(*(one(talk, end) for talk, end in zip(talks, ends, strict=True))))


@contextlib.asynccontextmanager
async def review_beside(service: Ours, seed: int) -> AsyncIterator[None]:
    """A review that always has a rating under way while the block runs."""

    async def rate() -> None:
        for number in itertools.count():
            await service.ask(_talks.rating(seed, number), RATING_TOKENS, "", DeadlineClass.RATING)

    work = asyncio.create_task(rate(), name="review beside")
    try:
        await asyncio.sleep(0.5)
        yield
    finally:
        work.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await work
