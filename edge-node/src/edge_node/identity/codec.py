"""The request for the next credentials, onto and off the wire; and the same answer as JSON at enrolment."""

from typing import Any

from google.protobuf.message import DecodeError
from interview_proto.v1 import identity_pb2

from edge_node.identity.store import Issued


class Refused(Exception):
    """The coordinator did not issue; ``code`` is stable."""

    def __init__(self, code: str, message: str = "") -> None:
        super().__init__(f"{code}: {message}" if message else code)
        self.code = code


def encode_renewal(node_id: str, user_key: str, page_request: str) -> bytes:
    """A renewal request."""
    return identity_pb2.RenewalRequest(
        node_id=node_id, user_key=user_key, page_request_pem=page_request
    ).SerializeToString()


def decode_renewal(raw: bytes) -> Issued:
    """The answer to a renewal request; raises Refused."""
    message = identity_pb2.RenewalReply()
    try:
        message.ParseFromString(raw)
    except DecodeError:
        raise Refused("unreadable") from None
    if message.refused or not message.user_jwt:
        raise Refused(message.refused or "empty")
    return Issued(
        message.user_jwt, message.page_certificate_pem, message.link_authority_pem, message.page_authority_pem
    )


def issued_from_json(body: Any) -> Issued:
    """The answer to an enrolment; raises Refused."""
    try:
        names = ("user_jwt", "page_certificate", "link_authority", "page_authority")
        return Issued(*(str(body[name]) for name in names))
    except (KeyError, TypeError):
        raise Refused("unreadable", "the coordinator's answer is not the expected one") from None
