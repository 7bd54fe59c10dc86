"""Rooms beside each other: one room process, real WebRTC peers, stand-ins for the heavy engines.

The product's own ``edge-node room`` on a nats-server, asked by the kiosk's own client; each candidate sends sound and
5 pictures a second over UDP and answers every question. Voice activity and end of turn are the real models, inside the
room process; recogniser, model, voice and eyes wait as long as they would and use no processor. The candidates run at
a lower priority than the room, since elsewhere they run on other machines.

turn_gap_ms
    Last spoken sample leaving to the interviewer's first audible one arriving, all turns of all rooms of a count.
underruns
    Frames of the interviewer that left the room more than 60 ms behind their time, and holes of silence at the
    candidate's ear within what is one unbroken tone.
dropped_frames
    Frames of the microphone that came too late or were dropped because the room did not read them.
cpu_percent_a_room, rss_mb_a_room
    Of the room process, over the interviews; a room process without rooms has ``rss_mb_empty``.
candidates_late_ms
    99th percentile of how late the candidates' own loop ran: a figure of the bench, not of the product.
ratio_8_to_1
    p95 turn gap at the most rooms to that at the fewest.
"""

import argparse
from typing import Any

MOST_RATIO = 2.0


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Options of this bench."""
    parser.add_argument("--rooms", default="1,2,4,8", metavar="N,N,...", help="rooms at once (default 1,2,4,8)")
    parser.add_argument("--questions", type=int, default=4, help="planned questions of an interview (default 4)")


def run(options: argparse.Namespace) -> dict[str, Any]:
    """The figures; ``ok`` when no frame was late and the gap did not double. Needs the voices and starter weights."""
    import asyncio

    from bench import _rooms

    counts = [int(count) for count in options.rooms.split(",")]
    by_count = asyncio.run(_rooms.measured(counts, options.questions))
    gaps = [by_count[str(count)]["turn_gap_ms"]["p95"] for count in (max(counts), min(counts))]
    underruns = sum(figures["underruns"] for figures in by_count.values())
    ratio = round(gaps[0] / gaps[1], 3) if all(gaps) else None
    whole = all(figures["closed"] == int(count) for count, figures in by_count.items())
    return {
        "rooms": by_count,
        "ratio_8_to_1": ratio,
        "underruns": underruns,
        "ok": whole and not underruns and ratio is not None and ratio <= MOST_RATIO,
    }
