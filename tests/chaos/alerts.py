"""A node killed, a disk filled, the LLM stopped, a clock skewed: each raises its alarm, no other, and resolves."""

import argparse
import asyncio
import contextlib
import time
from typing import Any

RAISED_SECONDS = 150.0
RESOLVED_SECONDS = 150.0
QUIET_SECONDS = 25.0
"""How long nothing may fire before a fault, and nothing else after its alarm."""

DISK_MB = 2048
LEFT_MB = 120
SKEW_SECONDS = -600
NODE = "node-1"


def run(options: argparse.Namespace) -> dict[str, Any]:
    """A whole installation under the product's own Prometheus rules and Alertmanager routes."""
    del options
    return asyncio.run(_run())


async def _run() -> dict[str, Any]:
    import tempfile
    from pathlib import Path

    from provisioning.supervisor import Supervisor

    from chaos import _loop_disk
    from chaos._monitoring import monitoring
    from chaos._rehearsed import installation, say

    with tempfile.TemporaryDirectory(prefix="chaos-alerts-") as made:
        folder = Path(made)
        folder.chmod(0o711)
        (folder / "installation").mkdir(mode=0o711)
        node_disk = folder / "installation/node"
        with _loop_disk.disk(folder / "node.img", node_disk, size_mb=DISK_MB):
            async with (
                installation(folder / "installation") as system,
                Supervisor(folder) as beside,
                monitoring(folder, system.options.data / "prometheus-targets.json", beside) as watch,
            ):
                targets = await _all_up(watch)
                say(f"{targets} targets up; waiting until nothing fires")
                calm = await watch.until(lambda: not watch.pager.firing, 120)
                await asyncio.sleep(QUIET_SECONDS)
                errors = await _dashboard_errors(watch)
                faults = {
                    "node_killed": ("NodeSilent", _node_killed(system)),
                    "disk_filled": ("NodeDiskFull", _disk_filled(node_disk)),
                    "model_stopped": ("LanguageModelDown", _model_stopped(system)),
                    "clock_skewed": ("NodeClockWrong", _clock_skewed(system)),
                }
                alerts = {}
                for name, (alarm, fault) in faults.items():
                    say(f"{name}: waiting for {alarm}")
                    alerts[name] = await _one(watch, alarm, fault)
                    say(f"{name}: {alerts[name]}")
    raised = sum(alert["raised"] for alert in alerts.values())
    right = all(alert["raised"] and alert["only"] and alert["resolved"] for alert in alerts.values())
    return {
        "alerts": alerts,
        "raised": raised,
        "targets_up": targets,
        "calm_before": calm,
        "dashboard_queries_refused": errors,
        "ok": right and calm and not errors,
        "explained": {
            "others": "alarms that reached a receiver beside the right one",
            "raised_s": "from the fault to the message at the receiver; scrapes every 2 s, the rules' waits as shipped",
        },
    }


async def _all_up(watch: Any) -> int:
    async with asyncio.timeout(120):
        while True:
            up = await watch.query("up == 1")
            if len(up) == 10:
                return len(up)
            await asyncio.sleep(1)


async def _dashboard_errors(watch: Any) -> list[str]:
    """Queries of the dashboards that a real Prometheus does not answer."""
    import json

    import httpx

    from chaos._monitoring import OBSERVABILITY

    refused = []
    for path in sorted((OBSERVABILITY / "dashboards").glob("*.json")):
        for panel in json.loads(path.read_text())["panels"]:
            for target in panel["targets"]:
                query = target["expr"].replace("$__rate_interval", "1m").replace("$node", NODE)
                try:
                    await watch.query(query)
                except httpx.HTTPStatusError:
                    refused.append(f"{path.stem}: {panel['title']}")
    return refused


async def _one(watch: Any, alarm: str, fault: Any) -> dict[str, Any]:
    """Cause it, see what is raised, end it, see it resolved; then a while in which nothing more may come."""
    wanted = (alarm, NODE)
    watch.pager.forget()
    began = time.monotonic()
    async with fault:
        raised = await watch.until(lambda: wanted in watch.pager.firing, RAISED_SECONDS)
        raised_s = time.monotonic() - began
        receiver = watch.pager.firing.get(wanted, "")
        await asyncio.sleep(QUIET_SECONDS)
    ended = time.monotonic()
    resolved = await watch.until(lambda: not watch.pager.firing, RESOLVED_SECONDS)
    resolved_s = time.monotonic() - ended
    await asyncio.sleep(QUIET_SECONDS)
    others = sorted({name for name, node in watch.pager.seen if (name, node) != wanted})
    return {
        "alarm": alarm,
        "raised": raised,
        "receiver": receiver,
        "raised_s": round(raised_s, 1),
        "only": not others,
        "others": others,
        "resolved": resolved,
        "resolved_s": round(resolved_s, 1),
    }


@contextlib.asynccontextmanager
async def _node_killed(system: Any) -> Any:
    """Every program of the node ends as in a power cut; then the machine is switched on again."""
    from chaos.offline import HEAD_OFFICE, kill

    programs = system.supervisor.programs
    branch = [program.spec for name, program in programs.items() if not name.startswith(HEAD_OFFICE)]
    await kill(system.supervisor, branch)
    yield
    for group in (branch[:1], branch[1:]):
        await system.supervisor.start(*group)


@contextlib.asynccontextmanager
async def _disk_filled(folder: Any) -> Any:
    """Another program writes until little is left."""
    import os
    import shutil

    filler = folder / "another-programs-file"
    size = shutil.disk_usage(folder).free - LEFT_MB * 1024 * 1024
    with filler.open("wb") as file:
        os.posix_fallocate(file.fileno(), 0, size)
    yield
    filler.unlink()


@contextlib.asynccontextmanager
async def _model_stopped(system: Any) -> Any:
    """The language process ends and is not started again."""
    from chaos.offline import kill

    spec = system.supervisor.programs["node-language"].spec
    await kill(system.supervisor, [spec])
    yield
    await system.supervisor.start(spec)


@contextlib.asynccontextmanager
async def _clock_skewed(system: Any) -> Any:
    """The node's processes that look at the clock see it ten minutes behind, by libfaketime."""
    from dataclasses import replace

    import debian_tools

    from chaos.offline import kill

    wrong = {
        "LD_PRELOAD": str(debian_tools.faketime_library()),
        "FAKETIME": f"{SKEW_SECONDS}s",
        "FAKETIME_DONT_FAKE_MONOTONIC": "1",
    }
    specs = [system.supervisor.programs[f"node-{name}"].spec for name in ("uplink", "room")]
    await kill(system.supervisor, specs)
    await system.supervisor.start(*(replace(spec, environment={**spec.environment, **wrong}) for spec in specs))
    yield
    await kill(system.supervisor, specs)
    await system.supervisor.start(*specs)
