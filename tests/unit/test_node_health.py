"""What the node says of itself when some of its processes do not answer."""

import pytest
from edge_node.bus.codec import Health
from edge_node.bus.health import NodeHealth


@pytest.mark.parametrize(
    ("down", "answering", "problems", "can_hold"),
    [
        ((), ("room", "room-2"), (), True),
        (("room-2",), ("room",), ("rooms_fewer",), True),
        (("room",), ("room-2", "room-3"), ("rooms_fewer",), True),
        (("room", "room-2"), (), ("room_down",), False),
        (("room", "language"), ("room-2",), ("language_down", "rooms_fewer"), True),
        (("room", "room-2", "speech"), (), ("room_down", "speech_down"), False),
    ],
)
def test_rooms_are_down_when_none_answers_and_fewer_when_some_do(
    down: tuple[str, ...], answering: tuple[str, ...], problems: tuple[str, ...], can_hold: bool
) -> None:
    health = NodeHealth(frozenset(down), (), rooms=dict.fromkeys(answering, Health()))
    assert (health.problems, health.answering) == (problems, can_hold)
