"""``coordinator account add|reset-password|disable|enable|list``: who can sign in, for who runs this machine."""

import argparse
import sys
from collections.abc import Sequence

from coordinator.accounts import keeping
from coordinator.accounts.keeping import GIVEN_ROLES, Credential
from coordinator.accounts.repository import Account
from coordinator.auth.rbac import Role
from coordinator.db.unit_of_work import Database
from coordinator.fault import Fault
from coordinator.settings import Settings, database_url
from coordinator.telemetry import logs

WAIT_SECONDS = 3.0
NO_DATABASE = "head office's database does not answer; start head office first"


async def run(settings: Settings, arguments: Sequence[str]) -> int:
    """0 when it is done, 1 when not; the audit trail says that the system itself did it."""
    options = _parser().parse_args(arguments)
    # One line says what is wrong; what the database's driver tried is for a service's log.
    logs.configure("account", level="error", personal=settings.log_personal_data)
    try:
        database = Database(database_url(settings), connections_max=1, wait_seconds=WAIT_SECONDS)
    except (ValueError, OSError) as error:
        sys.stderr.write(f"no way to head office's database: {error}\n")
        return 1
    try:
        await database.open()
        said = await _done(options, database)
    except Fault as fault:
        why = NO_DATABASE if fault.code == "database_unavailable" else fault.message
        sys.stderr.write(f"nothing was changed: {why}\n")
        return 1
    finally:
        await database.close()
    sys.stdout.write(said)
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="coordinator account", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    add = commands.add_parser("add", help="a new account; prints its one-time password, this once")
    add.add_argument("email")
    add.add_argument("--name", required=True, help="the person's name, as colleagues see it")
    add.add_argument("--role", required=True, choices=[role.value for role in GIVEN_ROLES])
    commands.add_parser("reset-password", help="a new one-time password; ends every login").add_argument("email")
    commands.add_parser("disable", help="shut an account out at once").add_argument("email")
    commands.add_parser("enable", help="let it in again, with its password").add_argument("email")
    commands.add_parser("list", help="e-mail, role, state and name of every account")
    return parser


async def _done(options: argparse.Namespace, database: Database) -> str:
    if options.command == "add":
        made = await keeping.add(database, email=options.email, name=options.name, role=Role(options.role))
        return _once(made)
    if options.command == "reset-password":
        return _once(await keeping.reset_password(database, options.email))
    if options.command == "disable":
        account = await keeping.disable(database, options.email)
        return f"{account.email} is shut out; every login of it has ended\n"
    if options.command == "enable":
        account = await keeping.enable(database, options.email)
        return f"{account.email} may sign in again, with the password it had\n"
    return "".join(map(_row, await keeping.accounts(database)))


def _once(made: Credential) -> str:
    return (
        f"{made.email} ({made.role.value})   one-time password: {made.password}\n"
        "It is shown this once. At the first sign-in the person chooses a new one.\n"
    )


def _row(account: Account) -> str:
    state = "disabled" if account.disabled else "one-time password" if account.password_one_time else "active"
    return f"{account.email:<40} {account.role.value:<10} {state:<18} {account.name}\n"
