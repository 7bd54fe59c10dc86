"""What a model is asked for a follow-up: short messages, and a grammar that holds it to the candidate's own words.

The program finds the phrases. The model chooses one of them, how to open, which stem to ask by, and writes the rest of
the question. The small starter model cannot be trusted with that much: it chooses the phrase, the opening and a whole
question, and in English may instead find the verb of one.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from edge_node.core.interview.follow_up import FollowUpBrief
from edge_node.core.interview.phrases import own

VERSION = "follow-up/1"

_OPENERS = {
    "en": ("You mentioned {}.", "You spoke about {}.", "Let us stay with {}.", "I would like to hear more about {}."),
    "ko": ("{}에 대해 말씀해 주셨는데,", "방금 {} 이야기를 해 주셨는데,", "{}에 대해 조금 더 여쭙겠습니다."),
}

_QUESTIONS = {
    "en": (
        "What was the hardest part of that?",
        "What did you learn from that?",
        "What would you do differently today?",
        "What was your own part in that?",
        "How did you know that it worked?",
        "What other options did you consider?",
        "How did other people react to that?",
    ),
    "ko": (
        "그 과정에서 가장 어려웠던 점은 무엇인가요?",
        "그때 본인이 직접 맡은 역할은 무엇인가요?",
        "그렇게 결정하신 가장 큰 이유는 무엇인가요?",
        "그 결과를 확인하신 방법은 무엇인가요?",
        "그 경험에서 배우신 점은 무엇인가요?",
        "다시 한다면 다르게 하고 싶은 점은 무엇인가요?",
        "함께 일한 분들의 반응은 어떠했나요?",
        "그때 함께 고려하신 다른 방법은 무엇인가요?",
    ),
}
"""Whole questions a small model chooses among; they go with every phrase."""

_STEMS = ("What steps did you take to", "How did you decide to", "Why was it important to")
"""English stems for which even a small model finds the verb."""

_WRITTEN = {
    "en": '("What" | "How" | "Why" | "Which" | "When" | "Could you") " " [a-z] [A-Za-z0-9 -]{10,110} "?"',
    "ko": '[가-힣] [가-힣A-Za-z0-9 ]{8,60} ("나요?" | "까요?" | "가요?" | "세요?")',
}
"""What a production model writes freely, after it named the phrase."""

_PHRASES_FOR_SMALL = 3
"""A small model chooses blindly: it gets the best phrases only."""

_ANSWER_CHARACTERS = {"en": 700, "ko": 350}
_ANSWER_CHARACTERS_FOR_SMALL = {"en": 700, "ko": 150}
"""How much of the answer, from its end, the model reads: prefill costs time, and a small model spells out Hangul."""


@dataclass(frozen=True, slots=True)
class Prompt:
    """A request to a language model in plain values."""

    messages: tuple[tuple[str, str], ...]
    """(role, text); role is system, user or assistant."""

    grammar: str
    """GBNF."""

    max_tokens: int
    temperature: float
    version: str
    """Goes into the record beside what the model made of it."""


def follow_up_prompt(brief: FollowUpBrief, profile: str = "starter") -> Prompt:
    """Ask for one question about one of the brief's phrases; what comes back is the proposal, as it is.

    ``profile`` is the language engine's: ``starter`` chooses (and finds an English verb), any other one writes.
    """
    writes = profile != "starter"
    version = f"{VERSION}-{brief.language}-{'written' if writes else 'chosen'}"
    return Prompt(
        _messages(brief, writes), _grammar(brief, writes), 64 if brief.language == "en" else 160, 0.0, version
    )


def _messages(brief: FollowUpBrief, writes: bool) -> tuple[tuple[str, str], ...]:
    read = (_ANSWER_CHARACTERS if writes else _ANSWER_CHARACTERS_FOR_SMALL)[brief.language]
    if brief.language == "ko":
        system = (
            f"당신은 {brief.job_title} 면접관입니다. 지원자의 답변에 나온 말을 하나 골라 "
            f"'{brief.competency_name}'을(를) 더 알아볼 수 있는 짧은 질문을 하나만 하세요."
        )
        return (
            ("system", system),
            ("user", f"질문: {brief.question}\n답변: {brief.answer[-read:]}"),
        )
    system = (
        f"You interview for the job of {brief.job_title}. Pick one thing the candidate said and ask one short question "
        f"to learn more about {brief.competency_name.lower()}."
    )
    return (
        ("system", system),
        ("user", f"Question: {brief.question}\nAnswer: {brief.answer[-read:]}"),
    )


def _grammar(brief: FollowUpBrief, writes: bool) -> str:
    phrases = brief.phrases if writes else brief.phrases[:_PHRASES_FOR_SMALL]
    spoken = [_spoken(brief.answer, phrase) for phrase in phrases]
    openers = [o.split("{}") for o in _unused(_OPENERS[brief.language], brief.asked[-1:])]
    opening = " | ".join(f"{literal(before)} phrase {literal(after + ' ')}" for before, after in openers)
    if writes:
        asking = _WRITTEN[brief.language]
    else:
        asking = _choice(_unused(_QUESTIONS[brief.language], brief.asked))
        if brief.language == "en":
            stems = _choice(_unused(_STEMS, brief.asked))
            asking += f' | {stems} " " [a-z]{{3,12}} " " ("it" | "them" | "that") "?"'
    return f"root ::= opening asking\nopening ::= {opening}\nphrase ::= {_choice(spoken)}\nasking ::= {asking}\n"


def _spoken(answer: str, phrase: str) -> str:
    """The phrase as an interviewer says it: "your" for "my" and "our", an article never capital."""
    if own(answer, phrase):
        return f"your {phrase}"
    first, _, rest = phrase.partition(" ")
    return f"{first.lower()} {rest}" if first in ("The", "A", "An") else phrase


def _unused(choices: Sequence[str], asked: Sequence[str]) -> tuple[str, ...]:
    """Choices whose fixed words no question of ``asked`` has yet; all of them when that leaves fewer than two."""
    fresh = tuple(c for c in choices if not any(max(c.split("{}"), key=len).strip() in a for a in asked))
    return fresh if len(fresh) >= 2 else tuple(choices)


def _choice(texts: Sequence[str]) -> str:
    return f"({' | '.join(map(literal, texts))})"


def literal(text: str) -> str:
    """``text`` as a GBNF literal."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'
