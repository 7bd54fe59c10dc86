"""What the planner estimated for filters is kept for a while, and not without bound."""

from coordinator.corpora.estimates import KEPT_MOST, KEPT_SECONDS, Estimate, Estimates


def test_an_estimate_is_kept_until_it_is_old() -> None:
    now = [100.0]
    estimates = Estimates(lambda: now[0])
    assert estimates.get("en") is None
    estimates.put("en", Estimate(10.0, 1000.0))
    now[0] += KEPT_SECONDS - 1
    assert estimates.get("en") == (10.0, 1000.0)
    assert estimates.get("ko") is None
    now[0] += 1
    assert estimates.get("en") is None


def test_the_oldest_goes_when_there_are_too_many() -> None:
    estimates = Estimates(lambda: 0.0)
    for number in range(KEPT_MOST):
        estimates.put(number, Estimate(number, KEPT_MOST))
    estimates.put(0, Estimate(0.5, KEPT_MOST))
    estimates.put("another", Estimate(1.0, KEPT_MOST))
    assert estimates.get(0) == (0.5, KEPT_MOST)
    assert estimates.get(1) is None
    assert estimates.get("another") is not None
