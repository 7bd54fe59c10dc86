"""One of three hub servers and one of two coordinators killed at a time: no fact lost, no request waits long."""

import argparse
import asyncio
import contextlib
import shutil
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from coordinator.tasks import cancel

REQUEST_MOST_S = 10.0
KIT_SECONDS = 60.0
CATCH_UP_SECONDS = 60.0


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Options of this run."""
    parser.add_argument("--nodes", type=int, default=3, help="simulated nodes (default: 3)")
    parser.add_argument("--rate", type=float, default=20.0, help="facts a second and node (default: 20)")
    parser.add_argument("--rounds", type=int, default=3, help="kills of a server and a coordinator (default: 3)")
    parser.add_argument("--away", type=float, default=12.0, help="seconds each stays dead (default: 12)")
    parser.add_argument("--keep", action="store_true", help="keep the folder with the logs")


def run(options: argparse.Namespace) -> dict[str, Any]:
    """The figures; ``ok`` when nothing is missing, doubled or out of order and no request took longer than 10 s."""
    folder = Path(tempfile.mkdtemp(prefix="hub3-"))
    folder.chmod(0o711)
    try:
        return asyncio.run(_run(options, folder))
    finally:
        if options.keep:
            _say(f"kept {folder}")
        else:
            shutil.rmtree(folder, ignore_errors=True)


def _say(what: str) -> None:
    sys.stderr.write(f"  {time.strftime('%H:%M:%S')} {what}\n")


async def _run(options: argparse.Namespace, folder: Path) -> dict[str, Any]:
    from chaos._hub_servers import Servers
    from chaos._requests import Recruiter, Requests
    from chaos._simulated_node import simulated_node
    from chaos._two_coordinators import HeadOffice

    node_ids = [f"n{number}" for number in range(1, options.nodes + 1)]
    servers = Servers(folder, node_ids)
    office = HeadOffice(folder, servers)
    try:
        servers.start()
        await office.start()
        _say("three hub servers, two coordinators, and the nodes' servers are up")
        async with contextlib.AsyncExitStack() as stack:
            nodes = [
                await stack.enter_async_context(
                    simulated_node(node_id, servers.nodes[node_id].port, servers.node_token, office.plan(node_id))
                )
                for node_id in node_ids
            ]
            requests = Requests(office)
            recruiter = Recruiter(office, requests)
            stack.push_async_callback(recruiter.close)
            await recruiter.sign_in()
            return await _measure(options, servers, office, nodes, requests, recruiter)
    finally:
        office.stop()
        servers.stop()


async def _measure(
    options: argparse.Namespace, servers: Any, office: Any, nodes: list[Any], requests: Any, recruiter: Any
) -> dict[str, Any]:
    from chaos._requests import kit_arrives
    from chaos._verdict import compare

    stop_facts, stop_requests = asyncio.Event(), asyncio.Event()
    planned, watched = office.plan("n1"), nodes[0].interview_id
    keeping = [asyncio.create_task(node.keep_facts(options.rate, stop_facts)) for node in nodes]
    asking = [
        asyncio.create_task(requests.keep_asking(kind, ask, stop_requests))
        for kind, ask in (
            ("read", lambda: recruiter.reads(planned)),
            ("join_code", lambda: recruiter.makes_code(planned)),
            ("position", nodes[-1].ask_position),
        )
    ]
    watching = [asyncio.create_task(recruiter.watches(c, watched)) for c in office.coordinators]
    kit_s: list[float] = []
    try:
        await asyncio.sleep(4)
        killed: list[str] = []
        for _ in range(options.rounds):
            killed.append(await _strike(options, servers, office, requests, killed))
            (kit_id,) = office.rows("SELECT kit_id FROM interview WHERE id = %s", planned)[0]
            with contextlib.suppress(TimeoutError):
                kit_s.append(await kit_arrives(nodes[0], planned, kit_id, KIT_SECONDS))
            await asyncio.sleep(6)
        stop_facts.set()
        await asyncio.gather(*keeping)
        stop_requests.set()
        await asyncio.gather(*asking)
        caught_up_s = await _caught_up(office, nodes)
        live = await _shown(recruiter, office, nodes[0].kept)
    finally:
        await cancel(*keeping, *asking, *watching)
    figures = await compare(office, nodes)
    longest = max(requests.longest_s.values())
    zeros = figures["missing"] == figures["duplicates"] == figures["out_of_order"] == 0
    return {
        **figures,
        "caught_up_s": round(caught_up_s, 1),
        "longest_request_s": round(longest, 1),
        "longest_request_by_kind_s": {kind: round(took, 1) for kind, took in requests.longest_s.items()},
        "requests": requests.answered,
        "kit_after_code_s": [round(seconds, 2) for seconds in kit_s],
        "live_views_complete": live,
        "killed": killed,
        "ok": zeros and longest <= REQUEST_MOST_S and live and len(kit_s) == options.rounds,
    }


async def _strike(options: argparse.Namespace, servers: Any, office: Any, requests: Any, killed: list[str]) -> str:
    """Kill the leader of the stream of batches (or a server not killed yet) and the coordinator that reads it."""
    leader = await _leader(servers, office)
    names = [hub.name for hub in servers.hubs]
    fresh = [name for name in names if not any(name in earlier for earlier in killed)]
    victim = servers.hub(leader if leader in fresh or not fresh else fresh[0])
    coordinator = office.reading()
    what = f"{victim.name}{' (stream leader)' if victim.name == leader else ''} and coordinator {coordinator.name}"
    _say(f"kill -9 {what}")
    victim.kill()
    coordinator.kill()
    requests.avoid = coordinator
    await asyncio.sleep(options.away)
    _say("both start again")
    victim.start()
    coordinator.start()
    from chaos._two_coordinators import until_ready

    await until_ready(coordinator)
    requests.avoid = None
    await _leader(servers, office, all_current=True)
    return what


async def _leader(servers: Any, office: Any, *, all_current: bool = False) -> str:
    """Name of the hub server that leads the stream of batches; ``all_current``: once the others have all it has."""
    from coordinator.bus.hub import Hub
    from interview_proto import subjects
    from nats.errors import Error as NatsError

    hub = Hub(servers.core_url, process="chaos", credentials_file=servers.core_credentials)
    await hub.open()
    try:
        async with asyncio.timeout(60):
            while True:
                try:
                    cluster = (await hub.client.jetstream(timeout=2).stream_info(subjects.EVENTS_STREAM)).cluster
                except (NatsError, TimeoutError):
                    cluster = None
                if cluster and cluster.leader:
                    others = cluster.replicas or []
                    if not all_current or (len(others) == 2 and all(o.current and not o.offline for o in others)):
                        return str(cluster.leader)
                await asyncio.sleep(0.2)
    finally:
        await hub.close()


async def _caught_up(office: Any, nodes: list[Any]) -> float:
    """Seconds from the last fact kept on a node until all are committed, or 60."""
    last = max(node.last_kept_at for node in nodes)
    while time.time() - last < CATCH_UP_SECONDS:
        ((committed,),) = office.rows("SELECT count(*) FROM event")
        if committed >= sum(node.kept for node in nodes):
            break
        await asyncio.sleep(0.1)
    return time.time() - last


async def _shown(recruiter: Any, office: Any, facts: int) -> bool:
    """Whether both live views come to show every fact of the interview they follow."""
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(30):
            while any(recruiter.seen_events.get(c.name, 0) < facts for c in office.coordinators):
                await asyncio.sleep(0.2)
            return True
    return False
