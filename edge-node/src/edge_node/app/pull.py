"""The process of a node in a branch that lets nobody in: it fetches the releases that head office announces."""

import math
from pathlib import Path

from interview_proto import subjects

from edge_node.app.process import started
from edge_node.bus.codec import Health
from edge_node.bus.local import connect
from edge_node.releases.checking import Unfit, check
from edge_node.releases.codec import Announcement
from edge_node.releases.puller import Puller
from edge_node.releases.shelf import Shelf
from edge_node.settings import Settings, read_secret
from edge_node.uplink.files import FileError, HubFiles
from edge_node.uplink.release import read_release

FOLDER = "pull"
UNHEARD = "head_office_unheard"
"""Until head office has answered; a release with which it never does has not proved itself: nobody could bring the
next one."""


async def run(settings: Settings) -> None:
    """Ask, bring and tell until told to stop."""
    chosen = settings.pull
    async with started("pull", settings) as process:
        link = await connect(
            settings.nats_url,
            process="pull-link",
            token=read_secret(settings.nats_token_file),
            inbox_prefix=subjects.node_inbox(settings.node_id),
        )
        # A link may be away for days; what has come stays, and head office has a deadline.
        files = HubFiles(link.client, patience_seconds=math.inf)

        async def ask(request: bytes, timeout_seconds: float) -> bytes:
            subject = subjects.release_request(settings.node_id)
            return await link.request(subject, request, timeout_seconds=timeout_seconds)

        async def fetch(wanted: Announcement, part: Path) -> None:
            try:
                await files.fetch(subjects.release_file(wanted.bundle_id), part, size_most=wanted.size)
            except FileError as error:
                raise Unfit(str(error)) from error

        async def checked(bundle: Path, wanted: Announcement) -> None:
            await check(bundle, wanted, chosen.programs_dir / "unbundle.py", chosen.signers_file)

        def installed(bundle_id: str) -> bool:
            found = read_release(settings.data_dir)
            whole = found is not None and found.state == "active" and found.actual == found.target
            return whole and found is not None and found.actual.endswith(f"-{bundle_id[:8]}")

        puller = Puller(
            Shelf(settings.data_dir / FOLDER, chosen.programs_dir),
            ask,
            fetch,
            checked,
            installed,
            node_id=settings.node_id,
            group=chosen.group,
            bytes_most=chosen.megabytes_most * 1_000_000,
            every_seconds=chosen.every_seconds,
        )

        def health() -> Health:
            return Health() if puller.heard else Health(problems=(UNHEARD,))

        try:
            process.own(puller.run(), "releases")
            await process.until_stopped(health)
        finally:
            await process.cancel_owned()
            await link.close()
