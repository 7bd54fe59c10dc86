"""What one interview costs a node: processor by process, memory, disk; `edge-node capacity` reckons with it."""

import argparse
import asyncio
import json
import os
import time
from collections import Counter
from pathlib import Path
from typing import Any

IDLE_SECONDS = 20.0
NODE = ("kiosk", "room", "speech", "language", "vision", "review", "uplink")


def run(options: argparse.Namespace) -> dict[str, Any]:
    """One rehearsed interview in a whole installation; the candidate's own work is not counted."""
    del options
    return asyncio.run(_run())


async def _run() -> dict[str, Any]:
    from chaos._rehearsed import CANDIDATE, Recruiter, hold, installation, say
    from edge_node.rehearsal.persona import load
    from edge_node.rehearsal.voice import render_all

    persona = load(str(CANDIDATE))
    say("rendering the candidate's answers")
    sounds = await render_all(persona, lambda _, __: None)
    async with installation() as system, Recruiter.signed_in(system) as recruiter:
        await recruiter.node_ready()
        programs = system.supervisor.programs
        pids = {name: programs[f"node-{name}"].pid for name in NODE} | {"nats": programs["nats-node"].pid}
        say("nobody is there")
        await asyncio.sleep(5)
        idle = await _costs_over(pids, asyncio.sleep(IDLE_SECONDS))
        disk, logs = _size(system.options.data / "node"), _size(system.options.data / "logs")
        interview_id, code = await recruiter.new_interview()
        say("the interview")
        held: list[Any] = []

        async def interview() -> None:
            held.append(await hold(system.room_url, code, persona, sounds))

        open_room = await _costs_over(pids, interview())
        say("its review")
        review = await _costs_over(pids, recruiter.reviewed(interview_id))
        disk, logs = _size(system.options.data / "node") - disk, _size(system.options.data / "logs") - logs
        spans = _spans(system.options.data / "node/traces")
        memory = {name: round(cost.rss_bytes / 1e6) for name, cost in _costs(pids).items()}
    room = {name: round(max(0.0, open_room[name] - idle[name]), 1) for name in pids}
    review_s = sum(max(0.0, review[name] - idle[name]) for name in pids) * review["seconds"] / 1000
    return {
        "machine": {"cores": os.cpu_count(), "processor": _processor()},
        "profile": system.options.profile,
        "measured": time.strftime("%Y-%m-%d"),
        "minutes": round(open_room["seconds"] / 60, 1),
        "idle_cpu_ms_s": {name: round(idle[name], 1) for name in pids},
        "room_cpu_ms_s": room,
        "review_cpu_s": round(review_s, 1),
        "memory_mb": memory,
        "record_bytes": disk,
        "log_bytes": logs,
        "spans": spans,
        "ok": held[0].report.outcome == "closed" and {"interview", "turn", "chat"} <= set(spans),
        "explained": {
            "room_cpu_ms_s": "milliseconds of processor a second that one open room adds, by process",
            "spans": "traces kept of this interview, by kind",
            "review_cpu_s": "seconds of processor for one interview's review, which gives way to live questions",
        },
    }


def _costs(pids: dict[str, int]) -> dict[str, Any]:
    from bench._process_cost import cost_of

    return {name: cost_of(pid) for name, pid in pids.items()}


async def _costs_over(pids: dict[str, int], work: Any) -> dict[str, float]:
    """Milliseconds of processor a second by process while ``work`` goes on, and the seconds it took."""
    before, began = _costs(pids), time.monotonic()
    await work
    after, seconds = _costs(pids), time.monotonic() - began
    used = {name: (after[name].cpu_seconds - before[name].cpu_seconds) / seconds * 1000 for name in pids}
    return used | {"seconds": seconds}


def _size(folder: Path) -> int:
    return sum(path.stat().st_blocks * 512 for path in folder.rglob("*") if path.is_file())


def _spans(folder: Path) -> dict[str, int]:
    """How many of each kind lie in the node's folder; a call of the model is ``chat MODEL``."""
    counted: Counter[str] = Counter()
    for path in folder.glob("*.jsonl"):
        for line in path.read_text().splitlines():
            for scope in json.loads(line)["resourceSpans"][0]["scopeSpans"]:
                counted.update(span["name"].split()[0] for span in scope["spans"])
    return dict(counted)


def _processor() -> str:
    lines = Path("/proc/cpuinfo").read_text().splitlines()
    return next((line.partition(": ")[2] for line in lines if line.startswith("model name")), "")
