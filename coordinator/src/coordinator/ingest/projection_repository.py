"""Rows read from the facts: one statement each, repeatable from the facts alone."""

# ruff: noqa: S608 - statements are put together from constants; every value is a parameter

from collections.abc import Iterable

from coordinator.db.unit_of_work import Connection
from coordinator.ingest.stored_json import as_json
from coordinator.ingest.writes import Statement, Write, runs

TABLES = (
    "rating_evidence",
    "rating_repeat",
    "rating",
    "summary",
    "presence_span",
    "observation",
    "turn_timing",
    "turn",
    "asked_question",
    "consent",
)
"""In the order in which their rows can go."""

_RANK = "array_position(ARRAY['scheduled', 'open', 'running', 'closed', 'reviewed'], {})"

_UPDATES = {
    # Entered again with a fresh code, the room keeps the time of the first.
    Statement.OPENED: (
        "engines = r.engines, opened_at = coalesce(opened_at, to_timestamp(r.unix_ms / 1000.0))",
        "engines jsonb, unix_ms bigint",
    ),
    Statement.VISITS: ("visits = r.visit", "visit integer"),
    Statement.CLOSED: (
        "close_reason = r.reason, closed_at = to_timestamp(r.unix_ms / 1000.0)",
        "reason text, unix_ms bigint",
    ),
    Statement.REVIEWED: ("reviewed_at = to_timestamp(r.unix_ms / 1000.0)", "unix_ms bigint"),
    Statement.RECORDING_STOPPED: ("recording_stopped = r.reason", "reason text"),
}
"""Of an interview's row: what is set, and from which values."""

_INSERTS = {
    Statement.CONSENT: (
        "consent",
        "number bigint, purposes text[], notice_version text, given_at timestamptz",
        "",
    ),
    # Asked again after a return, a question keeps its first place.
    Statement.QUESTION: (
        "asked_question",
        "question_id text, number bigint, stage_id text, kind text, text text, sources jsonb, fallback_reason text,"
        " prompt_version text, seed bigint, language_ms integer, model_digest text, refused jsonb, lead_in text,"
        " answer_read_as text, lacking text[], prompt_tokens integer, reused_tokens integer, generated_tokens integer,"
        " asked_at_ms bigint",
        "ON CONFLICT DO NOTHING",
    ),
    Statement.TURN: (
        "turn",
        "turn_id text, number bigint, question_id text, text text, mode text, start_ms integer, end_ms integer",
        "",
    ),
    # A later measurement of the same turn replaces it.
    Statement.TIMING: (
        "turn_timing",
        "turn_id text, end_of_turn_ms integer, stt_ms integer, llm_first_sentence_ms integer,"
        " tts_first_audio_ms integer",
        "ON CONFLICT (interview_id, turn_id) DO UPDATE SET end_of_turn_ms = excluded.end_of_turn_ms,"
        " stt_ms = excluded.stt_ms, llm_first_sentence_ms = excluded.llm_first_sentence_ms,"
        " tts_first_audio_ms = excluded.tts_first_audio_ms",
    ),
    Statement.PRESENCE: (
        "presence_span",
        "start_ms integer, end_ms integer, samples integer, samples_without_face integer,"
        " samples_with_several_faces integer, sampled_ms integer",
        "ON CONFLICT DO NOTHING",
    ),
    Statement.OBSERVATION: (
        "observation",
        "number bigint, kind text, start_ms integer, end_ms integer, samples integer, sampled_percent integer,"
        " baseline text",
        "",
    ),
    Statement.RATING: (
        "rating",
        "competency_id text, number bigint, level integer, rationale text, abstention_reason text,"
        " evidence_refused integer, prompt_version text, rubric_version text, model_digest text, levels integer[],"
        " spread integer, repeats integer",
        "",
    ),
    # A review that was cut short may come to the same one again.
    Statement.REPEAT: (
        "rating_repeat",
        "competency_id text, seed bigint, number bigint, level integer, reason text, rationale text, evidence jsonb,"
        " evidence_refused integer, prompt_version text, model_digest text",
        "ON CONFLICT DO NOTHING",
    ),
    Statement.EVIDENCE: (
        "rating_evidence",
        "competency_id text, position integer, turn_id text, quote text, start_char integer, end_char integer",
        "",
    ),
    # A later summary replaces an earlier one.
    Statement.SUMMARY: (
        "summary",
        "number bigint, text text, evidence jsonb, prompt_version text, model_digest text, strengths jsonb,"
        " improvements jsonb",
        "ON CONFLICT (interview_id) DO UPDATE SET number = excluded.number, text = excluded.text,"
        " evidence = excluded.evidence, prompt_version = excluded.prompt_version,"
        " model_digest = excluded.model_digest, strengths = excluded.strengths, improvements = excluded.improvements",
    ),
}
"""Table, columns after the interview's id, and what happens to a row that is there."""


