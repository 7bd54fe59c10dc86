"""A node's question about its release, off and onto the wire."""

from google.protobuf.message import DecodeError
from interview_proto.v1 import node_pb2

from coordinator.rollouts.schemas import GROUPS, REASON_MOST, Rollout, Told

BYTES_MOST = 16_384
STATES = ("", "fetching", "checking", "ready", "installing", "active", "failed")
UUID_CHARACTERS = 36


class Unreadable(ValueError):
    """Bytes that are no question about a release."""


def decode_request(raw: bytes) -> Told:
    """Read a question; raises Unreadable."""
    if len(raw) > BYTES_MOST:
        raise Unreadable("too large")
    try:
        message = node_pb2.ReleaseRequest.FromString(raw)
    except DecodeError:
        raise Unreadable("not a release request") from None
    if message.rollout_group not in GROUPS or message.state not in STATES:
        raise Unreadable("a group or state that is not known")
    return Told(
        message.node_id,
        message.rollout_group,
        message.announcement_id[:UUID_CHARACTERS],
        message.state,
        message.reason.replace("\x00", "")[:REASON_MOST],
        min(message.received_bytes, 2**62),
    )


def encode_reply(node_id: str, rollout: Rollout | None) -> bytes:
    """Which release the node is to run; None: what it runs."""
    reply = node_pb2.ReleaseReply(node_id=node_id)
    if rollout is not None:
        release = rollout.release
        reply.announcement.CopyFrom(
            node_pb2.Announcement(
                announcement_id=str(rollout.rollout_id),
                bundle_id=release.bundle,
                version=release.version,
                bytes=release.size,
                sha256_hex=release.sha256,
            )
        )
    return reply.SerializeToString()
