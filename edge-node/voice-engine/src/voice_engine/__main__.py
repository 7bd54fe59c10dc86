# SPDX-License-Identifier: GPL-3.0-or-later
"""``voice-engine [--seed N]``: requests on standard input, sound on standard output.

With a seed the same texts in the same order sound the same in every run.
"""

import argparse
import os
import sys

from voice_engine import __doc__ as about
from voice_engine.protocol import encode


def main() -> None:
    """Load the voices, say so, serve until standard input ends."""
    parser = argparse.ArgumentParser(
        "voice-engine", description=about, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--seed", type=int, help="say the same texts in the same order alike in every run")
    seed: int | None = parser.parse_args().seed
    # Engines print to standard output; only messages may go there.
    replies = os.fdopen(os.dup(1), "wb", buffering=0)
    os.dup2(2, 1)
    from voice_engine import speakers  # noqa: PLC0415 - the engines load only to speak
    from voice_engine.server import Server  # noqa: PLC0415 - as above

    def write(message: bytes) -> None:
        view = memoryview(message)
        while view:
            view = view[replies.write(view) or 0 :]

    voices = speakers.load(seed)
    write(encode({"ready": True, "engines": speakers.ENGINES}))
    try:
        Server(voices, write).run(sys.stdin.buffer)
    except BrokenPipeError:
        raise SystemExit(0) from None


if __name__ == "__main__":
    main()
