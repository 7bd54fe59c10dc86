"""What a session's media costs in the room process, against a receiver of bare aiortc.

Both are processes of their own that answer the same offers, decode sound and 5 pictures a second, and send sound; the
sender is this process. Ours is the product's ``WebRtcMedia`` with what a room takes from it: even frames at 16 kHz, a
picture a second, the steady playout. Bare is an ``RTCPeerConnection`` whose tracks are drained, sending silence.

cpu_percent
    Processor time of each process over the same seconds, a session; medians of the rounds, which take turns.
ratio_cpu
    Ours to bare.
"""

import argparse
from typing import Any

MOST_RATIO = 1.15


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Options of this bench."""
    parser.add_argument("--sessions", type=int, default=3, help="at once in one process (default 3)")
    parser.add_argument("--rounds", type=int, default=4, help="of each kind, in turn (default 4)")
    parser.add_argument("--seconds", type=float, default=15.0, help="of one round (default 15)")


def run(options: argparse.Namespace) -> dict[str, Any]:
    """The figures; ``ok`` when the ratio holds. Needs no weights."""
    import asyncio
    from statistics import median

    from bench import _media

    rounds = asyncio.run(_media.measured(options.sessions, options.rounds, options.seconds))
    percent = {kind: round(median(each), 2) for kind, each in rounds.items()}
    ratio = round(percent["ours"] / percent["bare"], 3)
    return {
        "ratio_cpu": ratio,
        "cpu_percent": percent,
        "rounds": rounds,
        "sessions": options.sessions,
        "ok": ratio <= MOST_RATIO,
    }
