"""``edge-node enrol``: make this node known to the coordinator with a one-time token."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from edge_node.identity.codec import Refused
from edge_node.identity.enrolment import CoordinatorUnreachable, enrol
from edge_node.identity.store import IdentityStore, IssuedUnfit
from edge_node.settings import Settings


def run(arguments: Sequence[str], settings: Settings) -> int:
    """Enrol; returns 0 when the node is known. Its private keys are made here and go nowhere."""
    parser = argparse.ArgumentParser(prog="edge-node enrol", description=__doc__)
    parser.add_argument("--coordinator", required=True, metavar="URL", help="address of the coordinator, https://HOST")
    parser.add_argument("--name", required=True, help="this node's name, as the token was made for")
    parser.add_argument("--token-file", required=True, type=Path, help="file with the one-time token")
    parser.add_argument("--ca-file", type=Path, help="authority of the coordinator's HTTPS, if not the system's")
    options = parser.parse_args(arguments)
    if options.name != settings.node_id:
        return _fail(f"this node is called {settings.node_id} in its settings (EDGE_NODE_NODE_ID), not {options.name}")
    store = IdentityStore(settings.data_dir)
    try:
        token = options.token_file.read_text().strip()
        enrol(store, options.coordinator, options.name, token, authority_file=options.ca_file)
    except (CoordinatorUnreachable, Refused, IssuedUnfit, OSError, ValueError) as error:
        return _fail(str(error))
    sys.stdout.write(
        f"{options.name} is enrolled; its identity is in {store.folder}\n"
        f"the room page's certificate: EDGE_NODE_TLS_CERTIFICATE_FILE={store.page_file}\n"
    )
    return 0


def _fail(why: str) -> int:
    sys.stderr.write(f"not enrolled: {why}\n")
    return 1
