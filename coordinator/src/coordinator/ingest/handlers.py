"""Which rows each fact becomes. A pure function of the fact: the same facts in the same order give the same rows."""

from collections.abc import Awaitable, Callable
from uuid import UUID

from coordinator.db.unit_of_work import Connection
from coordinator.ingest import projection_repository as rows
from coordinator.ingest.codec import Fact

Handler = Callable[[Connection, UUID, Fact], Awaitable[None]]


async def _opened(connection: Connection, interview_id: UUID, fact: Fact) -> None:
    await rows.set_opened(connection, interview_id, fact.fields["engines"], fact.wall_time_unix_ms)
    await rows.move_status(connection, interview_id, "open")
    await rows.set_arrival(connection, interview_id, fact.number)


async def _joined(connection: Connection, interview_id: UUID, fact: Fact) -> None:
    await rows.set_visits(connection, interview_id, fact.fields["visit"])
    await rows.move_status(connection, interview_id, "running")


async def _consented(connection: Connection, interview_id: UUID, fact: Fact) -> None:
    await rows.add_consent(connection, interview_id, fact.number, fact.fields, fact.wall_time_unix_ms)


async def _asked(connection: Connection, interview_id: UUID, fact: Fact) -> None:
    await rows.add_question(connection, interview_id, fact.number, fact.fields, fact.interview_ms)


async def _answered(connection: Connection, interview_id: UUID, fact: Fact) -> None:
    await rows.add_turn(connection, interview_id, fact.number, fact.fields)


async def _timed(connection: Connection, interview_id: UUID, fact: Fact) -> None:
    await rows.add_timing(connection, interview_id, fact.fields)


async def _interrupted(connection: Connection, interview_id: UUID, fact: Fact) -> None:
    await rows.set_interrupted(connection, interview_id, fact.fields["question_id"], fact.fields["heard_ms"])


async def _observed(connection: Connection, interview_id: UUID, fact: Fact) -> None:
    await rows.add_presence(connection, interview_id, fact.fields)


async def _closed(connection: Connection, interview_id: UUID, fact: Fact) -> None:
    await rows.set_closed(connection, interview_id, fact.fields["reason"], fact.wall_time_unix_ms)
    await rows.move_status(connection, interview_id, "closed")
    await rows.set_arrival(connection, interview_id, fact.number)


async def _repeated(connection: Connection, interview_id: UUID, fact: Fact) -> None:
    await rows.add_repeat(connection, interview_id, fact.number, fact.fields)


async def _rated(connection: Connection, interview_id: UUID, fact: Fact) -> None:
    await rows.put_rating(
        connection,
        interview_id,
        fact.number,
        fact.fields,
        level=fact.fields["level"],
        abstention_reason=None,
        evidence=fact.fields["evidence"],
    )


async def _abstained(connection: Connection, interview_id: UUID, fact: Fact) -> None:
    await rows.put_rating(
        connection,
        interview_id,
        fact.number,
        fact.fields,
        level=None,
        abstention_reason=fact.fields["reason"],
        evidence=(),
    )


async def _summarised(connection: Connection, interview_id: UUID, fact: Fact) -> None:
    await rows.put_summary(connection, interview_id, fact.number, fact.fields)


async def _reviewed(connection: Connection, interview_id: UUID, fact: Fact) -> None:
    await rows.set_reviewed(connection, interview_id, fact.wall_time_unix_ms)
    await rows.move_status(connection, interview_id, "reviewed")
    await rows.set_arrival(connection, interview_id, fact.number)


async def _nothing(_: Connection, __: UUID, ___: Fact) -> None:
    """The fact itself is the record; nothing is read from it yet."""


HANDLERS: dict[str, Handler] = {
    "interview_opened": _opened,
    "candidate_joined": _joined,
    "consent_given": _consented,
    "stage_entered": _nothing,
    "question_asked": _asked,
    "turn_taken": _answered,
    "turn_timed": _timed,
    "question_interrupted": _interrupted,
    "candidate_left": _nothing,
    "presence_observed": _observed,
    "interview_closed": _closed,
    "rating_repeated": _repeated,
    "competency_rated": _rated,
    "competency_abstained": _abstained,
    "summary_written": _summarised,
    "review_completed": _reviewed,
}
"""Kind of fact -> what it becomes. A test holds it against the schema."""
