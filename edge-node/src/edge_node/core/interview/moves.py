"""What the interviewer does next. The engine owns the flow; a model only proposes the words of a follow-up."""

from dataclasses import dataclass, replace

from edge_node.core.interview import follow_up as checks
from edge_node.core.interview.events import Event, InterviewClosed, QuestionAsked, RefusedProposal, StageEntered
from edge_node.core.interview.follow_up import Accepted, FollowUpBrief, Refused
from edge_node.core.interview.plan import PlannedQuestion, QuestionKind, Source, Stage
from edge_node.core.interview.probing import Probe, probe, reading, stands_again, to_be_spoken_to
from edge_node.core.interview.reading import Reading
from edge_node.core.interview.resume_items import fit_to_ask
from edge_node.core.interview.state import OWN_KINDS, State
from edge_node.core.interview.text import likeness
from edge_node.core.interview.wording import lead_in


class DecisionError(Exception):
    """A decision the state does not allow; ``code`` is stable: not_open, no_consent, no_question or closed."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class AskPlanned:
    """A question of the kit: keep ``events`` (the last one is the QuestionAsked), then ask."""

    events: tuple[Event, ...]

    @property
    def question(self) -> QuestionAsked:
        """The question to ask."""
        question = self.events[-1]
        assert isinstance(question, QuestionAsked)
        return question


@dataclass(frozen=True, slots=True)
class AskFollowUp:
    """Ask the model for a question by ``brief``, then decide with ``follow_up``."""

    brief: FollowUpBrief


@dataclass(frozen=True, slots=True)
class Repeat:
    """Ask the current question again; it is in the record already."""

    question: QuestionAsked
    before: str = ""
    """Said before it; empty where the question alone is wanted."""


@dataclass(frozen=True, slots=True)
class Close:
    """Keep ``events`` (none when it is closed already), say goodbye, hang up."""

    events: tuple[Event, ...]


Move = AskPlanned | AskFollowUp | Repeat | Close


def next_move(state: State) -> Move:
    """What the interviewer does now, whenever nobody holds the floor. Raises DecisionError (not_open, no_consent)."""
    if state.closed:
        return Close(())
    if not state.opened:
        raise DecisionError("not_open")
    if not state.consented:
        raise DecisionError("no_consent")
    if state.question is None:
        return _advance(state)
    if not state.answered:
        return Repeat(state.question)
    if again := stands_again(state):
        return Repeat(state.question, lead_in(again, state.kit.language, goes_on=False))
    due = probe(state)
    if isinstance(due, FollowUpBrief):
        return AskFollowUp(due)
    return _from_kit(state, due, due.reason) if due else _advance(state)


@dataclass(frozen=True, slots=True)
class Asked:
    """How a model was asked; kept beside what came of it."""

    prompt_version: str
    seed: int
    language_ms: int
    model_digest: str = ""
    refused: tuple[RefusedProposal, ...] = ()
    """Proposals refused before the one that counts."""

    prompt_tokens: int = 0
    reused_tokens: int = 0
    generated_tokens: int = 0


def follow_up(state: State, proposal: str | None, reason_if_none: str, asked: Asked) -> list[Event]:
    """Facts after the model was asked: its question, else a fallback of the kit, else the plan's next step.

    ``proposal`` is None when the model gave nothing; ``reason_if_none`` then says why (late, unavailable, ...).
    """
    due = probe(state)
    if not isinstance(due, FollowUpBrief):
        move = next_move(state)
        return list(move.events) if isinstance(move, AskPlanned | Close) else []
    verdict = checks.check(proposal, due) if proposal is not None else reason_if_none
    if isinstance(verdict, Accepted):
        sources = (Source("turn", verdict.turn_id, verdict.quote), *_rubric_source(state, due))
        made = QuestionAsked(
            _follow_up_id(state), state.stage_id, QuestionKind.FOLLOW_UP, verdict.text, sources,
            lead_in=_spoken_to(state, goes_on=True, only=Reading.QUESTION),
            answer_read_as=_read_as(state), lacking=tuple(map(str, due.lacking)),
        )  # fmt: skip
        return [_traced(made, asked)]
    refused = asked.refused
    if isinstance(verdict, Refused) and proposal is not None:
        refused = (*refused, RefusedProposal(proposal, verdict.code, asked.seed))
    reason = verdict.code if isinstance(verdict, Refused) else verdict
    return list(_from_kit(state, due, reason, replace(asked, refused=refused)).events)


def _traced(question: QuestionAsked, asked: Asked) -> QuestionAsked:
    return replace(
        question,
        prompt_version=asked.prompt_version,
        seed=asked.seed,
        language_ms=asked.language_ms,
        model_digest=asked.model_digest,
        refused=asked.refused,
        prompt_tokens=asked.prompt_tokens,
        reused_tokens=asked.reused_tokens,
        generated_tokens=asked.generated_tokens,
    )


def _rubric_source(state: State, brief: FollowUpBrief) -> tuple[Source, ...]:
    """The competency a follow-up asks more about."""
    if not brief.competency_id:
        return ()
    text = f"{brief.competency_name}: {brief.definition}" if brief.definition else brief.competency_name
    return (Source("job", f"{state.kit.rubric_version}/{brief.competency_id}", text),)


def _from_kit(state: State, due: Probe, reason: str, asked: Asked | None = None) -> AskPlanned | Close:
    """The fallback that fits best, or the plan's next step where none is left."""
    fallback = _fallback(state)
    if fallback is None:
        return _advance(state, asked)
    question = QuestionAsked(
        _follow_up_id(state), state.stage_id, QuestionKind.FALLBACK, fallback.text, fallback.sources,
        fallback_reason=reason, lead_in=_spoken_to(state, goes_on=False),
        answer_read_as=_read_as(state), lacking=tuple(map(str, due.lacking)),
    )  # fmt: skip
    return AskPlanned((_traced(question, asked) if asked else question,))


