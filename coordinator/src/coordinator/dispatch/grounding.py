"""Which item of a resume a question speaks of and how, and which words the recogniser should expect. Pure."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from coordinator.dispatch import particles
from coordinator.dispatch.naming import NOTHING_STATED, Named, NamedAs, Stated, goes_on, named
from coordinator.dispatch.unnamed import of_others, without_others

PLACEHOLDER = "{resume}"
"""Where a job's question wants the resume item itself."""

VOCABULARY_MOST = 40

_ASKS_FOR_EXPERIENCE = re.compile(
    r"\b(skills?|technical|technolog\w*|experiences?|projects?|worked on|your work|design\w*|built|develop\w*|proud)\b"
    r"|기술|경험|경력|프로젝트|업무|설계|개발",
    re.IGNORECASE,
)
_ASKS_FOR_SKILL = re.compile(r"\b(?:skills?|technolog\w*|tools?)\b|기술|직무 ?역량|도구", re.IGNORECASE)
_WORD = re.compile(r"[A-Za-z][A-Za-z0-9+#.]{2,}|[\uac00-\ud7a3]{2,}")
_TERM = re.compile(r"\b(?:[A-Z][A-Za-z0-9+#]*[A-Z0-9+#][A-Za-z0-9+#]*|[A-Z][a-z]{2,})\b")
_SENTENCE_END = re.compile(r"(?<=[.!?])(?<!\d\.)(?<!\b[A-Z][a-z][a-z]\.)\s+|\n+")
"""Not after the dot of a date ("2021. 4", "Aug. 2019")."""

_YEARS = re.compile(r"\b(19|20)\d\d\b")
_EVERYDAY = frozenset(
    {"the", "and", "for", "with", "you", "your", "what", "how", "why", "tell", "about", "time", "did", "was", "were"}
    | {"that", "this", "from", "into", "than", "have", "has"}
)

_LEAD_IN = {
    "en": {
        NamedAs.QUOTE: 'Your resume mentions: "{0}". With that in mind: {question}',
        NamedAs.SKILLS: "Your resume lists {0}. With that in mind: {question}",
        NamedAs.CERTIFICATE: "Your resume lists {0}. With that in mind: {question}",
        NamedAs.EMPLOYER: "Your resume mentions your work at {0}. With that in mind: {question}",
    },
    "ko": {
        NamedAs.QUOTE: '이력서에서 "{0}" 부분을 보았습니다. 이와 관련하여 여쭙겠습니다. {question}',
        NamedAs.SKILLS: "이력서에 {0} 항목을 적어 주셨습니다. 이와 관련하여 여쭙겠습니다. {question}",
        NamedAs.CERTIFICATE: "이력서에 {0} 자격을 적어 주셨습니다. 이와 관련하여 여쭙겠습니다. {question}",
        NamedAs.EMPLOYER: "이력서에서 {0} 경력을 보았습니다. 이와 관련하여 여쭙겠습니다. {question}",
    },
}
"""A noun stands behind what is named, so that no particle hangs on it."""

_AND = {"en": " and ", "ko": ", "}
_IN_PLACE = {
    "en": {NamedAs.QUOTE: '"{0}"', NamedAs.EMPLOYER: "your work at {0}"},
    "ko": {NamedAs.QUOTE: '"{0}"', NamedAs.EMPLOYER: "{0} 경력"},
}
_WITHOUT_ITEM = {"en": "your recent work", "ko": "최근에 하신 일"}
_KIND_RANK = {NamedAs.QUOTE: 0, NamedAs.SKILLS: 1, NamedAs.EMPLOYER: 2, NamedAs.CERTIFICATE: 3}
_KIND_RANK_FOR_SKILL = {NamedAs.SKILLS: 0, NamedAs.QUOTE: 1, NamedAs.EMPLOYER: 2, NamedAs.CERTIFICATE: 3}


def asks_for_experience(stage_title: str, competency_name: str, question: str) -> bool:
    """Whether a question is about what the candidate has done or can do."""
    if PLACEHOLDER in question:
        return True
    return bool(_ASKS_FOR_EXPERIENCE.search(f"{stage_title} {competency_name} {question}"))


def _stems(text: str) -> set[str]:
    words = (word.lower() for word in _WORD.findall(text))
    return {word[:5] for word in words if word not in _EVERYDAY}


