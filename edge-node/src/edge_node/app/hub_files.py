"""Brings files from head office for a command that is no process of the node."""

import asyncio
from collections.abc import Callable
from pathlib import Path

from interview_proto import subjects

from edge_node.bus.local import connect
from edge_node.models.errors import SourceFailed
from edge_node.ports.failure import EngineError
from edge_node.settings import Settings, read_secret
from edge_node.uplink.files import FileError, HubFiles, Say

CONNECT_SECONDS = 5.0


def fetcher(settings: Settings, say: Say) -> Callable[[str, Path], None]:
    """A function that brings the file of a name to a path; it raises SourceFailed, and OSError for the disk."""

    def fetch(name: str, part: Path) -> None:
        try:
            asyncio.run(_fetch(settings, say, name, part))
        except (FileError, EngineError) as error:
            raise SourceFailed(f"{name}: {error}") from error

    return fetch


async def _fetch(settings: Settings, say: Say, name: str, part: Path) -> None:
    bus = await connect(
        settings.nats_url,
        process="files",
        token=read_secret(settings.nats_token_file),
        wait_seconds=CONNECT_SECONDS,
        inbox_prefix=subjects.node_inbox(settings.node_id),
    )
    try:
        await HubFiles(bus.client, say=say).fetch(name, part)
    finally:
        await bus.close()