def _advance(state: State, asked: Asked | None = None) -> AskPlanned | Close:
    """The plan's next question, or the end. A stage out of time is left after its first question.

    ``asked`` is how a model was asked in vain before, kept beside the question that came in its place.
    """
    stages = state.kit.stages
    entered = next((i for i, s in enumerate(stages) if s.stage_id == state.stage_id), -1)
    if entered >= 0 and state.stage_ms < stages[entered].time_budget_seconds * 1000:
        question = _unasked(state, stages[entered])
        if question:
            return AskPlanned((_planned(state, stages[entered], question, asked),))
    for stage in stages[entered + 1 :]:
        question = _unasked(state, stage)
        if question:
            return AskPlanned((StageEntered(stage.stage_id), _planned(state, stage, question, asked)))
    return Close((InterviewClosed("completed"),))


def _unasked(state: State, stage: Stage) -> PlannedQuestion | None:
    asked = tuple(q.text for q in state.questions)
    planned = (fit_to_ask(q, state.kit.language) for q in stage.questions)
    return next((q for q in planned if not checks.repeats(q.text, asked)), None)


def _fallback(state: State) -> PlannedQuestion | None:
    """The unused fallback nearest to question and answer; the kit's own order breaks ties."""
    asked = [q.text for q in state.questions]
    planned = [q.text for s in state.kit.stages for q in s.questions]
    fitting = [
        q
        for q in state.kit.stage(state.stage_id).fallbacks
        if not checks.repeats(q.text, [*asked, *planned]) and not checks.protected(q.text, state.kit.language)
    ]
    answer = state.turns[-1].text if state.turns else ""
    return max(fitting, key=lambda q: round(likeness(q.text, answer), 1), default=None)


def _planned(state: State, stage: Stage, question: PlannedQuestion, asked: Asked | None) -> QuestionAsked:
    made = QuestionAsked(
        _unique(state, question.question_id),
        stage.stage_id,
        QuestionKind.CLOSING if stage.closing else QuestionKind.PLANNED,
        question.text,
        question.sources,
        lead_in=_spoken_to(state, goes_on=True),
        answer_read_as=_read_as(state),
    )
    return _traced(made, asked) if asked else made


def _spoken_to(state: State, *, goes_on: bool, only: Reading | None = None) -> str:
    read_as = to_be_spoken_to(state)
    return lead_in(read_as, state.kit.language, goes_on=goes_on) if only in (None, read_as) else ""


def _read_as(state: State) -> str:
    return str(reading(state) or "")


def _follow_up_id(state: State) -> str:
    planned = [q for q in state.questions if q.kind in OWN_KINDS][-1]
    return _unique(state, f"{planned.question_id}.{state.follow_ups + 1}")


def _unique(state: State, wanted: str) -> str:
    """``wanted``, or with a number behind it when a question of that id was asked already."""
    taken = {q.question_id for q in state.questions}
    candidate, number = wanted, 2
    while candidate in taken:
        candidate, number = f"{wanted}-{number}", number + 1
    return candidate
