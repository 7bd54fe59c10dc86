"""How far a search by meaning looks grows with what its filters keep out."""

import pytest
from coordinator.corpora.repository import WIDTH_LEAST, WIDTH_MOST, width


@pytest.mark.parametrize(
    ("passing", "stored", "wanted"),
    [
        (100_000, 100_000, WIDTH_LEAST),
        (120_000, 100_000, WIDTH_LEAST),
        (25_000, 100_000, 2 * WIDTH_LEAST),
        (6_200, 100_000, WIDTH_MOST),
        (0, 100_000, WIDTH_MOST),
        (1, -1, WIDTH_LEAST),
    ],
)
def test_width(passing: float, stored: float, wanted: int) -> None:
    assert width(passing, stored) == wanted
