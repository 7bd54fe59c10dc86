"""Rows of interviews, as they are read back."""

from datetime import datetime
from typing import Any
from uuid import UUID

from coordinator.db.unit_of_work import Connection

_HEAD = """
SELECT interview.id AS interview_id, interview.status, interview.language, interview.candidate_id,
       candidate.name AS candidate_name, interview.job_id, job.title AS job_title,
       company.name AS company_name, interview.node_id, node.room_url, interview.join_code_expires_at,
       interview.created_at, interview.opened_at, interview.closed_at, interview.close_reason, interview.visits,
       interview.kit, interview.engines, interview.longest_delay_ms, interview.clock_error_ms,
       interview.recording_stopped
FROM interview
JOIN candidate ON candidate.id = interview.candidate_id
JOIN job ON job.id = interview.job_id
JOIN company ON company.id = job.company_id
JOIN node USING (node_id)
"""


async def heads(connection: Connection, limit: int) -> list[dict[str, Any]]:
    """The newest interviews with whose they are."""
    cursor = await connection.execute(f"{_HEAD} ORDER BY interview.created_at DESC LIMIT %s".encode(), (limit,))
    return await cursor.fetchall()


async def head(connection: Connection, interview_id: UUID) -> dict[str, Any] | None:
    """One interview with whose it is."""
    cursor = await connection.execute(f"{_HEAD} WHERE interview.id = %s".encode(), (interview_id,))
    return await cursor.fetchone()


async def ratings(connection: Connection, interview_ids: list[UUID]) -> list[dict[str, Any]]:
    """Results of competencies with their evidence, in the order they came."""
    cursor = await connection.execute(
        """
        SELECT rating.*, coalesce(quotes.evidence, '[]'::jsonb) AS evidence,
               coalesce(repeated.made, '[]'::jsonb) AS repeated
        FROM rating
        LEFT JOIN LATERAL (
            SELECT jsonb_agg(jsonb_build_object('turn_id', turn_id, 'quote', quote, 'start_char', start_char,
                                                'end_char', end_char) ORDER BY position) AS evidence
            FROM rating_evidence AS item
            WHERE item.interview_id = rating.interview_id AND item.competency_id = rating.competency_id
        ) AS quotes ON true
        LEFT JOIN LATERAL (
            SELECT jsonb_agg(jsonb_build_object('seed', seed, 'level', level, 'reason', reason, 'evidence', evidence)
                             ORDER BY number) AS made
            FROM rating_repeat AS item
            WHERE item.interview_id = rating.interview_id AND item.competency_id = rating.competency_id
        ) AS repeated ON true
        WHERE rating.interview_id = ANY (%s) ORDER BY rating.number
        """,
        (interview_ids,),
    )
    return await cursor.fetchall()


async def questions(connection: Connection, interview_id: UUID) -> list[dict[str, Any]]:
    """Questions in the order asked."""
    cursor = await connection.execute(
        """
        SELECT question_id AS id, kind, stage_id, text, sources, fallback_reason, asked_at_ms, interrupted_at_ms,
               prompt_version, model_digest, seed, language_ms, refused, lead_in, answer_read_as, lacking,
               prompt_tokens, reused_tokens, generated_tokens
        FROM asked_question WHERE interview_id = %s ORDER BY number
        """,
        (interview_id,),
    )
    return await cursor.fetchall()


async def turns(connection: Connection, interview_id: UUID) -> list[dict[str, Any]]:
    """Answers in the order given, each with the question it answers and its fact's envelope."""
    cursor = await connection.execute(
        """
        SELECT question_id, turn_id, text, mode, start_ms, end_ms, envelope
        FROM turn JOIN event USING (interview_id, number) WHERE interview_id = %s ORDER BY number
        """,
        (interview_id,),
    )
    return await cursor.fetchall()


async def gaps(connection: Connection, interview_id: UUID) -> list[dict[str, Any]]:
    """Timings of turn gaps in the order of the turns."""
    cursor = await connection.execute(
        """
        SELECT timing.turn_id, end_of_turn_ms, stt_ms, llm_first_sentence_ms, tts_first_audio_ms
        FROM turn_timing AS timing JOIN turn USING (interview_id, turn_id)
        WHERE interview_id = %s ORDER BY turn.number
        """,
        (interview_id,),
    )
    return await cursor.fetchall()


async def summary(connection: Connection, interview_id: UUID) -> dict[str, Any] | None:
    """The summary, once there is one."""
    cursor = await connection.execute(
        "SELECT text, evidence, prompt_version, model_digest, strengths, improvements FROM summary"
        " WHERE interview_id = %s",
        (interview_id,),
    )
    return await cursor.fetchone()


async def consents(connection: Connection, interview_id: UUID) -> list[str]:
    """Purposes of the newest consent."""
    cursor = await connection.execute(
        "SELECT purposes FROM consent WHERE interview_id = %s ORDER BY number DESC LIMIT 1", (interview_id,)
    )
    row = await cursor.fetchone()
    return list(row["purposes"]) if row else []


async def observations(connection: Connection, interview_id: UUID) -> list[dict[str, Any]]:
    """What the camera showed, in the order of its beginning."""
    cursor = await connection.execute(
        """
        SELECT kind, start_ms, end_ms, samples, sampled_percent, baseline
        FROM observation WHERE interview_id = %s ORDER BY start_ms, number
        """,
        (interview_id,),
    )
    return await cursor.fetchall()


async def sampled(connection: Connection, interview_id: UUID) -> dict[str, Any]:
    """``pictures`` looked at, from ``first_ms`` to ``last_ms``, and ``sampled_ms`` of it; null without pictures."""
    cursor = await connection.execute(
        """
        SELECT coalesce(sum(samples), 0) AS pictures, min(start_ms) AS first_ms, max(end_ms) AS last_ms,
               sum(sampled_ms) AS sampled_ms
        FROM presence_span WHERE interview_id = %s
        """,
        (interview_id,),
    )
    row = await cursor.fetchone()
    assert row is not None
    return row


async def recorded(connection: Connection, interview_id: UUID) -> list[tuple[int, int]]:
    """Stretches of sound that can be played, milliseconds since the interview was opened, in order."""
    cursor = await connection.execute(
        "SELECT start_ms, end_ms FROM recording_segment WHERE interview_id = %s ORDER BY start_ms", (interview_id,)
    )
    return [(row["start_ms"], row["end_ms"]) for row in await cursor.fetchall()]


async def recording_erased_at(connection: Connection, interview_id: UUID) -> datetime | None:
    """When the recording was erased; None when it was not."""
    cursor = await connection.execute("SELECT erased_at FROM recording WHERE interview_id = %s", (interview_id,))
    row = await cursor.fetchone()
    return row["erased_at"] if row else None


async def moments(connection: Connection, interview_id: UUID) -> dict[str, Any]:
    """The record as a whole: ``events`` (facts), ``missing_facts`` (numbers that are not there), ``received_at`` (the
    newest), and when the interview was opened and closed by the coordinator's clock, null where that is not known.
    """
    cursor = await connection.execute(
        """
        SELECT count(*) AS events, coalesce(max(number), 0) - count(*) AS missing_facts,
               max(received_at) AS received_at,
               min(happened_at) FILTER (WHERE kind = 'interview_opened') AS opened_at,
               max(happened_at) FILTER (WHERE kind = 'interview_closed') AS closed_at
        FROM (
            SELECT number, kind, received_at, received_at - delay_ms * interval '1 millisecond' AS happened_at
            FROM event WHERE interview_id = %s
        ) AS fact
        """,
        (interview_id,),
    )
    row = await cursor.fetchone()
    assert row is not None
    return row
