"""Where the real servers are, and room for them."""

import socket
import sys
from pathlib import Path

NATS_SERVER = Path(sys.executable).parent / "nats-server"


def free_port() -> int:
    """A TCP port nobody listens on right now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
