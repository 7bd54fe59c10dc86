"""The review process beside a real language process: killed in the middle, started again, nothing done twice."""

import asyncio
import contextlib
import os
import sys
from collections.abc import AsyncIterator
from itertools import cycle
from pathlib import Path

from edge_node.bus.local import Bus
from edge_node.core.interview.review_events import ReviewCompleted
from edge_node.journal.store import JetStreamJournal
from edge_node.uplink.codec import encode_kit
from fakes.walked_interview import ANSWERS, kit, whole
from interview_proto import subjects

NODE = "test"


@contextlib.asynccontextmanager
async def _process(name: str, url: str, models_dir: Path) -> AsyncIterator[asyncio.subprocess.Process]:
    environment = {"EDGE_NODE_NATS_URL": url, "EDGE_NODE_MODELS_DIR": str(models_dir), "EDGE_NODE_NODE_ID": NODE}
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "edge_node", name, env=os.environ | environment, stderr=asyncio.subprocess.DEVNULL
    )
    try:
        yield process
    finally:
        if process.returncode is None:
            process.terminate()
        await asyncio.wait_for(process.wait(), 20)


async def _names(journal: JetStreamJournal, behind: int) -> list[str]:
    return [type(fact.event).__name__ for fact in (await journal.replay("interview-1"))[behind:]]


async def test_a_review_survives_its_process(node_nats: str, bus: Bus, models_dir: Path) -> None:
    bucket = await bus.client.jetstream().create_key_value(bucket=subjects.kits_bucket(NODE))
    await bucket.put("interview-1", encode_kit(kit()))
    journal = JetStreamJournal(bus.client, NODE)
    recorded = whole(kit(), cycle(ANSWERS["en"][:3])).recorded
    events = [fact.event for fact in recorded]
    async with _process("language", node_nats, models_dir):
        async with _process("review", node_nats, models_dir) as first:
            await journal.append("interview-1", events[:-1], after=0, interview_ms=recorded[-1].interview_ms)
            await journal.append("interview-1", events[-1:], after=len(events) - 1, interview_ms=1)
            async with asyncio.timeout(90):
                while not await _names(journal, len(events)):
                    await asyncio.sleep(0.02)
            first.kill()
            await first.wait()
        async with _process("review", node_nats, models_dir), asyncio.timeout(90):
            while "ReviewCompleted" not in await _names(journal, len(events)):
                await asyncio.sleep(0.1)
    names = await _names(journal, len(events))
    assert names.count("CompetencyRated") + names.count("CompetencyAbstained") == 2
    assert names[-2:] == ["SummaryWritten", "ReviewCompleted"]
    last = (await journal.replay("interview-1"))[-1].event
    assert isinstance(last, ReviewCompleted)
    assert last.ratings == 2
