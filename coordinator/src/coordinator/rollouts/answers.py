"""Answers nodes that ask which release to run."""

from coordinator.fault import Fault
from coordinator.rollouts import codec
from coordinator.rollouts.service import RolloutService
from coordinator.telemetry.logs import get_logger

log = get_logger("rollouts")


class Answers:
    """Serves ``subjects.RELEASE_REQUESTS``. The hub lets a node ask under its own name only."""

    def __init__(self, service: RolloutService) -> None:
        self._service = service

    async def answer(self, subject: str, raw: bytes) -> bytes:
        """The reply to one question; an empty one lets the node go on and ask again."""
        node_id = subject.split(".")[1]
        try:
            told = codec.decode_request(raw)
            if told.node_id != node_id:
                raise codec.Unreadable("another node's question")
            return codec.encode_reply(node_id, await self._service.told(told))
        except codec.Unreadable as error:
            log.warning("release not told", node_id=node_id, reason=str(error))
        except Fault as fault:
            log.warning("release not told", node_id=node_id, reason=fault.code)
        return b""
