"""Interviews as the coordinator has them before a node speaks of them."""

import json
import uuid
from typing import Any

import psycopg

KIT: dict[str, Any] = {"kit_id": "k", "rubric_version": "r1", "competencies": [], "stages": []}


def plan(database_url: str, node_id: str, count: int) -> list[str]:
    """Make ``count`` interviews of one node, with all they hang on; returns their ids."""
    interviews = [str(uuid.uuid4()) for _ in range(count)]
    company, job, candidate = uuid.uuid4(), uuid.uuid4(), uuid.uuid4()
    with psycopg.connect(database_url) as connection, connection.cursor() as cursor:
        cursor.execute("INSERT INTO company (id, name) VALUES (%s, %s)", (company, f"Company {company}"))
        cursor.execute(
            "INSERT INTO job (id, company_id, title, family, language, rubric_version)"
            " VALUES (%s, %s, 'Engineer', 'software', 'en', 'r1')",
            (job, company),
        )
        cursor.execute("INSERT INTO candidate (id, name, language) VALUES (%s, 'Ada', 'en')", (candidate,))
        cursor.execute("INSERT INTO node (node_id) VALUES (%s) ON CONFLICT DO NOTHING", (node_id,))
        cursor.executemany(
            "INSERT INTO interview (id, job_id, candidate_id, node_id, language, kit_id, kit, rubric_version,"
            " join_code_expires_at) VALUES (%s, %s, %s, %s, 'en', %s, %s, 'r1', now())",
            [(id_, job, candidate, node_id, uuid.uuid4().hex, json.dumps(KIT)) for id_ in interviews],
        )
    return interviews
