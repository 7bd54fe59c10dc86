"""Who is heard next."""

import pytest
from edge_node.speech.line import Line, LineFull, Ticket


def partial(stream: str = "") -> Ticket:
    return Ticket(stream, partial=True)


def final(stream: str = "") -> Ticket:
    return Ticket(stream, partial=False)


def test_a_final_goes_before_every_waiting_partial() -> None:
    line = Line()
    first, answer = partial("a"), final("b")
    line.join(first)
    line.join(answer)
    assert line.take() is answer
    line.done()
    assert line.take() is first


def test_a_newer_request_of_a_stream_drops_its_waiting_partials_only() -> None:
    line = Line()
    old, other, new = partial("a"), partial("b"), partial("a")
    line.join(old)
    line.join(other)
    assert line.join(new) == [old]
    assert old.dropped
    assert line.join(final("b")) == [other]
    assert not new.dropped


def test_a_final_stops_a_running_partial_but_no_running_final() -> None:
    line = Line()
    caption = partial("a")
    line.join(caption)
    assert line.take() is caption
    line.join(final("b"))
    assert caption.dropped
    line.done()
    answer = line.take()
    line.join(final("c"))
    assert answer is not None
    assert not answer.dropped


def test_finals_keep_their_order_and_are_bounded() -> None:
    line = Line(finals=2)
    first, second = final(), final()
    line.join(first)
    line.join(second)
    with pytest.raises(LineFull):
        line.join(final())
    assert line.take() is first


def test_partials_without_a_stream_are_bounded_by_dropping_the_oldest() -> None:
    line = Line(partials=2)
    tickets = [partial() for _ in range(3)]
    assert [line.join(ticket) for ticket in tickets] == [[], [], [tickets[0]]]


def test_one_runs_at_a_time_and_who_leaves_is_not_called() -> None:
    line = Line()
    first, gone, last = final(), final(), final()
    for ticket in (first, gone, last):
        line.join(ticket)
    line.leave(gone)
    assert line.take() is first
    assert line.take() is None
    line.done()
    assert line.take() is last
