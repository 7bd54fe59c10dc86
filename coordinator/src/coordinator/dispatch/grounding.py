"""Which item of a resume a question speaks of, and which words the recogniser should expect. Pure."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence

PLACEHOLDER = "{resume}"
"""Where a job's question wants the resume item itself."""

ITEM_SHORTEST = 20
ITEM_LONGEST = 160
VOCABULARY_MOST = 40

_ASKS_FOR_EXPERIENCE = re.compile(
    r"\b(skills?|technical|technolog\w*|experiences?|projects?|worked on|your work|design\w*|built|develop\w*|proud)\b"
    r"|기술|경험|경력|프로젝트|업무|설계|개발",
    re.IGNORECASE,
)
_WORD = re.compile(r"[A-Za-z][A-Za-z0-9+#.]{2,}|[\uac00-\ud7a3]{2,}")
_TERM = re.compile(r"\b(?:[A-Z][A-Za-z0-9+#]*[A-Z0-9+#][A-Za-z0-9+#]*|[A-Z][a-z]{2,})\b")
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+|\n+")
_YEARS = re.compile(r"\b(19|20)\d\d\b")
_EVERYDAY = frozenset(
    {"the", "and", "for", "with", "you", "your", "what", "how", "why", "tell", "about", "time", "did", "was", "were"}
    | {"that", "this", "from", "into", "than", "have", "has"}
)

_LEAD_IN = {
    "en": 'Your resume mentions: "{item}". With that in mind: {question}',
    "ko": '이력서에서 "{item}" 부분을 보았습니다. 이와 관련하여 여쭙겠습니다. {question}',
}
_WITHOUT_ITEM = {"en": "your recent work", "ko": "최근에 하신 일"}


def asks_for_experience(stage_title: str, competency_name: str, question: str) -> bool:
    """Whether a question is about what the candidate has done or can do."""
    if PLACEHOLDER in question:
        return True
    return bool(_ASKS_FOR_EXPERIENCE.search(f"{stage_title} {competency_name} {question}"))


def _stems(text: str) -> set[str]:
    words = (word.lower() for word in _WORD.findall(text))
    return {word[:5] for word in words if word not in _EVERYDAY}


def items(passage: str) -> list[str]:
    """The lines and sentences of a passage that can be quoted, bullets taken off."""
    pieces = (piece.strip(" \t-*•·–—") for piece in _SENTENCE_END.split(passage))
    return [piece for piece in pieces if ITEM_SHORTEST <= len(piece) <= ITEM_LONGEST]


def best_item(
    passages: Sequence[str], wanted: str, taken: Iterable[str] = (), names: Sequence[str] = ()
) -> tuple[int, str] | None:
    """Index of the passage and its item that says most about ``wanted``; None when there is none to quote.

    ``passages`` come nearest first; ``names`` are what the resume states (employers, skills). Always the same for
    the same input: most word stems shared with ``wanted``, then no bare dates, then an item that holds a name, then
    the nearer passage, then the earlier item.
    """
    spent = set(taken)
    stems = _stems(wanted)
    stated = [name.casefold() for name in names if len(name) > 1]
    best: tuple[tuple[int, int, int, int, int], int, str] | None = None
    for index, passage in enumerate(passages):
        for place, item in enumerate(items(passage)):
            if item in spent:
                continue
            unnamed = not any(name in item.casefold() for name in stated)
            rank = (-len(stems & _stems(item)), len(_YEARS.findall(item)), int(unnamed), index, place)
            if best is None or rank < best[0]:
                best = (rank, index, item)
    return (best[1], best[2]) if best else None


def with_item(question: str, item: str | None, language: str) -> str:
    """The question with the resume item in its place, or led in by it; without an item, fit to be asked."""
    if PLACEHOLDER in question:
        return question.replace(PLACEHOLDER, f'"{item}"' if item else _WITHOUT_ITEM[language])
    if item is None:
        return question
    return _LEAD_IN[language].format(item=item.rstrip("."), question=question)


def vocabulary(names: Iterable[str], texts: Iterable[str]) -> tuple[str, ...]:
    """Names first, then the terms met most often (capitals or digits inside, or a capital ahead)."""
    counted = Counter(
        term for text in texts for term in _TERM.findall(text) if term.lower() not in _EVERYDAY and len(term) > 1
    )
    ordered = sorted(counted, key=lambda term: (-counted[term], term))
    kept = dict.fromkeys([*(name for name in names if name), *ordered])
    return tuple(kept)[:VOCABULARY_MOST]
