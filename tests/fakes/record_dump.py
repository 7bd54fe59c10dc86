"""Everything that is read from the facts, as text, in an order of its own: two records are alike when this is."""

import psycopg
from coordinator.ingest.projection_repository import TABLES

INTERVIEW = "id, status, engines, visits, close_reason, opened_at, closed_at, reviewed_at"
ARRIVAL = "longest_delay_ms, clock_error_ms"
"""Read from when the facts came, so the same only where they came at the same time."""


def dump(database_url: str, *, arrival: bool = True) -> dict[str, list[str]]:
    """Table -> its rows as Postgres writes them, sorted."""
    columns = f"{INTERVIEW}, {ARRIVAL}" if arrival else INTERVIEW
    queries = {"interview": f"SELECT ({columns})::text FROM interview"}
    queries |= {table: f"SELECT {table}::text FROM {table}" for table in TABLES}
    with psycopg.connect(database_url) as connection:
        return {
            table: sorted(row for (row,) in connection.execute(query.encode()).fetchall())
            for table, query in queries.items()
        }
