"""Hundreds of nodes with rooms in them at one head office: nothing lost, what a node costs, and where that ends."""

import argparse
import asyncio
import math
import time
from typing import Any

NODES = 200
ROOMS = 5
INTERVIEW_SECONDS = 25 * 60
PACE = 4.0
SETTLE_SECONDS = 8.0
MEASURED_SECONDS = 40.0
GIVEN_UP_SECONDS = 420.0
FAR = 5000
PROGRAMS = {"hub": "nats-hub", "ingest": "coordinator-ingest", "postgres": "postgres", "api": "coordinator-api"}
PLACES = (0.25, 0.5, 1.0)
"""Shares of the fleet at which the cost is measured."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The fleet."""
    parser.add_argument("--nodes", type=int, default=NODES, help=f"nodes (default: {NODES})")
    parser.add_argument("--rooms", type=int, default=ROOMS, help=f"interviews at once in each (default: {ROOMS})")
    parser.add_argument("--pace", type=float, default=PACE, help=f"times as fast as real interviews (default: {PACE})")


def run(options: argparse.Namespace) -> dict[str, Any]:
    """Real hub, real ingest, real API, real database; each node has a connection of its own and the real codec."""
    from chaos._installation import data_folder

    with data_folder() as data:
        return asyncio.run(_run(data, options))


async def _run(data: Any, options: argparse.Namespace) -> dict[str, Any]:
    from chaos._installation import head_office, say
    from chaos._record import judged
    from fakes.planned_interviews import plan
    from fakes.whole_interview import facts

    from bench._fleet_node import FleetNode

    one = facts()
    fact_seconds = INTERVIEW_SECONDS / len(one) / options.pace
    async with head_office(data) as system:
        names = [f"sim-{number:04}" for number in range(options.nodes)]
        planned = {name: plan(system.database_url, name, options.rooms) for name in names}
        nodes: list[FleetNode] = []
        plateaus: list[dict[str, Any]] = []
        async with asyncio.TaskGroup() as group:
            for share in PLACES:
                for name in names[len(nodes) : round(share * options.nodes)]:
                    hub = await system.hub_connection(name)
                    node = FleetNode(name, hub, planned[name], one, fact_seconds=fact_seconds)
                    nodes.append(node)
                    group.create_task(node.run(), name=name)
                await asyncio.sleep(SETTLE_SECONDS)
                plateaus.append(await _measured(system.supervisor, nodes, system.database_url))
                say(f"{len(nodes)} nodes: {plateaus[-1]}")
            say("every room ends its interview at once")
            waiting = sum(len(one) * options.rooms - node.kept for node in nodes)
            began = time.monotonic()
            for node in nodes:
                node.finish()
            async with asyncio.timeout(GIVEN_UP_SECONDS):
                while sum(node.committed for node in nodes) < len(nodes) * options.rooms * len(one):
                    await asyncio.sleep(0.5)
            caught_up = time.monotonic() - began
        for node in nodes:
            await node.close()
        await asyncio.sleep(2)
        sent = {interview: len(one) for node in nodes for interview in node.interviews}
        figures = judged(system.database_url, sent)
    zeros = ("missing", "duplicates", "out_of_order", "dead_letters", "incidents")
    return {
        "nodes": options.nodes,
        "rooms": options.nodes * options.rooms,
        "pace": options.pace,
        **figures,
        "answers_late": sum(node.late_answers for node in nodes),
        "plateaus": plateaus,
        "rush_facts_s": round(waiting / caught_up),
        **_extrapolated(plateaus, waiting / caught_up, options.rooms * len(one) / INTERVIEW_SECONDS),
        "ok": not any(figures[name] for name in zeros),
        "explained": {
            "cpu_ms_s": "milliseconds of processor a second, by program",
            "cost_per_added_node": "from one plateau to the next; flat: the last is at most a quarter above the first",
            "rush_facts_s": "facts a second taken in when every room ends its interview at once",
            "limit_nodes": "rush_facts_s by the facts a second of a node with every room open all day",
            "not_in_it": "a node's own nats-server: its leaf connection is a client's here",
        },
    }


