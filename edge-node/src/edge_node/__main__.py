"""One command a process: ``edge-node kiosk|room|speech|language|vision|review|uplink|pull``; ``enrol``, ``models``.

Where a node has several room processes the further ones are ``edge-node room-2`` and so on.
"""

import asyncio
import importlib
import sys

from edge_node import settings
from edge_node.settings import PROCESSES, PULL, ROOM

COMMANDS = ("capacity", "drain", "enrol", "journal", "models", "probe", "rehearse", "support-bundle")
USAGE = f"usage: edge-node {'|'.join((*PROCESSES, PULL, *COMMANDS))} [--help]"


def main() -> None:
    """Run the named process or command. Heavy engines load only in the process that needs them."""
    arguments = sys.argv[1:]
    if not arguments or arguments[0] in ("-h", "--help"):
        print(USAGE)
        raise SystemExit(0 if arguments else 2)
    name, rest = arguments[0], arguments[1:]
    if name.partition("-")[0] == ROOM and not rest:
        loaded = settings.load()
        if name not in loaded.rooms:
            print(f"{name} is none of the room processes: {', '.join(loaded.rooms)}", file=sys.stderr)
            raise SystemExit(2)
        asyncio.run(importlib.import_module(f"edge_node.app.{ROOM}").run(loaded, name))
    elif name in (*PROCESSES, PULL) and not rest:
        module = importlib.import_module(f"edge_node.app.{name}")
        asyncio.run(module.run(settings.load()))
    elif name in COMMANDS:
        module = importlib.import_module(f"edge_node.app.{name.replace('-', '_')}")
        raise SystemExit(module.run(rest, settings.load()))
    else:
        print(USAGE, file=sys.stderr)
        raise SystemExit(2)


if __name__ == "__main__":
    main()
