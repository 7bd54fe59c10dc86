"""The disk under the node's data, as the processes that write the journal watch it."""

from edge_node.core.interview.plan import DISK_BYTES
from edge_node.journal.space import Space
from edge_node.recording.shelf import Shelf
from edge_node.settings import Settings

MEGABYTE = 1024 * 1024


def space_of(settings: Settings) -> Space:
    """Not yet looked at."""
    return Space(
        settings.data_dir,
        reserve_bytes=settings.disk.reserve_megabytes * MEGABYTE,
        headroom_bytes=settings.disk.headroom_megabytes * MEGABYTE,
    )


def shelf_of(settings: Settings) -> Shelf:
    """Recordings; they leave free what new interviews in every room need, so that they never keep one from opening."""
    return Shelf(
        settings.data_dir,
        share_bytes=settings.recording.megabytes_most * MEGABYTE,
        kept_free_bytes=settings.disk.headroom_megabytes * MEGABYTE + settings.rooms_max * DISK_BYTES,
    )
