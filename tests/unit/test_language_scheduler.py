"""Who gets a slot and the processor: deadline classes, shared beginnings, and cells that never run out."""

import pytest
from fakes.scheduled_jobs import AHEAD, LIVE, RATING, SUMMARY, Cells, finish, job, reused, run, scheduler, step
from hypothesis import given, settings
from hypothesis import strategies as st


def test_a_prompt_is_read_in_chunks_and_then_one_token_at_a_time() -> None:
    work = scheduler()
    one = job(1, prompt=40)
    work.add(one)
    work.admit()
    assert [len(step(work)) for _ in range(5)] == [16, 16, 8, 1, 1]


def test_those_that_generate_are_not_held_up_by_one_that_reads() -> None:
    work = scheduler()
    first, second = job(1, prompt=10), job(2, prompt=60)
    work.add(first)
    work.admit()
    step(work)
    work.add(second)
    work.admit()
    batch = step(work)
    assert batch[0] is first
    assert batch[1:] == [second] * 15


def test_live_goes_first_and_the_rest_pauses() -> None:
    work = scheduler()
    rating, live = job(1, RATING, prompt=60), job(2, LIVE, prompt=10)
    work.add(rating)
    work.admit()
    step(work)
    work.add(live)
    work.admit()
    assert set(step(work)) == {live}
    finish(work, live)
    assert set(step(work)) == {rating}


def test_live_takes_a_slot_and_the_rating_goes_on_where_it_was() -> None:
    work = scheduler(slots=1)
    rating, live = job(1, RATING, prompt=60), job(2, LIVE, prompt=30)
    work.add(rating)
    work.admit()
    finish_reading = [step(work) for _ in range(5)]
    assert finish_reading
    assert rating.generated == 2
    work.add(live)
    work.admit()
    assert work.running == [live]
    assert work.waiting == 1
    finish(work, live)
    work.admit()
    assert work.running == [rating]
    assert rating.generated == 2
    finish(work, rating)
    assert rating.generated == 10


def test_classes_wait_in_order_and_nobody_overtakes_within_one() -> None:
    work = scheduler(slots=1)
    running = job(1, LIVE)
    work.add(running)
    work.admit()
    for one in (job(2, RATING), job(3, SUMMARY), job(4, LIVE), job(5, LIVE)):
        work.add(one)
    order = []
    while work.jobs():
        work.admit()
        (current,) = work.running
        order.append(current.number)
        finish(work, current)
    assert order == [1, 4, 5, 3, 2]


def test_the_next_question_of_a_conversation_reuses_its_slot() -> None:
    cells = Cells()
    work = scheduler(cells)
    first = job(1, prompt=60, begins=50)
    work.add(first)
    work.admit()
    finish(work, first)
    second = job(2, prompt=60, begins=50)
    work.add(second)
    work.admit()
    assert reused(work) == 50
    assert sum(len(step(work)) for _ in range(1)) == 10
    assert not cells.copies


def test_a_beginning_in_use_is_copied_not_taken() -> None:
    cells = Cells()
    work = scheduler(cells, slots=2)
    first, second = job(1, prompt=60, begins=50), job(2, prompt=60, begins=50)
    work.add(first)
    work.admit()
    while first.generated < 1:
        step(work)
    work.add(second)
    work.admit()
    assert cells.copies == [(0, 1, 50)]
    assert reused(work) == 50


def test_the_last_prompt_token_is_always_decoded() -> None:
    work = scheduler()
    first = job(1, prompt=40, begins=40)
    work.add(first)
    work.admit()
    finish(work, first)
    again = job(2, prompt=40, begins=40)
    work.add(again)
    work.admit()
    assert reused(work) == 39
    assert step(work) == [again]
    assert again.generated == 1


def test_a_model_that_cannot_forget_a_part_starts_afresh() -> None:
    work = scheduler(Cells(forgets_parts=False), slots=1)
    first, second = job(1, prompt=60, begins=50), job(2, prompt=60, begins=50)
    work.add(first)
    work.admit()
    finish(work, first)
    work.add(second)
    work.admit()
    assert reused(work) == 0
    finish(work, second)


def test_what_can_never_fit_is_refused() -> None:
    with pytest.raises(ValueError, match="the context has 200"):
        scheduler(context=200).add(job(1, prompt=195, answer=10))


def test_patient_work_takes_short_batches() -> None:
    work = scheduler(slots=2, context=400)
    work.add(job(1, RATING, prompt=100))
    work.admit()
    assert len(work.next_batch(64, 8)) == 8
    work.add(job(2, LIVE, prompt=100))
    work.admit()
    assert len(work.next_batch(64, 8)) == 64


def test_a_rating_that_lost_its_cells_is_loaded_again() -> None:
    cells = Cells()
    work = scheduler(cells, slots=1, context=200)
    rating = job(1, RATING, prompt=100, answer=20)
    work.add(rating)
    work.admit()
    for _ in range(8):
        step(work)
    run(work, job(2, LIVE, prompt=100))
    work.admit()
    assert cells.saves == cells.loads == [0]
    finish(work, rating)
    assert rating.generated == 20
    assert work._slots._shelf.bytes_held == 0


@settings(max_examples=200, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from((LIVE, AHEAD, SUMMARY, RATING)),
            st.integers(1, 80),
            st.integers(1, 20),
            st.integers(0, 60),
            st.sampled_from(("", "a", "b")),
        ),
        min_size=1,
        max_size=12,
    ),
    st.integers(1, 4),
)
def test_every_job_ends_and_cells_are_never_oversubscribed(
    wishes: list[tuple[int, int, int, int, str]], slots: int
) -> None:
    context = 110
    work = scheduler(slots=slots, context=context)
    arriving = [
        job(number, kind, prompt=prompt, answer=0 if kind == AHEAD else answer, begins=min(begins, prompt), talk=name)
        for number, (kind, prompt, answer, begins, name) in enumerate(wishes)
    ]
    ended = 0
    for turn in range(10_000):
        if arriving and turn % 3 == 0:
            work.add(arriving.pop())
        work.admit()
        promised = sum(one.reserve - len(one.slot.decoded) for one in work.running if one.slot)
        assert work._slots.used + promised <= context
        assert work._slots.used == len({cell for slot in work._slots for cell in slot.cells})
        step(work)
        for one in [*work.read(), *(o for o in work.running if not o.reads_only and o.generated >= o.max_tokens)]:
            work.remove(one)
            ended += 1
        if ended == len(wishes):
            return
    raise AssertionError("a job starved")
