"""What a model is asked for a follow-up: short messages, and a grammar that holds it to the candidate's own words.

The program finds the phrases. The model chooses one of them, how to open, which stem to ask by, and writes the rest of
the question. The small starter model cannot be trusted with that much: it chooses the phrase, the opening and a whole
question, and in English may instead find the verb of one.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from edge_node.core.interview.earlier import Exchange, condensed, recent
from edge_node.core.interview.follow_up import FollowUpBrief
from edge_node.core.interview.phrases import own
from edge_node.core.interview.signals import FACETS, Facet

VERSION = "follow-up/3"

_OPENERS = {
    "en": ("You mentioned {}.", "You spoke about {}.", "Let us stay with {}.", "I would like to hear more about {}."),
    "ko": ("{}에 대해 말씀해 주셨는데,", "방금 {} 이야기를 해 주셨는데,", "{}에 대해 조금 더 여쭙겠습니다."),
}

_QUESTIONS: dict[str, dict[Facet | None, tuple[str, ...]]] = {
    "en": {
        Facet.ACTION: (
            "What was your own part in that?",
            "What did you do first?",
            "What did you do yourself there?",
        ),
        Facet.REASON: (
            "Why did you decide to do it that way?",
            "What other options did you consider?",
            "What was the hardest part of that?",
        ),
        Facet.RESULT: (
            "How did you know that it worked?",
            "What came of it in the end?",
            "What changed because of that?",
        ),
        None: (
            "What did you learn from that?",
            "What would you do differently today?",
            "How did other people react to that?",
        ),
    },
    "ko": {
        Facet.ACTION: (
            "그때 본인이 직접 맡은 역할은 무엇인가요?",
            "가장 먼저 하신 일은 무엇인가요?",
            "본인이 직접 하신 부분은 어디까지인가요?",
        ),
        Facet.REASON: (
            "그렇게 결정하신 가장 큰 이유는 무엇인가요?",
            "그때 함께 고려하신 다른 방법은 무엇인가요?",
            "그 과정에서 가장 어려웠던 점은 무엇인가요?",
        ),
        Facet.RESULT: (
            "그 결과를 확인하신 방법은 무엇인가요?",
            "그래서 마지막에는 어떻게 되었나요?",
            "그 일로 달라진 점은 무엇인가요?",
        ),
        None: (
            "그 경험에서 배우신 점은 무엇인가요?",
            "다시 한다면 다르게 하고 싶은 점은 무엇인가요?",
            "함께 일한 분들의 반응은 어떠했나요?",
        ),
    },
}
"""Whole questions a small model chooses among, by what they ask for; they go with every phrase."""

_STEMS: dict[Facet, tuple[str, ...]] = {
    Facet.ACTION: ("What steps did you take to",),
    Facet.REASON: ("How did you decide to", "Why was it important to"),
    Facet.RESULT: (),
}
"""English stems for which even a small model finds the verb."""

_WANTED = {
    "en": {
        Facet.ACTION: "what the candidate did",
        Facet.REASON: "why the candidate did it that way",
        Facet.RESULT: "what came of it",
    },
    "ko": {
        Facet.ACTION: "지원자가 직접 한 일",
        Facet.REASON: "그렇게 한 이유",
        Facet.RESULT: "그 결과",
    },
}
"""What evidence still lacks, as a model that writes is told it."""

_WRITTEN = {
    "en": '("What" | "How" | "Why" | "Which" | "When" | "Could you") " " [a-z] [A-Za-z0-9 -]{10,110} "?"',
    "ko": '[가-힣] [가-힣A-Za-z0-9 ]{8,60} ("나요?" | "까요?" | "가요?" | "세요?")',
}
"""What a production model writes freely, after it named the phrase."""

_PHRASES_FOR_SMALL = 3
"""A small model chooses blindly: it gets the best phrases only."""

_ANSWER_CHARACTERS = {"en": 1400, "ko": 700}
_ANSWER_CHARACTERS_FOR_SMALL = {"en": 700, "ko": 150}
"""How much of the answer, from its end, the model reads: a small model spells out Hangul."""

_EARLIER_CHARACTERS = {"en": 4000, "ko": 2000}
_EARLIER_CHARACTERS_FOR_SMALL = {"en": 900, "ko": 0}
"""How much of the interview before, questions and answers, the model reads."""

_TEXTS = {
    "en": (
        "You interview for the job of {job}. After each answer pick one thing the candidate said and ask one short "
        "question to learn more about it.",
        "Question",
        "Answer",
        "Still unknown",
    ),
    "ko": (
        "당신은 {job} 면접관입니다. 답변을 들을 때마다 지원자가 한 말을 하나 골라 더 알아볼 수 있는 짧은 질문을 "
        "하나만 하세요.",
        "질문",
        "답변",
        "아직 모르는 것",
    ),
}
"""What to do, and the names of a question, an answer and what evidence lacks."""


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
    """What all interviews of the job share stands first, then the interview so far, the answer, what depends on it.

    A model that keeps what it has read reads only what is new, and may read the answer while it is being given.
    """
    language = brief.language
    instruction, question_name, answer_name, unknown_name = _TEXTS[language]
    read = (_ANSWER_CHARACTERS if writes else _ANSWER_CHARACTERS_FOR_SMALL)[language]
    kept = (_EARLIER_CHARACTERS if writes else _EARLIER_CHARACTERS_FOR_SMALL)[language]
    system = "\n".join([instruction.format(job=brief.job_title), *(brief.rubric if writes else ())])
    wanted = ", ".join(_WANTED[language][facet] for facet in brief.lacking) if writes else ""
    now = Exchange(brief.question, brief.competency_name, recent(brief.answer, read))
    messages = [("system", system)]
    for number, exchange in enumerate((*condensed(brief.earlier, kept), now)):
        # Users and assistants take turns, as every chat template can have it.
        opening = f"{question_name}: {exchange.question}\n" if number == 0 else ""
        if number:
            messages.append(("assistant", exchange.question))
        messages.append(("user", f"{opening}{answer_name} ({exchange.about}): {exchange.answer}"))
    role, last = messages[-1]
    return (*messages[:-1], (role, f"{last}\n{unknown_name}: {wanted}" if wanted else last))


def _grammar(brief: FollowUpBrief, writes: bool) -> str:
    phrases = brief.phrases if writes else brief.phrases[:_PHRASES_FOR_SMALL]
    spoken = [_spoken(brief.answer, phrase) for phrase in phrases]
    openers = [o.split("{}") for o in _unused(_OPENERS[brief.language], brief.asked[-1:])]
    opening = " | ".join(f"{literal(before)} phrase {literal(after + ' ')}" for before, after in openers)
    if writes:
        asking = _WRITTEN[brief.language]
    else:
        asking = _choice(_fitting(brief))
        stems = [stem for facet in brief.lacking or FACETS for stem in _STEMS[facet]]
        fresh = [stem for stem in stems if not any(stem in asked for asked in brief.asked)]
        if brief.language == "en" and fresh:
            asking += f' | {_choice(fresh)} " " [a-z]{{3,12}} " " ("it" | "them" | "that") "?"'
    return f"root ::= opening asking\nopening ::= {opening}\nphrase ::= {_choice(spoken)}\nasking ::= {asking}\n"


def _fitting(brief: FollowUpBrief) -> tuple[str, ...]:
    """Questions for what the evidence lacks, else any; none that was asked by before, while others are left."""
    known = _QUESTIONS[brief.language]
    wanted = [question for facet in brief.lacking for question in known[facet]]
    every = [question for questions in known.values() for question in questions]
    for choices in (wanted, every):
        fresh = tuple(q for q in choices if not any(q in asked for asked in brief.asked))
        if len(fresh) >= 2:
            return fresh
    return tuple(every)


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
