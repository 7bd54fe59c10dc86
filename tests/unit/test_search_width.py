"""How far a search by meaning looks grows with what its filters keep out."""

import pytest
from coordinator.corpora.estimates import Estimate
from coordinator.corpora.repository import COMPARED_LEAST, EXACT_ROWS_MAX, WIDTH_LEAST, WIDTH_MOST, Walk, compared, walk


@pytest.mark.parametrize(
    ("passing", "stored", "limit", "wanted"),
    [
        (100_000, 100_000, 10, Walk(WIDTH_LEAST, onwards=False)),
        (120_000, 100_000, 10, Walk(WIDTH_LEAST, onwards=False)),
        (25_000, 100_000, 10, Walk(2 * WIDTH_LEAST, onwards=False)),
        (10_000, 1_000_000, 10, Walk(WIDTH_MOST, onwards=True)),
        (10_000, -1, 10, Walk(WIDTH_LEAST, onwards=False)),
        (100_000, 100_000, 200, Walk(600, onwards=False)),
        (20_000, 100_000, 200, Walk(600, onwards=True)),
        (EXACT_ROWS_MAX, 100_000, 10, None),
        (0, 100_000, 10, None),
    ],
)
def test_walk(passing: float, stored: float, limit: int, wanted: Walk | None) -> None:
    assert walk(Estimate(passing, stored), limit) == wanted


@pytest.mark.parametrize(("limit", "wanted"), [(1, COMPARED_LEAST), (10, COMPARED_LEAST), (200, 600)])
def test_compared(limit: int, wanted: int) -> None:
    assert compared(limit) == wanted
