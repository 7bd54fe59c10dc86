"""``edge-node journal``: look at this node's record without starting anything."""

import argparse
import asyncio
from collections.abc import Sequence

from edge_node.bus.local import connect
from edge_node.journal.store import JetStreamJournal
from edge_node.settings import Settings, read_secret


def run(arguments: Sequence[str], settings: Settings) -> int:
    """Count or list the facts of one interview, or list the interviews; the numbers go to standard output."""
    parser = argparse.ArgumentParser(prog="edge-node journal", description=__doc__)
    parser.add_argument("--interview", help="id of one interview; without it, all are listed")
    parser.add_argument("--count", action="store_true", help="print only how many facts there are")
    return asyncio.run(_look(parser.parse_args(arguments), settings))


async def _look(wanted: argparse.Namespace, settings: Settings) -> int:
    bus = await connect(settings.nats_url, process="journal-look", token=read_secret(settings.nats_token_file))
    try:
        journal = JetStreamJournal(bus.client, settings.node_id)
        if wanted.interview is None:
            lines = await journal.interviews()
        else:
            facts = await journal.replay(wanted.interview)
            listed = [f"{f.number} {f.interview_ms} ms {type(f.event).__name__}" for f in facts]
            lines = [str(len(facts))] if wanted.count else listed
    finally:
        await bus.close()
    print("\n".join(lines))
    return 0
