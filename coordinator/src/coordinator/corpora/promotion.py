"""What a question's record is worth in the ranking. Pure."""

from dataclasses import dataclass

PRIOR = 0.5
"""Share of useful answers a question is given credit for before it was ever asked."""
PRIOR_ASKED = 4
"""How many askings that credit weighs: a few answers move a question little."""
WEIGHT = 0.08
"""Between a question that always gave evidence and one that never did; a cosine differs as much between neighbours."""


@dataclass(frozen=True)
class Use:
    """Of one question of the corpus: how often it was asked for a rating, and how often the answer gave evidence."""

    asked: int = 0
    useful: int = 0


def promotion(use: Use) -> float:
    """What is added to a question's similarity: between -WEIGHT / 2 and WEIGHT / 2, 0 without a record."""
    share = (use.useful + PRIOR * PRIOR_ASKED) / (use.asked + PRIOR_ASKED)
    return WEIGHT * (share - PRIOR)
