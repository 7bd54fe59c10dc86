"""How long a room waits for what. Seconds."""

from dataclasses import dataclass, field

from edge_node.core.dialogue.turn import DialogueRules


@dataclass(frozen=True, slots=True)
class RoomRules:
    """Every wait of a room, set once by the composition root."""

    dialogue: DialogueRules = field(default_factory=DialogueRules)
    closing_patience: float = 0.6
    """Scales the silences that end an answer to the closing question: a short one is expected."""

    partial_every_seconds: float = 1.2
    """Least time between two partial captions."""

    transcript_timeout_seconds: float = 30.0
    """Deadline of one request for a transcript."""

    transcript_patience_seconds: float = 120.0
    """How long a transcript is asked for again while the speech process comes back; the audio is kept."""

    synthesis_timeout_seconds: float = 30.0
    speaking_patience_seconds: float = 8.0
    """How long a voice is waited for before the question stands as text alone."""

    follow_up_deadline_seconds: float = 8.0
    acknowledge_seconds: float = 4.0
    """Waiting for the model after which the candidate is told that the answer has arrived; 0 for never."""

    pictures_per_second: float = 1.0
    """0 when nothing is watched."""

    emotions: bool = False
    """Whether what a face expresses may be guessed at all; then still only of who agreed to just that."""

    return_seconds: float = 900.0
    """How long a room stays open for a candidate whose connection was lost."""

    typing_seconds: float = 600.0
    """Longest wait for an answer when no sound comes that could tell the time."""

    farewell_seconds: float = 10.0
    """How long the page may take to hang up after the goodbye."""
