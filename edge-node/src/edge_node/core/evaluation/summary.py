"""A summary that says nothing a verified quote does not say."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from edge_node.core.interview.plan import Kit
from edge_node.core.interview.prompts import Prompt
from edge_node.core.interview.review_events import CompetencyAbstained, CompetencyRated, Evidence, SummaryWritten
from edge_node.core.interview.text import hangul_share, nfc, sentences, words

VERSION = "summary/1"
LISTED = "summary/1-listed"
"""Prompt version of a summary the program wrote itself, from quotes."""

_QUOTES_EACH = 2
_SUPPORTED = 0.6
"""Share of a sentence's telling words that must stand in the quotes, [0, 1]."""

_SENTENCE = {
    "en": '"The candidate " [a-z] [A-Za-z0-9 ,\'%-]{20,170} "."',
    "ko": '"지원자는 " [가-힣A-Za-z0-9 ,]{10,90} "다."',
}
_FRAME = frozenset(
    {"candidate", "also", "they", "their", "them", "said", "says", "told", "describes", "described", "explained"}
    | {"explains", "mentioned", "mentions", "gave", "example", "examples", "that", "with", "from", "about", "when"}
    | {"what", "which", "then", "were", "have", "been", "into", "would", "could", "this", "these", "those", "after"}
    | {
        "before",
        "because",
        "지원자는",
        "지원자가",
        "또한",
        "그리고",
        "했다",
        "말했다",
        "설명했다",
        "언급했다",
        "밝혔다",
    }
)
"""Words that claim nothing."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One competency's outcome, as far as a summary may use it."""

    name: str
    evidence: tuple[Evidence, ...]


def findings(kit: Kit, outcomes: Sequence[CompetencyRated | CompetencyAbstained]) -> tuple[Finding, ...]:
    """What each competency of the kit rests on, in the kit's order; nothing for an abstention."""
    rated = {o.competency_id: o.evidence for o in outcomes if isinstance(o, CompetencyRated)}
    return tuple(Finding(c.name, rated.get(c.competency_id, ())[:_QUOTES_EACH]) for c in kit.competencies)


def prompt(found: Sequence[Finding], language: str) -> Prompt:
    """Ask for up to three sentences about the quotes of ``found`` (at least one quote)."""
    quotes = "\n".join(f'- {f.name}: "{e.quote}"' for f in found for e in f.evidence)
    if language == "ko":
        system = "인용문에 나온 내용만으로 지원자의 답변을 두세 문장으로 요약하세요. 평가하거나 덧붙이지 마세요."
    else:
        system = (
            "Sum up in two or three sentences what the candidate said, in their own words as far as you can. "
            "Use only the quotes. Do not judge and add nothing."
        )
    one = _SENTENCE[language]
    grammar = f'root ::= one (" " one)? (" " one)?\none ::= {one}\n'
    return Prompt((("system", system), ("user", quotes)), grammar, 220, 0.0, f"{VERSION}-{language}")


def conclude(
    kit: Kit, found: Sequence[Finding], proposal: str | None, prompt_version: str, model_digest: str
) -> SummaryWritten:
    """The model's sentences that the quotes support; when fewer than half are, the quotes themselves, listed."""
    evidence = _distinct(found)
    quotes = [e.quote for e in evidence]
    offered = sentences(nfc(proposal)) if proposal else []
    kept = [s for s in offered if supported(s, quotes, kit.language)]
    if kept and 2 * len(kept) >= len(offered):
        return SummaryWritten(
            f"{' '.join(kept)} {_gaps(found, kit.language)}".strip(), evidence, prompt_version, model_digest
        )
    text = f"{_listing(found, kit.language)} {_gaps(found, kit.language)}".strip()
    return SummaryWritten(text, evidence, LISTED, "")


def supported(sentence: str, sources: Sequence[str], language: str) -> bool:
    """Whether ``sentence`` claims only what ``sources`` say, as far as words can tell: its telling words are theirs,
    and it holds no number and no name they do not hold.
    """
    known_words = {w for source in sources for w in words(source)}
    known = {_stem(w) for w in known_words}
    own = [w for w in words(sentence) if w not in _FRAME and (len(w) > 3 or hangul_share(w))]
    if (hangul_share(sentence) >= 0.5) != (language == "ko"):
        return False
    if any(n not in " ".join(known_words) for n in re.findall(r"\d+", sentence)):
        return False
    names = re.findall(r"(?<=[a-z,] )[A-Z][A-Za-z]+", sentence)
    if any(n.lower() not in known_words for n in names):
        return False
    return bool(own) and sum(_stem(w) in known for w in own) >= _SUPPORTED * len(own)


def _stem(word: str) -> str:
    return word[:2] if hangul_share(word) else word[:5]


def _distinct(found: Sequence[Finding]) -> tuple[Evidence, ...]:
    return tuple(dict.fromkeys(e for f in found for e in f.evidence))


def _listing(found: Sequence[Finding], language: str) -> str:
    said = "라고 말했습니다." if language == "ko" else ""
    parts = []
    for finding in found:
        quotes = " ".join(f"“{e.quote}”" for e in finding.evidence)
        if quotes:
            parts.append(f"{finding.name}: {quotes}{said}")
    return " ".join(parts)


def _gaps(found: Sequence[Finding], language: str) -> str:
    names = ", ".join(f.name for f in found if not f.evidence)
    if not names:
        return ""
    if language == "ko":
        return f"근거가 부족하거나 평가하지 못한 역량: {names}."
    return f"Not rated: {names}."
