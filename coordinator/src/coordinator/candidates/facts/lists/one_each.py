"""Lists of one thing a line, where a dot or a stroke between two words divides nothing: "옵셋·그라비어 감리". Pure."""

import re
from collections.abc import Sequence

from coordinator.candidates.facts.lists.items import DIVIDER
from coordinator.candidates.headings.sections import BULLET

LINES_MIN = 4
SHARE = 0.6
_JOINING = re.compile(r"(?<=[^\W\d_])[·・](?=[^\W\d_])|(?<=\w)(?<!\s/\s\w) / (?=\w)")
_ASIDE = re.compile(r"\s?[(（][^()（）]*[)）]\s*$")
_PACKAGES = re.compile(r"[(（][a-z][a-z0-9_.-]*(?:,\s?[a-z][a-z0-9_.-]*)+[)）]")


def are_one_each(lines: Sequence[str]) -> bool:
    """Whether hardly any line of a list says several things, dots and strokes between words and brackets apart."""
    lines = [_ASIDE.sub("", BULLET.sub("", line)) for line in lines]
    single = [DIVIDER.search(line) is None for line in lines]
    joined = [DIVIDER.search(with_dots_joining(line)) is None for line in lines]
    return len(lines) >= LINES_MIN and all(joined) and sum(single) >= SHARE * len(lines)


def names_packages(text: str) -> bool:
    """Whether brackets in a line list packages as code writes them: "Python (xarray, dask)" says three skills."""
    return _PACKAGES.search(text) is not None


def with_dots_joining(text: str) -> str:
    """``text``, as long as before, with nothing to divide it at where a dot or a stroke stands between two words."""
    return _JOINING.sub(lambda joining: "_" * len(joining.group()), text)
