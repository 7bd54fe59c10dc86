"""What a bad network costs the transcript: the same answers through a clean line and through a lossy one.

Real peers over UDP; between them a relay that loses packets and holds each one back for a random time, in both
directions, from a seed. What the room hears is transcribed by the real recogniser.

wer_clean, wer_lossy, wer_rise
    Script against transcript, all answers together.
heard_clean, heard_lossy
    Share of the speech's frames that arrived, [0, 1]; what did not is silence of the same length.
"""

import argparse
from typing import Any

MOST_RISE = 0.05


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Options of this bench."""
    parser.add_argument("--answers", type=int, default=12, help="answers through each line (default 12)")
    parser.add_argument("--loss", type=float, default=0.05, help="share of packets lost, each way (default 0.05)")
    parser.add_argument("--jitter-ms", type=float, default=100.0, help="longest delay of a packet (default 100)")
    parser.add_argument("--seed", type=int, default=7)


def run(options: argparse.Namespace) -> dict[str, Any]:
    """The figures; ``ok`` when the error rate rises no more than it may. Needs the voices and the starter weights."""
    import asyncio

    from bench import _lossy

    figures = asyncio.run(_lossy.measured(options.answers, options.loss, options.jitter_ms / 1000, options.seed))
    return {**figures, "ok": figures["wer_rise"] <= MOST_RISE}
