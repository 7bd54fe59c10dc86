"""What arrived, held against what the node's journal has."""

from collections.abc import Mapping, Sequence
from typing import Any

import psycopg


def judged(database_url: str, sent: Mapping[str, int]) -> dict[str, Any]:
    """Figures of the coordinator's record; ``sent``: how many facts each interview has in the node's journal.

    A fact counts as a duplicate when its number or its answer is there twice, as out of order when it does not follow
    the one before it in its interview, in the order in which the journal's sequences were committed.
    """
    with psycopg.connect(database_url) as connection:
        rows = connection.execute(
            "SELECT interview_id::text, number FROM event ORDER BY node_id, journal_epoch, journal_sequence"
        ).fetchall()
        dead = _count(connection, "SELECT count(*) FROM dead_letter")
        lost_answers = _count(
            connection,
            "SELECT count(*) FROM event LEFT JOIN turn USING (interview_id, number)"
            " WHERE event.kind = 'turn_taken' AND turn.turn_id IS NULL",
        )
        incidents = _count(connection, "SELECT count(*) FROM node_incident")
    missing, duplicates, out_of_order = compared([(name, number) for name, number in rows], sent)
    return {
        "sent": sum(sent.values()),
        "committed": len(rows),
        "missing": missing + lost_answers,
        "duplicates": duplicates,
        "out_of_order": out_of_order,
        "dead_letters": dead,
        "incidents": incidents,
    }


def compared(rows: Sequence[tuple[str, int]], sent: Mapping[str, int]) -> tuple[int, int, int]:
    """Missing, duplicate and misplaced facts among ``rows`` (interview, number) in the order of their commits."""
    seen: dict[str, set[int]] = {name: set() for name in sent}
    duplicates = out_of_order = 0
    latest: dict[str, int] = {}
    for name, number in rows:
        numbers = seen.setdefault(name, set())
        duplicates += number in numbers
        out_of_order += number != latest.get(name, 0) + 1
        numbers.add(number)
        latest[name] = number
    missing = sum(len(set(range(1, count + 1)) - seen[name]) for name, count in sent.items())
    return missing, duplicates, out_of_order


def committed(connection: psycopg.Connection[Any]) -> int:
    """Facts that are there."""
    return _count(connection, "SELECT count(*) FROM event")


def _count(connection: psycopg.Connection[Any], query: str) -> int:
    row = connection.execute(query.encode()).fetchone()
    assert row
    return int(row[0])


def holds(figures: Mapping[str, Any], caught_up_most: float) -> bool:
    """Whether nothing is lost, doubled or misplaced, and all was there in time."""
    zeros = ("missing", "duplicates", "out_of_order", "dead_letters", "incidents")
    caught_up = figures["caught_up_s"]
    return not any(figures[name] for name in zeros) and caught_up is not None and caught_up <= caught_up_most
