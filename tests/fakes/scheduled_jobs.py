"""Jobs for the language scheduler over a memory that only counts."""

from edge_node.language.jobs import Job
from edge_node.language.scheduler import Scheduler
from edge_node.language.shelf import Shelf
from edge_node.language.slots import Slots

LIVE, AHEAD, SUMMARY, RATING = 0, 1, 2, 3


class Cells:
    """A key-value memory that knows only how many tokens each sequence holds."""

    def __init__(self, *, forgets_parts: bool = True) -> None:
        self.forgets_parts = forgets_parts
        self.copies: list[tuple[int, int, int]] = []
        self.kept: list[tuple[int, int]] = []
        self.saves: list[int] = []
        self.loads: list[int] = []
        self.loads_succeed = True

    def keep(self, sequence: int, tokens: int) -> bool:
        if tokens and not self.forgets_parts:
            return False
        self.kept.append((sequence, tokens))
        return True

    def copy(self, source: int, target: int, tokens: int) -> None:
        self.copies.append((source, target, tokens))

    def save(self, sequence: int) -> bytes:
        self.saves.append(sequence)
        return b"s" * 100

    def load(self, sequence: int, state: bytes) -> bool:
        self.loads.append(sequence)
        return self.loads_succeed


def job(
    number: int, urgency: int = LIVE, *, prompt: int = 40, answer: int = 10, begins: int = 0, talk: str = ""
) -> Job:
    """A job whose prompt's first ``begins`` tokens are the same for all."""
    tokens = [7] * begins + [1000 * number + index for index in range(prompt - begins)]
    return Job(number, urgency, prompt, answer, tokens, talk)


def scheduler(cells: Cells | None = None, *, slots: int = 2, context: int = 200, shelf: int = 1000) -> Scheduler:
    made = Slots(cells or Cells(), Shelf(shelf), count=slots, context_tokens=context)
    return Scheduler(made, context_tokens=context)


def reused(work: Scheduler) -> int:
    return work._slots.reused.total()


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


def talk(number: int, name: str, *, prompt: int, begins: int = 30, urgency: int = LIVE, answer: int = 5) -> Job:
    """A request of a conversation: all begin alike for ``begins`` tokens, then each goes on in its own way."""
    own = [hash(name) % 10_000 * 1000 + index for index in range(prompt - begins)]
    return Job(number, urgency, prompt, answer, [7] * begins + own, name)


def run(work: Scheduler, one: Job) -> None:
    work.add(one)
    work.admit()
    if one.reads_only:
        while one not in work.read():
            step(work)
        work.remove(one)
    else:
        finish(work, one)
