# SPDX-License-Identifier: GPL-3.0-or-later
"""``voice-engine``: requests on standard input, sound on standard output."""

import os
import sys

from voice_engine import __doc__ as about
from voice_engine.protocol import encode


def main() -> None:
    """Load the voices, say so, serve until standard input ends."""
    if sys.argv[1:]:
        print(about)
        raise SystemExit(0 if sys.argv[1] in ("-h", "--help") else 2)
    # Engines print to standard output; only messages may go there.
    replies = os.fdopen(os.dup(1), "wb", buffering=0)
    os.dup2(2, 1)
    from voice_engine import speakers  # noqa: PLC0415 - the engines load only to speak
    from voice_engine.server import Server  # noqa: PLC0415 - as above

    def write(message: bytes) -> None:
        view = memoryview(message)
        while view:
            view = view[replies.write(view) or 0 :]

    voices = speakers.load()
    write(encode({"ready": True, "engines": speakers.ENGINES}))
    try:
        Server(voices, write).run(sys.stdin.buffer)
    except BrokenPipeError:
        raise SystemExit(0) from None


if __name__ == "__main__":
    main()
