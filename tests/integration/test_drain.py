"""Draining: no new interview is opened, the running one ends in its own time, then the node may be stopped."""

import asyncio
from dataclasses import replace

import pytest
from edge_node.app import drain
from edge_node.app.room import SystemClock
from edge_node.bus.local import Bus
from edge_node.journal.store import JetStreamJournal
from edge_node.kiosk.errors import KioskError
from edge_node.kiosk.signalling import Rooms
from edge_node.ports.failure import EngineError
from edge_node.room.service import RoomService
from fakes.scripted_room import Branch, FixedCondition, ScriptedModel, short_kit
from interview_proto import subjects
from test_room_journal import FAST, FOLLOW_UP, type_on


@pytest.mark.timeout(90)
async def test_a_drained_node_opens_nothing_and_waits_for_what_runs(
    bus: Bus, capsys: pytest.CaptureFixture[str]
) -> None:
    branch = Branch(
        kit=short_kit(),
        model=ScriptedModel(FOLLOW_UP, seconds=0.01),
        journal=JetStreamJournal(bus.client, "test"),
        clock=SystemClock(),
        rules=FAST,
        character_seconds=0.0005,
    )
    branch.assignments.by_id["late"] = replace(short_kit(), interview_id="late")
    condition = FixedCondition()
    branch.refusal = lambda _: "draining" if condition.draining else ""
    await RoomService(branch.desk, condition).serve(bus)
    try:
        peer = await branch.admit()
        assert await drain._wait(bus, 0.0) == drain.STILL_RUNNING
        with pytest.raises(KioskError, match="draining"):
            await Rooms(bus).claim("late")

        waiting = asyncio.create_task(drain._wait(bus, 60.0))
        await asyncio.sleep(0)
        condition.draining = False  # as after a restart of the room process
        assert await type_on(peer) == ["q1", "q1.1", "q2", "q3"], "who is in goes on to the end"
        assert await asyncio.wait_for(waiting, 10) == 0
        assert condition.draining, "told again"
        assert "waiting for 1 running" in capsys.readouterr().out

        assert (await drain._ask(bus, False)).candidates_present == 0
        await Rooms(bus).claim("late")
    finally:
        await branch.close()


@pytest.mark.timeout(30)
async def test_nonsense_is_no_drain_request(bus: Bus) -> None:
    branch, condition = Branch(), FixedCondition()
    await RoomService(branch.desk, condition).serve(bus)
    with pytest.raises(EngineError, match="bad_request"):
        await bus.request(subjects.ROOM_DRAIN, b"\xff\xff", timeout_seconds=5)
    assert not condition.draining
