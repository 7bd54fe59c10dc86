"""What was said of an answer when its visit ended, and is not in the record yet."""

import asyncio

from edge_node.ports.failure import EngineError
from edge_node.room.ledger import Ledger
from edge_node.room.listening.listening import Listening
from edge_node.room.signals import Said, Signals, Spoke, Typed
from edge_node.telemetry.logs import get_logger

SALVAGE_SECONDS = 10.0
"""How long a returning candidate may wait for the transcript of what was said before the connection was lost."""

log = get_logger("room")


async def left_over(ledger: Ledger, listening: Listening, signals: Signals) -> tuple[Said, ...]:
    """What was said or typed, in its order; a transcript that does not come in time is left out."""
    said: list[Said] = []
    while signal := signals.take():
        match signal:
            case Spoke(said=spoken):
                said.extend(spoken)
            case Typed(text):
                now_ms = ledger.now_ms()
                said.append(Said(text, (), now_ms, now_ms))
    try:
        async with asyncio.timeout(SALVAGE_SECONDS):
            said.extend(await listening.take_spoken())
    except (EngineError, TimeoutError):
        log.warning("an unfinished answer stayed without a transcript", interview_id=ledger.kit.interview_id)
    return tuple(said)
