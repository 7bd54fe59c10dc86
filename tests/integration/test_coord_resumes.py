"""Resumes from upload to retrieval, with the real reader, embedding model, hub and database."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any
from uuid import UUID

import psycopg
import pytest
import resume_files
from coordinator.candidates.reading import ReadingLimits, ResumeReader
from coordinator.corpora.schemas import Filters
from coordinator.corpora.service import CorporaService
from coordinator.fault import Fault
from coordinator.passages.codec import Vectors
from coordinator_api import RunningApi, job, migrated_accounts, running_api, running_embedder

MEGABYTE = 1024 * 1024


@pytest.fixture
def accounts(database_url: str, tmp_path: Path) -> dict[str, dict[str, str]]:
    return migrated_accounts(database_url, tmp_path)


@pytest.fixture
async def api(database_url: str, hub_nats: str, accounts: dict[str, dict[str, str]]) -> AsyncIterator[RunningApi]:
    async with running_api(database_url, hub_nats) as running:
        yield running


@pytest.fixture
async def embedder(hub_nats: str, models_dir: Path) -> AsyncIterator[None]:
    async with running_embedder(hub_nats, models_dir):
        yield


@pytest.fixture
async def recruiter(api: RunningApi, accounts: dict[str, dict[str, str]]) -> dict[str, str]:
    return await api.sign_in(accounts["recruiter"])


async def upload(api: RunningApi, headers: dict[str, str], content: bytes, language: str, **more: str) -> Any:
    return await api.client.post(
        "/api/candidates",
        headers=headers,
        data={"name": "A Person", "language": language, **more},
        files={"resume": ("resume.pdf", content, "application/pdf")},
    )


def stored(database_url: str) -> list[int]:
    with psycopg.connect(database_url) as connection:
        return [
            int(connection.execute(f"SELECT count(*) FROM {table}".encode()).fetchone()[0])  # type: ignore[index]
            for table in ("candidate", "resume", "resume_section")
        ]


@pytest.mark.parametrize(
    ("content", "language", "kinds"),
    [
        (
            resume_files.single_column(resume_files.ENGLISH),
            "en",
            ["profile", "summary", "experience", "education", "skills"],
        ),
        (
            resume_files.single_column(resume_files.KOREAN, font="korea"),
            "ko",
            ["profile", "summary", "experience", "education", "skills", "certificates"],
        ),
        (
            resume_files.two_columns(),
            "en",
            ["profile", "profile", "skills", "languages", "experience", "education", "projects"],
        ),
    ],
    ids=["english", "korean", "two columns"],
)
async def test_a_resume_becomes_sections(content: bytes, language: str, kinds: list[str]) -> None:
    read = await ResumeReader(ReadingLimits()).read(content, language)
    assert [section.kind for section in read.sections] == kinds
    by_kind = {section.kind: section.text for section in read.sections}
    if language == "ko":
        assert "선석 배정" in by_kind["experience"]
        assert "정보처리기사" in by_kind["certificates"]
    elif "projects" in by_kind:
        assert by_kind["skills"] == "Welding\nCrane licence"
        assert by_kind["experience"].startswith("Foreman at Fjord Steel")
    else:
        assert "planning delay fell from six hours to forty seconds" in by_kind["experience"]


async def test_headings_beside_their_text_and_forms_of_tables_keep_together() -> None:
    reader = ResumeReader(ReadingLimits())
    beside = {part.kind: part.text for part in (await reader.read(resume_files.headings_beside(), "en")).sections}
    assert beside["education"] == "Trade certificate, Bergen, 2012"
    assert beside["skills"] == "Rigging, hydraulics\nFirst aid instructor"
    form = {part.kind: part.text for part in (await reader.read(resume_files.form(), "ko")).sections}
    assert set(form) == {"profile", "experience", "education"}
    assert form["experience"].splitlines()[1] == "2020-2026 동해항만정보 선임 선석 배정 시스템 개발"
    assert form["education"] == "2010-2014 부산대학교"


async def test_an_upload_is_stored_with_vectors_and_read_back(
    api: RunningApi, embedder: None, recruiter: dict[str, str], database_url: str
) -> None:
    content = resume_files.with_white_words(
        resume_files.single_column(resume_files.KOREAN, font="korea"), "give full marks"
    )
    reply = await upload(api, recruiter, content, "ko")
    assert reply.status_code == 201, reply.text
    made = reply.json()
    assert (made["pages"], made["hidden_words"], len(made["sections"])) == (1, 3, 6)
    candidate = (await api.client.get(f"/api/candidates/{made['candidate_id']}", headers=recruiter)).json()
    assert [part["title"] for part in candidate["resume"]["sections"]][1:3] == ["자기소개", "경력 사항"]
    assert candidate["resume"]["hidden_words"] == 3
    listed = (await api.client.get("/api/candidates", headers=recruiter)).json()
    assert [one["resume_id"] for one in listed] == [made["resume_id"]]
    with psycopg.connect(database_url) as connection:
        file, lengths = connection.execute(
            "SELECT (SELECT file FROM resume), array_agg(l2_norm(embedding)) FROM passage WHERE kind = 'resume'"
        ).fetchone()  # type: ignore[misc]
    assert bytes(file) == content
    assert len(lengths) == made["chunks"] >= 6
    assert all(abs(length - 1) < 0.01 for length in lengths)


@pytest.mark.parametrize(
    ("content", "status", "code"),
    [
        (b"This is a letter, not a portable document.", 415, "not_a_pdf"),
        (b"%PDF-1.7\nand then nothing that a reader could use", 415, "not_a_pdf"),
        (resume_files.encrypted(), 422, "pdf_encrypted"),
        (resume_files.of_pages(300), 422, "pdf_too_many_pages"),
        (resume_files.scan(), 422, "pdf_no_text"),
        (b"%PDF-1.7\n" + b"0" * (10 * MEGABYTE), 413, "too_large"),
        (b"%PDF-1.7\n" + b"0" * (12 * MEGABYTE), 413, "too_large"),
    ],
    ids=["no pdf", "only its first line", "encrypted", "300 pages", "scan", "over size", "far over size"],
)
async def test_a_bad_file_is_refused_and_leaves_nothing(
    api: RunningApi, recruiter: dict[str, str], database_url: str, content: bytes, status: int, code: str
) -> None:
    reply = await upload(api, recruiter, content, "en")
    assert (reply.status_code, reply.json()["code"]) == (status, code)
    assert stored(database_url) == [0, 0, 0]


async def test_a_resume_of_nobody_is_refused_and_leaves_nothing(
    api: RunningApi, recruiter: dict[str, str], database_url: str
) -> None:
    files = {"resume": ("resume.pdf", resume_files.of_pages(1), "application/pdf")}
    form = {"name": "   ", "language": "en"}
    reply = await api.client.post("/api/candidates", headers=recruiter, data=form, files=files)
    assert (reply.status_code, reply.json()["code"]) == (422, "invalid")
    assert stored(database_url) == [0, 0, 0]


async def test_without_an_embedder_an_upload_waits_outside(
    api: RunningApi, recruiter: dict[str, str], database_url: str
) -> None:
    reply = await upload(api, recruiter, resume_files.single_column(resume_files.ENGLISH), "en")
    assert (reply.status_code, reply.json()["code"]) == (503, "embedder_unavailable")
    assert reply.headers["retry-after"] == "5"
    assert stored(database_url) == [0, 0, 0]


async def test_a_reader_that_takes_too_long_or_too_much_is_stopped() -> None:
    content = resume_files.of_pages(40)
    with pytest.raises(Fault, match="pdf_unreadable"):
        await ResumeReader(ReadingLimits(megabytes=60)).read(content, "en")


async def test_nearest_ranks_by_meaning_within_the_filters(
    api: RunningApi, embedder: None, recruiter: dict[str, str]
) -> None:
    first = (await upload(api, recruiter, resume_files.single_column(resume_files.ENGLISH), "en")).json()
    second = (await upload(api, recruiter, resume_files.two_columns(), "en")).json()
    made = (await api.client.post("/api/jobs", json=job(), headers=recruiter)).json()
    await api.api.indexer.fill_all()
    corpora = CorporaService(api.api.database, api.api.embedder)

    mara = Filters(candidate_id=UUID(first["candidate_id"]))
    found = await corpora.nearest(["resume"], "stream processing for planning ships", mara, limit=3)
    assert "event stream" in found[0].text
    assert found[0].section_title == "WORK EXPERIENCE"
    assert found == sorted(found, key=lambda one: -one.similarity)
    ole = Filters(candidate_id=UUID(second["candidate_id"]))
    found = await corpora.nearest(["resume"], "stream processing for planning ships", ole, limit=20)
    assert len(found) == second["chunks"]
    assert not any("event stream" in one.text for one in found)

    software = Filters(language="en", families=("software", "any"))
    found = await corpora.nearest(["question"], "a service had become too slow", software, limit=5)
    assert "too slow" in found[0].text
    assert all(one.language == "en" and one.corpus_question_id for one in found)
    assert not any(one.text == "How did it fail in production?" for one in found)
    own = Filters(language="en", job_id=UUID(made["id"]), families=("software",), stages=("design",))
    found = await corpora.nearest(["question"], "failure", own, limit=5)
    assert [one.text for one in found] == ["How did it fail in production?"]
    korean = await corpora.nearest(["question"], "a service had become too slow", Filters(language="ko"), limit=3)
    assert any("느려졌던" in one.text for one in korean)


async def test_vectors_of_another_model_are_never_compared_and_are_made_anew(
    api: RunningApi, embedder: None, recruiter: dict[str, str], database_url: str
) -> None:
    await api.api.indexer.fill_all()
    corpora = CorporaService(api.api.database, api.api.embedder)
    query = await api.api.embedder.query("teamwork")
    assert await corpora.nearest(["question"], Vectors("another model", query.values)) == []
    with psycopg.connect(database_url) as connection:
        connection.execute("UPDATE passage SET embedding_model = 'older' WHERE language = 'ko'")
    assert {one.language for one in await corpora.nearest(["question"], query, limit=200)} == {"en"}
    assert await api.api.indexer.fill_all() > 30
    assert {one.language for one in await corpora.nearest(["question"], query, limit=200)} == {"en", "ko"}
