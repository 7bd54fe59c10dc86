"""A node's request for its next credentials, off and onto the wire."""

from dataclasses import dataclass

from google.protobuf.message import DecodeError
from interview_proto.v1 import identity_pb2

from coordinator.identity.schemas import Issued

BYTES_MOST = 16_384


class Unreadable(ValueError):
    """Bytes that are no renewal request."""


@dataclass(frozen=True)
class RenewalRequest:
    """What a node sends."""

    node_id: str
    user_key: str
    page_request: str


def decode_request(raw: bytes) -> RenewalRequest:
    """Read a request; raises Unreadable."""
    if len(raw) > BYTES_MOST:
        raise Unreadable("too large")
    message = identity_pb2.RenewalRequest()
    try:
        message.ParseFromString(raw)
    except DecodeError:
        raise Unreadable("not a renewal request") from None
    return RenewalRequest(message.node_id, message.user_key, message.page_request_pem)


def encode_issued(issued: Issued) -> bytes:
    """The answer to a request that was granted."""
    return identity_pb2.RenewalReply(
        user_jwt=issued.user_jwt,
        page_certificate_pem=issued.page_certificate,
        link_authority_pem=issued.link_authority,
        page_authority_pem=issued.page_authority,
    ).SerializeToString()


def encode_refused(code: str) -> bytes:
    """The answer to a request that was not."""
    return identity_pb2.RenewalReply(refused=code).SerializeToString()
