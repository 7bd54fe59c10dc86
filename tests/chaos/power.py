"""The power fails right after facts were acknowledged: the node's disk, copied at that moment, has all of them.

A journal that is not synced at every write goes through the same, to show that the copy tells the two apart.
"""

import argparse
import asyncio
import contextlib
import os
import time
from collections.abc import AsyncIterator, Mapping
from pathlib import Path
from typing import Any

FACTS = 2_000
SIDE_BY_SIDE = 4
UNSYNCED = "unsynced"
STARTED_SECONDS = 30.0


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """How many facts."""
    parser.add_argument("--facts", type=int, default=FACTS, help=f"facts before each power cut (default: {FACTS})")


def run(options: argparse.Namespace) -> dict[str, Any]:
    """With a journal that was made a moment ago, with one that lay on the disk already, and with one not synced."""
    from chaos._installation import data_folder
    from chaos._loop_disk import disk

    with data_folder() as data:
        node = data / "node"
        with disk(data / "disk.img", node):
            node.chmod(0o755)
            return asyncio.run(_run(data, options.facts))


async def _run(data: Path, count: int) -> dict[str, Any]:
    from chaos._branch_work import Rooms
    from chaos._installation import NODE_ID, head_office, say
    from chaos._loop_disk import photograph

    image = data / "disk.img"
    cuts: dict[str, dict[str, Any]] = {}
    async with head_office(data) as system:
        await system.supervisor.start(system.nats_program("node"))
        rooms = await Rooms.opened(system.node_url, system.node_token, NODE_ID)
        for name in ("fresh", "existing"):
            if name == "existing":
                # What was kept so far is old and safe; the facts to come lie in no block that ever was on the disk.
                os.sync()
            await _write(rooms, name, count)
            began = time.monotonic()
            photograph(image, data / f"{name}.img")
            cuts[name] = {"acknowledged": dict(rooms.acked), "copied_s": round(time.monotonic() - began, 2)}
            say(f"{name}: {sum(rooms.acked.values())} facts acknowledged, the disk copied")
        await rooms.bus.close()
        for name, cut in cuts.items():
            cut["kept"] = await _after_the_cut(system, data, name, cut["acknowledged"])
        control = await _unsynced(system, data, image, count)
    return _figures(cuts, control)


async def _unsynced(system: Any, data: Path, image: Path, count: int) -> dict[str, int]:
    """The same with a journal whose server syncs every ten minutes: what was acknowledged, and what of it is lost."""
    from chaos._branch_work import Rooms
    from chaos._installation import NODE_ID, say
    from chaos._loop_disk import photograph

    folder = data / "node" / UNSYNCED
    folder.mkdir()
    os.sync()
    changes = {"sync_interval: always": 'sync_interval: "10m"'}
    async with _server(system, data, UNSYNCED, folder, changes) as url:
        rooms = await Rooms.opened(url, system.node_token, NODE_ID)
        await _write(rooms, UNSYNCED, count)
        photograph(image, data / f"{UNSYNCED}.img")
        acked = dict(rooms.acked)
        await rooms.bus.close()
    kept = await _after_the_cut(system, data, UNSYNCED, acked, folder=UNSYNCED)
    lost = sum(max(many - len(kept.get(interview, ())), 0) for interview, many in acked.items())
    say(f"{UNSYNCED}: {sum(acked.values())} facts acknowledged, {lost} of them lost")
    return {"acked": sum(acked.values()), "missing": lost}


def _figures(cuts: dict[str, dict[str, Any]], control: dict[str, int]) -> dict[str, Any]:
    told = {}
    for name, cut in cuts.items():
        acked, kept = cut["acknowledged"], cut["kept"]
        missing = sum(max(count - len(kept.get(iv, ())), 0) for iv, count in acked.items())
        misplaced = sum(list(numbers) != list(range(1, len(numbers) + 1)) for numbers in kept.values())
        told[name] = {
            "acked": sum(acked.values()),
            "found": sum(map(len, kept.values())),
            "missing": missing,
            "duplicates": sum(len(numbers) - len(set(numbers)) for numbers in kept.values()),
            "out_of_order": misplaced,
            "copied_s": cut["copied_s"],
        }
    figures = {
        "sent": sum(one["acked"] for one in told.values()),
        "committed": sum(one["acked"] - one["missing"] for one in told.values()),
        "missing": sum(one["missing"] for one in told.values()),
        "duplicates": sum(
            len(numbers) - len(set(numbers)) for cut in cuts.values() for numbers in cut["kept"].values()
        ),
        "out_of_order": sum(one["out_of_order"] for one in told.values()),
        "caught_up_s": 0.0,
        "cuts": told,
        "without_sync": control,
    }
    zeros = not any(figures[name] for name in ("missing", "duplicates", "out_of_order"))
    figures["ok"] = zeros and all(one["acked"] for one in told.values()) and control["missing"] > 0
    return figures


async def _write(rooms: Any, name: str, count: int) -> None:
    """``count`` facts, acknowledged a few at a time."""
    from fakes.whole_interview import facts

    needed = -(-count // len(facts()))
    await rooms.hold_all([f"{name}-{n}" for n in range(needed)], side_by_side=SIDE_BY_SIDE)


async def _after_the_cut(
    system: Any, data: Path, name: str, acked: dict[str, int], *, folder: str = "."
) -> dict[str, list[int]]:
    """A new server and journal on the copied disk: the numbers of every interview's facts."""
    from edge_node.bus.local import connect
    from edge_node.journal.store import JetStreamJournal

    from chaos._installation import NODE_ID
    from chaos._loop_disk import mounted

    there = data / f"after-{name}"
    with mounted(data / f"{name}.img", there):
        async with _server(system, data, f"after-{name}", there / folder) as url:
            bus = await connect(url, process="after", token=system.node_token)
            journal = JetStreamJournal(bus.client, NODE_ID)
            found = {iv: [fact.number for fact in await journal.replay(iv)] for iv in acked}
            await bus.close()
    return found


@contextlib.asynccontextmanager
async def _server(
    system: Any, data: Path, name: str, folder: Path, changes: Mapping[str, str] | None = None
) -> AsyncIterator[str]:
    """The node's server once more, at a port of its own, its streams in ``folder``; the address."""
    from provisioning.network import answers, free_ports
    from provisioning.program import BIN, ProgramSpec
    from provisioning.supervisor import Supervisor

    (port,) = free_ports(1)
    text = (data / "secrets" / "node.conf").read_text()
    # Only the journal matters; the link's credentials are not what is measured here.
    wanted = {str(data / "node" / "jetstream"): str(folder / "jetstream"), f":{system.node_port}": f":{port}"}
    for before, after in {**wanted, **(changes or {})}.items():
        if before not in text:
            raise RuntimeError(f"the server's settings do not say {before!r}")
        text = text.replace(before, after)
    config = data / "secrets" / f"{name}.conf"
    config.write_text(text)

    async def probe() -> bool:
        return await answers(port)

    argv = (str(BIN / "nats-server"), "-c", str(config))
    async with Supervisor(data / "logs") as supervisor:
        await supervisor.start(ProgramSpec(f"nats-{name}", argv, probe=probe, ready_seconds=STARTED_SECONDS))
        yield f"nats://127.0.0.1:{port}"
