"""Long audio is cut where it is quiet."""

import numpy as np
from edge_node.speech.pieces import loudness, pieces
from hypothesis import given, settings
from hypothesis import strategies as st

RATE = 16_000


def noise(seconds: float, level: int = 3000) -> bytes:
    return np.random.default_rng(1).normal(0, level, round(seconds * RATE)).astype("<i2").tobytes()


def test_the_cut_lies_in_the_pause() -> None:
    audio = noise(20.0) + bytes(2 * RATE // 2) + noise(20.0)
    cut = [start / RATE for start, _ in pieces(audio, longest_seconds=24, search_seconds=8)]
    assert cut[0] == 0.0
    assert 20.0 < cut[1] < 20.5
    assert len(cut) == 2


@settings(max_examples=30, deadline=None)
@given(st.floats(0, 90), st.floats(2, 20))
def test_pieces_are_the_whole_in_order_and_never_too_long(total: float, longest: float) -> None:
    audio = noise(total)
    found = list(pieces(audio, longest_seconds=longest, search_seconds=longest / 2))
    assert b"".join(piece for _, piece in found) == audio
    at = 0
    for start, piece in found:
        assert start == at
        assert len(piece) / 2 <= longest * RATE + 1
        at += len(piece) // 2


def test_loudness_is_relative_to_full_scale() -> None:
    assert loudness(b"") == 0.0
    assert loudness(bytes(100)) == 0.0
    assert abs(loudness(np.full(100, 16384, "<i2").tobytes()) - 0.5) < 1e-6
