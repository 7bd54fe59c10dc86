"""What the room has said over the data channel so far, across reconnections."""

from collections.abc import Callable, Mapping
from typing import Any

from edge_node.rehearsal.report import Report

LONGEST_LIST = 10_000


class Conversation:
    """Follows the room's messages. Times come in: seconds of the event loop's clock."""

    def __init__(self, report: Report, elapsed: Callable[[float], float]) -> None:
        self._report = report
        self._elapsed = elapsed
        self.phase = ""
        self.phase_since = 0.0
        self.question: dict[str, str] = {}
        self.floors = 0
        """How often the room began to listen."""

        self.questions: list[str] = []
        """Ids in the order they were first asked."""

    @property
    def closed(self) -> bool:
        """Whether the room said that the interview is over."""
        return self.phase == "closed"

    def take(self, message: Mapping[str, Any], now: float) -> None:
        """Follow one message; what is not understood is left out."""
        kind = message.get("type")
        if kind == "state":
            self._state(message, now)
        elif kind == "caption" and not message.get("final"):
            self._report.partial_captions += 1
            if len(self._report.partials) < LONGEST_LIST:
                partial = {key: message.get(key) for key in ("id", "text")}
                self._report.partials.append({"at": self._elapsed(now), **partial})
        elif kind == "caption" and len(self._report.captions) < LONGEST_LIST:
            caption = {key: message.get(key) for key in ("who", "id", "text")}
            self._report.captions.append({"at": self._elapsed(now), **caption})
        elif kind == "notice" and len(self._report.notices) < LONGEST_LIST:
            self._report.notices.append(str(message.get("code")))

    def _state(self, message: Mapping[str, Any], now: float) -> None:
        question = message.get("question")
        if isinstance(question, dict):
            self.question = {key: str(question.get(key, "")) for key in ("id", "text", "kind")}
            if self.question["id"] not in self.questions:
                self.questions.append(self.question["id"])
        phase = str(message.get("phase"))
        if phase == self.phase:
            return
        if phase == "listening":
            self.floors += 1
        self.phase, self.phase_since = phase, now
        if len(self._report.phases) < LONGEST_LIST:
            entry = {"at": self._elapsed(now), "phase": phase, "question_id": self.question.get("id", "")}
            self._report.phases.append(entry)

    def lost(self) -> None:
        """The connection went: whatever phase it was, the room will say anew."""
        self.phase = ""
