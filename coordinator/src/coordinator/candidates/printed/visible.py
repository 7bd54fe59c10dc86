"""Whether print can be seen: words nobody sees on the page are not the candidate's to be judged by. Pure.

The page is drawn as a person sees it, and each stretch of print is looked for there: white on white, without ink, under
a picture or beside the page are alike. A scan keeps the invisible words of its recognition: the picture shows them.
"""

from collections import Counter
from dataclasses import dataclass

CONTRAST_MIN = 24
"""Steps of 255 that print must differ from its ground in one of the three colours."""

HELD_SHARE = 0.25
"""Share of a box that differs from its ground where print of the ground's colour is so thick that it is the ground."""

INSET = 0.15
"""Share of a line's height that belongs to its neighbours, above and below."""

Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class Drawn:
    """A page as drawn: ``samples`` are red, green, blue a point, row by row; ``scale`` points of it to one of print."""

    samples: bytes
    width: int
    height: int
    scale: float

    def shows(self, box: Box, color: int) -> bool:
        """Whether print of ``color`` (0xRRGGBB) in ``box`` (x0, y0, x1, y1 in points) can be told from its ground."""
        rows = self._rows(box)
        if not rows:
            return False
        channels = [b"".join(row[place::3] for row in rows) for place in range(3)]
        if max(max(channel) - min(channel) for channel in channels) < CONTRAST_MIN:
            return False
        ground = [Counter(channel).most_common(1)[0][0] for channel in channels]
        ink = ((color >> 16) & 0xFF, (color >> 8) & 0xFF, color & 0xFF)
        covered = max(abs(one - other) for one, other in zip(ink, ground, strict=True)) < CONTRAST_MIN
        # Where the ground is the print's own colour, thick letters fill their box or nothing is to be seen.
        return not covered or _holds(channels, ground)

    def _rows(self, box: Box) -> list[bytes]:
        x0, y0, x1, y1 = box
        inset = (y1 - y0) * INSET
        left, right = max(0, int(x0 * self.scale)), min(self.width, int(x1 * self.scale) + 1)
        top, bottom = max(0, int((y0 + inset) * self.scale)), min(self.height, int((y1 - inset) * self.scale) + 1)
        if left >= right:
            return []
        return [
            self.samples[3 * (row * self.width + left) : 3 * (row * self.width + right)] for row in range(top, bottom)
        ]


def _holds(channels: list[bytes], ground: list[int]) -> bool:
    """Whether much of the box differs from what fills most of it."""
    other = sum(
        any(abs(point - fill) >= CONTRAST_MIN for point, fill in zip(points, ground, strict=True))
        for points in zip(*channels, strict=True)
    )
    return other >= HELD_SHARE * len(channels[0])
