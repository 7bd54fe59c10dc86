"""What a rehearsal saw. Times are seconds since the rehearsal joined, unless a name says otherwise."""

import dataclasses
from dataclasses import dataclass, field
from typing import Any


@dataclass
class Turn:
    """One answer."""

    question_id: str
    question_text: str
    question_kind: str
    script_text: str
    mode: str
    """spoken or typed."""

    first_speech_sent_at: float | None = None
    last_speech_sent_at: float | None = None
    """The moment the last audible sample of the answer left."""

    first_audio_received_at: float | None = None
    """The moment the first audible sample of the next utterance of the interviewer came."""

    turn_gap_ms: int | None = None
    """Between the two; None for a typed answer, or when the two spoke at once."""

    superseded: bool = False
    """Given again later: the line died, or the room asked again."""

    interrupted_interviewer: bool = False
    yielded_after_ms: int | None = None
    """From the interruption's first audible sample to the interviewer's last."""


@dataclass
class Report:
    """One rehearsal."""

    interview_id: str = ""
    started_unix_ms: int = 0
    outcome: str = "failed"
    """closed, or failed; ``error`` says why."""

    error: str = ""
    turns: list[Turn] = field(default_factory=list)
    captions: list[dict[str, Any]] = field(default_factory=list)
    """Final captions only: at, who, id, text."""

    partial_captions: int = 0
    partials: list[dict[str, Any]] = field(default_factory=list)
    """Captions of answers in the making: at, id, text."""

    notices: list[str] = field(default_factory=list)
    phases: list[dict[str, Any]] = field(default_factory=list)
    """Each change: at, phase, question_id."""

    reconnects: int = 0
    received_audio_seconds: float = 0.0
    """Audible sound of the interviewer."""

    sent_audio_seconds: float = 0.0
    """Audible sound of the candidate."""

    seconds: float = 0.0

    def to_json(self) -> dict[str, Any]:
        """Plain values."""
        return dataclasses.asdict(self)
