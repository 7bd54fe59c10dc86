"""``coordinator revoke``: shut a node out, for who runs this machine (no account is needed)."""

import argparse
import sys
from collections.abc import Sequence

from coordinator.app.process import hub_of
from coordinator.bus.hub import Hub
from coordinator.db.unit_of_work import Database
from coordinator.fault import Fault
from coordinator.identity.registrar import Registrar
from coordinator.identity.service import IdentityService, Lives
from coordinator.keys import keyring
from coordinator.keys.nkey import KeyUnreadable
from coordinator.settings import Settings, database_url
from coordinator.telemetry import logs


async def run(settings: Settings, arguments: Sequence[str]) -> int:
    """0 when the hub refuses the node, 1 when not; the audit trail says that the system itself did it."""
    parser = argparse.ArgumentParser(prog="coordinator revoke", description=__doc__)
    parser.add_argument("node", help="the node's name")
    options = parser.parse_args(arguments)
    logs.configure("revoke", level="error", personal=settings.log_personal_data)
    if settings.identity.keys_dir is None:
        sys.stderr.write("not revoked: the installation's keys are not here (COORDINATOR_IDENTITY__KEYS_DIR)\n")
        return 1
    database = Database(database_url(settings), connections_max=2)
    system: Hub | None = None
    try:
        ring = keyring.load(settings.identity.keys_dir)
        system = hub_of(settings, "revoke", credentials_file=settings.identity.keys_dir / keyring.SYSTEM_CREDENTIALS)
        await database.open()
        await system.open()
        registrar = Registrar(database, system, ring)
        service = IdentityService(database, ring, Lives(), registrar.agree, registrar.look_soon)
        revoked = await service.revoke(options.node, None)
    except (Fault, KeyUnreadable, OSError) as error:
        sys.stderr.write(f"not revoked: {error}\n")
        return 1
    finally:
        if system is not None:
            await system.close()
        await database.close()
    sys.stdout.write(f"{revoked.node_id} is shut out since {revoked.revoked_at.isoformat()}\n")
    return 0
