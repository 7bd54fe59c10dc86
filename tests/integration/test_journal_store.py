import asyncio
import os
import signal
import subprocess
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from edge_node.bus.local import Bus, connect
from edge_node.core.interview.events import CandidateLeft, Event, InterviewClosed, InterviewOpened, StageEntered
from edge_node.journal.store import JetStreamJournal
from edge_node.ports.journal import JournalError
from edge_node.tasks import cancel
from real_servers import NATS_SERVER, free_port


def some(n: int) -> list[Event]:
    return [StageEntered(f"s{i}") for i in range(n)]


@pytest.fixture
def journal(bus: Bus) -> JetStreamJournal:
    return JetStreamJournal(bus.client, "test")


async def test_what_was_appended_is_replayed_in_order(journal: JetStreamJournal, bus: Bus) -> None:
    opened = await journal.append("iv-1", [InterviewOpened("k1", "en")], after=0, interview_ms=0)
    await journal.append("iv-2", some(450), after=0, interview_ms=3)
    more = await journal.append("iv-1", [*some(3), CandidateLeft("page_closed")], after=1, interview_ms=40)
    assert [fact.number for fact in (*opened, *more)] == [1, 2, 3, 4, 5]
    reader = JetStreamJournal(bus.client, "test")
    assert await reader.replay("iv-1") == [*opened, *more]
    assert [fact.event for fact in await reader.replay("iv-2")] == some(450)
    assert await reader.replay("iv-unknown") == []
    assert await reader.interviews() == ["iv-1", "iv-2"]


async def test_of_two_writers_one_is_refused_and_leaves_nothing(bus: Bus) -> None:
    one, two = JetStreamJournal(bus.client, "test"), JetStreamJournal(bus.client, "test")
    await one.append("iv", some(2), after=0, interview_ms=0)
    await two.append("iv", some(1), after=2, interview_ms=0)
    with pytest.raises(JournalError) as caught:
        await one.append("iv", some(3), after=2, interview_ms=0)
    assert caught.value.code == "conflict"
    assert len(await one.replay("iv")) == 3
    await one.append("iv", some(1), after=3, interview_ms=0)


async def test_racing_writers_keep_the_numbers_whole(bus: Bus) -> None:
    async def write(journal: JetStreamJournal) -> int:
        kept = 0
        for _ in range(15):
            facts = await journal.replay("iv")
            try:
                await journal.append("iv", some(3), after=len(facts), interview_ms=0)
                kept += 3
            except JournalError as error:
                assert error.code == "conflict"
        return kept

    kept = sum(await asyncio.gather(*(write(JetStreamJournal(bus.client, "test")) for _ in range(3))))
    facts = await JetStreamJournal(bus.client, "test").replay("iv")
    assert [fact.number for fact in facts] == list(range(1, kept + 1))


async def test_an_append_from_the_wrong_place_is_a_conflict(journal: JetStreamJournal) -> None:
    with pytest.raises(JournalError) as caught:
        await journal.append("iv", some(1), after=7, interview_ms=0)
    assert caught.value.code == "conflict"


async def test_facts_are_followed_as_they_come(journal: JetStreamJournal, bus: Bus) -> None:
    await journal.append("iv", some(2), after=0, interview_ms=0)
    followed: list[int] = []

    async def follow() -> None:
        async for fact in JetStreamJournal(bus.client, "test").follow():
            followed.append(fact.number)
            if fact.event == InterviewClosed("completed"):
                return

    task = asyncio.create_task(follow())
    await asyncio.sleep(0.3)
    for n in range(20):
        await journal.append("iv", some(1), after=2 + n, interview_ms=0)
    await journal.append("iv", [InterviewClosed("completed")], after=22, interview_ms=0)
    await asyncio.wait_for(task, 2)
    assert followed == list(range(3, 24))


async def test_another_server_than_the_nodes_own_is_refused(bus: Bus) -> None:
    with pytest.raises(JournalError) as caught:
        await JetStreamJournal(bus.client, "elsewhere").append("iv", some(1), after=0, interview_ms=0)
    assert caught.value.code == "unavailable"


class Server:
    def __init__(self, folder: Path) -> None:
        self.port = free_port()
        self.config = folder / "nats.conf"
        self.config.write_text(
            f'server_name: edge-test\nlisten: "127.0.0.1:{self.port}"\n'
            f'jetstream {{ store_dir: "{folder}/js", domain: edge-test, sync_interval: always }}\n'
        )
        self.start()

    def start(self) -> None:
        self.process = subprocess.Popen([str(NATS_SERVER), "-c", str(self.config)], stderr=subprocess.DEVNULL)

    def kill(self) -> None:
        if self.process.poll() is not None:
            return
        os.kill(self.process.pid, signal.SIGKILL)
        self.process.wait(5)


@pytest.fixture
async def server(tmp_path: Path) -> AsyncIterator[Server]:
    made = Server(tmp_path)
    yield made
    made.kill()


async def test_kill_9_of_the_server_loses_nothing_and_the_writer_goes_on(server: Server) -> None:
    bus = await connect(f"nats://127.0.0.1:{server.port}", process="test", token="")
    journal = JetStreamJournal(bus.client, "test", timeout_seconds=10)
    followed: list[int] = []

    async def follow() -> None:
        async for fact in journal.follow():
            followed.append(fact.number)
            if fact.number == 120:
                return

    epoch = await journal.epoch()
    task = asyncio.create_task(follow())
    await asyncio.sleep(0.2)
    try:
        for n in range(60):
            if n in (20, 40):
                server.kill()
                asyncio.get_running_loop().call_later(0.5, server.start)
            kept = await journal.append("iv", some(2), after=2 * n, interview_ms=n)
            assert [fact.number for fact in kept] == [2 * n + 1, 2 * n + 2]
        facts = await JetStreamJournal(bus.client, "test").replay("iv")
        assert [fact.number for fact in facts] == list(range(1, 121))
        await asyncio.wait_for(asyncio.shield(task), 10)
        assert followed == list(range(1, 121))
        assert await JetStreamJournal(bus.client, "test").epoch() == epoch
    finally:
        await cancel(task)
        await bus.close()


async def test_a_server_that_stays_away_is_unavailable_within_the_deadline(server: Server) -> None:
    bus = await connect(f"nats://127.0.0.1:{server.port}", process="test", token="")
    journal = JetStreamJournal(bus.client, "test", timeout_seconds=1.0)
    await journal.append("iv", some(1), after=0, interview_ms=0)
    server.kill()
    started = asyncio.get_running_loop().time()
    with pytest.raises(JournalError) as caught:
        await journal.append("iv", some(1), after=1, interview_ms=0)
    assert caught.value.code == "unavailable"
    assert asyncio.get_running_loop().time() - started < 6
    await bus.close()
