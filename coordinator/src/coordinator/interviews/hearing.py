"""Whether a spoken answer was heard clearly, by the recogniser's own probabilities."""

import re
from collections.abc import Sequence

from coordinator.interviews.transcript_schemas import Word

CLEARLY_HEARD = 0.65
"""Mean word probability, [0, 1], from which a node rates what it heard; the same number as the node's."""


def heard_clearly(text: str, words: Sequence[Word]) -> bool:
    """Whether the words of a spoken answer can be relied on; silence has nothing to hear.

    Speech of which no word was understood is kept as a mark without a letter or a digit.
    """
    if text.strip() and not re.search(r"\w", text):
        return False
    return not words or sum(word.probability for word in words) / len(words) >= CLEARLY_HEARD
