"""Where the time between the candidate's last word and the interviewer's first sound goes."""

from edge_node.core.interview.events import TurnTimed


class Gap:
    """One turn gap being measured. Instants are monotonic seconds."""

    def __init__(self, turn_id: str, end_of_turn_ms: int, stt_ms: int, transcript_at: float) -> None:
        self._turn_id = turn_id
        self._end_of_turn_ms = end_of_turn_ms
        self._stt_ms = stt_ms
        self._transcript_at = transcript_at
        self._text_at: float | None = None
        self._sound_at: float | None = None

    def text_ready(self, at: float) -> None:
        """The words to speak are known and kept."""
        self._text_at = at

    def sound_queued(self, at: float) -> None:
        """Their first sound is queued."""
        self._sound_at = at

    def sounded_ago(self, now: float) -> float:
        """Seconds since the first sound was queued; 0 where it was not."""
        return now - self._sound_at if self._sound_at is not None else 0.0

    @property
    def complete(self) -> bool:
        """Whether every part is known."""
        return self._text_at is not None and self._sound_at is not None

    def timed(self) -> TurnTimed:
        """The fact; only when complete."""
        assert self._text_at is not None and self._sound_at is not None
        return TurnTimed(
            self._turn_id,
            self._end_of_turn_ms,
            self._stt_ms,
            round((self._text_at - self._transcript_at) * 1000),
            round((self._sound_at - self._text_at) * 1000),
        )
