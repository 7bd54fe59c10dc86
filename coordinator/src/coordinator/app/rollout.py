"""``coordinator rollout announce|show|stop|leave``: releases for nodes that fetch theirs themselves, for who runs this
machine (no account is needed)."""

import argparse
import hashlib
import json
import sys
import tarfile
from collections.abc import Sequence
from pathlib import Path

from interview_proto import subjects

from coordinator.app.process import hub_of
from coordinator.db.unit_of_work import Database
from coordinator.dispatch.files import Files
from coordinator.fault import Fault
from coordinator.rollouts.schemas import Release
from coordinator.rollouts.service import RolloutService
from coordinator.settings import Settings, database_url
from coordinator.telemetry import logs

MANIFEST = "manifest.json"
MANIFEST_BYTES_MOST = 16 << 20
KEPT = 2
"""Bundles that stay at the hub: the newest rollout's and the one before."""


class BundleUnreadable(Exception):
    """The file is no bundle."""


async def run(settings: Settings, arguments: Sequence[str]) -> int:
    """0 when it is done, 1 when not; the audit trail says that the system itself did it."""
    options = _parser().parse_args(arguments)
    logs.configure("rollout", level="error", personal=settings.log_personal_data)
    database = Database(database_url(settings), connections_max=2)
    service = RolloutService(database)
    try:
        await database.open()
        if options.command == "announce":
            await _announce(settings, service, options)
        elif options.command == "stop":
            await service.stop(options.reason)
        elif options.command == "leave":
            await service.leave(options.node)
        await _show(service)
    except (Fault, BundleUnreadable, OSError) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    finally:
        await database.close()
    return 0


async def _announce(settings: Settings, service: RolloutService, options: argparse.Namespace) -> None:
    bundle, version = described(options.bundle)
    hub = hub_of(settings, "rollout")
    try:
        await hub.open()
        files = Files(hub, replicas=settings.nats_replicas)
        made = await files.put(options.bundle, subjects.release_file(bundle))
        release = Release(bundle, version, made.size, made.sha256)
        await service.announce(release, failures_most=options.failures_most, node_minutes=options.hours * 60)
        kept = {subjects.release_file(one) for one in await service.kept_bundles(KEPT)}
        for one in await files.stored():
            if one.name.startswith("release-") and one.name not in kept:
                await files.delete(one.name)
    finally:
        await hub.close()


def described(packed: Path) -> tuple[str, str]:
    """A bundle's id and version, from the manifest in it. Raises BundleUnreadable, OSError.

    Whether it is signed is what nodes ask: each by the key it trusts.
    """
    try:
        with tarfile.open(packed, "r:") as archive:
            member = archive.next()
            if member is None or member.name != MANIFEST or not 0 < member.size <= MANIFEST_BYTES_MOST:
                raise BundleUnreadable(f"{packed} is no bundle")
            content = archive.extractfile(member)
            manifest = content.read() if content else b""
        version = json.loads(manifest)["version"]
    except (tarfile.TarError, EOFError, ValueError, KeyError, TypeError) as error:
        raise BundleUnreadable(f"{packed} is no bundle") from error
    if not isinstance(version, str):
        raise BundleUnreadable(f"{packed} is no bundle")
    return hashlib.sha256(manifest).hexdigest()[:16], version


async def _show(service: RolloutService) -> None:
    found = await service.shown()
    if found is None:
        sys.stdout.write("no release was announced yet\n")
        return
    rollout, members = found
    release = rollout.release
    sys.stdout.write(f"{release.version}-{release.bundle[:8]}  {rollout.status}  {rollout.note}\n")
    for member in members:
        state = member.state if member.opened else "not its turn"
        sys.stdout.write(f"  wave {member.wave}  {member.group:<6}  {member.node_id:<24}  {state}  {member.reason}\n")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="coordinator rollout", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    announce = commands.add_parser("announce", help="store a bundle at the hub, and begin to tell nodes of it")
    announce.add_argument("bundle", type=Path)
    announce.add_argument(
        "--failures-most",
        type=int,
        default=0,
        choices=range(101),
        metavar="PER_CENT",
        help="of a group beyond the canaries that may fail before it stops (default: 0)",
    )
    announce.add_argument(
        "--hours", type=_hours, default=24.0, help="a node may take before it counts as failed (default: 24)"
    )
    commands.add_parser("show", help="how far the newest one is")
    commands.add_parser("stop", help="tell nobody else").add_argument("reason", help="why; it is shown")
    commands.add_parser("leave", help="a node that fetches releases itself no more").add_argument("node")
    return parser


def _hours(text: str) -> float:
    hours = float(text)
    if not 0 < hours <= 24 * 60:
        raise argparse.ArgumentTypeError("more than 0 and at most 1440")
    return hours
