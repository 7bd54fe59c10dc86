"""What is read from facts, as rows to write, and how many writes may go together."""

from collections.abc import Iterable, Mapping
from enum import IntEnum
from typing import Any, NamedTuple

Row = tuple[str, str, str]
"""A row that writes meet at: what it is, its interview, its name there."""


class Statement(IntEnum):
    """One way to write. Their order is the order in which writes that go together are carried out."""

    OPENED = 1
    VISITS = 2
    CLOSED = 3
    REVIEWED = 4
    STATUS = 5
    CONSENT = 6
    QUESTION = 7
    INTERRUPTED = 8
    TURN = 9
    TIMING = 10
    PRESENCE = 11
    FORGET_RATING = 12
    RATING = 13
    EVIDENCE = 14
    SUMMARY = 15
    ARRIVAL = 16
    REPEAT = 17
    RECORDING_STOPPED = 18
    OBSERVATION = 19


class Write(NamedTuple):
    """One statement with its values, all of which JSON can say."""

    statement: Statement
    values: Mapping[str, Any]
    makes: tuple[Row, ...] = ()
    """Rows it makes, changes or removes, where the order of two such writes matters."""

    needs: tuple[Row, ...] = ()
    """Rows that must be there."""


Run = dict[Statement, list[Mapping[str, Any]]]


def runs(writes: Iterable[Write]) -> list[Run]:
    """The writes in runs: carried out statement by statement, a run leaves what it would leave one by one.

    Within a run, writes that meet at a row come in the order of their statements already, so that carrying them out by
    statement moves none of them past another; and no statement makes the same row twice. Where one would (a question
    interrupted, then asked again), the next run begins.
    """
    found: list[Run] = []
    latest: dict[Row, Statement] = {}
    for write in writes:
        statement = write.statement
        late = any(latest.get(row, 0) >= statement for row in write.makes) or any(
            latest.get(row, 0) > statement for row in write.needs
        )
        if late or not found:
            found.append({})
            latest = {}
        found[-1].setdefault(statement, []).append(write.values)
        for row in (*write.makes, *write.needs):
            latest[row] = max(latest.get(row, statement), statement)
    return found
