"""What is known of an interview, reduced from its facts. The same facts always give the same state."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from edge_node.core.interview.consent import Purpose
from edge_node.core.interview.events import (
    CandidateJoined,
    CandidateLeft,
    ConsentGiven,
    Event,
    InterviewClosed,
    InterviewOpened,
    QuestionAsked,
    Recorded,
    StageEntered,
    TurnTaken,
)
from edge_node.core.interview.plan import Kit, QuestionKind

OWN_KINDS = (QuestionKind.PLANNED, QuestionKind.CLOSING)
"""Questions the plan itself asks; the others come under one of them."""


@dataclass(frozen=True, slots=True)
class State:
    """One interview so far. Times are milliseconds since it was opened."""

    kit: Kit
    opened: bool = False
    present: bool = False
    """Whether a peer is connected, as far as the facts say."""

    visit: int = 0
    purposes: tuple[str, ...] = ()
    stage_id: str = ""
    """Stage the interview is in; empty before the first."""

    stage_ids: tuple[str, ...] = ()
    """Stages entered, in order."""

    stage_entered_ms: int = 0
    left_ms: int = 0
    away_ms: int = 0
    """Time the candidate was away during the current stage; it is not charged to the stage's budget."""

    away_whole_ms: int = 0
    """The same of the whole interview."""

    began_ms: int = 0
    """When the first stage was entered."""

    questions: tuple[QuestionAsked, ...] = ()
    turns: tuple[TurnTaken, ...] = ()
    closed_reason: str = ""
    last_number: int = 0
    interview_ms: int = 0

    @property
    def closed(self) -> bool:
        """Whether nothing more will be asked."""
        return bool(self.closed_reason)

    @property
    def consented(self) -> bool:
        """Whether the candidate agreed to be interviewed."""
        return Purpose.INTERVIEW in self.purposes

    @property
    def observable(self) -> bool:
        """Whether the candidate agreed that a program looks at the camera's picture."""
        return Purpose.OBSERVATION in self.purposes

    @property
    def emotions_allowed(self) -> bool:
        """Whether the candidate agreed to that, and apart from it to a guess of what their face expresses."""
        return self.observable and Purpose.EMOTION in self.purposes

    @property
    def question(self) -> QuestionAsked | None:
        """The question asked last."""
        return self.questions[-1] if self.questions else None

    @property
    def answered(self) -> bool:
        """Whether the question asked last has a turn."""
        return bool(self.questions and self.turns and self.turns[-1].question_id == self.questions[-1].question_id)

    @property
    def follow_ups(self) -> int:
        """Follow-ups and fallbacks asked under the planned question asked last."""
        count = 0
        for question in reversed(self.questions):
            if question.kind in OWN_KINDS:
                break
            count += 1
        return count

    @property
    def stage_ms(self) -> int:
        """Time spent in the current stage, the candidate's absence not counted."""
        last_ms = max(self.interview_ms, self.turns[-1].end_ms if self.turns else 0)
        return max(0, last_ms - self.stage_entered_ms - self.away_ms)

    @property
    def present_ms(self) -> int:
        """Time since the first stage was entered, the candidate's absence not counted."""
        last_ms = max(self.interview_ms, self.turns[-1].end_ms if self.turns else 0)
        return max(0, last_ms - self.began_ms - self.away_whole_ms)

    @property
    def stages_done(self) -> int:
        """Stages left behind, [0, stages_total]."""
        if self.closed_reason == "completed":
            return self.stages_total
        return max(0, len(self.stage_ids) - 1)

    @property
    def stages_total(self) -> int:
        """Stages of the kit."""
        return len(self.kit.stages)

    def turn(self, turn_id: str) -> TurnTaken:
        """The turn of that id; raises KeyError."""
        for turn in self.turns:
            if turn.turn_id == turn_id:
                return turn
        raise KeyError(turn_id)


def start(kit: Kit) -> State:
    """The state before the first fact."""
    return State(kit=kit)


def evolve(state: State, event: Event) -> State:
    """The state after ``event``. Facts that change nothing a decision rests on leave it as it is."""
    match event:
        case InterviewOpened():
            return replace(state, opened=True)
        case CandidateJoined(visit=visit):
            away_ms = 0 if state.present or not state.visit else max(0, state.interview_ms - state.left_ms)
            return replace(
                state,
                present=True,
                visit=visit,
                away_ms=state.away_ms + away_ms,
                away_whole_ms=state.away_whole_ms + away_ms,
            )
        case CandidateLeft():
            return replace(state, present=False, left_ms=state.interview_ms)
        case ConsentGiven(purposes=purposes):
            return replace(state, purposes=purposes)
        case StageEntered(stage_id=stage_id):
            now_ms, first = state.interview_ms, not state.stage_ids
            return replace(
                state,
                stage_id=stage_id,
                stage_ids=(*state.stage_ids, stage_id),
                stage_entered_ms=now_ms,
                away_ms=0,
                began_ms=now_ms if first else state.began_ms,
                away_whole_ms=0 if first else state.away_whole_ms,
            )
        case QuestionAsked():
            return replace(state, questions=(*state.questions, event))
        case TurnTaken():
            return replace(state, turns=(*state.turns, event))
        case InterviewClosed(reason=reason):
            return replace(state, closed_reason=reason, present=False)
        case _:
            return state


def record(state: State, recorded: Recorded) -> State:
    """The state after a fact that is in the journal, its place and time taken over."""
    placed = replace(state, last_number=recorded.number, interview_ms=max(state.interview_ms, recorded.interview_ms))
    return evolve(placed, recorded.event)


def replay(kit: Kit, recorded: Iterable[Recorded]) -> State:
    """The state after every fact of the record, in its order."""
    state = start(kit)
    for fact in recorded:
        state = record(state, fact)
    return state
