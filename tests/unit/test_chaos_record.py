"""The judge of the chaos runs sees what it is there to see."""

from chaos._record import compared, holds

SENT = {"a": 3, "b": 2}
WHOLE = [("a", 1), ("b", 1), ("a", 2), ("a", 3), ("b", 2)]


def test_a_whole_record_is_whole() -> None:
    assert compared(WHOLE, SENT) == (0, 0, 0)


def test_a_lost_fact_is_missed() -> None:
    assert compared(WHOLE[:-1], SENT) == (1, 0, 0)
    assert compared([row for row in WHOLE if row != ("a", 2)], SENT) == (1, 0, 1)


def test_a_fact_twice_is_a_duplicate() -> None:
    assert compared([*WHOLE, ("b", 2)], SENT) == (0, 1, 1)


def test_a_fact_before_its_time_is_out_of_order() -> None:
    assert compared([("a", 2), ("a", 1), ("a", 3), ("b", 1), ("b", 2)], SENT) == (0, 0, 3)


def test_an_interview_that_never_came_is_missed_whole() -> None:
    assert compared([], SENT) == (5, 0, 0)


def test_what_counts_as_holding() -> None:
    zeros = dict.fromkeys(("missing", "duplicates", "out_of_order", "dead_letters", "incidents"), 0)
    assert holds({**zeros, "caught_up_s": 4.0}, 5)
    assert not holds({**zeros, "caught_up_s": 5.1}, 5)
    assert not holds({**zeros, "caught_up_s": None}, 5)
    assert not any(holds({**zeros, name: 1, "caught_up_s": 1.0}, 5) for name in zeros)
