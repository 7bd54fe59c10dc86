"""``coordinator figures-password``: what a node's Prometheus signs in with, for who runs this machine."""

import argparse
import sys
from collections.abc import Sequence

from coordinator.auth.tokens import signing_key
from coordinator.nodes.figures import password
from coordinator.settings import Settings


async def run(settings: Settings, arguments: Sequence[str]) -> int:
    """Print it; always 0. It is of use only once the node is enrolled, and no longer when it is revoked."""
    parser = argparse.ArgumentParser(prog="coordinator figures-password", description=__doc__)
    parser.add_argument("node", help="the node's name")
    sys.stdout.write(password(signing_key(settings.signing_key_file), parser.parse_args(arguments).node) + "\n")
    return 0
