"""Where the real servers are, and room for them."""

import sys
from pathlib import Path

from provisioning.network import free_ports

NATS_SERVER = Path(sys.executable).parent / "nats-server"


def free_port() -> int:
    """A TCP port nobody listens on right now."""
    return free_ports(1)[0]
