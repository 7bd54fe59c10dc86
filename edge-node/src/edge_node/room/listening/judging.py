"""Does a pause sound like the end of a turn? The end-of-turn model hears the turn's last seconds."""

from edge_node.core.dialogue.endpoint import Endpoint
from edge_node.core.dialogue.utterance import samples
from edge_node.ports.speech import EndOfTurn
from edge_node.room.listening.tape import Tape
from edge_node.room.listening.transcribing import PRE_ROLL_SECONDS
from edge_node.telemetry.logs import get_logger

JUDGED_SECONDS = 8.0
"""Sound the end-of-turn model is given at the most."""

log = get_logger("room")


class Judging:
    """Judges pauses of one visit."""

    def __init__(self, model: EndOfTurn, tape: Tape) -> None:
        self._model = model
        self._tape = tape

    def sound(self, endpoint: Endpoint | None) -> bytes:
        """What there is to judge now, s16le, mono, 16 kHz: the end of the turn, up to the newest sample."""
        began = endpoint.first_sample - samples(PRE_ROLL_SECONDS) if endpoint else 0
        return self._tape.cut(max(began, self._tape.end - samples(JUDGED_SECONDS)), self._tape.end)

    async def probability(self, pcm: bytes) -> float | None:
        """P(complete) in [0, 1]; None when the model failed, which costs a longer wait."""
        try:
            return await self._model.probability(pcm)
        except Exception as error:  # noqa: BLE001 - an inference engine raises what it likes
            log.warning("end of turn not judged", error=type(error).__name__)
            return None
