"""In which order nodes hear of a release, and what ends that."""

from coordinator.rollouts.schemas import Member
from coordinator.rollouts.waves import Done, Open, Stop, decide, waves


def member(node_id: str, group: str = "rest", wave: int = 1, *, opened: bool = True, state: str = "active") -> Member:
    return Member(node_id, group, wave, opened, state, "hear: heard nothing" if state == "failed" else "")  # type: ignore[arg-type]


def test_canaries_go_one_by_one_and_groups_in_growing_parts() -> None:
    groups = {"c2": "canary", "c1": "canary"}
    groups |= {f"f{number}": "first" for number in range(4)} | {f"r{number:02}": "rest" for number in range(20)}
    found = waves(groups)
    sizes = [sum(wave == number for wave in found.values()) for number in range(1, max(found.values()) + 1)]
    assert sizes == [1, 1, 1, 3, 2, 8, 10]
    assert (found["c1"], found["c2"], found["f0"], found["r00"], found["r19"]) == (1, 2, 3, 5, 7)


def test_every_node_of_every_size_of_group_has_its_turn() -> None:
    for size in range(1, 40):
        for group in ("canary", "first", "rest"):
            found = waves({f"n{number}": group for number in range(size)})
            assert len(found) == size
            assert set(found.values()) == set(range(1, max(found.values()) + 1))


def test_the_next_wave_waits_for_the_whole_one_before() -> None:
    under_way = [member("a", "canary"), member("b", wave=2, state="waiting"), member("c", wave=2)]
    later = member("d", wave=3, opened=False, state="waiting")
    assert decide([*under_way, later], 0) is None
    assert decide([member("a", "canary"), member("b", wave=2), member("c", wave=2), later], 0) == Open(3)
    assert decide([member("a", "canary"), member("b", wave=2)], 0) == Done()


def test_a_failure_stops_what_comes_after_and_says_whose_and_why() -> None:
    waiting = member("z", wave=2, opened=False, state="waiting")
    assert decide([member("a", "canary", state="failed"), waiting], 100) == Stop("a: hear: heard nothing")
    silent = decide([member("a", "canary", state="silent"), waiting], 100)
    assert isinstance(silent, Stop) and "silent" in silent.reason
    ten = [member(f"n{number}", wave=2, state="failed" if number == 0 else "active") for number in range(10)]
    assert isinstance(decide(ten, 9), Stop)
    assert decide(ten, 10) == Done()
