"""What a conversation keeps in the model's memory: its own slot, the shelf, and what was read ahead."""

from edge_node.language.shelf import Saved, Shelf
from fakes.scheduled_jobs import AHEAD, LIVE, RATING, Cells, finish, job, reused, run, scheduler, step, talk


def test_conversations_keep_their_own_memory_and_share_the_beginning() -> None:
    cells = Cells()
    work = scheduler(cells, slots=3, context=400)
    for number, name in enumerate("abc"):
        run(work, talk(number, name, prompt=80))
    assert cells.copies == [(0, 1, 30), (1, 2, 30)]
    # The beginning lies in memory once.
    assert work._slots.used == 30 + 3 * (50 + 4)
    before = reused(work)
    run(work, talk(9, "a", prompt=100))
    assert reused(work) - before == 80
    assert not cells.saves


def test_a_conversation_without_a_slot_comes_back_from_the_shelf() -> None:
    cells = Cells()
    work = scheduler(cells, slots=2, context=400)
    for number, name in enumerate("abc"):
        run(work, talk(number, name, prompt=120))
    assert cells.saves == [0]
    run(work, talk(9, "a", prompt=140))
    assert cells.loads
    assert work._slots.reused["loaded"] == 120


def test_a_state_that_does_not_load_is_read_again() -> None:
    cells = Cells()
    cells.loads_succeed = False
    work = scheduler(cells, slots=1, context=400)
    for number, name in enumerate("aba"):
        run(work, talk(number, name, prompt=120))
    assert cells.loads
    assert work._slots.reused["loaded"] == 0


def test_the_shelf_is_bounded_and_loses_the_oldest_first() -> None:
    shelf = Shelf(250)
    for name in "abc":
        shelf.put(name, Saved((1, 2), b"s" * 100))
    assert shelf.get("a") is None
    assert shelf.bytes_held == 200
    shelf.put("d", Saved((1,), b"s" * 251))
    assert shelf.get("d") is None
    assert shelf.get("c")


def test_what_was_read_ahead_is_there_and_a_wrong_guess_is_rolled_back() -> None:
    work = scheduler(slots=2, context=400)
    run(work, talk(1, "a", prompt=100, answer=0, urgency=AHEAD))
    whole = talk(2, "a", prompt=110)
    whole.tokens[90] = 5
    before = reused(work)
    work.add(whole)
    work.admit()
    assert reused(work) - before == 90
    assert whole.pending == 20
    finish(work, whole)


def test_reading_ahead_waits_for_live_and_goes_before_a_rating() -> None:
    work = scheduler(slots=3, context=400)
    rating, ahead, live = job(1, RATING), talk(2, "a", prompt=80, answer=0, urgency=AHEAD), job(3, LIVE)
    for one in (rating, ahead, live):
        work.add(one)
    work.admit()
    assert set(step(work)) == {live}
    finish(work, live)
    assert set(step(work)) == {ahead}
    while ahead not in work.read():
        step(work)
    work.remove(ahead)
    assert set(step(work)) == {rating}
