"""Packets of a voice: in order, at once where none is missing, and a lost one costs itself alone."""

import random

import pytest
from aiortc.rtp import RtpPacket
from edge_node.media.reordering import HELD_PACKETS, Reordering


def packet(number: int, source: int = 1) -> RtpPacket:
    return RtpPacket(sequence_number=number % 65536, timestamp=number * 960, ssrc=source)


def through(buffer: Reordering, numbers: list[int], source: int = 1) -> list[int]:
    return [one.sequence_number for number in numbers for one in buffer.add(packet(number, source))]


def test_what_comes_in_order_goes_on_at_once() -> None:
    buffer = Reordering()
    for number in range(65_530, 65_545):
        assert through(buffer, [number]) == [number % 65536]


def test_what_overtook_another_waits_for_it() -> None:
    buffer = Reordering()
    assert through(buffer, [10, 12, 13]) == [10]
    assert through(buffer, [11]) == [11, 12, 13]
    assert through(buffer, [14]) == [14]


@pytest.mark.parametrize("lost", [{5}, {5, 6}, {5, 8, 12}, set(range(5, 30))])
def test_a_lost_packet_costs_itself_alone_and_nothing_waits_after_it(lost: set[int]) -> None:
    buffer = Reordering()
    came = [number for number in range(40) if number not in lost]
    assert through(buffer, came) == came
    assert through(buffer, [40]) == [40]
    assert (buffer.missing, buffer.late) == (len(lost), 0)


def test_one_that_comes_after_its_turn_is_counted_and_left_out() -> None:
    buffer = Reordering()
    assert through(buffer, [0, *range(2, 2 + HELD_PACKETS)]) == [0, *range(2, 2 + HELD_PACKETS)]
    assert through(buffer, [1, 2]) == []
    assert buffer.late == 2


def test_the_same_packet_twice_goes_on_once() -> None:
    assert through(Reordering(), [0, 2, 2, 1, 1]) == [0, 1, 2]


def test_another_count_or_another_source_begins_anew_and_loses_nothing_held() -> None:
    buffer = Reordering()
    assert through(buffer, [0, 2, 3]) == [0]
    assert through(buffer, [5000, 5001]) == [2, 3, 5000, 5001]
    assert through(buffer, [5003]) == []
    assert through(buffer, [5002], source=2) == [5003, 5002]


@pytest.mark.parametrize("seed", range(20))
def test_whatever_the_network_does_nothing_comes_twice_or_out_of_order(seed: int) -> None:
    rng, start = random.Random(seed), 65_400
    sent = [(n * 20 + rng.uniform(0, 100), n) for n in range(start, start + 500) if rng.random() > 0.05]
    buffer = Reordering()
    out = [one.timestamp for _, number in sorted(sent) for one in buffer.add(packet(number))]
    assert out == sorted(set(out))
    # A delay below the wait loses nothing; the last few may still wait for one that was lost.
    assert len(out) + buffer.late + HELD_PACKETS >= len(sent)
    assert buffer.late <= 5
