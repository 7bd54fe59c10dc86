"""Lists of one thing a line, where a dot between two words divides nothing: "옵셋·그라비어 감리". Pure."""

import re
from collections.abc import Sequence

from coordinator.candidates.facts.lists.items import DIVIDER
from coordinator.candidates.headings.sections import BULLET

LINES_MIN = 4
SHARE = 0.75
_JOINING = re.compile(r"(?<=[^\W\d_])[·・](?=[^\W\d_])")


def are_one_each(lines: Sequence[str]) -> bool:
    """Whether hardly any line of a list says several things, dots between words apart."""
    lines = [BULLET.sub("", line) for line in lines]
    single = [DIVIDER.search(line) is None for line in lines]
    joined = [DIVIDER.search(with_dots_joining(line)) is None for line in lines]
    return len(lines) >= LINES_MIN and all(joined) and sum(single) >= SHARE * len(lines)


def with_dots_joining(text: str) -> str:
    """``text``, as long as before, with nothing to divide it at where a dot stands between two words at once."""
    return _JOINING.sub("_", text)
