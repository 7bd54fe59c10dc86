"""Reading an answer ahead: what is sent, what is not, and that it costs nothing when it fails."""

import asyncio

import pytest
from edge_node.core.interview.prompts import Prompt
from edge_node.ports.failure import EngineError
from edge_node.ports.language import DeadlineClass, Generation, Piece
from edge_node.room.replying.early import EarlyReading


class Reader:
    """A language model that reads until it is let go."""

    def __init__(self) -> None:
        self.began: list[str] = []
        self.ended: list[str] = []
        self.held = asyncio.Event()
        self.fails = False

    async def generate(self, request: Generation):  # type: ignore[no-untyped-def]
        assert request.deadline_class is DeadlineClass.AHEAD
        assert request.max_tokens == 0
        assert request.conversation == "i1"
        text = request.messages[-1].text
        self.began.append(text)
        if self.fails:
            raise EngineError("unavailable")
        await self.held.wait()
        self.ended.append(text)
        yield Piece("", last=True, finish_reason="read")


def reading(model: Reader) -> EarlyReading:
    def prompt(text: str) -> Prompt | None:
        return None if "nothing" in text else Prompt((("user", text),), "", 8, 0.0, "v")

    return EarlyReading(model, prompt, conversation="i1")


async def turns() -> None:
    for _ in range(5):
        await asyncio.sleep(0)


async def test_only_what_two_captions_agree_on_is_read() -> None:
    model = Reader()
    early = reading(model)
    early.caption("I moved the sore")
    await turns()
    assert model.began == []
    early.caption("I moved the store and counted")
    await turns()
    assert model.began == ["I moved the"]
    early.caption("I moved the store and counted it")
    await turns()
    assert model.began == ["I moved the", "I moved the store and counted"]
    assert model.ended == [], "the older one was given up"
    early.transcript("I moved the store and counted it all.")
    model.held.set()
    await turns()
    assert model.ended == ["I moved the store and counted it all."]
    await early.close()


async def test_less_of_the_same_is_not_asked_for_again() -> None:
    model = Reader()
    model.held.set()
    early = reading(model)
    early.transcript("I moved the store")
    await turns()
    early.caption("I moved the store")
    early.caption("I moved the")
    await turns()
    assert model.began == ["I moved the store"]
    early.stop()
    early.transcript("I moved the store")
    await turns()
    assert len(model.began) == 2, "another turn begins afresh"
    await early.close()


async def test_where_no_question_would_be_asked_nothing_is_read() -> None:
    model = Reader()
    early = reading(model)
    early.transcript("nothing")
    await turns()
    assert model.began == []
    await early.close()


async def test_the_end_of_the_turn_gives_it_up() -> None:
    model = Reader()
    early = reading(model)
    early.transcript("I moved the store")
    await turns()
    early.stop()
    model.held.set()
    await turns()
    assert model.ended == []
    await early.close()


async def test_a_model_that_is_away_is_tried_again_with_the_next_words(caplog: pytest.LogCaptureFixture) -> None:
    model = Reader()
    model.fails = True
    early = reading(model)
    early.transcript("I moved the store")
    await turns()
    model.fails = False
    model.held.set()
    early.transcript("I moved the store")
    await turns()
    assert model.ended == ["I moved the store"]
    await early.close()
    assert not caplog.records
