"""The readable facts of a batch, and the rest with its reasons."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import NamedTuple
from uuid import UUID

from coordinator.ingest.codec import EPOCH, Batch, Fact, Incoming, Unreadable, decode_fact
from coordinator.ingest.handlers import HANDLERS
from coordinator.ingest.writes import Write

_START = datetime(1970, 1, 1, tzinfo=UTC)


class Placed(NamedTuple):
    """A readable fact, where it stands, and what is read from it."""

    incoming: Incoming
    fact: Fact
    interview_id: UUID
    wall_time: datetime
    writes: list[Write]


class Bad(NamedTuple):
    """An envelope that cannot be kept; ``reason`` is a stable code."""

    incoming: Incoming
    reason: str
    detail: str = ""


@dataclass(slots=True)
class Sorted:
    """A batch, envelope by envelope, each kind in order."""

    good: list[Placed] = field(default_factory=list)
    bad: list[Bad] = field(default_factory=list)

    def behind(self, sequence: int) -> "Sorted":
        """What stands behind a sequence of the journal."""
        return Sorted(
            [placed for placed in self.good if placed.incoming.sequence > sequence],
            [bad for bad in self.bad if bad.incoming.sequence > sequence],
        )

    def of_interviews(self, own: dict[UUID, bool]) -> "Sorted":
        """Only facts of interviews that exist and are the node's own stay good."""
        found = Sorted(bad=list(self.bad))
        for placed in self.good:
            match own.get(placed.interview_id):
                case True:
                    found.good.append(placed)
                case False:
                    found.bad.append(Bad(placed.incoming, "interview_of_another_node"))
                case None:
                    found.bad.append(Bad(placed.incoming, "unknown_interview"))
        return found


def sort_into(found: Sorted, batch: Batch, incoming: Incoming) -> None:
    """Read one envelope of a batch."""
    try:
        found.good.append(_placed(batch, incoming))
    except Unreadable as error:
        found.bad.append(Bad(incoming, error.reason, error.detail))


@lru_cache(maxsize=4096)
def _uuid(text: str) -> UUID | None:
    """The UUID a text says in the one way it is written; None of any other text."""
    try:
        found = UUID(text)
    except ValueError:
        return None
    return found if str(found) == text else None


def _placed(batch: Batch, incoming: Incoming) -> Placed:
    fact = decode_fact(incoming.raw)
    if fact.node_id != batch.node_id:
        raise Unreadable("wrong_journal", f"node {fact.node_id!r}")
    # The epoch in a fact is that of its writing: a journal found rolled back goes on under another.
    if (
        not EPOCH.match(fact.journal_epoch)
        or fact.event_id != f"{fact.journal_epoch}:{fact.interview_id}:{fact.number}"
    ):
        raise Unreadable("wrong_event_id")
    interview_id = _uuid(fact.interview_id)
    if interview_id is None:
        raise Unreadable("unknown_interview", "the interview id is no UUID")
    try:
        wall_time = _START + timedelta(milliseconds=fact.wall_time_unix_ms)
    except OverflowError:
        raise Unreadable("wrong_time") from None
    try:
        writes = HANDLERS[fact.kind](fact.interview_id, fact)
    except KeyError as error:
        raise Unreadable("unknown_fact", f"{fact.kind}: {error}") from error
    return Placed(incoming, fact, interview_id, wall_time, writes)
