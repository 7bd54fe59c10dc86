"""Batches, positions and heartbeats off the wire."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, NamedTuple

from google.protobuf.message import DecodeError
from interview_proto.v1 import clock_pb2, envelope_pb2, events_pb2, node_pb2

from coordinator.ingest.delay import NodeClock, Sync, held_ms
from coordinator.ingest.fields import plain

EPOCH = re.compile(r"^[A-Za-z0-9_-]{1,64}$")
SEQUENCE_MOST = 2**63 - 1
"""What the database can count to."""


class Unreadable(ValueError):
    """Bytes this program cannot take in; ``reason`` is a stable code."""

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(f"{reason}: {detail}" if detail else reason)
        self.reason = reason
        self.detail = detail


class Fact(NamedTuple):
    """One fact with its place. ``fields`` are those of its message, by schema name; enums as lower-case words."""

    event_id: str
    interview_id: str
    node_id: str
    journal_epoch: str
    number: int
    interview_ms: int
    wall_time_unix_ms: int
    kind: str
    fields: dict[str, Any]


class Incoming(NamedTuple):
    """One envelope of a batch: its journal sequence, its bytes, and how long the node held it (None: not known)."""

    sequence: int
    raw: bytes
    held_ms: int | None = None


@dataclass(frozen=True, slots=True)
class Batch:
    """A contiguous run of one journal."""

    node_id: str
    journal_epoch: str
    first_sequence: int
    envelopes: tuple[Incoming, ...]
    last_digest: bytes = b""
    """sha256 of the last envelope as it lies in the journal; empty from a node that does not say."""

    replaces_epoch: str = ""
    """The incarnation this one goes on from because it was found rolled back."""

    @property
    def last_sequence(self) -> int:
        """Journal sequence of the last envelope."""
        return self.first_sequence + len(self.envelopes) - 1


@dataclass(frozen=True, slots=True)
class Heartbeat:
    """What a node says of itself."""

    node_id: str
    display_name: str
    version: str
    wall_time_unix_ms: int
    engines: list[dict[str, str]]
    rooms_open: int
    rooms_max: int
    kits_ready: list[str]
    problems: list[str]
    room_url: str
    clock: NodeClock | None = None
    release: dict[str, str] | None = None
    """``actual``, ``target``, ``state`` and ``reason``; None where no playbook installs releases."""


_SYNCS: dict[int, Sync] = {
    clock_pb2.CLOCK_SYNC_SYNCHRONISED: "synchronised",
    clock_pb2.CLOCK_SYNC_UNSYNCHRONISED: "unsynchronised",
}


def _clock(message: envelope_pb2.Envelope | envelope_pb2.Batch | node_pb2.Heartbeat) -> NodeClock | None:
    """The node's clock as a message gives it; None when it does not, or with figures no clock shows."""
    if not message.HasField("clock"):
        return None
    clock = message.clock
    if max(clock.boot_ms, clock.error_max_ms, abs(clock.wall_time_unix_ms)) >= _CLOCK_MOST_MS:
        return None
    sync = _SYNCS.get(clock.sync, "unknown")
    return NodeClock(sync, clock.error_max_ms, clock.boot_ms, clock.boot_id, clock.wall_time_unix_ms)


_CLOCK_MOST_MS = 1 << 50


def decode_batch(data: bytes) -> Batch:
    """The batch in a message; raises Unreadable (not_a_batch, wrong_count)."""
    try:
        message = envelope_pb2.Batch.FromString(data)
    except DecodeError as error:
        raise Unreadable("not_a_batch") from error
    first, count = message.first_sequence, len(message.envelopes)
    last = message.last_sequence
    if first < 1 or not count or last - first + 1 != count or last > SEQUENCE_MOST or not message.journal_epoch:
        raise Unreadable("wrong_count", f"{first} to {last} with {count} envelopes")
    sent = _clock(message)
    envelopes = tuple(
        Incoming(first + index, envelope.SerializeToString(), held_ms(_clock(envelope), sent))
        for index, envelope in enumerate(message.envelopes)
    )
    return Batch(message.node_id, message.journal_epoch, first, envelopes, message.last_digest, message.replaces_epoch)


