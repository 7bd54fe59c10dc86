"""Seeing: what watching a picture costs beside the bare model, what it does to a 20 ms clock, what is shed.

The real vision process on a real nats-server, asked by the room's own ``Watching``; the camera is a portrait.

ms, ratio_ms
    Median round trip of one picture from the room's side, and its ratio to the bare model (mediapipe's landmarker,
    one face, the same picture) in this process, both in turn. ``ratio_ms_mean`` is of the means: there the search for
    more faces counts, which the product adds about once a second.
audio_p99_ratio
    99th percentile of the time between two ticks of a 20 ms clock in the room's process, with against without vision
    at 5 pictures a second.
quiet, loaded
    Pictures kept and shed by one room, and by 8 rooms while the vision process gets a fifth of its time (it is stopped
    and continued by signals). Shed is what 5 pictures a second would have been beyond those kept.
"""

import argparse
from typing import Any


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Options of this bench."""
    parser.add_argument("--seconds", type=float, default=10.0, help="of each part (default 10)")


def run(options: argparse.Namespace) -> dict[str, Any]:
    """The figures; ``ok`` when every target holds. Needs the starter weights."""
    import asyncio

    from bench import _watching

    figures = asyncio.run(_watching.measured(options.seconds))
    shed = figures["loaded"]["shed"] > 0 and figures["loaded"]["rooms_pressed_at_the_end"] > 0
    seen = figures["quiet"]["kept"] > 0
    ok = seen and figures["ratio_ms"] <= 1.2 and figures["ms"] <= 200 and figures["audio_p99_ratio"] <= 1.1 and shed
    return {**figures, "ok": ok}
