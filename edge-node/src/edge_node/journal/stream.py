"""The stream the journal lives in: created once, never thinned out, with an identity of its own."""

import uuid
from dataclasses import dataclass

from interview_proto import subjects
from nats.errors import Error as NatsError
from nats.js.api import DiscardPolicy, RetentionPolicy, StorageType, StreamConfig, StreamInfo
from nats.js.client import JetStreamContext
from nats.js.errors import BadRequestError, NotFoundError

from edge_node.ports.journal import JournalError

EPOCH_KEY = "journal_epoch"
REPLACES_KEY = "journal_replaces"


@dataclass(frozen=True, slots=True)
class Incarnation:
    """Which journal this is. ``replaces`` names the one it went on as before it was found rolled back, or is empty."""

    epoch: str
    replaces: str = ""


async def opened(jetstream: JetStreamContext, *, subjects_filter: str | None = None) -> StreamInfo:
    """The stream as it is now, created if absent; with ``subjects_filter``, the state lists the subjects in use.

    Raises JournalError (unavailable).
    """
    try:
        try:
            return await jetstream.stream_info(subjects.JOURNAL_STREAM, subjects_filter=subjects_filter)
        except NotFoundError:
            return await _create(jetstream)
    except (NatsError, TimeoutError) as error:
        raise JournalError("unavailable", type(error).__name__) from error


def incarnation_of(info: StreamInfo) -> Incarnation:
    """Which journal the stream is; raises JournalError when it carries no epoch."""
    metadata = info.config.metadata or {}
    epoch = metadata.get(EPOCH_KEY, "")
    if not epoch:
        raise JournalError("unavailable", "the stream carries no epoch; it was not made by this program")
    return Incarnation(epoch, metadata.get(REPLACES_KEY, ""))


async def renew(jetstream: JetStreamContext, replaced: str) -> StreamInfo:
    """Give the stream a new epoch in place of ``replaced``; one that has another by now is left as it is.

    Raises JournalError (unavailable).
    """
    info = await opened(jetstream)
    if incarnation_of(info).epoch != replaced:
        return info
    kept = {name: value for name, value in (info.config.metadata or {}).items() if not name.startswith("_nats.")}
    metadata = {**kept, EPOCH_KEY: uuid.uuid4().hex, REPLACES_KEY: replaced}
    try:
        return await jetstream.update_stream(info.config.evolve(metadata=metadata))
    except (NatsError, TimeoutError) as error:
        raise JournalError("unavailable", type(error).__name__) from error


async def _create(jetstream: JetStreamContext) -> StreamInfo:
    config = StreamConfig(
        name=subjects.JOURNAL_STREAM,
        subjects=[subjects.JOURNAL_SUBJECTS],
        storage=StorageType.FILE,
        retention=RetentionPolicy.LIMITS,
        # When the disk is full a new fact is refused; an old one is never dropped.
        discard=DiscardPolicy.NEW,
        deny_delete=True,
        deny_purge=True,
        allow_direct=True,
        allow_atomic=True,
        metadata={EPOCH_KEY: uuid.uuid4().hex},
    )
    try:
        return await jetstream.add_stream(config)
    except BadRequestError:
        # Another process of the node was faster; its epoch counts.
        return await jetstream.stream_info(subjects.JOURNAL_STREAM)
