"""Who gets a slot and the processor: deadline classes, shared beginnings, and cells that never run out."""

import pytest
from edge_node.language.scheduler import Job, Scheduler
from hypothesis import given, settings
from hypothesis import strategies as st

LIVE, SUMMARY, RATING = 1, 2, 3


class Cells:
    """A key-value memory that knows only how many tokens each sequence holds."""

    def __init__(self, *, forgets_parts: bool = True) -> None:
        self.forgets_parts = forgets_parts
        self.copies: list[tuple[int, int, int]] = []
        self.kept: list[tuple[int, int]] = []

    def keep(self, sequence: int, tokens: int) -> bool:
        if tokens and not self.forgets_parts:
            return False
        self.kept.append((sequence, tokens))
        return True

    def copy(self, source: int, target: int, tokens: int) -> None:
        self.copies.append((source, target, tokens))


def job(number: int, deadline_class: int = LIVE, *, prompt: int = 40, answer: int = 10, begins: int = 0) -> Job:
    """A job whose prompt's first ``begins`` tokens are the same for all."""
    tokens = [7] * begins + [1000 * number + index for index in range(prompt - begins)]
    return Job(number, deadline_class, prompt, answer, tokens)


def scheduler(cells: Cells | None = None, *, slots: int = 2, context: int = 200) -> Scheduler:
    return Scheduler(cells or Cells(), slots=slots, context_tokens=context)


def step(work: Scheduler, limit: int = 16) -> list[Job]:
    """One batch; a job whose logits were wanted generates a token. Returns the jobs in the batch."""
    batch = work.next_batch(limit)
    assert len(batch) <= limit
    work.decoded(batch)
    for one, row in batch:
        if row.wants_logits:
            one.tokens.append(-1)
    return [one for one, _ in batch]


def finish(work: Scheduler, one: Job) -> None:
    while one.generated < one.max_tokens:
        step(work)
    work.remove(one)


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
    assert work.reused_tokens == 50
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
    assert work.reused_tokens == 50


def test_the_last_prompt_token_is_always_decoded() -> None:
    work = scheduler()
    first = job(1, prompt=40, begins=40)
    work.add(first)
    work.admit()
    finish(work, first)
    again = job(2, prompt=40, begins=40)
    work.add(again)
    work.admit()
    assert work.reused_tokens == 39
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
    assert work.reused_tokens == 0
    finish(work, second)


def test_what_can_never_fit_is_refused() -> None:
    with pytest.raises(ValueError, match="the context has 200"):
        scheduler(context=200).add(job(1, prompt=195, answer=10))


@settings(max_examples=200, deadline=None)
@given(
    st.lists(
        st.tuples(st.sampled_from((LIVE, SUMMARY, RATING)), st.integers(1, 80), st.integers(1, 20), st.integers(0, 60)),
        min_size=1,
        max_size=12,
    ),
    st.integers(1, 4),
)
def test_every_job_ends_and_cells_are_never_oversubscribed(wishes: list[tuple[int, int, int, int]], slots: int) -> None:
    context = 110
    work = scheduler(slots=slots, context=context)
    arriving = [
        job(number, kind, prompt=prompt, answer=answer, begins=min(begins, prompt))
        for number, (kind, prompt, answer, begins) in enumerate(wishes)
    ]
    ended = 0
    for turn in range(10_000):
        if arriving and turn % 3 == 0:
            work.add(arriving.pop())
        work.admit()
        assert sum(one.reserve for one in work.running) <= context
        assert sum(len(slot.decoded) for slot in work._slots) <= context
        step(work)
        for one in [one for one in work.running if one.generated >= one.max_tokens]:
            work.remove(one)
            ended += 1
        if ended == len(wishes):
            return
    raise AssertionError("a job starved")
