"""What a recogniser makes of nothing, and what it says over and over, is not what was heard."""

import re
from collections.abc import Sequence

from edge_node.ports.speech import TranscribedWord

_ASIDE = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|\*[^*]*\*|♪[^♪]*♪?")
_LETTERS_LOOP = re.compile(r"(\S{1,4}?)\1{7,}")
_OF_NOTHING = frozenset(
    {
        "you",
        "so",
        "bye",
        "okay",
        "the end",
        "thanks",
        "thank you",
        "thanks for watching",
        "thank you for watching",
        "please subscribe",
        "네",
        "아",
        "감사합니다",
        "고맙습니다",
        "시청해주셔서 감사합니다",
        "시청해 주셔서 감사합니다",
        "구독과 좋아요 부탁드립니다",
        "다음 영상에서 만나요",
    }
)
BLIP_SECONDS = 0.25
"""Less speech than this is a cough or a click unless the recogniser is sure; a spoken "No." has 0.3 s."""

SURE = 0.5
DOUBTFUL = 0.25
"""Mean word probabilities. The full stop's uncertainty counts in the last word, so a clear "Yes." has only 0.35."""


def plain(text: str) -> str:
    """``text`` in lower case, without punctuation, single spaced."""
    return " ".join(re.sub(r"[^\w\s']", " ", text.casefold()).split())


def loop_start(words: Sequence[str], *, longest: int = 8) -> int | None:
    """Index of the first word that only repeats the words before it, or None.

    Three copies of the same 2 to ``longest`` words are a loop; of one word five, because people say "no, no, no".
    """
    units = [plain(word) for word in words]
    found: list[int] = []
    for size in range(1, longest + 1):
        copies = 5 if size == 1 else 3
        for start in range(len(units) - size * copies + 1):
            unit = units[start : start + size]
            if all(units[start + n * size : start + (n + 1) * size] == unit for n in range(1, copies)):
                found.append(start + size)
                break
    for index, word in enumerate(units):
        if _LETTERS_LOOP.search(word):
            found.append(index)
            break
    return min(found, default=None)


def without_asides(words: Sequence[TranscribedWord]) -> list[TranscribedWord]:
    """The words outside "(water running)", "[BLANK_AUDIO]", "*sighs*" and notes of music."""
    text = " ".join(word.text for word in words)
    spans = [match.span() for match in _ASIDE.finditer(text)]
    kept: list[TranscribedWord] = []
    at = 0
    for word in words:
        inside = any(start <= at and at + len(word.text) <= end + 1 for start, end in spans)
        if not inside and plain(word.text):
            kept.append(word)
        at += len(word.text) + 1
    return kept


def believed(words: Sequence[TranscribedWord], *, voiced_seconds: float) -> tuple[TranscribedWord, ...]:
    """The words to believe, of audio that held ``voiced_seconds`` of speech."""
    kept = without_asides(words)
    loop = loop_start([word.text for word in kept])
    if loop is not None:
        kept = kept[:loop]
    if not kept:
        return ()
    probability = sum(word.probability for word in kept) / len(kept)
    typical = plain(" ".join(word.text for word in kept)) in _OF_NOTHING
    if (voiced_seconds < BLIP_SECONDS and (typical or probability < SURE)) or (typical and probability < DOUBTFUL):
        return ()
    return tuple(kept)
