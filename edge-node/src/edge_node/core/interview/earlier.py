"""What a model is told of the interview so far: older exchanges are shortened, then left out, never all at once anew.

Everything happens in steps. Between two steps the beginning of what a model reads stays the same, word for word, so
that a model which keeps what it read need not read it again.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

CUT = " […]"
_SHORTENED = 160
"""Characters left of an older answer."""


@dataclass(frozen=True, slots=True)
class Exchange:
    """A question and what was answered."""

    question: str
    about: str
    """Name of the competency, or title of the stage."""

    answer: str


def condensed(exchanges: Sequence[Exchange], characters: int) -> tuple[Exchange, ...]:
    """The last of ``exchanges``, with ``characters`` of questions and answers at the most.

    When one more would be too much, the older answers keep their beginning only, and the oldest exchanges go until half
    is free again.
    """
    kept: list[Exchange] = []
    for exchange in exchanges:
        kept.append(_cut(exchange, characters // 3))
        if _size(kept) > characters:
            kept = [*(_cut(older, _SHORTENED) for older in kept[:-1]), kept[-1]]
            while kept and _size(kept) > characters // 2:
                del kept[0]
    return tuple(kept)


def recent(text: str, characters: int) -> str:
    """The end of a long text, between half of ``characters`` and all of them.

    Its beginning moves on by half of ``characters`` at a time, to the next blank.
    """
    if len(text) <= characters:
        return text
    step = characters // 2
    start = -(-(len(text) - characters) // step) * step
    blank = text.find(" ", start)
    return text[blank + 1 if 0 <= blank < len(text) - 1 else start :]


def _cut(exchange: Exchange, characters: int) -> Exchange:
    if len(exchange.answer) <= characters:
        return exchange
    return replace(exchange, answer=exchange.answer[: max(0, characters - len(CUT))].rstrip() + CUT)


def _size(exchanges: Sequence[Exchange]) -> int:
    return sum(len(e.question) + len(e.about) + len(e.answer) for e in exchanges)
