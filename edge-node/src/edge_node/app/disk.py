"""The disk under the node's data, as the processes that write the journal watch it."""

from edge_node.journal.space import Space
from edge_node.settings import Settings

MEGABYTE = 1024 * 1024


def space_of(settings: Settings) -> Space:
    """Not yet looked at."""
    return Space(
        settings.data_dir,
        reserve_bytes=settings.disk.reserve_megabytes * MEGABYTE,
        headroom_bytes=settings.disk.headroom_megabytes * MEGABYTE,
    )
