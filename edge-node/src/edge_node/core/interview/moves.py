"""What the interviewer does next. The engine owns the flow; a model only proposes the words of a follow-up."""

from collections.abc import Sequence
from dataclasses import dataclass

from edge_node.core.interview import follow_up as checks
from edge_node.core.interview.events import Event, InterviewClosed, QuestionAsked, StageEntered
from edge_node.core.interview.follow_up import Accepted, FollowUpBrief, Refused
from edge_node.core.interview.phrases import candidate_phrases, meaningless
from edge_node.core.interview.plan import PlannedQuestion, QuestionKind, Source, Stage
from edge_node.core.interview.state import OWN_KINDS, State
from edge_node.core.interview.text import likeness, words

CLEARLY_HEARD = 0.65
"""Mean word probability, [0, 1], from which a spoken answer may be quoted back. Answers heard well have 0.85 and more,
words made of sounds nobody understood about 0.5.
"""

ENOUGH_WORDS = {"en": 240, "ko": 130}
"""Words on one competency from which on evidence is no longer thin and no follow-up is needed."""


class DecisionError(Exception):
    """A decision the state does not allow; ``code`` is stable: not_open, no_consent, no_question or closed."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class AskPlanned:
    """Keep ``events`` (the last one is the QuestionAsked), then ask."""

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
    brief = _brief(state)
    return AskFollowUp(brief) if brief else _advance(state)


def follow_up(
    state: State, proposal: str | None, reason_if_none: str, prompt_version: str, seed: int, language_ms: int
) -> list[Event]:
    """Facts after the model was asked: its question, else a fallback of the kit, else the plan's next step.

    ``proposal`` is None when the model gave nothing; ``reason_if_none`` then says why (late, unavailable, ...).
    """
    brief = _brief(state)
    if brief is None:
        return list(_advance(state).events)
    verdict = checks.check(proposal, brief) if proposal is not None else reason_if_none
    if isinstance(verdict, Accepted):
        sources = (Source("turn", verdict.turn_id, verdict.quote),)
        return [
            QuestionAsked(
                _follow_up_id(state), state.stage_id, QuestionKind.FOLLOW_UP, verdict.text, sources,
                prompt_version=prompt_version, seed=seed, language_ms=language_ms,
            )
        ]  # fmt: skip
    reason = verdict.code if isinstance(verdict, Refused) else verdict
    fallback = _fallback(state, brief)
    if fallback is None:
        return list(_advance(state).events)
    return [
        QuestionAsked(
            _follow_up_id(state), state.stage_id, QuestionKind.FALLBACK, fallback.text, fallback.sources,
            fallback_reason=reason, prompt_version=prompt_version, seed=seed, language_ms=language_ms,
        )
    ]  # fmt: skip


def _advance(state: State) -> AskPlanned | Close:
    """The plan's next question, or the end. A stage out of time is left after its first question."""
    stages = state.kit.stages
    entered = next((i for i, s in enumerate(stages) if s.stage_id == state.stage_id), -1)
    if entered >= 0 and not _out_of_time(state, stages[entered]):
        question = _unasked(state, stages[entered])
        if question:
            return AskPlanned((_planned(state, stages[entered], question),))
    for stage in stages[entered + 1 :]:
        question = _unasked(state, stage)
        if question:
            return AskPlanned((StageEntered(stage.stage_id), _planned(state, stage, question)))
    return Close((InterviewClosed("completed"),))


def _brief(state: State) -> FollowUpBrief | None:
    """What a follow-up would rest on, or None when none is due."""
    if state.question is None or not state.answered or state.question.stage_id != state.stage_id:
        return None
    stage, language = state.kit.stage(state.stage_id), state.kit.language
    if stage.closing or state.follow_ups >= stage.follow_up_depth or _out_of_time(state, stage):
        return None
    # What was added to an answer afterwards may be a mere "that is all"; the last turn that says something counts.
    telling = [
        t for t in state.turns if t.question_id == state.question.question_id and not meaningless(t.text, language)
    ]
    if not telling or _words_on(state, stage) >= ENOUGH_WORDS[language]:
        return None
    turn = telling[-1]
    if turn.words and sum(word.probability for word in turn.words) / len(turn.words) < CLEARLY_HEARD:
        return None
    phrases = tuple(p for p in candidate_phrases(turn.text, language) if not checks.protected(p, language))
    if not phrases:
        return None
    competency = state.kit.competency(stage.competency_id) if stage.competency_id else None
    return FollowUpBrief(
        language=language,
        job_title=state.kit.job_title,
        competency_id=stage.competency_id,
        competency_name=competency.name if competency else stage.title,
        definition=competency.definition if competency else "",
        stage_title=stage.title,
        question=state.question.text,
        turn_id=turn.turn_id,
        answer=turn.text,
        asked=tuple(q.text for q in state.questions),
        phrases=phrases,
    )


def _words_on(state: State, stage: Stage) -> int:
    """Words the candidate gave so far on the stage's competency, or in the stage if it rates nothing."""
    about = {
        s.stage_id
        for s in state.kit.stages
        if s.stage_id == stage.stage_id or (stage.competency_id and s.competency_id == stage.competency_id)
    }
    asked = {q.question_id for q in state.questions if q.stage_id in about}
    return sum(len(words(t.text)) for t in state.turns if t.question_id in asked)


def _out_of_time(state: State, stage: Stage) -> bool:
    return state.stage_ms >= stage.time_budget_seconds * 1000


def _unasked(state: State, stage: Stage) -> PlannedQuestion | None:
    asked = tuple(q.text for q in state.questions)
    return next((q for q in stage.questions if not _same(q.text, asked)), None)


def _same(text: str, asked: Sequence[str]) -> bool:
    return any(words(text) == words(other) for other in asked)


def _fallback(state: State, brief: FollowUpBrief) -> PlannedQuestion | None:
    """The unused fallback nearest to the answer; the kit's own order breaks ties."""
    unused = [q for q in state.kit.stage(state.stage_id).fallbacks if not checks.repeats(q.text, brief.asked)]
    planned = [q.text for s in state.kit.stages for q in s.questions]
    fitting = [q for q in unused if not _same(q.text, planned)]
    return max(fitting, key=lambda q: round(likeness(q.text, brief.answer), 1), default=None)


def _planned(state: State, stage: Stage, question: PlannedQuestion) -> QuestionAsked:
    kind = QuestionKind.CLOSING if stage.closing else QuestionKind.PLANNED
    return QuestionAsked(_unique(state, question.question_id), stage.stage_id, kind, question.text, question.sources)


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
