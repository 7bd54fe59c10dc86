"""Head office is killed once the kit is at the node, which then boots without a link and holds the interview alone."""

import argparse
import asyncio
import contextlib
import os
import signal
import time
from collections.abc import Sequence
from typing import Any

KIT_SECONDS = 30.0
ARRIVAL_SECONDS = 120.0
HEAD_OFFICE = ("postgres", "nats-hub", "coordinator-")
"""How the names of its programs begin, in the order they are started."""


def run(options: argparse.Namespace) -> dict[str, Any]:
    """One interview with the coordinator unreachable from before its first word to after its last."""
    del options
    return asyncio.run(_run())


async def _run() -> dict[str, Any]:
    from edge_node.rehearsal.persona import load
    from edge_node.rehearsal.voice import render_all

    from chaos._rehearsed import CANDIDATE, Recruiter, hold, installation, record, say

    persona = load(str(CANDIDATE))
    say("rendering the candidate's answers")
    sounds = await render_all(persona, lambda _, __: None)
    async with installation() as system, Recruiter.signed_in(system) as recruiter:
        await recruiter.node_ready()
        interview_id, code = await recruiter.new_interview()
        await _kit_arrived(system, interview_id)
        programs = system.supervisor.programs
        office = [programs[name].spec for start in HEAD_OFFICE for name in list(programs) if name.startswith(start)]
        branch = [program.spec for name, program in programs.items() if program.spec not in office]
        say(f"killing head office: {', '.join(spec.name for spec in office)}")
        await kill(system.supervisor, office)
        say("killing every program of the node, and starting them again without a link")
        await kill(system.supervisor, branch)
        began = time.monotonic()
        for group in (branch[:1], branch[1:]):
            await system.supervisor.start(*group)
        boot_s = time.monotonic() - began
        await _room_ready(system)
        say("the interview")
        held = await hold(system.room_url, code, persona, sounds)
        unreachable = all(programs[spec.name].pid is None for spec in office)
        say("starting head office again")
        for start in HEAD_OFFICE:
            await system.supervisor.start(*(spec for spec in office if spec.name.startswith(start)))
        back_at = time.time()
        kept = await _arrived(system, interview_id)
        detail = await recruiter.reviewed(interview_id)
        kept = await record(system, interview_id)
    completed = held.report.outcome == "closed" and detail["close_reason"] == "completed"
    answered = [bool(entry["turns"]) for entry in detail["transcript"]]
    return {
        "ok": completed and unreachable and kept.whole and detail["late"] and len(answered) > 0 and all(answered),
        "completed": completed,
        "unreachable_throughout": unreachable,
        "sent": kept.sent,
        "committed": kept.committed,
        "missing": kept.missing,
        "duplicates": kept.duplicates,
        "out_of_order": kept.out_of_order,
        "caught_up_s": round(max(0.0, kept.closing_at - back_at), 2),
        "node_cold_boot_s": round(boot_s, 1),
        "late_to_the_recruiter": detail["late"],
        "questions": len(answered),
        "answered": sum(answered),
        "error": held.report.error,
        "seconds": held.report.seconds,
        "explained": {"caught_up_s": "seconds from every head office program being up to the closing being committed"},
    }


async def _kit_arrived(system: Any, interview_id: str) -> None:
    """Return when the node's mirror has the kit; raises TimeoutError."""
    from pathlib import Path

    from edge_node.bus.local import connect
    from edge_node.settings import read_secret
    from edge_node.uplink.assignments import KitMirror

    environment = system.node_environment()
    token = read_secret(Path(environment["EDGE_NODE_NATS_TOKEN_FILE"]))
    bus = await connect(environment["EDGE_NODE_NATS_URL"], process="chaos", token=token)
    try:
        async with asyncio.timeout(KIT_SECONDS):
            while await KitMirror(bus.client, environment["EDGE_NODE_NODE_ID"]).kit(interview_id) is None:
                await asyncio.sleep(0.1)
    finally:
        await bus.close()


async def kill(supervisor: Any, specs: Sequence[Any]) -> None:
    """Kill -9, and nobody starts them again."""
    for spec in reversed(specs):
        program = supervisor.programs[spec.name]
        with contextlib.suppress(ProcessLookupError):
            if program.pid:
                os.kill(program.pid, signal.SIGKILL)
        await program.stop()


async def _room_ready(system: Any) -> None:
    """Return when the room page says that the node is ready; raises TimeoutError."""
    import httpx

    async with asyncio.timeout(60), httpx.AsyncClient(base_url=system.room_url) as http:
        while not (await http.get("/api/node")).raise_for_status().json()["ready"]:
            await asyncio.sleep(0.2)


async def _arrived(system: Any, interview_id: str) -> Any:
    """The record once the coordinator has the closing; raises TimeoutError."""
    from chaos._rehearsed import record

    async with asyncio.timeout(ARRIVAL_SECONDS):
        while (kept := await record(system, interview_id)).closing_at == float("inf"):
            await asyncio.sleep(0.2)
    return kept
