"""Cut a text into pieces small enough to be found by meaning, overlapping a little so that no thought is lost."""

import re

WORDS_MAX = 120
CHARACTERS_MAX = 400
OVERLAP_SHARE = 0.2
# Scripts whose words say more per character are cut by characters, others by words.
_DENSE = re.compile(r"[\u1100-\u11ff\u3040-\u30ff\u3130-\u318f\u4e00-\u9fff\uac00-\ud7a3]")
_BREAK = re.compile(r"(?<=[.!?。])\s+|\n+")


def _share(text: str) -> float:
    """How much of one chunk ``text`` fills; above 1 it does not fit."""
    if len(_DENSE.findall(text)) * 4 > len(text):
        return len(text) / CHARACTERS_MAX
    return max(len(text.split()) / WORDS_MAX, len(text) / (CHARACTERS_MAX * 2.5))


def _pieces(text: str) -> list[str]:
    """Sentences and lines, the over-long ones cut at words, words of a whole chunk's length cut anywhere."""
    pieces: list[str] = []
    for sentence in (part.strip() for part in _BREAK.split(text)):
        if not sentence:
            continue
        if _share(sentence) <= 1:
            pieces.append(sentence)
            continue
        held = ""
        for word in sentence.split():
            for start in range(0, len(word), CHARACTERS_MAX):
                part = word[start : start + CHARACTERS_MAX]
                longer = f"{held} {part}".strip()
                if held and _share(longer) > 1:
                    pieces.append(held)
                    longer = part
                held = longer
        if held:
            pieces.append(held)
    return pieces


def chunks(text: str) -> list[str]:
    """Pieces of ``text`` of at most about 120 words (400 characters of Korean), in order; none of an empty text."""
    made: list[str] = []
    held: list[str] = []
    fresh = 0
    for piece in _pieces(text):
        if fresh and _share(" ".join([*held, piece])) > 1:
            made.append(" ".join(held))
            held = _tail(held)
            while held and _share(" ".join([*held, piece])) > 1:
                held.pop(0)
            fresh = 0
        held.append(piece)
        fresh += 1
    if fresh:
        made.append(" ".join(held))
    return made


def _tail(pieces: list[str]) -> list[str]:
    """The last pieces that fill no more than the overlap's share of a chunk."""
    tail: list[str] = []
    for piece in reversed(pieces):
        if _share(" ".join([piece, *tail])) > OVERLAP_SHARE:
            break
        tail.insert(0, piece)
    return tail
