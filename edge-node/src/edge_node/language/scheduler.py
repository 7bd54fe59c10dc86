"""Which requests hold a slot, what each slot remembers, and which tokens the next batch takes.

Pure: it owns no native memory and reads no clock. A slot is one sequence of the context. What it decoded for an
earlier request stays there, and a later request that begins alike starts from it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Protocol

# A shared beginning shorter than this is the template's, not a conversation's.
_WORTH_SHARING_TOKENS = 24


@dataclass(frozen=True, slots=True)
class Row:
    """One token of a batch: its id, its position in its sequence, and whether logits are wanted after it."""

    token: int
    position: int
    sequence: int
    wants_logits: bool


class Memory(Protocol):
    """The key-value memory behind the slots."""

    def keep(self, sequence: int, tokens: int) -> bool:
        """Forget all but the first ``tokens``; False when a part cannot be forgotten."""
        ...

    def copy(self, source: int, target: int, tokens: int) -> None:
        """Share the first ``tokens`` of ``source`` with the empty ``target``."""
        ...


@dataclass(eq=False)
class Job:
    """One request's tokens: the prompt, then what was generated."""

    number: int
    """Order of arrival."""

    deadline_class: int
    """Lower goes first."""

    prompt_tokens: int
    max_tokens: int
    tokens: list[int]
    slot: "Slot | None" = None

    @property
    def reserve(self) -> int:
        """Cells this job may need at the most."""
        return self.prompt_tokens + self.max_tokens

    @property
    def generated(self) -> int:
        """Tokens generated so far."""
        return len(self.tokens) - self.prompt_tokens


@dataclass(eq=False)
class Slot:
    """One sequence: the tokens it has decoded, and the job it works for."""

    sequence: int
    decoded: list[int] = field(default_factory=list)
    job: Job | None = None
    last_used: int = 0


