"""A rehearsed turn proves a node by what comes out: silence, other words and no words are failures."""

from collections.abc import AsyncIterator, Sequence
from typing import Any

import numpy as np
import pytest
from edge_node.app import probe
from edge_node.app.probe import SENTENCE, ProbeFailed
from edge_node.ports.language import Generation, Piece
from edge_node.ports.speech import Transcript


class Voice:
    def __init__(self, seconds: float, loudness: int) -> None:
        self._samples = np.full(round(seconds * 48_000), loudness, np.int16)

    async def synthesize(self, text: str, **_: Any) -> AsyncIterator[bytes]:
        half = len(self._samples) // 2
        yield self._samples[:half].tobytes()
        yield self._samples[half:].tobytes()


class Ears:
    def __init__(self, text: str) -> None:
        self._text = text

    async def transcribe(self, pcm: bytes, **_: Any) -> Transcript:
        return Transcript(self._text, (), 1)


class Model:
    def __init__(self, texts: Sequence[str]) -> None:
        self._texts = texts

    async def generate(self, request: Generation) -> AsyncIterator[Piece]:
        for text in self._texts:
            yield Piece(text)
        yield Piece("", last=True, finish_reason="stop", generated_tokens=len(self._texts))


async def test_audible_speech_becomes_what_the_ears_take() -> None:
    pcm, said = await probe.speak(Voice(3.0, 5000))  # type: ignore[arg-type]
    assert len(pcm) == 3 * 16_000 * 2
    assert said == {"audible_seconds": 3.0}


@pytest.mark.parametrize(("seconds", "loudness"), [(3.0, 0), (0.2, 5000), (60.0, 5000), (0.0, 0)])
async def test_a_voice_that_says_nothing_or_does_not_end_is_found(seconds: float, loudness: int) -> None:
    with pytest.raises(ProbeFailed, match="audible sound"):
        await probe.speak(Voice(seconds, loudness))  # type: ignore[arg-type]


@pytest.mark.parametrize("heard", [SENTENCE, SENTENCE.upper().rstrip("."), SENTENCE.replace("project", "object")])
async def test_what_was_said_is_heard_even_with_a_slip(heard: str) -> None:
    assert (await probe.hear(Ears(heard), b""))[0] == heard  # type: ignore[arg-type]


@pytest.mark.parametrize("heard", ["", "Thanks for watching!", "you"])
async def test_other_words_are_a_failure_that_quotes_them(heard: str) -> None:
    with pytest.raises(ProbeFailed) as failure:
        await probe.hear(Ears(heard), b"")  # type: ignore[arg-type]
    assert repr(heard) in str(failure.value)


async def test_a_model_that_words_something_is_fine() -> None:
    _, said = await probe.answer(Model(["What ", "did you build?"]), 8.0)  # type: ignore[arg-type]
    assert said == {"characters": 19, "tokens": 2}


@pytest.mark.parametrize("texts", [[], [""], ["...!"], ["42"]])
async def test_a_model_without_words_is_found(texts: list[str]) -> None:
    with pytest.raises(ProbeFailed, match="answered"):
        await probe.answer(Model(texts), 8.0)  # type: ignore[arg-type]
