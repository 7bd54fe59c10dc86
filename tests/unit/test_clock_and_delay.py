"""What a node says of its clock, and what the coordinator makes of it."""

import re
import time
from pathlib import Path

import pytest
from coordinator.ingest.codec import decode_batch
from coordinator.ingest.delay import LONGEST_MS, NodeClock, held_ms
from edge_node.core.interview import events as e
from edge_node.journal.codec import Place, encode
from edge_node.ports.clock import ClockReading
from edge_node.telemetry.machine_clock import read_clock
from edge_node.uplink.codec import encode_batch

ROOT = Path(__file__).parents[2]
HOUR = 3_600_000


def clock(boot_ms: int, unix_ms: int, boot: bytes = b"one") -> NodeClock:
    return NodeClock("unknown", 0, boot_ms, boot, unix_ms)


@pytest.mark.parametrize(
    ("kept", "sent", "held"),
    [
        (clock(1000, 5000), clock(4000, 8000), 3000),
        # The wall clock was set three hours ahead meanwhile, or back: the steady clock does not care.
        (clock(1000, 5000), clock(4000, 5000 + 3 * HOUR), 3000),
        (clock(1000, 3 * HOUR), clock(4000, 0), 3000),
        # Started anew in between: a wall clock that is wrong all the time still measures.
        (clock(90_000, 5000), clock(20, 5000 + HOUR, b"two"), HOUR),
        # ... and one that began again in 1970 does not.
        (clock(90_000, 1_700_000_000_000), clock(20, 40, b"two"), None),
        (clock(90_000, 40), clock(20, 1_700_000_000_000, b"two"), None),
        # Nothing is known of the machine's start.
        (clock(1000, 5000, b""), clock(9, 6000, b""), 1000),
        (clock(5000, 5000), clock(4000, 9000), None),
        (clock(0, 0), clock(LONGEST_MS + 1, 0), None),
        (None, clock(1, 1), None),
        (clock(1, 1), None, None),
    ],
)
def test_how_long_a_fact_was_held(kept: NodeClock | None, sent: NodeClock | None, held: int | None) -> None:
    assert held_ms(kept, sent) == held


def test_what_a_node_writes_is_what_the_coordinator_reads() -> None:
    kept = ClockReading(None, 0, 10_000, b"boot", 7)
    place = Place("n1", "e1", "iv", 1, 0, 7, kept)
    sent = ClockReading(True, 3, 75_000, b"boot", 9)
    (fact,) = decode_batch(encode_batch("n1", "e1", 1, [encode(place, e.InterviewOpened("k", "en"))], sent)).envelopes
    assert fact.held_ms == 65_000


@pytest.mark.parametrize(
    "sent", [ClockReading(True, 0, 2**63, b"boot", 9), ClockReading(True, 2**60, 1, b"boot", 9), None]
)
def test_a_clock_that_shows_no_time_says_nothing(sent: ClockReading | None) -> None:
    place = Place("n1", "e1", "iv", 1, 0, 7, ClockReading(None, 0, 1, b"boot", 7))
    (fact,) = decode_batch(encode_batch("n1", "e1", 1, [encode(place, e.InterviewOpened("k", "en"))], sent)).envelopes
    assert fact.held_ms is None


def test_this_machine_tells_its_clock() -> None:
    first, second = read_clock(), read_clock()
    assert first.boot_ms <= second.boot_ms
    assert first.boot_id == second.boot_id
    assert len(first.boot_id) == 16
    assert abs(first.unix_ms - time.time() * 1000) < 60_000
    assert first.error_max_ms >= 0
    assert not (first.synchronised is False and first.error_max_ms)


def test_nothing_at_the_coordinator_is_put_in_order_by_a_nodes_wall_clock() -> None:
    by_wall = re.compile(r"ORDER BY[^;)\n\"']*\b(wall_time|opened_at|closed_at|reviewed_at|given_at)\b", re.IGNORECASE)
    sources = [p for p in (ROOT / "coordinator/src").rglob("*") if p.suffix in (".py", ".sql")]
    assert len(sources) > 50
    assert [str(p) for p in sources if by_wall.search(p.read_text())] == []
