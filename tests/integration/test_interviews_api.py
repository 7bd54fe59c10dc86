import asyncio
import json
import uuid
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import psycopg
import pytest
from coordinator.interviews import endpoints
from coordinator.passages.codec import Vectors
from coordinator_api import RunningApi, job, migrated_accounts, running_api, running_embedder
from edge_node.core.interview import events as e
from edge_node.core.interview.plan import QuestionKind
from edge_node.core.interview.review_events import CompetencyRated, Evidence, ReviewCompleted, SummaryWritten
from edge_node.tasks import cancel
from edge_node.uplink.presence import Heart, Presence
from linked_servers import LinkedServers
from record_path import branch, head_office, rows, until_committed


@dataclass
class World:
    """Head office and a branch, joined, with somebody signed in."""

    servers: LinkedServers
    database_url: str
    running: RunningApi
    recruiter: dict[str, str]
    admin: dict[str, str]

    async def call(self, method: str, path: str, status: int, *, body: Any = None, admin: bool = False) -> Any:
        headers = self.admin if admin else self.recruiter
        reply = await self.running.client.request(method, path, json=body, headers=headers)
        assert reply.status_code == status, reply.text
        return reply.json()


@pytest.fixture
def servers(tmp_path: Path) -> Iterator[LinkedServers]:
    made = LinkedServers(tmp_path)
    made.start()
    yield made
    made.stop()


@pytest.fixture
async def world(servers: LinkedServers, database_url: str, tmp_path: Path, models_dir: Path) -> AsyncIterator[World]:
    accounts = await asyncio.to_thread(migrated_accounts, database_url, tmp_path)
    hub, login = servers.hub.url, servers.core_credentials
    async with (
        running_embedder(hub, models_dir, credentials_file=login),
        running_api(database_url, hub, credentials_file=login) as running,
    ):
        yield World(
            servers,
            database_url,
            running,
            await running.sign_in(accounts["recruiter"]),
            await running.sign_in(accounts["admin"]),
        )


async def resume(world: World) -> str:
    """A candidate with a resume of one section, its passages with vectors."""
    candidate, made, section = uuid.uuid4(), uuid.uuid4(), uuid.uuid4()
    text = "Cut the slowest query of a system design from nine seconds to one with a partial index."
    vectors: Vectors = await world.running.api.embedder.passages([text])
    with psycopg.connect(world.database_url) as connection:
        connection.execute("INSERT INTO candidate (id, name, language) VALUES (%s, 'Ada Byron', 'en')", (candidate,))
        connection.execute(
            "INSERT INTO resume (id, candidate_id, file, sha256, pages, text) VALUES (%s, %s, '', %s, 1, %s)",
            (made, candidate, "0" * 64, text),
        )
        connection.execute(
            "INSERT INTO resume_section (id, resume_id, position, kind, title, text)"
            " VALUES (%s, %s, 0, 'projects', 'Projects', %s)",
            (section, made, text),
        )
        connection.execute(
            "INSERT INTO passage (kind, language, text, resume_section_id, candidate_id, embedding, embedding_model)"
            " VALUES ('resume', 'en', %s, %s, %s, %s::halfvec, %s)",
            (text, section, candidate, str(vectors.values[0]), vectors.model),
        )
    return str(candidate)


async def heard_of_node(world: World) -> None:
    for _ in range(100):
        if any(node["online"] for node in await world.call("GET", "/api/nodes", 200)):
            return
        await asyncio.sleep(0.05)
    raise AssertionError("no heartbeat came through")


