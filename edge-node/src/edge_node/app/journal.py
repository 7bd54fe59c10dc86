"""``edge-node journal``: look at this node's record without starting anything."""

import argparse
import asyncio
import sys
from collections.abc import Sequence

from edge_node.app.running_node import NoNodeRuns, reached
from edge_node.journal.store import JetStreamJournal
from edge_node.ports.journal import JournalError
from edge_node.settings import Settings


def run(arguments: Sequence[str], settings: Settings) -> int:
    """Count or list the facts of one interview, or list the interviews; 1 when the node cannot be asked."""
    parser = argparse.ArgumentParser(prog="edge-node journal", description=__doc__)
    parser.add_argument("--interview", help="id of one interview; without it, all are listed")
    parser.add_argument("--count", action="store_true", help="print only how many facts there are")
    try:
        return asyncio.run(_look(parser.parse_args(arguments), settings))
    except NoNodeRuns as error:
        sys.stderr.write(f"{error}\n")
    except JournalError as error:
        sys.stderr.write(f"the record cannot be read: {error}\n")
    return 1


async def _look(wanted: argparse.Namespace, settings: Settings) -> int:
    async with reached(settings, "journal") as bus:
        journal = JetStreamJournal(bus.client, settings.node_id)
        if wanted.interview is None:
            lines = await journal.interviews()
        else:
            facts = await journal.replay(wanted.interview)
            listed = [f"{f.number} {f.interview_ms} ms {type(f.event).__name__}" for f in facts]
            lines = [str(len(facts))] if wanted.count else listed
    print("\n".join(lines))
    return 0
