"""What of an interview becomes a span: the whole, each gap between two turns, and for whose sake a model was asked."""

import contextlib
from collections.abc import Iterable, Iterator

from edge_node.core.interview.events import InterviewClosed, QuestionAsked, Recorded, TurnTimed
from edge_node.core.interview.session import State
from edge_node.telemetry import traces


def turn(state: State, question: QuestionAsked, timed: TurnTimed, sounded_seconds_ago: float) -> None:
    """The gap before ``question``, part by part."""
    attributes: dict[str, str | int] = {
        "interview.question.id": question.question_id,
        "interview.question.kind": question.kind.value,
        "interview.question.fallback_reason": question.fallback_reason,
        "interview.answer.read_as": question.answer_read_as,
        "gen_ai.prompt.version": question.prompt_version,
        "gen_ai.response.model": question.model_digest,
        "language.milliseconds": question.language_ms,
    }
    parts = {
        "end_of_turn": timed.end_of_turn_ms,
        "speech_to_text": timed.stt_ms,
        "next_question": timed.llm_first_sentence_ms,
        "text_to_speech": timed.tts_first_audio_ms,
    }
    told = {key: value for key, value in attributes.items() if value != ""}
    traces.turn(state.kit.interview_id, timed.turn_id, parts, ended_seconds_ago=sounded_seconds_ago, attributes=told)


@contextlib.contextmanager
def latest_answer(state: State) -> Iterator[None]:
    """The model is asked about the candidate's latest answer."""
    part = state.turns[-1].turn_id if state.turns else ""
    with traces.about(state.kit.interview_id, part):
        yield


def closed(facts: Iterable[Recorded]) -> None:
    """The whole interview, once its closing is on disk."""
    for fact in facts:
        if isinstance(fact.event, InterviewClosed):
            traces.interview(fact.interview_id, fact.interview_ms, {"interview.close_reason": fact.event.reason})