async def test_an_interview_from_kit_to_score(world: World) -> None:
    async with head_office(world.servers, world.database_url) as office, branch(world.servers) as node:
        await node.kits.ensure_mirror()

        async def observe() -> Presence:
            return Presence((e.EngineUsed("stt", "whisper", "starter"),), 0, 2, ("vision_down",))

        heart = Heart(
            node.link.client,
            node.kits,
            observe,
            node_id="n1",
            display_name="Room one",
            version="0.1",
            room_url="http://room.test",
        )
        beating = asyncio.create_task(heart.run())
        try:
            await heard_of_node(world)
            (seen,) = await world.call("GET", "/api/nodes", 200)
            assert (seen["display_name"], seen["rooms_max"], seen["problems"]) == ("Room one", 2, ["vision_down"])
            assert abs(seen["clock_skew_ms"]) < 2000

            made_job = await world.call("POST", "/api/jobs", 201, body=job())
            await world.running.api.indexer.fill_all()
            wanted = {"job_id": made_job["id"], "candidate_id": await resume(world)}
            created = await world.call("POST", "/api/interviews", 201, body={**wanted, "node_id": "n1"})
            assert created["room_url"] == "http://room.test"
            assert len(created["join_code"]) == 8
            interview_id = created["interview_id"]
            held = None
            async with asyncio.timeout(5):
                while held is None:
                    await asyncio.sleep(0.05)
                    held = await node.kits.kit(interview_id)
            assert [stage.stage_id for stage in held.stages] == ["opening", "design", "closing"]
            first = held.stages[1].questions[0]
            assert "Cut the slowest query" in first.text
            assert first.text.endswith("Describe a system you designed.")
            assert [source.kind for source in first.sources][:2] == ["resume", "kit"]
            assert "How did it fail in production?" in [fallback.text for fallback in held.stages[1].fallbacks]
            assert all(stage.fallbacks for stage in held.stages)
            assert held.vocabulary[:3] == ("Ada Byron", "Harbour Freight Lines", "Backend engineer")

            fresh = await world.call("POST", f"/api/interviews/{interview_id}/join-code", 200)
            assert fresh["join_code"] != created["join_code"]
            async with asyncio.timeout(5):
                while (again := await node.kits.kit(interview_id)) is None or again.join_code == held.join_code:
                    await asyncio.sleep(0.05)
            # A kit is claimed once, so the fresh code comes with another id; what will be asked stays the same.
            assert again.kit_id != held.kit_id
            assert replace(again, kit_id=held.kit_id, join_code=held.join_code) == held
            stored = await world.call("GET", f"/api/interviews/{interview_id}", 200)
            assert stored["kit"]["kit_id"] == again.kit_id

            live = await _watch(world, interview_id)
            assert json.loads(await anext(live))["status"] == "scheduled"
            text = "I chose a queue because it holds what comes in."
            evidence = (Evidence("t1", "I chose a queue", 0, 15),)
            facts: list[e.Event] = [
                e.InterviewOpened(again.kit_id, "en", (e.EngineUsed("stt", "whisper", "starter", "ab"),)),
                e.CandidateJoined(1, True, True),
                e.QuestionAsked("design-q1", "design", QuestionKind.PLANNED, first.text, first.sources),
                e.TurnTaken("t1", "design-q1", text, e.TurnMode.SPOKEN, 5, 900, (e.Word("I", 5, 9, 0.9),)),
                e.TurnTimed("t1", 100, 200, 300, 400),
                e.InterviewClosed("completed"),
            ]
            await node.journal.append(interview_id, facts, after=0, interview_ms=10)
            await until_committed(office, "n1", await node.journal.epoch(), 6)
            assert json.loads(await anext(live))["status"] == "closed"
            review: list[e.Event] = [
                CompetencyRated("design", 2, "reasons", evidence, 1, "p1", "r", "cd"),
                SummaryWritten("Chose a queue.", evidence, "p1", "cd"),
                ReviewCompleted(1, 0),
            ]
            await node.journal.append(interview_id, review, after=6, interview_ms=20)
            shown = json.loads(await anext(live))
            await live.aclose()
        finally:
            await cancel(beating)

    detail = await world.call("GET", f"/api/interviews/{interview_id}", 200)
    assert shown == detail
    assert (detail["status"], detail["score"], detail["events"]) == ("reviewed", 50.0, 9)
    assert [(asked["question"]["id"], asked["turns"][0]["text"]) for asked in detail["transcript"]] == [
        ("design-q1", text)
    ]
    assert detail["transcript"][0]["question"]["sources"][0]["kind"] == "resume"
    (rated,) = detail["competencies"]
    assert rated["rating"]["levels"] == 3
    assert rated["rating"]["anchor_text"] == "Shows it at level 2."
    quote = rated["rating"]["evidence"][0]
    assert text[quote["start_char"] : quote["end_char"]] == quote["quote"]
    assert detail["turn_gaps"] == [
        {
            "turn_id": "t1",
            "end_of_turn_ms": 100,
            "stt_ms": 200,
            "llm_first_sentence_ms": 300,
            "tts_first_audio_ms": 400,
        }
    ]
    assert detail["summary"]["text"] == "Chose a queue."
    (listed,) = await world.call("GET", "/api/interviews", 200)
    assert (listed["interview_id"], listed["score"], listed["candidate_name"]) == (interview_id, 50.0, "Ada Byron")
    closed = await world.call("POST", f"/api/interviews/{interview_id}/join-code", 409)
    assert closed["code"] == "interview_closed"


