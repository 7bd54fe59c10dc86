"""How a node's settings are shared out among its room processes."""

import pytest
from edge_node.settings import Settings
from pydantic import ValidationError


def test_one_process_has_everything_and_the_names_it_always_had() -> None:
    settings = Settings(metrics_first_port=9101)
    assert settings.rooms == ("room",)
    assert settings.udp_ports("room") == range(50000, 50051)
    assert settings.rooms_limit("room") == settings.rooms_max == 2
    assert [settings.metrics_port(name) for name in ("kiosk", "room", "uplink")] == [9101, 9102, 9107]
    whole = Settings(rooms_max=51)
    assert whole.rooms_limit("room") == 51


@pytest.mark.parametrize("count", [2, 3, 4, 8, 12])
def test_ports_are_shared_out_and_none_twice(count: int) -> None:
    settings = Settings(rooms_max=count, room_processes=count, metrics_first_port=9101)
    shares = [settings.udp_ports(room) for room in settings.rooms]
    ports = [port for share in shares for port in share]
    assert len(ports) == len(set(ports))
    assert set(ports) <= set(range(50000, 50051))
    assert len(ports) > 51 - count, "what is left over is less than one each"
    assert all(settings.rooms_limit(room) == min(count, len(settings.udp_ports(room)) - 1) for room in settings.rooms)
    figures = [settings.metrics_port(name) for name in settings.processes]
    assert figures == list(range(9101, 9101 + 7 + count - 1))


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"rooms_max": 2, "room_processes": 3}, "one would be idle"),
        ({"rooms_max": 50, "room_processes": 2}, "get 25 UDP ports each, and 50 rooms_max need 26"),
        ({"rooms_max": 16, "room_processes": 16, "media": {"udp_port_last": 50015}}, "get 1 UDP ports each"),
        ({"media": {"udp_port_first": 50010, "udp_port_last": 50009}}, "lies beyond"),
        ({"room_processes": 0}, "greater than or equal to 1"),
    ],
)
def test_what_cannot_be_shared_out_is_refused_at_the_start(wrong: dict[str, object], says: str) -> None:
    with pytest.raises(ValidationError, match=says):
        Settings(**wrong)  # type: ignore[arg-type]


def test_every_process_may_take_over_from_another_while_its_ports_last() -> None:
    assert Settings(rooms_max=8, room_processes=2).rooms_limit("room-2") == 8
    assert Settings(rooms_max=40, room_processes=2).rooms_limit("room-2") == 24
