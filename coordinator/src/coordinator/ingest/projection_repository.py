"""What is read from the facts: one function a table, each repeatable from the facts alone."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from psycopg.types.json import Jsonb

from coordinator.db.unit_of_work import Connection

_TABLES = (
    "rating_evidence",
    "rating_repeat",
    "rating",
    "summary",
    "presence_span",
    "turn_timing",
    "turn",
    "asked_question",
    "consent",
)
"""In the order in which their rows can go."""

_RANK = "array_position(ARRAY['scheduled', 'open', 'running', 'closed', 'reviewed'], {})"


async def clear(connection: Connection) -> None:
    """Forget all that is read from facts, and hold new facts off until the transaction ends."""
    await connection.execute("LOCK TABLE event IN EXCLUSIVE MODE")
    for table in _TABLES:
        await connection.execute(f"DELETE FROM {table}".encode())  # noqa: S608 - names from the list above
    await connection.execute(
        "UPDATE interview SET status = 'scheduled', engines = '[]', visits = 0, close_reason = '', opened_at = NULL,"
        " closed_at = NULL, reviewed_at = NULL, longest_delay_ms = NULL, clock_error_ms = NULL"
    )


async def move_status(connection: Connection, interview_id: UUID, status: str) -> None:
    """Move the interview on to ``status``; never back."""
    query = f"UPDATE interview SET status = %s WHERE id = %s AND {_RANK.format('status')} < {_RANK.format('%s')}"  # noqa: S608 - only constants are formatted in
    await connection.execute(query.encode(), (status, interview_id, status))


async def set_opened(connection: Connection, interview_id: UUID, engines: Sequence[Any], unix_ms: int) -> None:
    """The room exists; entered again with a fresh code, it keeps the time of the first."""
    await connection.execute(
        "UPDATE interview SET engines = %s, opened_at = coalesce(opened_at, to_timestamp(%s / 1000.0)) WHERE id = %s",
        (Jsonb(list(engines)), unix_ms, interview_id),
    )


async def set_visits(connection: Connection, interview_id: UUID, visits: int) -> None:
    """How often the candidate joined."""
    await connection.execute("UPDATE interview SET visits = %s WHERE id = %s", (visits, interview_id))


async def set_closed(connection: Connection, interview_id: UUID, reason: str, unix_ms: int) -> None:
    """Nothing more will be asked."""
    await connection.execute(
        "UPDATE interview SET close_reason = %s, closed_at = to_timestamp(%s / 1000.0) WHERE id = %s",
        (reason, unix_ms, interview_id),
    )


async def set_reviewed(connection: Connection, interview_id: UUID, unix_ms: int) -> None:
    """The review is done."""
    await connection.execute(
        "UPDATE interview SET reviewed_at = to_timestamp(%s / 1000.0) WHERE id = %s", (unix_ms, interview_id)
    )


async def set_arrival(connection: Connection, interview_id: UUID, number: int) -> None:
    """How late the facts up to ``number`` came, and how far off the node's clock was when it was furthest off."""
    await connection.execute(
        """
        UPDATE interview SET longest_delay_ms = arrival.longest_delay_ms, clock_error_ms = arrival.clock_error_ms
        FROM (
            SELECT max(delay_ms) AS longest_delay_ms,
                   (array_agg(error_ms ORDER BY abs(error_ms) DESC, number))[1] AS clock_error_ms
            FROM (
                SELECT number, delay_ms,
                       round(extract(epoch FROM wall_time - received_at) * 1000)::bigint + delay_ms AS error_ms
                FROM event WHERE interview_id = %(interview_id)s AND number <= %(number)s
            ) AS fact
            WHERE error_ms IS NOT NULL
        ) AS arrival
        WHERE id = %(interview_id)s
        """,
        {"interview_id": interview_id, "number": number},
    )


