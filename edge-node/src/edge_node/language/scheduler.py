"""Which requests hold a slot, and which tokens the next batch takes. Pure: it reads no clock."""

from collections.abc import Iterator, Sequence

from edge_node.language.jobs import Job, Row
from edge_node.language.slots import Slots


class Scheduler:
    """Admits by urgency, then arrival; a less urgent job gives its slot and the processor to a more urgent one."""

    def __init__(self, slots: Slots, *, context_tokens: int) -> None:
        self._slots = slots
        self._context_tokens = context_tokens
        self._waiting: list[Job] = []

    @property
    def waiting(self) -> int:
        """Jobs without a slot."""
        return len(self._waiting)

    @property
    def running(self) -> list[Job]:
        """Jobs with a slot."""
        return self._slots.working

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
            self._slots.leave(job, for_good=True)
        else:
            self._waiting.remove(job)
        self._slots.forget_saved(job)

    def admit(self) -> list[Job]:
        """Give slots to waiting jobs, best first, and return them; nobody overtakes a job that does not fit yet."""
        admitted: list[Job] = []
        for job in sorted(self._waiting, key=_rank):
            if not self._place(job):
                break
            self._waiting.remove(job)
            admitted.append(job)
        return admitted

    def read(self) -> list[Job]:
        """Jobs that wanted their prompt in memory and have it there."""
        return [job for job in self.running if job.reads_only and not job.pending]

    def next_batch(self, limit: int, patient_limit: int | None = None) -> list[tuple[Job, Row]]:
        """Up to ``limit`` rows of the most urgent jobs that run; the others pause.

        Jobs that are not of the most urgent kind there is (0) take ``patient_limit`` rows at the most, so that a live
        one that comes meanwhile waits for a short batch only.
        """
        running = self.running
        if not running:
            return []
        best = min(job.urgency for job in running)
        if best > 0 and patient_limit is not None:
            limit = min(limit, patient_limit)
        group = sorted((job for job in running if job.urgency == best), key=lambda job: (job.pending, _rank(job)))
        batch: list[tuple[Job, Row]] = []
        for job in group:
            batch.extend((job, row) for row in _rows(job, limit - len(batch)))
        return batch

    def decoded(self, batch: Sequence[tuple[Job, Row]]) -> None:
        """Remember that a batch is in memory now."""
        for job, row in batch:
            assert job.slot is not None
            self._slots.decoded(job.slot, row.token)

    def shed(self) -> bool:
        """Free memory after a full context: put away an idle slot, else send the least urgent job back."""
        if self._slots.put_away(sparing=None):
            return True
        running = self.running
        if len(running) < 2:
            return False
        job = max(running, key=_rank)
        slot = job.slot
        assert slot is not None
        self._send_back(job)
        self._slots.drop(slot)
        return True

    def _place(self, job: Job) -> bool:
        """Give ``job`` a slot and cells, sending back less urgent jobs if that is what it takes."""
        lower = sorted((other for other in self.running if other.urgency > job.urgency), key=_rank)
        if not self._slots.could_place(job, (other for other in self.running if other not in lower)):
            return False
        while True:
            way = self._slots.way(job)
            if way is not None and way.needs <= self._slots.free:
                self._slots.begin(job, way)
                return True
            if way is not None and self._slots.put_away(sparing=way):
                continue
            if not lower:
                return False
            self._send_back(lower.pop())

    def _send_back(self, job: Job) -> None:
        self._slots.leave(job, for_good=False)
        self._waiting.append(job)


def _rank(job: Job) -> tuple[int, int]:
    return job.urgency, job.number


def _rows(job: Job, limit: int) -> Iterator[Row]:
    assert job.slot is not None
    start = len(job.slot.decoded)
    for position in range(start, min(len(job.tokens), start + max(limit, 0))):
        wants_logits = position == len(job.tokens) - 1 and not job.reads_only
        yield Row(job.tokens[position], position, job.slot.sequence, wants_logits)
