"""``coordinator enrolment-token``: a one-time token for one node, for who runs this machine (no account is needed)."""

import argparse
import sys
from collections.abc import Sequence
from datetime import timedelta

from pydantic import ValidationError

from coordinator.db.unit_of_work import Database
from coordinator.fault import Fault
from coordinator.identity.schemas import TokenRequest
from coordinator.identity.service import make_token
from coordinator.settings import Settings, database_url
from coordinator.telemetry import logs


async def run(settings: Settings, arguments: Sequence[str]) -> int:
    """Print the token; 0 when there is one, 1 when not. The audit trail says that the system itself made it."""
    parser = argparse.ArgumentParser(prog="coordinator enrolment-token", description=__doc__)
    parser.add_argument("node", help="the node's name")
    parser.add_argument("--page-name", action="append", default=[], help="host or address of its page; may be repeated")
    options = parser.parse_args(arguments)
    logs.configure("enrolment-token", level="error", personal=settings.log_personal_data)
    database = Database(database_url(settings), connections_max=1)
    try:
        request = TokenRequest(node_id=options.node, page_names=options.page_name)
        await database.open()
        made = await make_token(database, request, timedelta(minutes=settings.identity.token_minutes))
    except (Fault, ValidationError) as error:
        sys.stderr.write(f"no token: {error}\n")
        return 1
    finally:
        await database.close()
    sys.stdout.write(made.token + "\n")
    return 0
