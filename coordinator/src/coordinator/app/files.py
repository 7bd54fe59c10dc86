"""``coordinator files put|list|delete``: weights and other large files for nodes, at the hub."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from coordinator.app.process import hub_of
from coordinator.dispatch.files import Files
from coordinator.fault import Fault
from coordinator.settings import Settings
from coordinator.telemetry import logs


async def run(settings: Settings, arguments: Sequence[str]) -> int:
    """0 when it is done, 1 when not; a line for each file goes to standard output."""
    options = _parser().parse_args(arguments)
    logs.configure("files", level="error", personal=settings.log_personal_data)
    hub = hub_of(settings, "files")
    try:
        await hub.open()
        files = Files(hub, replicas=settings.nats_replicas)
        if options.command == "put":
            made = await files.put(options.path, options.name or options.path.name)
            _say(f"{made.name}  {made.size}  {made.sha256}")
        elif options.command == "delete":
            await files.delete(options.name)
        else:
            for one in await files.stored():
                _say(f"{one.name}  {one.size}  {one.sha256}")
    except (Fault, OSError) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    finally:
        await hub.close()
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="coordinator files", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    put = commands.add_parser("put", help="store a file; nodes take it by `edge-node models pull --mirror hub:`")
    put.add_argument("path", type=Path)
    put.add_argument("--name", default="", help="name at the hub (default: the file's own)")
    commands.add_parser("list", help="name, bytes and sha256 of every file")
    commands.add_parser("delete", help="remove a file").add_argument("name")
    return parser


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
