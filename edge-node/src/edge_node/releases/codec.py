"""What a node asks head office about its release, onto and off the wire."""

import re
from dataclasses import dataclass

from google.protobuf.message import DecodeError
from interview_proto.v1 import node_pb2

REASON_MOST = 300


class Unreadable(ValueError):
    """Bytes that are no answer, or one for somebody else."""


@dataclass(frozen=True, slots=True)
class Announcement:
    """A release this node is to fetch and take into use; tried once."""

    announcement_id: str
    bundle_id: str
    """First 16 hexadecimal digits of its manifest's sha256."""

    version: str
    size: int
    """Bytes."""

    sha256: str
    """Hexadecimal."""


@dataclass(frozen=True, slots=True)
class Status:
    """How far this node is with an announcement."""

    announcement_id: str = ""
    state: str = ""
    """fetching, checking, ready, installing, active or failed; empty without an announcement."""

    reason: str = ""
    received_bytes: int = 0


def encode_request(node_id: str, group: str, status: Status) -> bytes:
    """Asks which release to run, and says how far this node is."""
    return node_pb2.ReleaseRequest(
        node_id=node_id,
        rollout_group=group,
        announcement_id=status.announcement_id,
        state=status.state,
        reason=status.reason[:REASON_MOST],
        received_bytes=status.received_bytes,
    ).SerializeToString()


def decode_reply(raw: bytes, node_id: str) -> Announcement | None:
    """The answer; None where the node is to run what it runs. Raises Unreadable."""
    try:
        reply = node_pb2.ReleaseReply.FromString(raw)
    except DecodeError:
        raise Unreadable("not a release reply") from None
    if reply.node_id != node_id:
        raise Unreadable("no answer for this node")
    if not reply.HasField("announcement"):
        return None
    said = reply.announcement
    for value, pattern in (
        (said.announcement_id, r"[0-9a-f-]{36}"),
        (said.bundle_id, r"[0-9a-f]{16}"),
        (said.sha256_hex, r"[0-9a-f]{64}"),
        (said.version, r"[0-9A-Za-z.+_-]{1,100}"),
    ):
        if not re.fullmatch(pattern, value):
            raise Unreadable("an announcement that names no release")
    return Announcement(said.announcement_id, said.bundle_id, said.version, said.bytes, said.sha256_hex)