async def add_consent(
    connection: Connection, interview_id: UUID, number: int, fields: dict[str, Any], unix_ms: int
) -> None:
    """Purposes the candidate agreed to."""
    await connection.execute(
        "INSERT INTO consent (interview_id, number, purposes, notice_version, given_at)"
        " VALUES (%s, %s, %s, %s, to_timestamp(%s / 1000.0))",
        (interview_id, number, fields["purposes"], fields["notice_version"], unix_ms),
    )


async def add_question(
    connection: Connection, interview_id: UUID, number: int, fields: dict[str, Any], asked_at_ms: int
) -> None:
    """A question; asked again after a return, it keeps its first place."""
    await connection.execute(
        """
        INSERT INTO asked_question (interview_id, question_id, number, stage_id, kind, text, sources,
                                    fallback_reason, prompt_version, seed, language_ms, model_digest, refused,
                                    lead_in, answer_read_as, lacking, asked_at_ms)
        VALUES (%(interview_id)s, %(question_id)s, %(number)s, %(stage_id)s, %(kind)s, %(text)s, %(sources)s,
                %(fallback_reason)s, %(prompt_version)s, %(seed)s, %(language_ms)s, %(model_digest)s, %(refused)s,
                %(lead_in)s, %(answer_read_as)s, %(lacking)s, %(asked_at_ms)s)
        ON CONFLICT DO NOTHING
        """,
        {
            **fields,
            "interview_id": interview_id,
            "number": number,
            "sources": Jsonb(fields["sources"]),
            "refused": Jsonb(fields["refused"]),
            "asked_at_ms": asked_at_ms,
        },
    )


async def set_interrupted(connection: Connection, interview_id: UUID, question_id: str, heard_ms: int) -> None:
    """How much of a question was heard."""
    await connection.execute(
        "UPDATE asked_question SET interrupted_at_ms = %s WHERE interview_id = %s AND question_id = %s",
        (heard_ms, interview_id, question_id),
    )


async def add_turn(connection: Connection, interview_id: UUID, number: int, fields: dict[str, Any]) -> None:
    """An answer; raises psycopg.IntegrityError when its question is unknown."""
    await connection.execute(
        """
        INSERT INTO turn (interview_id, turn_id, number, question_id, text, mode, start_ms, end_ms, words)
        VALUES (%(interview_id)s, %(turn_id)s, %(number)s, %(question_id)s, %(text)s, %(mode)s, %(start_ms)s,
                %(end_ms)s, %(words)s)
        """,
        {**fields, "interview_id": interview_id, "number": number, "words": Jsonb(fields["words"])},
    )


async def add_timing(connection: Connection, interview_id: UUID, fields: dict[str, Any]) -> None:
    """Where the time of a turn gap went; a later measurement of the same turn replaces it."""
    await connection.execute(
        """
        INSERT INTO turn_timing (interview_id, turn_id, end_of_turn_ms, stt_ms, llm_first_sentence_ms,
                                 tts_first_audio_ms)
        VALUES (%(interview_id)s, %(turn_id)s, %(end_of_turn_ms)s, %(stt_ms)s, %(llm_first_sentence_ms)s,
                %(tts_first_audio_ms)s)
        ON CONFLICT (interview_id, turn_id) DO UPDATE SET
            end_of_turn_ms = excluded.end_of_turn_ms, stt_ms = excluded.stt_ms,
            llm_first_sentence_ms = excluded.llm_first_sentence_ms,
            tts_first_audio_ms = excluded.tts_first_audio_ms
        """,
        {**fields, "interview_id": interview_id},
    )


