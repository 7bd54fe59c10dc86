"""Whether the answer just given calls for a follow-up, and what it may rest on.

Decided by what the rubric still lacks evidence for, by the time left and by how the answer is read; never by how
anybody looks or sounds: an answer that was not heard clearly gets as many questions as any other, only its words are
not quoted back.
"""

from dataclasses import dataclass

from edge_node.core.interview import follow_up as checks
from edge_node.core.interview.earlier import Exchange
from edge_node.core.interview.events import TurnTaken
from edge_node.core.interview.follow_up import FollowUpBrief
from edge_node.core.interview.orders import without_orders
from edge_node.core.interview.phrases import candidate_phrases
from edge_node.core.interview.plan import Stage
from edge_node.core.interview.reading import ANSWERS, ASK_ANOTHER_WAY, OUTBURSTS, Reading, read
from edge_node.core.interview.signals import Facet, lacking
from edge_node.core.interview.state import State
from edge_node.core.interview.text import sentences, words
from edge_node.core.interview.turn_reading import heard_clearly, read_turn

ENOUGH_WORDS = {"en": 240, "ko": 130}
"""Words in a stage that rates nothing from which on no follow-up is needed."""

FOLLOW_UP_SECONDS = 25.0
"""Time that must be left in a stage for one more question and its answer."""

REPEATS_MOST = 2
"""How often one question is said again because the candidate asks for it, and how often after a question of theirs."""

SECOND_CHANCES = 1
"""How often one question is put again after an outburst, whichever it was."""


@dataclass(frozen=True, slots=True)
class FromKit:
    """Ask a question of the kit, without asking a model; ``reason`` goes into the record as the fallback's."""

    reason: str
    lacking: tuple[Facet, ...] = ()


Probe = FollowUpBrief | FromKit


def askable(answer: str, language: str) -> str:
    """What of an answer a follow-up may be about: its sentences without orders and without a protected trait.

    Whole sentences: "forty-seven" says an age only beside "years old".
    """
    said = without_orders(answer)
    kept = [sentence for sentence in sentences(said) if not checks.protected(sentence, language)]
    return said if len(kept) == len(sentences(said)) else " ".join(kept)


def reading(state: State) -> Reading | None:
    """How the answer to the question asked last is read; None without one."""
    turn = _telling_turn(state)
    return None if turn is None else _read(state, turn)


def stands_again(state: State) -> Reading | None:
    """Why the question asked last is put once more after its last turn; None when it is not."""
    if not state.answered or state.question is None:
        return None
    readings = [_read(state, turn) for turn in _turns(state)]
    last = readings[-1]
    if last is Reading.REPEAT:
        return last if readings.count(last) <= REPEATS_MOST else None
    if any(each in ANSWERS for each in readings):
        return None
    if last is Reading.QUESTION:
        return last if readings.count(last) <= REPEATS_MOST else None
    outbursts = sum(each in OUTBURSTS for each in readings)
    if last in OUTBURSTS and outbursts <= SECOND_CHANCES and not state.kit.stage(state.question.stage_id).closing:
        return last
    return None


def to_be_spoken_to(state: State) -> Reading | None:
    """What the interviewer speaks to before the next question: a question added to an answer, else the reading."""
    turns = _turns(state)
    return Reading.QUESTION if turns and _read(state, turns[-1]) is Reading.QUESTION else reading(state)


def probe(state: State) -> Probe | None:
    """What a follow-up would rest on, or None when none is due."""
    if state.question is None or not state.answered or state.question.stage_id != state.stage_id:
        return None
    stage = state.kit.stage(state.stage_id)
    if stage.closing or state.follow_ups >= stage.follow_up_depth or not time_left(state, stage):
        return None
    read_as, turn = reading(state), _telling_turn(state)
    if turn is None or read_as is None:
        return None
    if read_as in ASK_ANOTHER_WAY:
        return FromKit(str(read_as)) if state.follow_ups == 0 else None
    if read_as not in ANSWERS:
        return None
    missing = _missing(state, stage)
    if missing is None:
        return None
    return _brief(state, stage, turn, missing)


def time_left(state: State, stage: Stage) -> bool:
    """Whether the stage, and the interview as a whole, have time for one more question and its answer."""
    budgets = {s.stage_id: s.time_budget_seconds for s in state.kit.stages}
    needed_ms = min(FOLLOW_UP_SECONDS, stage.time_budget_seconds / 4) * 1000
    late_ms = state.present_ms - sum(budgets.get(stage_id, 0) for stage_id in state.stage_ids) * 1000
    return stage.time_budget_seconds * 1000 - state.stage_ms >= needed_ms and late_ms < 0


def _turns(state: State) -> list[TurnTaken]:
    question = state.question
    return [t for t in state.turns if question and t.question_id == question.question_id]


def _telling_turn(state: State) -> TurnTaken | None:
    """The turn that counts: what was added afterwards may be a mere "that is all", what was before a wish to repeat."""
    turns = _turns(state)
    answers = [t for t in turns if _read(state, t) in ANSWERS]
    return (answers or turns or [None])[-1]  # type: ignore[list-item]


def _read(state: State, turn: TurnTaken) -> Reading:
    question = state.question
    return read(turn.text, state.kit.language) if question is None else read_turn(state.kit, question, turn)


def _missing(state: State, stage: Stage) -> tuple[Facet, ...] | None:
    """What the evidence on the stage's competency lacks; None when nothing does."""
    about = {
        s.stage_id
        for s in state.kit.stages
        if s.stage_id == stage.stage_id or (stage.competency_id and s.competency_id == stage.competency_id)
    }
    asked = {q.question_id for q in state.questions if q.stage_id in about}
    said = [without_orders(t.text) for t in state.turns if t.question_id in asked]
    if stage.competency_id:
        return lacking(said, state.kit.language)
    return None if sum(len(words(text)) for text in said) >= ENOUGH_WORDS[state.kit.language] else ()


def _brief(state: State, stage: Stage, turn: TurnTaken, missing: tuple[Facet, ...]) -> Probe:
    language = state.kit.language
    if not heard_clearly(turn):
        return FromKit("not_clearly_heard", missing)
    answer = askable(turn.text, language)
    phrases = tuple(p for p in candidate_phrases(answer, language) if not checks.protected(p, language))
    if not phrases or state.question is None:
        return FromKit("nothing_to_name", missing)
    competency = state.kit.competency(stage.competency_id) if stage.competency_id else None
    asked = tuple(q.text for q in state.questions)
    return FollowUpBrief(
        language=language,
        job_title=state.kit.job_title,
        competency_id=stage.competency_id,
        competency_name=competency.name if competency else stage.title,
        definition=competency.definition if competency else "",
        stage_title=stage.title,
        question=state.question.text,
        turn_id=turn.turn_id,
        answer=answer,
        asked=asked,
        phrases=phrases,
        planned=tuple(q.text for s in state.kit.stages for q in s.questions if q.text not in asked),
        lacking=missing,
        earlier=_earlier(state),
        rubric=tuple(f"{c.name}: {c.definition}" for c in state.kit.competencies),
    )


def _earlier(state: State) -> tuple[Exchange, ...]:
    """Every question before the present one that was answered."""
    found: list[Exchange] = []
    for question in state.questions[:-1]:
        said = " ".join(
            askable(t.text, state.kit.language) for t in state.turns if t.question_id == question.question_id and t.text
        ).strip()
        if said:
            stage = state.kit.stage(question.stage_id)
            about = state.kit.competency(stage.competency_id).name if stage.competency_id else stage.title
            found.append(Exchange(question.text, about, said))
    return tuple(found)
