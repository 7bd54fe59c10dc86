import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest
from edge_node.core.interview import events as e
from edge_node.core.interview.plan import QuestionKind, Source
from interview_proto import subjects
from linked_servers import LinkedServers
from record_path import branch, head_office, planned_interview, rows, until_committed, until_sent


@pytest.fixture
def servers(tmp_path: Path) -> Iterator[LinkedServers]:
    made = LinkedServers(tmp_path)
    made.start()
    yield made
    made.stop()


def question(n: int) -> e.Event:
    return e.QuestionAsked(f"q{n}", "s1", QuestionKind.PLANNED, f"Question {n}?", (Source("job", "j", "text"),))


def turn(n: int) -> e.Event:
    return e.TurnTaken(f"t{n}", f"q{n}", f"Answer number {n}.", e.TurnMode.SPOKEN, n, n + 5, (e.Word("A", n, n, 0.5),))


async def test_nothing_is_lost_doubled_or_reordered_while_servers_die(
    servers: LinkedServers, database_url: str
) -> None:
    interview_id = planned_interview(database_url)
    pairs = 120
    async with head_office(servers, database_url) as office, branch(servers) as node:
        loop = asyncio.get_running_loop()
        await node.journal.append(interview_id, [e.InterviewOpened("k", "en")], after=0, interview_ms=0)
        for n in range(1, pairs + 1):
            if n in (30, 80):
                servers.hub.kill()
                loop.call_later(1.5, servers.hub.start)
            if n == 55:
                servers.node.kill()
                loop.call_later(0.5, servers.node.start)
            await node.journal.append(interview_id, [question(n), turn(n)], after=2 * n - 1, interview_ms=n)
            await asyncio.sleep(0.01)
        total = 2 * pairs + 1
        await until_committed(office, "n1", await node.journal.epoch(), total, 30)
        got = rows(
            database_url, "SELECT number FROM event WHERE interview_id = %s ORDER BY journal_sequence", interview_id
        )
        assert [number for (number,) in got] == list(range(1, total + 1))
        transcript = rows(
            database_url,
            "SELECT asked_question.text, turn.text FROM turn JOIN asked_question USING (interview_id, question_id)"
            " WHERE interview_id = %s ORDER BY turn.number",
            interview_id,
        )
        assert transcript == [(f"Question {n}?", f"Answer number {n}.") for n in range(1, pairs + 1)]
        assert rows(database_url, "SELECT count(*) FROM dead_letter") == [(0,)]
        assert node.forwarder.figures.lag >= 0


async def test_a_hub_that_lost_its_tail_gets_it_again(servers: LinkedServers, database_url: str) -> None:
    interview_id = planned_interview(database_url)
    async with branch(servers) as node:
        async with head_office(servers, database_url, consuming=False) as office:
            async with office.consuming():
                await node.journal.append(interview_id, [question(1), turn(1)], after=0, interview_ms=0)
                epoch = await node.journal.epoch()
                await until_committed(office, "n1", epoch, 2)
            # The hub takes a batch and loses it before anyone has read it.
            await node.journal.append(interview_id, [question(2), turn(2)], after=2, interview_ms=0)
            await until_sent(node, 4)
            await office.hub.client.jetstream().purge_stream(subjects.EVENTS_STREAM)
            await node.journal.append(interview_id, [question(3), turn(3)], after=4, interview_ms=0)
            await until_sent(node, 6)
            async with office.consuming():
                await until_committed(office, "n1", epoch, 6)
        assert node.forwarder.figures.rewinds >= 1
    got = rows(database_url, "SELECT number FROM event WHERE interview_id = %s ORDER BY journal_sequence", interview_id)
    assert [number for (number,) in got] == [1, 2, 3, 4, 5, 6]
    assert rows(database_url, "SELECT count(*) FROM dead_letter") == [(0,)]


async def test_what_waits_for_the_link_is_counted_and_aged(servers: LinkedServers) -> None:
    servers.hub.kill()
    async with branch(servers) as node:
        await node.journal.append("iv", [question(1), turn(1)], after=0, interview_ms=0)
        figures = node.forwarder.figures
        async with asyncio.timeout(10):
            while figures.oldest_unsent_seconds < 1:
                await asyncio.sleep(0.1)
        assert (figures.lag, figures.link_up) == (2, False)
        assert figures.oldest_unsent_seconds < 30


async def test_what_belongs_to_one_node_does_not_cross_the_link(servers: LinkedServers) -> None:
    """A hub that could hear or touch a node's inner subjects would hear what candidates say."""
    from coordinator.bus.hub import Hub

    hub = Hub(servers.hub.url, process="test", credentials_file=servers.core_credentials)
    await hub.open()
    heard: list[str] = []

    async def hear(message: object) -> None:
        heard.append(message.subject)  # type: ignore[attr-defined]

    await hub.client.subscribe(">", cb=hear)
    await hub.client.flush()
    async with branch(servers, forwarding=False) as node:
        await asyncio.sleep(1.5)
        for subject in ("engine.speech.transcribe", "room.state", "journal.x", "ev.other.batch", "rpc.other.heartbeat"):
            await node.link.publish(subject, b"secret")
        await node.link.publish(subjects.heartbeat("n1"), b"mine")
        await node.link.client.flush()
        await asyncio.sleep(0.5)
    await hub.close()
    assert [subject for subject in heard if not subject.startswith("$")] == [subjects.heartbeat("n1")]


async def test_kits_reach_the_node_and_stay_readable_without_the_hub(servers: LinkedServers, database_url: str) -> None:
    from coordinator.dispatch import codec, join_code, kit

    made = kit.Kit(
        kit_id="k1",
        interview_id="iv-1",
        language="ko",
        company_name="회사",
        job_title="Engineer",
        candidate_name="Ada",
        competencies=(kit.Competency("c1", "Design", "Trade-offs", (kit.Anchor(1, "low"), kit.Anchor(2, "high"))),),
        stages=(
            kit.Stage(
                stage_id="s1",
                title="One",
                competency_id="c1",
                questions=(kit.Question("q1", "Why?", (kit.Source("resume", "p1", "Built a bridge"),)),),
                follow_up_depth=2,
                time_budget_seconds=60,
                fallbacks=(kit.Question("f1", "And then?"),),
                closing=False,
            ),
        ),
        rubric_version="r1",
        vocabulary=("PostgreSQL",),
        created_unix_ms=5,
    )
    async with head_office(servers, database_url) as office, branch(servers, forwarding=False) as node:
        assert await node.kits.kits() == []
        await node.kits.ensure_mirror()
        code, sealed = join_code.make(10)
        await office.buckets.put("n1", "iv-1", codec.encode(made, sealed))
        await office.buckets.put("n1", "iv-broken", b"\xff\xff")
        for _ in range(100):
            if await node.kits.kit("iv-1"):
                break
            await asyncio.sleep(0.05)
        servers.hub.kill()
        servers.node.kill()
        servers.node.start()
        await asyncio.sleep(0.5)
        (held,) = await node.kits.kits()
        assert (held.kit_id, held.company_name, held.vocabulary) == ("k1", "회사", ("PostgreSQL",))
        assert held.stages[0].questions[0].sources == (Source("resume", "p1", "Built a bridge"),)
        assert held.stages[0].fallbacks[0].text == "And then?"
        assert held.stages[0].follow_up_depth == 2
        assert [anchor.text for anchor in held.competencies[0].anchors] == ["low", "high"]
        assert code not in repr(held)
        import hashlib

        assert hashlib.sha256(f"{held.join_code.salt}:{code}".encode()).hexdigest() == held.join_code.sha256_hex
