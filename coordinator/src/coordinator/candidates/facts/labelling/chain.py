"""A linear chain of labels: what it has learned, and how likely each label is for each of a row of things. Pure."""

import gzip
import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from math import exp

Attributes = Sequence[str]
"""What is said of one thing; each counts 1."""


class WeightsDamaged(Exception):
    """The file of weights is not the one this program was built with."""


@dataclass(frozen=True)
class Chain:
    """A linear-chain conditional random field."""

    labels: tuple[str, ...]
    states: dict[str, tuple[tuple[int, float], ...]]
    """Attribute to the labels it speaks for (or against)."""
    moves: tuple[tuple[float, ...], ...]
    """From label to label."""

    @staticmethod
    def from_bytes(content: bytes, digest: str) -> "Chain":
        """The chain in a file; raises WeightsDamaged unless its SHA-256 is ``digest``."""
        if hashlib.sha256(content).hexdigest() != digest:
            raise WeightsDamaged("the labeller's weights are not those this program was built with")
        said = json.loads(gzip.decompress(content))
        scale = said["scale"]
        return Chain(
            tuple(said["labels"]),
            {
                attribute: tuple((label, weight / scale) for label, weight in zip(pairs[::2], pairs[1::2], strict=True))
                for attribute, pairs in said["states"].items()
            },
            tuple(tuple(weight / scale for weight in row) for row in said["moves"]),
        )

    def scores(self, things: Sequence[Attributes]) -> list[list[float]]:
        """For each thing each label's score, its neighbours apart."""
        found: list[list[float]] = []
        for attributes in things:
            score = [0.0] * len(self.labels)
            for attribute in attributes:
                for label, weight in self.states.get(attribute, ()):
                    score[label] += weight
            found.append(score)
        return found

    def likely(self, things: Sequence[Attributes]) -> list[dict[str, float]]:
        """For each thing the probability of each label, from 0 to 1, given all of them."""
        if not things:
            return []
        potentials = [_shares(score) for score in self.scores(things)]
        moves = [[exp(weight) for weight in row] for row in self.moves]
        back_moves = [list(column) for column in zip(*moves, strict=True)]
        forward = [_scaled(potentials[0])]
        for potential in potentials[1:]:
            forward.append(_scaled(_times(_through(forward[-1], back_moves), potential)))
        backward = [[1.0] * len(self.labels)]
        for potential in reversed(potentials[1:]):
            backward.append(_scaled(_through(_times(backward[-1], potential), moves)))
        backward.reverse()
        return [
            dict(zip(self.labels, _scaled(_times(ahead, behind)), strict=True))
            for ahead, behind in zip(forward, backward, strict=True)
        ]

    def best(self, things: Sequence[Attributes]) -> list[str]:
        """The likeliest row of labels."""
        if not things:
            return []
        scores = self.scores(things)
        held = scores[0]
        came: list[list[int]] = []
        numbers = range(len(self.labels))
        for score in scores[1:]:
            # Of each label the likeliest one before it.
            ways = [max((held[one] + self.moves[one][to], one) for one in numbers) for to in numbers]
            came.append([one for _, one in ways])
            held = [way + own for (way, _), own in zip(ways, score, strict=True)]
        path = [max(numbers, key=held.__getitem__)]
        for from_ in reversed(came):
            path.append(from_[path[-1]])
        return [self.labels[label] for label in reversed(path)]


def _shares(score: Sequence[float]) -> list[float]:
    most = max(score)
    return [exp(one - most) for one in score]


def _scaled(values: Sequence[float]) -> list[float]:
    total = sum(values) or 1.0
    return [value / total for value in values]


def _times(one: Sequence[float], other: Sequence[float]) -> list[float]:
    return [a * b for a, b in zip(one, other, strict=True)]


def _through(values: Sequence[float], moves: Sequence[Sequence[float]]) -> list[float]:
    return [sum(a * b for a, b in zip(values, row, strict=True)) for row in moves]
