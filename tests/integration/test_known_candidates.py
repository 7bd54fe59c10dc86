"""A resume that comes again: whoever may be the same person is named first, and nothing is lost or made twice."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
import resume_files
from coordinator.corpora.schemas import Filters
from coordinator.corpora.service import CorporaService
from coordinator_api import RunningApi, migrated_accounts, running_api, running_embedder
from record_path import rows

EMAIL = "mara.lindqvist@example.test"
FIRST = resume_files.single_column(resume_files.ENGLISH)
LATER = resume_files.single_column([*resume_files.ENGLISH, (10, "Rust, since 2026")])
OTHER = resume_files.single_column([line for line in resume_files.ENGLISH if "example.test" not in line[1]])

NOBODY = str(uuid4())
NO_DECISIONS: tuple[tuple[dict[str, str], int, str], ...] = (
    ({"if_known": "add"}, 422, "invalid"),
    ({"if_known": "new", "candidate_id": NOBODY}, 422, "invalid"),
    ({"candidate_id": NOBODY}, 422, "invalid"),
    ({"if_known": "add", "candidate_id": NOBODY}, 404, "candidate_unknown"),
    ({"if_known": "add", "candidate_id": "'; --"}, 422, "invalid"),
    ({"if_known": "overwrite"}, 422, "invalid"),
)


@pytest.fixture
def accounts(database_url: str, tmp_path: Path) -> dict[str, dict[str, str]]:
    return migrated_accounts(database_url, tmp_path)


@pytest.fixture
async def api(
    database_url: str, hub_nats: str, accounts: dict[str, dict[str, str]], models_dir: Path
) -> AsyncIterator[RunningApi]:
    async with running_api(database_url, hub_nats) as running, running_embedder(hub_nats, models_dir):
        yield running


@pytest.fixture
async def recruiter(api: RunningApi, accounts: dict[str, dict[str, str]]) -> dict[str, str]:
    return await api.sign_in(accounts["recruiter"])


async def upload(api: RunningApi, headers: dict[str, str], content: bytes, **form: str) -> Any:
    return await api.client.post(
        "/api/candidates",
        headers=headers,
        data={"name": "Mara", "language": "en", "if_known": "ask", **form},
        files={"resume": ("cv.pdf", content, "application/pdf")},
    )


def counts(database_url: str) -> tuple[int, int, int]:
    ((candidates, resumes, passages),) = rows(
        database_url,
        "SELECT (SELECT count(*) FROM candidate), (SELECT count(*) FROM resume),"
        " (SELECT count(*) FROM passage WHERE kind = 'resume')",
    )
    return candidates, resumes, passages


async def test_the_e_mail_that_was_read_is_kept_and_finds_the_person_again(
    api: RunningApi, recruiter: dict[str, str], database_url: str
) -> None:
    made = (await upload(api, recruiter, FIRST)).json()
    assert made["email"] == EMAIL
    before = counts(database_url)
    asked = await upload(api, recruiter, LATER, email=EMAIL.upper())
    assert (asked.status_code, asked.json()["code"]) == (409, "candidate_known")
    (known,) = asked.json()["details"]
    assert (known["candidate_id"], known["name"], known["email"], known["same"]) == (
        made["candidate_id"],
        "Mara",
        EMAIL,
        ["email"],
    )
    stated = await upload(api, recruiter, LATER, email="another@example.test")
    assert stated.status_code == 409, "the resume still says whose it may be"
    assert counts(database_url) == before

    added = await upload(api, recruiter, LATER, if_known="add", candidate_id=made["candidate_id"])
    assert (added.status_code, added.json()["candidate_id"]) == (201, made["candidate_id"])
    candidate = (await api.client.get(f"/api/candidates/{made['candidate_id']}", headers=recruiter)).json()
    assert candidate["resume"]["id"] == added.json()["resume_id"], "the newest is the one that counts"
    assert counts(database_url)[:2] == (1, 2), "and the one before is kept"
    corpora = CorporaService(api.api.database, api.api.embedder)
    newest = Filters(candidate_id=made["candidate_id"], resume_id=added.json()["resume_id"])
    found = await corpora.nearest(["resume"], "planning ships", newest, limit=50)
    assert len(found) == added.json()["chunks"], "questions are led by one resume, not by both"
    told = "SELECT action FROM audit_entry WHERE subject = %s ORDER BY number"
    assert rows(database_url, told, f"candidate:{made['candidate_id']}") == [
        ("candidate.create",),
        ("candidate.resume",),
    ]


async def test_the_same_file_is_named_and_stays_one_when_added(
    api: RunningApi, recruiter: dict[str, str], database_url: str
) -> None:
    made = (await upload(api, recruiter, OTHER)).json()
    assert made["email"] is None
    asked = await upload(api, recruiter, OTHER, name="Somebody else")
    assert asked.status_code == 409
    assert [one["same"] for one in asked.json()["details"]] == [["file"]]
    before = counts(database_url)
    again = await upload(
        api, recruiter, OTHER, if_known="add", candidate_id=made["candidate_id"], email="m@example.test"
    )
    assert (again.status_code, again.json()["resume_id"]) == (201, made["resume_id"])
    assert again.json()["email"] == "m@example.test", "an e-mail that was missing is filled in"
    assert counts(database_url) == before
    other = await upload(api, recruiter, OTHER, if_known="new", name="A namesake")
    assert other.json()["candidate_id"] != made["candidate_id"]
    assert counts(database_url)[0] == 2
    both = await upload(api, recruiter, OTHER)
    assert len(both.json()["details"]) == 2


async def test_of_two_uploads_at_the_same_time_one_is_asked_about(
    api: RunningApi, recruiter: dict[str, str], database_url: str
) -> None:
    replies = await asyncio.gather(*(upload(api, recruiter, FIRST) for _ in range(2)))
    assert sorted(reply.status_code for reply in replies) == [201, 409]
    assert counts(database_url)[:2] == (1, 1)


async def test_a_decision_that_is_none_leaves_nothing(
    api: RunningApi, recruiter: dict[str, str], database_url: str
) -> None:
    for form, status, code in NO_DECISIONS:
        reply = await upload(api, recruiter, FIRST, **form)
        assert (reply.status_code, reply.json()["code"]) == (status, code), form
    assert counts(database_url) == (0, 0, 0)
