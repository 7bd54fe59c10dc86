"""Answers nodes that ask for their next credentials over the link they have."""

from coordinator.fault import Fault
from coordinator.identity import codec
from coordinator.identity.service import IdentityService
from coordinator.telemetry.logs import get_logger

log = get_logger("identity")


class Renewals:
    """Serves ``subjects.RENEWAL_REQUESTS``. The hub lets a node ask under its own name only."""

    def __init__(self, service: IdentityService) -> None:
        self._service = service

    async def answer(self, subject: str, raw: bytes) -> bytes:
        """What the node of ``subject`` is issued, or why it is not."""
        node_id = subject.split(".")[1]
        try:
            asked = codec.decode_request(raw)
            if asked.node_id != node_id:
                raise codec.Unreadable("another node's request")
            issued = await self._service.renew(node_id, asked.user_key, asked.page_request)
        except codec.Unreadable as error:
            log.warning("not renewed", node_id=node_id, reason=str(error))
            return codec.encode_refused("unreadable")
        except Fault as fault:
            log.warning("not renewed", node_id=node_id, reason=fault.code)
            return codec.encode_refused(fault.code)
        log.info("renewed", node_id=node_id)
        return codec.encode_issued(issued)