class Scheduler:
    """Admits by deadline class, then arrival; a higher class gives its slot and the processor to a lower one."""

    def __init__(self, memory: Memory, *, slots: int, context_tokens: int) -> None:
        self._memory = memory
        self._context_tokens = context_tokens
        self._slots = [Slot(sequence) for sequence in range(slots)]
        self._waiting: list[Job] = []
        self._clock = 0
        self.reused_tokens = 0
        """Prompt tokens that did not have to be decoded again, since the start."""

    @property
    def waiting(self) -> int:
        """Jobs without a slot."""
        return len(self._waiting)

    @property
    def running(self) -> list[Job]:
        """Jobs with a slot."""
        return [slot.job for slot in self._slots if slot.job]

    def jobs(self) -> list[Job]:
        """Every job, waiting or running."""
        return [*self._waiting, *self.running]

    def add(self, job: Job) -> None:
        """Queue a job. Raises ValueError for one that could never fit."""
        if job.reserve > self._context_tokens:
            raise ValueError(f"{job.reserve} tokens, the context has {self._context_tokens}")
        self._waiting.append(job)

    def remove(self, job: Job) -> None:
        """Take a job out, finished or not; its slot remembers what it decoded."""
        if job.slot:
            self._detach(job)
        else:
            self._waiting.remove(job)

    def admit(self) -> None:
        """Give slots to waiting jobs, best first; nobody overtakes a job that does not fit yet."""
        for job in sorted(self._waiting, key=_rank):
            if not self._make_room(job):
                return
            self._waiting.remove(job)
            self._attach(job)

    def next_batch(self, limit: int) -> list[tuple[Job, Row]]:
        """Up to ``limit`` rows of the best class that runs; jobs of other classes pause."""
        running = self.running
        if not running:
            return []
        best = min(job.deadline_class for job in running)
        group = sorted(
            (job for job in running if job.deadline_class == best), key=lambda job: (_pending(job), _rank(job))
        )
        batch: list[tuple[Job, Row]] = []
        for job in group:
            batch.extend((job, row) for row in _rows(job, limit - len(batch)))
        return batch

    def decoded(self, batch: Sequence[tuple[Job, Row]]) -> None:
        """Remember that a batch is in memory now."""
        for job, row in batch:
            assert job.slot is not None
            job.slot.decoded.append(row.token)

    def shed(self) -> bool:
        """Free memory after a full context: forget an idle slot, else send the least urgent job back."""
        idle = [slot for slot in self._slots if not slot.job and slot.decoded]
        if idle:
            self._forget(min(idle, key=lambda slot: slot.last_used), 0)
            return True
        running = self.running
        if len(running) < 2:
            return False
        job = max(running, key=_rank)
        slot = job.slot
        assert slot is not None
        self._detach(job)
        self._forget(slot, 0)
        self._waiting.append(job)
        return True

    def _make_room(self, job: Job) -> bool:
        """Whether a slot and cells are there for ``job``, after sending back jobs of higher classes if needed."""
        lower = sorted((other for other in self.running if other.deadline_class > job.deadline_class), key=_rank)
        free = self._context_tokens - sum(other.reserve for other in self.running)
        idle = sum(slot.job is None for slot in self._slots)
        sent_back: list[Job] = []
        while lower and (idle < 1 or free < job.reserve):
            other = lower.pop()
            sent_back.append(other)
            free += other.reserve
            idle += 1
        if idle < 1 or free < job.reserve:
            return False
        for other in sent_back:
            self._detach(other)
            self._waiting.append(other)
        return True

    def _attach(self, job: Job) -> None:
        idle = [slot for slot in self._slots if not slot.job]
        # The last token is always decoded afresh: its logits start the answer.
        usable = job.tokens[:-1]
        source = max(self._slots, key=lambda slot: (_common(slot.decoded, usable), slot.job is None))
        shared = _common(source.decoded, usable)
        if shared < _WORTH_SHARING_TOKENS:
            slot = min(idle, key=lambda candidate: (bool(candidate.decoded), candidate.last_used))
            self._forget(slot, 0)
            shared = 0
        elif source.job is None:
            slot = source
            shared = self._forget(slot, shared)
        else:
            slot = min(idle, key=lambda candidate: (bool(candidate.decoded), candidate.last_used))
            self._forget(slot, 0)
            self._memory.copy(source.sequence, slot.sequence, shared)
            slot.decoded = source.decoded[:shared]
        self.reused_tokens += shared
        self._clock += 1
        slot.job, slot.last_used, job.slot = job, self._clock, slot
        self._evict()

    def _evict(self) -> None:
        """Forget idle slots, oldest first, until every running job's cells are really there."""
        reserved = sum(job.reserve for job in self.running)
        idle = sorted((slot for slot in self._slots if not slot.job), key=lambda slot: slot.last_used)
        for slot in idle:
            if reserved + sum(len(other.decoded) for other in idle) <= self._context_tokens:
                return
            self._forget(slot, 0)

    def _detach(self, job: Job) -> None:
        assert job.slot is not None
        self._clock += 1
        job.slot.job, job.slot.last_used = None, self._clock
        job.slot = None

    def _forget(self, slot: Slot, keep: int) -> int:
        """Forget all but ``keep`` tokens of a slot; returns how many it really kept."""
        if not self._memory.keep(slot.sequence, keep):
            self._memory.keep(slot.sequence, 0)
            keep = 0
        del slot.decoded[keep:]
        return keep


def _rank(job: Job) -> tuple[int, int]:
    return job.deadline_class, job.number


def _pending(job: Job) -> int:
    assert job.slot is not None
    return len(job.tokens) - len(job.slot.decoded)


def _rows(job: Job, limit: int) -> Iterator[Row]:
    assert job.slot is not None
    start = len(job.slot.decoded)
    for position in range(start, min(len(job.tokens), start + max(limit, 0))):
        yield Row(job.tokens[position], position, job.slot.sequence, position == len(job.tokens) - 1)


def _common(left: Sequence[int], right: Sequence[int]) -> int:
    """Length of the common beginning."""
    length = 0
    for one, other in zip(left, right, strict=False):
        if one != other:
            break
        length += 1
    return length