def decode_fact(raw: bytes) -> Fact:
    """The fact in an envelope; raises Unreadable (not_an_envelope, unknown_fact)."""
    try:
        envelope = envelope_pb2.Envelope.FromString(raw)
    except DecodeError as error:
        raise Unreadable("not_an_envelope") from error
    if not envelope.event_id or not 0 < envelope.number <= SEQUENCE_MOST:
        raise Unreadable("not_an_envelope", "no event id or number")
    kind = envelope.event.WhichOneof("fact")
    if kind is None:
        raise Unreadable("unknown_fact")
    return Fact(
        event_id=envelope.event_id,
        interview_id=envelope.interview_id,
        node_id=envelope.node_id,
        journal_epoch=envelope.journal_epoch,
        number=envelope.number,
        interview_ms=envelope.interview_ms,
        wall_time_unix_ms=envelope.wall_time_unix_ms,
        kind=kind,
        fields=plain(getattr(envelope.event, kind)),
    )


def known_kinds() -> Iterable[str]:
    """Every kind of fact the schema names."""
    return [field.name for field in events_pb2.Event.DESCRIPTOR.fields]


@dataclass(frozen=True, slots=True)
class PositionRequest:
    """A node asks how far one incarnation of its journal is committed."""

    node_id: str
    journal_epoch: str
    replaces_epoch: str


def decode_position_request(data: bytes) -> PositionRequest:
    """What is asked; raises Unreadable."""
    try:
        request = envelope_pb2.PositionRequest.FromString(data)
    except DecodeError as error:
        raise Unreadable("not_a_position_request") from error
    if not EPOCH.match(request.journal_epoch):
        raise Unreadable("not_a_position_request", "no epoch")
    return PositionRequest(request.node_id, request.journal_epoch, request.replaces_epoch)


def encode_position_reply(committed_sequence: int, committed_digest: bytes) -> bytes:
    """The answer to a position request."""
    return envelope_pb2.PositionReply(
        committed_sequence=committed_sequence, committed_digest=committed_digest
    ).SerializeToString()


def same_fact(one: bytes, other: bytes) -> bool:
    """Whether two envelopes say the same, however their bytes were laid out."""
    return one == other or envelope_pb2.Envelope.FromString(one) == envelope_pb2.Envelope.FromString(other)


def decode_heartbeat(data: bytes) -> Heartbeat:
    """A heartbeat; raises Unreadable."""
    try:
        message = node_pb2.Heartbeat.FromString(data)
    except DecodeError as error:
        raise Unreadable("not_a_heartbeat") from error
    return Heartbeat(
        node_id=message.node_id,
        display_name=message.display_name,
        version=message.version,
        wall_time_unix_ms=message.wall_time_unix_ms,
        engines=[
            {"role": engine.role, "name": engine.name, "profile": engine.profile, "digest": engine.digest}
            for engine in message.engines
        ],
        rooms_open=message.rooms_open,
        rooms_max=message.rooms_max,
        kits_ready=list(message.kits_ready),
        problems=list(message.problems),
        # The dashboard shows it as a link; nothing but a web address may stand there.
        room_url=message.room_url if message.room_url.startswith(("http://", "https://")) else "",
        clock=_clock(message),
        release=_release(message.release) if message.HasField("release") else None,
    )


_RELEASE_STATES = ("active", "rolled_back", "failed")
_RELEASE_TEXT_MOST = 300


def _release(message: node_pb2.Release) -> dict[str, str] | None:
    """What a node says of its release; None for a state this program does not know."""
    if message.state not in _RELEASE_STATES:
        return None
    said = {"actual": message.actual, "target": message.target, "state": message.state, "reason": message.reason}
    return {name: text.replace("\0", "")[:_RELEASE_TEXT_MOST] for name, text in said.items()}
