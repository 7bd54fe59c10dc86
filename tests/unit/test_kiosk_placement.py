"""Where interviews go on a node with several room processes."""

import pytest
from edge_node.kiosk.placement import FRESH_SECONDS, Placement, RoomProcess, RoomsFull

NAMES = ("room", "room-2", "room-3")


def seen(**interviews: str) -> dict[str, RoomProcess]:
    """Answers of the processes ``room``, ``room_2`` ...: ids of what each holds, without blanks between letters."""
    return {name.replace("_", "-"): RoomProcess(frozenset(ids), limit=4) for name, ids in interviews.items()}


def test_a_new_interview_goes_where_least_is_to_do_and_stays_there() -> None:
    placement = Placement(NAMES, 12)
    answers = seen(room="ab", room_2="c", room_3="de")
    assert placement.choose("x", answers, 0) == "room-2"
    assert placement.remembered("x", 1) == "room-2"
    assert placement.choose("y", answers, 1) == "room", "x counts although it has no room yet"
    assert placement.remembered("unheard", 1) == ""
    busier = seen(room="a", room_2="cfg", room_3="")
    assert placement.choose("x", busier, 2, before=set()) == "room-2", "where its device check was"
    placement.forget("x")
    assert placement.choose("x", busier, 2, before=set()) == "room-3"


def test_who_is_held_goes_to_the_holder_wherever_that_is() -> None:
    placement = Placement(NAMES, 3)
    full = seen(room="", room_2="abx", room_3="")
    assert placement.choose("x", full, 0) == "room-2"
    assert placement.choose("x", full, 0, before={"y", "z"}) == "room-2", "also on a node that is full"
    moved = seen(room="x", room_2="", room_3="")
    assert placement.choose("x", moved, 1) == "room"
    assert placement.remembered("x", 2) == "room"


def test_a_process_that_does_not_answer_or_opens_nothing_gets_nothing_new() -> None:
    placement = Placement(NAMES, 12)
    assert placement.choose("x", {}, 0) == ""
    assert placement.choose("x", seen(room_3="abc"), 0) == "room-3"
    unready = seen(room="abc") | {"room-2": RoomProcess(frozenset(), 4, ready=False)}
    assert placement.choose("y", unready, 0) == "room"
    placement.forget("y")
    assert placement.choose("y", {"room-2": unready["room-2"]}, 0) == "room-2", "which then says why"


def test_a_full_node_and_full_processes_take_nobody_in() -> None:
    placement = Placement(NAMES, 4)
    answers = seen(room="ab", room_2="c", room_3="")
    assert placement.choose("x", answers, 0, before=set()) == "room-3"
    with pytest.raises(RoomsFull):
        placement.choose("y", answers, 0, before={"x"})
    assert placement.choose("y", answers, 0) == "room-2", "a claim needs no room yet"
    roomy = Placement(NAMES, 12)
    narrow = {"room": RoomProcess(frozenset("ab"), 2), "room-2": RoomProcess(frozenset("cde"), 4)}
    assert roomy.choose("z", narrow, 0, before=set()) == "room-2", "the emptier one has no port left"
    with pytest.raises(RoomsFull):
        roomy.choose("z", {"room": narrow["room"]}, 0, before=set())


def test_who_never_comes_is_not_counted_for_ever() -> None:
    placement = Placement(NAMES[:2], 12)
    empty = seen(room="", room_2="")
    assert [placement.choose(one, empty, 0) for one in "abc"] == ["room", "room-2", "room"]
    assert placement.choose("d", empty, 1) == "room-2"
    later = 2 + FRESH_SECONDS
    assert placement.choose("e", empty, later) == "room"
    for number in range(1000):
        placement.choose(f"n{number}", empty, later)
    assert placement.remembered("e", later) == "", "the memory is bounded"


def test_one_process_is_asked_without_looking() -> None:
    assert Placement(NAMES[:1], 2).only == "room"
    assert Placement(NAMES, 3).only == ""