async def _measured(supervisor: Any, nodes: list[Any], database_url: str) -> dict[str, Any]:
    """Cost and delay over a while with a steady number of nodes."""
    import os

    import psycopg

    from bench._process_cost import cost_of

    pids = {name: supervisor.programs[program].pid for name, program in PROGRAMS.items()} | {"simulator": os.getpid()}
    before = {name: cost_of(pid) for name, pid in pids.items() if name != "simulator"}
    own = time.process_time()
    kept, since, began = sum(node.kept for node in nodes), time.time(), time.monotonic()
    await asyncio.sleep(MEASURED_SECONDS)
    seconds = time.monotonic() - began
    after = {name: cost_of(pids[name]) for name in before}
    cpu = {name: round((after[name].cpu_seconds - before[name].cpu_seconds) / seconds * 1000, 1) for name in before}
    facts = sum(node.kept for node in nodes) - kept
    await asyncio.sleep(3)
    with psycopg.connect(database_url) as connection:
        row = connection.execute(
            "SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY d), percentile_cont(0.95) WITHIN GROUP (ORDER BY d)"
            " FROM"
            " (SELECT extract(epoch FROM received_at - wall_time) AS d FROM event"
            "  WHERE wall_time BETWEEN to_timestamp(%s) AND to_timestamp(%s)) AS delays",
            (since, since + seconds),
        ).fetchone()
    p50, p95 = (float(value or 0) for value in row or (0, 0))
    return {
        "nodes": len(nodes),
        "facts_s": round(facts / seconds, 1),
        "cpu_ms_s": cpu | {"simulator": round((time.process_time() - own) / seconds * 1000, 1)},
        "rss_mb": {name: round(cost.rss_bytes / 1e6, 1) for name, cost in after.items()},
        "delay_s": {"p50": round(p50, 2), "p95": round(p95, 2)},
    }


def _extrapolated(plateaus: list[dict[str, Any]], rush_facts_s: float, node_facts_s: float) -> dict[str, Any]:
    """What one more node costs, whether that stays the same, what the far fleet would need, and what ends first.

    ``node_facts_s``: facts a second of a node whose rooms are all open, at the pace of real interviews.
    """
    steps = [_step(earlier, later) for earlier, later in zip(plateaus, plateaus[1:], strict=False)]
    totals = [round(sum(step["cpu_ms_s"].values()), 3) for step in steps]
    last = plateaus[-1]
    more = FAR - last["nodes"]
    added = steps[-1]["cpu_ms_s"]
    far = {name: round((last["cpu_ms_s"][name] + more * added[name]) / 1000, 2) for name in PROGRAMS}
    hub_mb = round(last["rss_mb"]["hub"] + more * steps[-1]["hub_rss_mb"])
    # Heartbeats and positions are shared among ingest processes; the stream has one reader at a time.
    one_process = last["nodes"] + (1000 - last["cpu_ms_s"]["ingest"]) / added["ingest"] if added["ingest"] > 0 else 0
    return {
        "cost_per_added_node": steps,
        "cost_per_added_node_cpu_ms_s": totals,
        "flat": len(totals) > 1 and totals[-1] <= 1.25 * totals[0],
        f"at_{FAR}": {
            "cores": far,
            "cores_all": round(sum(far.values()), 1),
            "hub_memory_mb": hub_mb,
            "ingest_processes": math.ceil(far["ingest"]),
            "nodes_of_one_ingest_process": round(one_process),
            "facts_s": round(FAR * node_facts_s),
            "limit": "the one reader of the stream of facts",
            "limit_nodes": round(rush_facts_s / node_facts_s),
        },
    }


def _step(earlier: dict[str, Any], later: dict[str, Any]) -> dict[str, Any]:
    nodes = later["nodes"] - earlier["nodes"]
    cpu = {name: round((later["cpu_ms_s"][name] - earlier["cpu_ms_s"][name]) / nodes, 3) for name in PROGRAMS}
    hub = (later["rss_mb"]["hub"] - earlier["rss_mb"]["hub"]) / nodes
    return {"from": earlier["nodes"], "to": later["nodes"], "cpu_ms_s": cpu, "hub_rss_mb": round(hub, 3)}
