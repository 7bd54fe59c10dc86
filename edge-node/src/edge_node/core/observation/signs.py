"""What one picture shows, by thresholds in pairs: a sign appears beyond one and is gone only behind the other."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, StrEnum

from edge_node.core.observation.baseline import Baseline, direction
from edge_node.core.observation.sample import Sample


class Kind(StrEnum):
    """What can be observed. The words are in the record; they are added to, never changed."""

    FACE_ABSENT = "face_absent"
    SEVERAL_FACES = "several_faces"
    LOOKING_AWAY = "looking_away"
    TOO_CLOSE = "too_close"
    TOO_FAR = "too_far"
    OUT_OF_PICTURE = "out_of_picture"
    TOO_DARK = "too_dark"
    TOO_BRIGHT = "too_bright"
    CAMERA_COVERED = "camera_covered"


class Sign(Enum):
    """What one picture says of a kind."""

    THERE = "there"
    UNSURE = "unsure"
    """Between the two thresholds, or the picture cannot tell: whatever held before holds on."""

    GONE = "gone"


@dataclass(frozen=True, slots=True)
class Threshold:
    """A pair of bounds on one measure: ``there`` at or beyond it, ``gone`` at or behind it."""

    there: float
    gone: float

    def sign(self, value: float) -> Sign:
        """Beyond is above when ``there`` is the higher one, else below."""
        rising = self.there > self.gone
        if value >= self.there if rising else value <= self.there:
            return Sign.THERE
        return Sign.GONE if (value <= self.gone if rising else value >= self.gone) else Sign.UNSURE


@dataclass(frozen=True, slots=True)
class SignRules:
    """Every threshold. Light is that of the whole picture: a face's own luma would measure skin."""

    away_across_degrees: Threshold = Threshold(28.0, 20.0)
    away_up_degrees: Threshold = Threshold(22.0, 15.0)
    away_down_degrees: Threshold = Threshold(30.0, 22.0)
    """Further than up: people look at the keys and at their hands while they think."""

    close_width: Threshold = Threshold(0.60, 0.52)
    """Share of the picture's width the face takes."""

    far_width: Threshold = Threshold(0.13, 0.16)
    outside: Threshold = Threshold(0.30, 0.15)
    """Share of the face's box outside of the picture."""

    dark: Threshold = Threshold(35.0, 45.0)
    """Mean luma, [0, 255]."""

    bright: Threshold = Threshold(225.0, 210.0)
    covered_contrast: Threshold = Threshold(6.0, 10.0)
    """Standard deviation of the luma of a picture in which nothing is to be seen."""


def signs(sample: Sample, baseline: Baseline | None, rules: SignRules) -> Mapping[Kind, Sign]:
    """What the picture says of each kind."""
    found = dict.fromkeys(Kind, Sign.UNSURE)
    seen = sample.faces > 0
    covered = Sign.GONE if seen else rules.covered_contrast.sign(sample.contrast)
    dark = rules.dark.sign(sample.brightness)
    found[Kind.CAMERA_COVERED] = covered
    # A covered camera is dark, too; and where nothing can be seen, nobody can be said to be missing.
    found[Kind.TOO_DARK] = Sign.UNSURE if covered is Sign.THERE else dark
    found[Kind.TOO_BRIGHT] = rules.bright.sign(sample.brightness)
    if seen:
        found[Kind.FACE_ABSENT] = Sign.GONE
    elif covered is Sign.GONE and dark is not Sign.THERE:
        found[Kind.FACE_ABSENT] = Sign.THERE
    if seen or covered is Sign.GONE:
        found[Kind.SEVERAL_FACES] = Sign.THERE if sample.faces > 1 else Sign.GONE
    if sample.faces == 1:
        found[Kind.TOO_CLOSE] = rules.close_width.sign(sample.width)
        found[Kind.TOO_FAR] = rules.far_width.sign(sample.width)
        found[Kind.OUT_OF_PICTURE] = rules.outside.sign(sample.outside)
        if baseline:
            found[Kind.LOOKING_AWAY] = _away(sample, baseline, rules)
    return found


def _away(sample: Sample, baseline: Baseline, rules: SignRules) -> Sign:
    look = direction(sample)
    down = look.down - baseline.rest.down
    across = rules.away_across_degrees.sign(abs(look.across - baseline.rest.across))
    vertical = (rules.away_down_degrees if down > 0 else rules.away_up_degrees).sign(abs(down))
    if Sign.THERE in (across, vertical):
        return Sign.THERE
    return Sign.GONE if across is vertical is Sign.GONE else Sign.UNSURE
