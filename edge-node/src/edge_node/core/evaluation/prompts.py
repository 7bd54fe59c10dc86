"""What a model is asked after the interview. It reads words and anchors; no name, no picture, no sound.

First it picks sentences that are evidence; only when a program found enough of them is it asked for a level.
"""

import json
from collections.abc import Sequence

from edge_node.core.evaluation.evidence import Quote
from edge_node.core.interview.plan import Competency
from edge_node.core.interview.prompts import Prompt, literal
from edge_node.core.interview.review_events import Evidence

VERSION = "rating/4"
BY_RULE = "by-rule"
"""Stands in the version of a rating whose level a rule placed (ADR 0012)."""

MOST_QUOTES = 4

_RATIONALE = {"en": r"[A-Z] [A-Za-z0-9 ,'-]{20,200} [.]", "ko": r"[가-힣] [가-힣A-Za-z0-9 ,]{10,120} [.]"}


def extraction_prompt(
    competency: Competency, sentences: Sequence[tuple[str, str]], language: str, *, at_least: int = 0
) -> Prompt:
    """Ask which of ``sentences`` ((turn id, sentence), at least one) show the competency.

    With ``at_least`` 0 the answer may be none. A small model answers none to everything, so it is made to choose that
    many of sentences a program found telling; ``at_least`` is never more than there are.
    """
    lines = "\n".join(f"{turn_id}: {sentence}" for turn_id, sentence in sentences)
    if language == "ko":
        system = (
            f"지원자의 답변에서 '{competency.name}' 역량({competency.definition})을 보여 주는 문장을 골라 JSON 배열로 "
            "그대로 옮기세요. 구체적인 행동이나 결과를 말한 문장만 고르고, 없으면 []로 답하세요."
        )
        ask = f"답변:\n{lines}\n\n{competency.name}의 근거:"
    else:
        system = (
            f"Copy, as a JSON array, sentences in which the candidate shows {competency.name}: "
            f"{competency.definition} Pick what they did and what came of it. Answer [] if there is none."
        )
        ask = f"Answers:\n{lines}\n\nEvidence of {competency.name}:"
    version = f"{VERSION}-{BY_RULE if at_least else 'judged'}-{language}"
    messages = (("system", system), ("user", ask))
    return Prompt(messages, _selection(sentences, at_least), _tokens(sentences), 0.0, version)


def parse_quotes(text: str) -> tuple[Quote, ...] | None:
    """The quotes of an extraction, or None when the answer was cut off or is not what was asked for."""
    try:
        items = json.loads(text)
        return tuple(Quote(str(item["turn"]), str(item["quote"])) for item in items)
    except (ValueError, TypeError, KeyError):
        return None


def level_prompt(competency: Competency, evidence: Sequence[Evidence], language: str) -> Prompt:
    """Ask which anchor the quotes fit best, and why in one sentence."""
    anchors = "\n".join(f"{a.level}: {a.text}" for a in competency.anchors)
    quotes = "\n".join(f'- "{e.quote}"' for e in evidence)
    if language == "ko":
        system = (
            f"'{competency.name}' 역량({competency.definition})을 아래 척도로 평가합니다. "
            f"인용문에 실제로 나온 내용만 보고 가장 가까운 수준을 고르세요.\n{anchors}"
        )
        ask = f"인용문:\n{quotes}"
    else:
        system = (
            f"Rate {competency.name}: {competency.definition} Choose the level whose text fits the quotes best. "
            f"Judge only what the quotes say.\n{anchors}"
        )
        ask = f"Quotes:\n{quotes}"
    levels = " | ".join(literal(str(a.level)) for a in competency.anchors)
    why = f' {literal(", ")} {literal(json.dumps("rationale") + ": ")} "\\"" {_RATIONALE[language]} "\\""'
    grammar = f'root ::= "{{" {literal(json.dumps("level") + ": ")} ({levels}){why} "}}"\n'
    version = f"{VERSION}-judged-{language}"
    return Prompt((("system", system), ("user", ask)), grammar, 160, 0.0, version)


def parse_level(text: str) -> tuple[int, str] | None:
    """Level and rationale (may be empty) of an answer, or None when it was cut off or is not what was asked for."""
    try:
        answer = json.loads(text)
        return int(answer["level"]), str(answer.get("rationale", ""))
    except (ValueError, TypeError, KeyError, AttributeError):
        return None


def _tokens(sentences: Sequence[tuple[str, str]]) -> int:
    """Tokens the longest possible answer takes; a small model spells a Hangul syllable in up to three."""
    longest = sorted((len(s) * (1 if s.isascii() else 3) for _, s in sentences), reverse=True)[:MOST_QUOTES]
    return 100 + 20 * MOST_QUOTES + sum(longest)


def _selection(sentences: Sequence[tuple[str, str]], at_least: int) -> str:
    """A grammar for a JSON array of ``sentences``, each once, in their order: at_least to MOST_QUOTES of them.

    ``pick-i-k`` chooses the k-th quote among the sentences from i on.
    """
    count = len(sentences)
    lines = ['root ::= "[" pick-0-1 "]"' + ("" if at_least else ' | "[]"')]
    for i, (turn_id, sentence) in enumerate(sentences):
        item = json.dumps({"turn": turn_id, "quote": sentence}, ensure_ascii=False)
        lines.append(f"item-{i} ::= {literal(item)}")
        for k in range(1, MOST_QUOTES + 1):
            if count - i <= at_least - k:
                continue
            enough_left = count - i - 1 > at_least - k
            more = f'(", " pick-{i + 1}-{k + 1})' + ("" if k < at_least else "?")
            follows = more if k < MOST_QUOTES and i + 1 < count else ""
            later = f" | pick-{i + 1}-{k}" if i + 1 < count and enough_left else ""
            lines.append(f"pick-{i}-{k} ::= item-{i} {follows}{later}")
    return "\n".join(lines) + "\n"