async def _watch(world: World, interview_id: str) -> Any:
    """The data of each ``changed`` event; the in-process HTTP client cannot stream, so the generator is read."""
    from uuid import UUID

    service = world.running.api.interviews

    async def signed_in() -> bool:
        return True

    async def read() -> AsyncIterator[str]:
        events = endpoints.live(service, UUID(interview_id), signed_in)
        try:
            async for event in events:
                if event.startswith("event: changed\ndata: "):
                    yield event.removeprefix("event: changed\ndata: ").strip()
        finally:
            await events.aclose()  # type: ignore[attr-defined]

    return read()


async def test_what_cannot_be_held_leaves_no_trace(world: World) -> None:
    made_job = await world.call("POST", "/api/jobs", 201, body=job())
    job_id = made_job["id"]
    candidate_id = await resume(world)
    with psycopg.connect(world.database_url) as connection:
        connection.execute("INSERT INTO node (node_id) VALUES ('n1')")
    good = {"job_id": job_id, "candidate_id": candidate_id, "node_id": "n1"}
    for change, status, code in (
        ({"node_id": "nowhere"}, 404, "node_unknown"),
        ({"job_id": str(uuid.uuid4())}, 404, "job_unknown"),
        ({"candidate_id": str(uuid.uuid4())}, 404, "candidate_unknown"),
        ({"language": "ko"}, 422, "language_differs"),
        ({"job_id": "x"}, 422, "invalid"),
    ):
        assert (await world.call("POST", "/api/interviews", status, body={**good, **change}))["code"] == code
    with psycopg.connect(world.database_url) as connection:
        connection.execute("DELETE FROM stage WHERE job_id = %s", (job_id,))
    refused = await world.call("POST", "/api/interviews", 422, body=good)
    assert refused["code"] == "kit_invalid"
    assert refused["details"][0]["fault"] == "stages_missing"
    assert rows(world.database_url, "SELECT count(*) FROM interview") == [(0,)]
    assert rows(world.database_url, "SELECT count(*) FROM audit_entry WHERE action LIKE 'interview%%'") == [(0,)]

    # The hub goes away between the kit's making and its sending: the stored row must go, too.
    made_job = await world.call("POST", "/api/jobs", 201, body=job())
    job_id = made_job["id"]
    kits = world.running.api.scheduling._kits
    kit = await kits.assemble(uuid.uuid4(), uuid.UUID(job_id), uuid.UUID(candidate_id))

    class Made:
        send = kits.send

        async def assemble(self, *_: object) -> object:
            return kit

    world.running.api.scheduling._kits = Made()  # type: ignore[assignment]
    world.servers.hub.kill()
    refused = await world.call("POST", "/api/interviews", 503, body={**good, "job_id": job_id})
    assert refused["code"] == "hub_unavailable"
    assert rows(world.database_url, "SELECT count(*) FROM interview") == [(0,)]