def asks_for_skill(stage_title: str, question: str) -> bool:
    """Whether a question is about what the candidate can do, so that a skill is the thing to name."""
    return bool(_ASKS_FOR_SKILL.search(f"{stage_title} {question}"))


def held_lines(section: str, passage: str) -> str:
    """The lines of a resume's section that stand whole in ``passage``, one a line as the resume has them.

    A passage joins the lines it is made of; a question must not run two of them together. What stands below the head of
    the references is of other people, and left out.
    """
    held = " ".join(passage.split())
    lines = without_others([line for line in section.splitlines() if line.strip()])
    whole = [line for before, line in zip(["", *lines], lines, strict=False) if not goes_on(before)]
    return "\n".join(line for line in whole if " ".join(line.split()) in held)


def items(passage: str, stated: Stated = NOTHING_STATED) -> list[str]:
    """The lines and sentences of a passage of which something can be named, bullets taken off."""
    told = "\n".join(line for line in passage.split("\n") if not of_others(line))
    pieces = (piece.strip(" \t-*•·–—") for piece in _SENTENCE_END.split(told))
    return [piece for piece in pieces if named(piece, stated)]


def best_item(
    passages: Sequence[str],
    wanted: str,
    taken: Iterable[str] = (),
    stated: Stated = NOTHING_STATED,
    *,
    for_skill: bool = False,
) -> tuple[int, str] | None:
    """Index of the passage and its item that says most about ``wanted``; None when there is none to name.

    ``passages`` come nearest first. Always the same for the same input: a skill first where one is asked for, then most
    word stems shared with ``wanted``, then something done before a list, an employer, a certificate, then no bare
    dates, then an item that holds a stated name, then the nearer passage, then the earlier item.
    """
    spent = set(taken)
    stems = _stems(wanted)
    names = [n.casefold() for n in (*stated.employers, *stated.titles, *stated.skills) if len(n) > 1]
    best: tuple[tuple[int, ...], int, str] | None = None
    for index, passage in enumerate(passages):
        for place, item in enumerate(items(passage, stated)):
            kind = named(item, stated)
            if item in spent or kind is None:
                continue
            unnamed = not any(name in item.casefold() for name in names)
            rank = (
                _KIND_RANK_FOR_SKILL[kind.named_as] if for_skill else 0,
                -len(stems & _stems(item)),
                _KIND_RANK[kind.named_as],
                len(_YEARS.findall(item)),
                int(unnamed),
                index,
                place,
            )
            if best is None or rank < best[0]:
                best = (rank, index, item)
    return (best[1], best[2]) if best else None


def best_named(
    passages: Sequence[str],
    wanted: str,
    relevant: str,
    taken: list[str],
    stated: Stated = NOTHING_STATED,
    *,
    for_skill: bool = False,
) -> tuple[int, str, Named] | None:
    """The best item with its passage's index and what is named of it; None when nothing new can be named.

    Nothing is named twice in an interview, from whichever line: two questions would begin alike. The item and what is
    named go onto ``taken``, which is read before.
    """
    spent = list(taken)
    while best := best_item(passages, wanted, spent, stated, for_skill=for_skill):
        index, item = best
        what = named(item, stated, relevant)
        if what and not set(what.things) & set(taken):
            taken += [item, *what.things]
            return index, item, what
        spent.append(item)
    return None


def with_item(question: str, item: Named | None, language: str) -> str:
    """The question with what is named of the resume in its place, or led in by it; without it, fit to be asked."""
    if PLACEHOLDER in question:
        return particles.put(question, PLACEHOLDER, _in_place(item, language))
    if item is None:
        return question
    things = _AND[language].join(thing.rstrip(".") for thing in item.things)
    return _LEAD_IN[language][item.named_as].format(things, question=question)


def _in_place(item: Named | None, language: str) -> str:
    if item is None:
        return _WITHOUT_ITEM[language]
    return _IN_PLACE[language].get(item.named_as, "{0}").format(_AND[language].join(item.things))


def vocabulary(names: Iterable[str], texts: Iterable[str]) -> tuple[str, ...]:
    """Names first, then the terms met most often (capitals or digits inside, or a capital ahead)."""
    counted = Counter(
        term for text in texts for term in _TERM.findall(text) if term.lower() not in _EVERYDAY and len(term) > 1
    )
    ordered = sorted(counted, key=lambda term: (-counted[term], term))
    kept = dict.fromkeys([*(name for name in names if name), *ordered])
    return tuple(kept)[:VOCABULARY_MOST]
