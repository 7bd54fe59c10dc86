"""Draining: no new interview is opened, the running one ends in its own time, then the node may be stopped."""

import asyncio
from dataclasses import replace
from types import SimpleNamespace
from typing import cast

import pytest
from edge_node.app import drain
from edge_node.app.room import SystemClock
from edge_node.bus.local import Bus
from edge_node.journal.store import JetStreamJournal
from edge_node.kiosk.errors import KioskError
from edge_node.kiosk.signalling import Rooms
from edge_node.ports.failure import EngineError
from edge_node.room.desk.service import RoomService
from fakes.scripted_room import Branch, FixedCondition, ScriptedModel, short_kit
from interview_proto import subjects
from provisioning.all_in_one import AllInOne
from provisioning.draining import let_interviews_end
from test_room_journal import FAST, FOLLOW_UP, type_on

ROOMS = ("room",)


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
        assert await drain._wait(bus, ROOMS, 0.0) == drain.STILL_RUNNING
        with pytest.raises(KioskError, match="draining"):
            await Rooms(bus).claim("late")

        waiting = asyncio.create_task(drain._wait(bus, ROOMS, 60.0))
        await asyncio.sleep(0)
        condition.draining = False  # as after a restart of the room process
        assert await type_on(peer) == ["q1", "q1.1", "q2", "q3"], "who is in goes on to the end"
        assert await asyncio.wait_for(waiting, 10) == 0
        assert condition.draining, "told again"
        assert "waiting for 1 running" in capsys.readouterr().out

        assert await drain._tell(bus, ROOMS, False) == 0
        await Rooms(bus).claim("late")
    finally:
        await branch.close()


class OneNode:
    """As much of an all-in-one installation as draining needs."""

    def __init__(self, nats_url: str, room_ready: bool = True) -> None:
        ready = asyncio.Event()
        if room_ready:
            ready.set()
        self.supervisor = SimpleNamespace(programs={"node-room": SimpleNamespace(ready=ready)})
        self._nats_url = nats_url

    def node_environment(self) -> dict[str, str]:
        return {"EDGE_NODE_NATS_URL": self._nats_url}


@pytest.mark.timeout(90)
async def test_told_to_stop_it_waits_told_twice_it_does_not(
    bus: Bus, node_nats: str, capsys: pytest.CaptureFixture[str]
) -> None:
    branch, condition = Branch(clock=SystemClock(), character_seconds=0.0005), FixedCondition()
    await RoomService(branch.desk, condition).serve(bus)
    system, hurry = cast(AllInOne, OneNode(node_nats)), asyncio.Event()
    try:
        peer = await branch.admit()
        waiting = asyncio.create_task(let_interviews_end(system, hurry, 60))
        async with asyncio.timeout(30):
            while "waiting for 1" not in capsys.readouterr().err:
                await asyncio.sleep(0.05)
        assert condition.draining
        assert not waiting.done()
        hurry.set()
        await asyncio.wait_for(waiting, 5)

        await peer.close()
        async with asyncio.timeout(10):
            while branch.desk.candidates_present:
                await asyncio.sleep(0.05)
        await asyncio.wait_for(let_interviews_end(system, asyncio.Event(), 60), 30)
        starting = cast(AllInOne, OneNode(node_nats, room_ready=False))
        await asyncio.wait_for(let_interviews_end(starting, asyncio.Event(), 60), 1)
    finally:
        await branch.close()


@pytest.mark.timeout(30)
async def test_nonsense_is_no_drain_request(bus: Bus) -> None:
    branch, condition = Branch(), FixedCondition()
    await RoomService(branch.desk, condition).serve(bus)
    with pytest.raises(EngineError, match="bad_request"):
        await bus.request(subjects.ROOM_DRAIN, b"\xff\xff", timeout_seconds=5)
    assert not condition.draining
