import asyncio
import contextlib
import json
import uuid
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import httpx
import pytest
import uvicorn
from coordinator.interviews.endpoints import live
from coordinator.interviews.service import InterviewService
from coordinator_api import migrated_accounts, running_api
from edge_node.core.interview import events as e
from interview_proto import subjects
from linked_servers import LinkedServers
from real_servers import free_port
from record_path import branch, head_office, planned_interview


@pytest.fixture
def servers(tmp_path: Path) -> Iterator[LinkedServers]:
    made = LinkedServers(tmp_path)
    made.start()
    yield made
    made.stop()


async def test_who_was_signed_out_is_not_shown_what_is_read_afterwards() -> None:
    signed_in, noticed = True, asyncio.Event()

    @contextlib.asynccontextmanager
    async def changes(_: uuid.UUID) -> AsyncIterator[Callable[[float], Awaitable[bool]]]:
        async def changed(_: float) -> bool:
            noticed.set()
            return True

        yield changed

    async def interview(_: uuid.UUID) -> SimpleNamespace:
        return SimpleNamespace(model_dump_json=lambda: "{}")

    async def still_in() -> bool:
        return signed_in

    service = cast(InterviewService, SimpleNamespace(changes=changes, interview=interview))
    shown = live(service, uuid.uuid4(), still_in)
    await anext(shown)
    coming = asyncio.ensure_future(anext(shown, "over"))
    await noticed.wait()
    await asyncio.sleep(0)
    signed_in = False
    assert await coming == "over"


async def test_a_live_view_follows_the_journal_and_leaves_nothing_behind(
    servers: LinkedServers, database_url: str, tmp_path: Path
) -> None:
    accounts = await asyncio.to_thread(migrated_accounts, database_url, tmp_path)
    interview_id = planned_interview(database_url)
    port = free_port()
    async with (
        running_api(database_url, servers.hub.url, credentials_file=servers.core_credentials) as running,
        head_office(servers, database_url),
        branch(servers) as node,
    ):
        config = uvicorn.Config(running.app, port=port, lifespan="off", log_config=None, timeout_graceful_shutdown=1)
        server = uvicorn.Server(config)
        serving = asyncio.create_task(server.serve())
        url = f"/api/interviews/{interview_id}/events"
        listening = running.api.hub.client._subs
        before = len(listening)
        try:
            async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", timeout=10) as client:
                async with asyncio.timeout(10):
                    while not server.started:
                        await asyncio.sleep(0.05)
                assert (await client.get(url)).status_code == 401
                headers = await running.sign_in(accounts["recruiter"])
                unknown = await client.get(f"/api/interviews/{uuid.uuid4()}/events", headers=headers)
                assert (unknown.status_code, unknown.json()["code"]) == (404, "interview_unknown")
                async with client.stream("GET", url, headers=headers) as reply:
                    assert reply.headers["content-type"].startswith("text/event-stream")
                    lines = reply.aiter_lines()

                    async def shown() -> str:
                        async for line in lines:
                            if line.startswith("data: "):
                                return str(json.loads(line.removeprefix("data: "))["status"])
                        raise AssertionError("the stream ended")

                    assert await shown() == "scheduled"
                    loop = asyncio.get_running_loop()
                    kept_at = loop.time()
                    await node.journal.append(interview_id, [e.InterviewOpened("k", "en")], after=0, interview_ms=0)
                    assert await shown() == "open"
                    assert loop.time() - kept_at < 5
                    # A flood of notices is one picture, not many.
                    for _ in range(200):
                        await running.api.hub.publish(subjects.interview_changed(interview_id), b"")
                    await node.journal.append(interview_id, [e.InterviewClosed("declined")], after=1, interview_ms=0)
                    seen = [await shown()]
                    while seen[-1] != "closed":
                        seen.append(await shown())
                    assert len(seen) < 20
                    # Who was signed out sees nothing more of it.
                    async with running.api.database.transaction() as connection:
                        await connection.execute("UPDATE account SET login_series = login_series + 1")
                    await running.api.hub.publish(subjects.interview_changed(interview_id), b"")
                    # The stream ends; one more picture may have been under way when the account was signed out.
                    assert len([line async for line in lines if line.startswith("data: ")]) <= 1
                async with asyncio.timeout(10):
                    while len(listening) > before:
                        await asyncio.sleep(0.05)
        finally:
            server.should_exit = True
            await serving