async def put_rating(
    connection: Connection,
    interview_id: UUID,
    number: int,
    fields: dict[str, Any],
    *,
    level: int | None,
    abstention_reason: str | None,
    evidence: Sequence[dict[str, Any]],
) -> None:
    """A competency's result with its quotes; a later one replaces it."""
    key = {"interview_id": interview_id, "competency_id": fields["competency_id"]}
    await connection.execute(
        "DELETE FROM rating WHERE interview_id = %(interview_id)s AND competency_id = %(competency_id)s", key
    )
    await connection.execute(
        """
        INSERT INTO rating (interview_id, competency_id, number, level, rationale, abstention_reason,
                            evidence_refused, prompt_version, rubric_version, model_digest, levels, spread, repeats)
        VALUES (%(interview_id)s, %(competency_id)s, %(number)s, %(level)s, %(rationale)s, %(abstention_reason)s,
                %(evidence_refused)s, %(prompt_version)s, %(rubric_version)s, %(model_digest)s, %(levels)s, %(spread)s,
                %(repeats)s)
        """,
        {
            **key,
            "number": number,
            "level": level,
            "rationale": fields.get("rationale", ""),
            "abstention_reason": abstention_reason,
            "evidence_refused": fields["evidence_refused"],
            "prompt_version": fields["prompt_version"],
            "rubric_version": fields["rubric_version"],
            "model_digest": fields["model_digest"],
            "levels": fields["levels"],
            "spread": fields["spread"],
            "repeats": fields["repeats"],
        },
    )
    for position, item in enumerate(evidence):
        await connection.execute(
            """
            INSERT INTO rating_evidence (interview_id, competency_id, position, turn_id, quote, start_char, end_char)
            VALUES (%(interview_id)s, %(competency_id)s, %(position)s, %(turn_id)s, %(quote)s, %(start_char)s,
                    %(end_char)s)
            """,
            {**key, **item, "position": position},
        )


async def add_repeat(connection: Connection, interview_id: UUID, number: int, fields: dict[str, Any]) -> None:
    """One of several ratings of a competency; a review that was cut short may come to the same one again."""
    await connection.execute(
        """
        INSERT INTO rating_repeat (interview_id, competency_id, seed, number, level, reason, rationale, evidence,
                                   evidence_refused, prompt_version, model_digest)
        VALUES (%(interview_id)s, %(competency_id)s, %(seed)s, %(number)s, nullif(%(level)s, 0), %(reason)s,
                %(rationale)s, %(evidence)s, %(evidence_refused)s, %(prompt_version)s, %(model_digest)s)
        ON CONFLICT DO NOTHING
        """,
        {**fields, "interview_id": interview_id, "number": number, "evidence": Jsonb(fields["evidence"])},
    )


async def put_summary(connection: Connection, interview_id: UUID, number: int, fields: dict[str, Any]) -> None:
    """The summary; a later one replaces it."""
    await connection.execute(
        """
        INSERT INTO summary (interview_id, number, text, evidence, prompt_version, model_digest, strengths,
                             improvements)
        VALUES (%(interview_id)s, %(number)s, %(text)s, %(evidence)s, %(prompt_version)s, %(model_digest)s,
                %(strengths)s, %(improvements)s)
        ON CONFLICT (interview_id) DO UPDATE SET
            number = excluded.number, text = excluded.text, evidence = excluded.evidence,
            prompt_version = excluded.prompt_version, model_digest = excluded.model_digest,
            strengths = excluded.strengths, improvements = excluded.improvements
        """,
        {
            **fields,
            "interview_id": interview_id,
            "number": number,
            **{name: Jsonb(fields[name]) for name in ("evidence", "strengths", "improvements")},
        },
    )


async def add_presence(connection: Connection, interview_id: UUID, fields: dict[str, Any]) -> None:
    """What the camera saw over a span."""
    await connection.execute(
        """
        INSERT INTO presence_span (interview_id, start_ms, end_ms, samples, samples_without_face,
                                   samples_with_several_faces)
        VALUES (%(interview_id)s, %(start_ms)s, %(end_ms)s, %(samples)s, %(samples_without_face)s,
                %(samples_with_several_faces)s)
        ON CONFLICT DO NOTHING
        """,
        {**fields, "interview_id": interview_id},
    )