def _rows_of(columns: str) -> str:
    return f"json_to_recordset(%s::json) AS r (interview_id uuid, {columns})"


def _update(change: str, columns: str) -> str:
    return f"UPDATE interview SET {change} FROM {_rows_of(columns)} WHERE id = r.interview_id"


def _insert(table: str, columns: str, conflict: str) -> str:
    names = ["interview_id", *(column.split()[0] for column in columns.split(", "))]
    listed = ", ".join(names)
    return f"INSERT INTO {table} ({listed}) SELECT {listed} FROM {_rows_of(columns)} {conflict}"


_SQL: dict[Statement, bytes] = {
    **{statement: _update(*parts).encode() for statement, parts in _UPDATES.items()},
    **{statement: _insert(*parts).encode() for statement, parts in _INSERTS.items()},
    # On, never back.
    Statement.STATUS: (
        "UPDATE interview SET status = furthest.status FROM ("
        f"SELECT DISTINCT ON (interview_id) interview_id, status FROM {_rows_of('status text')}"
        f" ORDER BY interview_id, {_RANK.format('status')} DESC) AS furthest"
        f" WHERE id = furthest.interview_id AND {_RANK.format('interview.status')} < {_RANK.format('furthest.status')}"
    ).encode(),
    # How late the facts up to this one came, and how far off the node's clock was when it was furthest off. Looked up
    # interview by interview: joined at once, every batch would read the whole record.
    Statement.ARRIVAL: (
        "UPDATE interview SET longest_delay_ms = arrival.longest_delay_ms, clock_error_ms = arrival.clock_error_ms"
        " FROM (SELECT interview_id, max(number) AS number"
        f" FROM {_rows_of('number bigint')} GROUP BY interview_id) AS latest CROSS JOIN LATERAL ("
        "SELECT max(delay_ms) AS longest_delay_ms,"
        " (array_agg(error_ms ORDER BY abs(error_ms) DESC, number))[1] AS clock_error_ms"
        " FROM (SELECT number, delay_ms,"
        " round(extract(epoch FROM wall_time - received_at) * 1000)::bigint + delay_ms AS error_ms"
        " FROM event WHERE event.interview_id = latest.interview_id AND event.number <= latest.number"
        " AND delay_ms IS NOT NULL) AS fact) AS arrival"
        " WHERE id = latest.interview_id AND arrival.longest_delay_ms IS NOT NULL"
    ).encode(),
    Statement.INTERRUPTED: (
        f"UPDATE asked_question SET interrupted_at_ms = r.heard_ms FROM "
        f"{_rows_of('question_id text, heard_ms integer')}"
        " WHERE asked_question.interview_id = r.interview_id AND asked_question.question_id = r.question_id"
    ).encode(),
    # A later rating replaces an earlier one with its quotes.
    Statement.FORGET_RATING: (
        f"DELETE FROM rating USING {_rows_of('competency_id text')}"
        " WHERE rating.interview_id = r.interview_id AND rating.competency_id = r.competency_id"
    ).encode(),
}
"""Every statement takes its rows as one JSON array: one row or hundreds cost one statement."""


async def clear(connection: Connection) -> None:
    """Forget all that is read from facts, and hold new facts off until the transaction ends."""
    await connection.execute("LOCK TABLE event IN EXCLUSIVE MODE")
    for table in TABLES:
        await connection.execute(f"DELETE FROM {table}".encode())
    await connection.execute(
        "UPDATE interview SET status = 'scheduled', engines = '[]', visits = 0, close_reason = '', opened_at = NULL,"
        " closed_at = NULL, reviewed_at = NULL, longest_delay_ms = NULL, clock_error_ms = NULL, recording_stopped = ''"
    )


async def write(connection: Connection, writes: Iterable[Write]) -> None:
    """Carry the writes out. One that does not fit raises psycopg.IntegrityError or DataError, in a pipeline later."""
    for run in runs(writes):
        for statement in sorted(run):
            await connection.execute(_SQL[statement], (as_json(run[statement]),))
