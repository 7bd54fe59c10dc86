"""What the candidate's page is told, and what it may say. Unknown or malformed messages are counted, never obeyed."""

import unicodedata
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from edge_node.core.interview.session import State
from edge_node.ports.media import Peer

LONGEST_TYPED_CHARACTERS = 10_000

Phase = Literal["greeting", "asking", "listening", "thinking", "closing", "closed"]
Notice = Literal["microphone_silent", "camera_missing", "repeat", "take_your_time", "time_given"]
Speaker = Literal["interviewer", "candidate"]


@dataclass(frozen=True, slots=True)
class TypedAnswer:
    """The candidate typed instead of speaking."""

    text: str


@dataclass(frozen=True, slots=True)
class DoneSpeaking:
    """The candidate says the answer is over."""


@dataclass(frozen=True, slots=True)
class RepeatQuestion:
    """The candidate wants to hear the question again."""


@dataclass(frozen=True, slots=True)
class Thinking:
    """The candidate wants more time."""


@dataclass(frozen=True, slots=True)
class Typing:
    """The candidate is typing an answer."""


@dataclass(frozen=True, slots=True)
class Leave:
    """The candidate ends the interview."""


@dataclass(frozen=True, slots=True)
class Ping:
    """The page measures the round trip."""

    at: float


Wish = TypedAnswer | DoneSpeaking | RepeatQuestion | Thinking | Typing | Leave | Ping

_PLAIN: Mapping[str, Wish] = {
    "done_speaking": DoneSpeaking(),
    "repeat_question": RepeatQuestion(),
    "thinking": Thinking(),
    "typing": Typing(),
    "leave": Leave(),
}


def read(message: Mapping[str, Any]) -> Wish | None:
    """The wish in a message of the page, or None for one that says nothing valid."""
    kind = message.get("type")
    if not isinstance(kind, str):
        return None
    if kind == "typed_answer":
        text = message.get("text")
        if not isinstance(text, str) or len(text) > LONGEST_TYPED_CHARACTERS:
            return None
        kept = _storable(text).strip()
        return TypedAnswer(kept) if kept else None
    if kind == "ping":
        at = message.get("at")
        return Ping(at) if isinstance(at, int | float) and not isinstance(at, bool) else None
    return _PLAIN.get(kind)


def _storable(text: str) -> str:
    """``text`` as every store of the record can keep it: no control characters, no halves of characters."""
    return "".join(
        character for character in text if character in "\t\n" or unicodedata.category(character) not in ("Cc", "Cs")
    )


class Page:
    """The other end of one peer's data channel."""

    def __init__(self, peer: Peer) -> None:
        self._peer = peer
        self.ignored: Counter[str] = Counter()
        """Messages not understood, by reason."""

    def state(self, phase: Phase, state: State) -> None:
        """Tell the page where the interview is."""
        question = state.question
        shown = None
        if question and phase not in ("greeting", "closing", "closed"):
            shown = {"id": question.question_id, "text": question.text, "kind": question.kind.value}
        self._peer.send(
            {
                "type": "state",
                "phase": phase,
                "question": shown,
                "stages_done": state.stages_done,
                "stages_total": state.stages_total,
            }
        )

    def caption(self, who: Speaker, caption_id: str, text: str, *, final: bool) -> None:
        """Show what is said; a later caption of the same id replaces it."""
        self._peer.send({"type": "caption", "who": who, "id": caption_id, "text": text, "final": final})

    def notice(self, code: Notice) -> None:
        """Show a notice; the page words it."""
        self._peer.send({"type": "notice", "code": code})

    def time_given(self, seconds: float) -> None:
        """Show that so many seconds may pass in silence, as the candidate asked for time."""
        self._peer.send({"type": "notice", "code": "time_given", "seconds": round(seconds)})

    def recording_ended(self) -> None:
        """Tell that the recording ended by itself."""
        self._peer.send({"type": "recording_ended"})

    def silence(self, seconds: float) -> None:
        """Show that the next question comes after so much more silence; 0 when none is running out any more."""
        self._peer.send({"type": "silence", "seconds": round(seconds, 1)})

    def pong(self, ping: Ping) -> None:
        """Answer a ping."""
        self._peer.send({"type": "pong", "at": ping.at})

    def understand(self, message: Mapping[str, Any]) -> Wish | None:
        """As :func:`read`, counting what was not understood."""
        wish = read(message)
        if wish is None:
            known = message.get("type") in (*_PLAIN, "typed_answer", "ping")
            self.ignored["malformed" if known else "unknown"] += 1
        return wish
