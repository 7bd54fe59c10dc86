"""Answers nodes that hand over recordings."""

from coordinator.fault import Fault
from coordinator.recordings import codec
from coordinator.recordings.sealing import SealBroken
from coordinator.recordings.service import RecordingService
from coordinator.telemetry.logs import get_logger

log = get_logger("recordings")


class Deliveries:
    """Serves ``subjects.RECORDING_REQUESTS``. The hub lets a node ask under its own name only."""

    def __init__(self, service: RecordingService) -> None:
        self._service = service

    async def answer(self, subject: str, raw: bytes) -> bytes:
        """The reply to one request; an empty one lets the node ask again."""
        node_id = subject.split(".")[1]
        try:
            named, asked = codec.decode_request(raw)
            if named != node_id:
                raise codec.Unreadable("another node's request")
            if isinstance(asked, codec.Asked):
                return codec.encode_reply(*await self._service.held(node_id, asked.interview_id))
            return codec.encode_reply(await self._service.take(node_id, asked))
        except codec.Unreadable as error:
            log.warning("recording not taken in", node_id=node_id, reason=str(error))
            return codec.encode_reply("refused")
        except Fault as fault:
            log.warning("recording not taken in", node_id=node_id, reason=fault.code)
        except (OSError, SealBroken) as error:
            log.error("the installation's key of recordings is not usable", error=type(error).__name__)
        return b""
