"""Which rows each fact becomes. A pure function of the fact: the same facts in the same order give the same rows."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from coordinator.ingest.codec import Fact
from coordinator.ingest.writes import Row, Statement, Write

Handler = Callable[[str, Fact], list[Write]]
"""Takes the interview's id and one of its facts."""


def _interview(statement: Statement, interview_id: str, **values: Any) -> Write:
    return Write(statement, {"interview_id": interview_id, **values}, makes=((statement.name, interview_id, ""),))


def _status(interview_id: str, status: str) -> Write:
    # Moves on only, so that it does not matter which comes first.
    return Write(Statement.STATUS, {"interview_id": interview_id, "status": status})


def _arrival(interview_id: str, fact: Fact) -> Write:
    # Reads the facts up to this one, so that the last of several says all.
    return Write(Statement.ARRIVAL, {"interview_id": interview_id, "number": fact.number})


def _question(interview_id: str, fields: dict[str, Any]) -> Row:
    return ("question", interview_id, fields["question_id"])


def _turn(interview_id: str, fields: dict[str, Any]) -> Row:
    return ("turn", interview_id, fields["turn_id"])


def _opened(interview_id: str, fact: Fact) -> list[Write]:
    engines, unix_ms = fact.fields["engines"], fact.wall_time_unix_ms
    return [
        _interview(Statement.OPENED, interview_id, engines=engines, unix_ms=unix_ms),
        _status(interview_id, "open"),
        _arrival(interview_id, fact),
    ]


def _joined(interview_id: str, fact: Fact) -> list[Write]:
    return [
        _interview(Statement.VISITS, interview_id, visit=fact.fields["visit"]),
        _status(interview_id, "running"),
    ]


def _closed(interview_id: str, fact: Fact) -> list[Write]:
    reason, unix_ms = fact.fields["reason"], fact.wall_time_unix_ms
    return [
        _interview(Statement.CLOSED, interview_id, reason=reason, unix_ms=unix_ms),
        _status(interview_id, "closed"),
        _arrival(interview_id, fact),
    ]


def _reviewed(interview_id: str, fact: Fact) -> list[Write]:
    return [
        _interview(Statement.REVIEWED, interview_id, unix_ms=fact.wall_time_unix_ms),
        _status(interview_id, "reviewed"),
        _arrival(interview_id, fact),
    ]


def _consented(interview_id: str, fact: Fact) -> list[Write]:
    given_at = (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=fact.wall_time_unix_ms)).isoformat()
    values = {**fact.fields, "interview_id": interview_id, "number": fact.number, "given_at": given_at}
    return [Write(Statement.CONSENT, values)]


def _asked(interview_id: str, fact: Fact) -> list[Write]:
    place = {"interview_id": interview_id, "number": fact.number, "asked_at_ms": fact.interview_ms}
    return [Write(Statement.QUESTION, {**fact.fields, **place}, makes=(_question(interview_id, fact.fields),))]


def _interrupted(interview_id: str, fact: Fact) -> list[Write]:
    values = {**fact.fields, "interview_id": interview_id}
    return [Write(Statement.INTERRUPTED, values, makes=(_question(interview_id, fact.fields),))]


def _answered(interview_id: str, fact: Fact) -> list[Write]:
    values = {**fact.fields, "interview_id": interview_id, "number": fact.number}
    makes, needs = (_turn(interview_id, fact.fields),), (_question(interview_id, fact.fields),)
    return [Write(Statement.TURN, values, makes, needs)]


def _timed(interview_id: str, fact: Fact) -> list[Write]:
    values = {**fact.fields, "interview_id": interview_id}
    timing = ("timing", interview_id, fact.fields["turn_id"])
    return [Write(Statement.TIMING, values, (timing,), (_turn(interview_id, fact.fields),))]


def _observed(interview_id: str, fact: Fact) -> list[Write]:
    return [Write(Statement.PRESENCE, {**fact.fields, "interview_id": interview_id})]


def _recording_stopped(interview_id: str, fact: Fact) -> list[Write]:
    return [_interview(Statement.RECORDING_STOPPED, interview_id, reason=fact.fields["reason"])]


def _noted(interview_id: str, fact: Fact) -> list[Write]:
    return [Write(Statement.OBSERVATION, {**fact.fields, "interview_id": interview_id, "number": fact.number})]


def _rating(
    interview_id: str, fact: Fact, result: dict[str, Any], evidence: Sequence[dict[str, Any]] = ()
) -> list[Write]:
    fields = fact.fields
    key = {"interview_id": interview_id, "competency_id": fields["competency_id"]}
    rating: Row = ("rating", interview_id, fields["competency_id"])
    named = (
        "evidence_refused",
        "prompt_version",
        "rubric_version",
        "model_digest",
        "levels",
        "spread",
        "repeats",
    )
    values = {**key, **result, "number": fact.number, **{name: fields[name] for name in named}}
    quotes = [
        Write(
            Statement.EVIDENCE,
            {**key, **item, "position": position},
            needs=(rating, _turn(interview_id, item)),
        )
        for position, item in enumerate(evidence)
    ]
    return [
        Write(Statement.FORGET_RATING, key, (rating,)),
        Write(Statement.RATING, values, (rating,)),
        *quotes,
    ]


def _repeated(interview_id: str, fact: Fact) -> list[Write]:
    level = fact.fields["level"] or None
    values = {**fact.fields, "level": level, "interview_id": interview_id, "number": fact.number}
    return [Write(Statement.REPEAT, values)]


def _rated(interview_id: str, fact: Fact) -> list[Write]:
    fields = fact.fields
    result = {"level": fields["level"], "rationale": fields["rationale"], "abstention_reason": None}
    return _rating(interview_id, fact, result, fields["evidence"])


def _abstained(interview_id: str, fact: Fact) -> list[Write]:
    return _rating(interview_id, fact, {"level": None, "rationale": "", "abstention_reason": fact.fields["reason"]})


def _summarised(interview_id: str, fact: Fact) -> list[Write]:
    values = {**fact.fields, "interview_id": interview_id, "number": fact.number}
    return [Write(Statement.SUMMARY, values, (("summary", interview_id, ""),))]


def _nothing(_: str, __: Fact) -> list[Write]:
    """The fact itself is the record; nothing is read from it yet."""
    return []


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
    "observation_noted": _noted,
    "interview_closed": _closed,
    "rating_repeated": _repeated,
    "competency_rated": _rated,
    "competency_abstained": _abstained,
    "summary_written": _summarised,
    "review_completed": _reviewed,
    "recording_stopped": _recording_stopped,
}
"""Kind of fact -> what it becomes. A test holds it against the schema."""
