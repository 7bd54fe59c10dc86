"""What each sequence remembers, in which cells, and the cheapest way to give a job a memory that begins like it.

Pure but for the memory behind it, which it is given. A slot is one sequence of the context. What it decoded stays
there; another conversation with the same beginning shares those cells, and one that must leave is put on the shelf.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol

from edge_node.language.jobs import Job, Slot, common
from edge_node.language.shelf import Saved, Shelf

WORTH_SHARING_TOKENS = 24
"""A shared beginning shorter than this is the template's, not a conversation's."""

WORTH_SAVING_TOKENS = 64
"""Fewer tokens are read again sooner than their state is written and loaded."""


class Memory(Protocol):
    """The key-value memory behind the slots."""

    def keep(self, sequence: int, tokens: int) -> bool:
        """Forget all but the first ``tokens``; False when a part cannot be forgotten."""
        ...

    def copy(self, source: int, target: int, tokens: int) -> None:
        """Share the first ``tokens`` of ``source`` with the empty ``target``."""
        ...

    def save(self, sequence: int) -> bytes:
        """The sequence written out; empty when it cannot be."""
        ...

    def load(self, sequence: int, state: bytes) -> bool:
        """Fill the empty sequence with what was written out; False leaves it empty."""
        ...


@dataclass(frozen=True, slots=True)
class Way:
    """How a job gets its memory: which slot, from where, how many tokens are there already, how many cells it takes."""

    slot: Slot
    source: Slot | None
    found: int
    needs: int
    loads: bool = False


class Slots:
    """The sequences of one context of ``context_tokens`` cells."""

    def __init__(self, memory: Memory, shelf: Shelf, *, count: int, context_tokens: int) -> None:
        self._memory = memory
        self._shelf = shelf
        self._slots = [Slot(sequence) for sequence in range(count)]
        self._context_tokens = context_tokens
        self._users: Counter[int] = Counter()
        self._next_cell = 0
        self._clock = 0
        self.reused: Counter[str] = Counter()
        """Prompt tokens that did not have to be decoded again since the start: own, copied, loaded."""

    def __iter__(self) -> Iterator[Slot]:
        return iter(self._slots)

    @property
    def working(self) -> list[Job]:
        """Jobs with a slot."""
        return [slot.job for slot in self._slots if slot.job]

    @property
    def used(self) -> int:
        """Cells in use; one that several sequences share counts once."""
        return len(self._users)

    @property
    def free(self) -> int:
        """Cells neither in use nor promised to a working job."""
        return self._context_tokens - self.used - sum(job.reserve - len(_slot(job).decoded) for job in self.working)

    def could_place(self, job: Job, staying: Iterable[Job]) -> bool:
        """Whether ``job`` fits beside the jobs that stay, everything else being put away."""
        slots = [_slot(other) for other in staying]
        held = len({cell for slot in slots for cell in slot.cells})
        promised = sum(other.reserve - len(slot.decoded) for slot in slots if (other := slot.job))
        shared = max((common(slot.decoded, job.reusable) for slot in slots), default=0)
        shared = shared if shared >= WORTH_SHARING_TOKENS else 0
        return len(slots) < len(self._slots) and job.reserve - shared <= self._context_tokens - held - promised

    def way(self, job: Job) -> Way | None:
        """The cheapest way to begin ``job`` now; None while every slot works."""
        idle = [slot for slot in self._slots if not slot.job]
        if not idle:
            return None
        usable = job.reusable
        lengths = {slot.sequence: common(slot.decoded, usable) for slot in self._slots}
        source = max(
            self._slots, key=lambda one: (lengths[one.sequence], self._may_take(one, job), not one.job, one.last_used)
        )
        found = lengths[source.sequence]
        saved = self._shelf.get(job.key)
        on_shelf = self._shelf.shared(job.key, usable)
        if saved and on_shelf >= max(found, WORTH_SHARING_TOKENS) + WORTH_SAVING_TOKENS:
            slot = _emptiest(idle, job)
            needs = max(job.reserve, len(saved.tokens)) - self._alone(slot, 0)
            return Way(slot, None, on_shelf, needs, loads=True)
        if found < WORTH_SHARING_TOKENS:
            slot = _emptiest(idle, job)
            return Way(slot, None, 0, job.reserve - self._alone(slot, 0))
        if self._may_take(source, job):
            return Way(source, source, found, job.reserve - found - self._alone(source, found))
        slot = _emptiest([other for other in idle if other is not source] or idle, job)
        kept = found if slot is source else 0
        return Way(slot, source, found, job.reserve - found - self._alone(slot, kept))

    def begin(self, job: Job, way: Way) -> None:
        """Give ``job`` its slot."""
        slot = way.slot
        if slot is way.source:
            if slot.owner != job.key:
                self._save(slot)
            found, how = self._forget(slot, way.found), "own"
        else:
            if slot.owner != job.key:
                self._save(slot)
            self._forget(slot, 0)
            found, how = (self._load(slot, job, way.found), "loaded") if way.loads else (0, "copied")
            if way.source:
                found = way.found
                self._copy(way.source, slot, found)
        self.reused[how] += found
        slot.owner, slot.job, job.slot = job.key, job, slot
        self._touch(slot)

    def leave(self, job: Job, *, for_good: bool) -> None:
        """Take ``job`` off its slot, which remembers what it decoded."""
        slot = _slot(job)
        slot.job = job.slot = None
        if for_good and not job.conversation:
            slot.owner = ""
        self._touch(slot)

    def forget_saved(self, job: Job) -> None:
        """Drop what a job without a conversation left on the shelf."""
        if not job.conversation:
            self._shelf.drop(job.key)

    def decoded(self, slot: Slot, token: int) -> None:
        """Remember that ``token`` is in memory now."""
        slot.decoded.append(token)
        slot.cells.append(self._next_cell)
        self._users[self._next_cell] = 1
        self._next_cell += 1

    def put_away(self, *, sparing: Way | None) -> bool:
        """Free the cells of the idle slot used longest ago; False when there is none left."""
        spared = (sparing.slot, sparing.source) if sparing else ()
        idle = [slot for slot in self._slots if not slot.job and slot.decoded]
        if not idle:
            return False
        slot = min(idle, key=lambda one: (one in spared, one.last_used))
        self._save(slot)
        self._forget(slot, 0)
        return True

    def drop(self, slot: Slot) -> None:
        """Forget an idle slot's memory without keeping it anywhere."""
        self._forget(slot, 0)

    def _may_take(self, slot: Slot, job: Job) -> bool:
        return not slot.job and slot.owner in ("", job.key)

    def _alone(self, slot: Slot, keep: int) -> int:
        """Cells that forgetting all but ``keep`` tokens of ``slot`` would free."""
        return sum(self._users[cell] == 1 for cell in slot.cells[keep:])

    def _save(self, slot: Slot) -> None:
        if slot.owner and len(slot.decoded) >= WORTH_SAVING_TOKENS:
            state = self._memory.save(slot.sequence)
            if state:
                self._shelf.put(slot.owner, Saved(tuple(slot.decoded), state))

    def _load(self, slot: Slot, job: Job, wanted: int) -> int:
        saved = self._shelf.get(job.key)
        if saved is None or not self._memory.load(slot.sequence, saved.state):
            return 0
        for token in saved.tokens:
            self.decoded(slot, token)
        return self._forget(slot, wanted)

    def _copy(self, source: Slot, target: Slot, tokens: int) -> None:
        self._memory.copy(source.sequence, target.sequence, tokens)
        target.decoded, target.cells = source.decoded[:tokens], source.cells[:tokens]
        self._users.update(target.cells)

    def _forget(self, slot: Slot, keep: int) -> int:
        """Forget all but ``keep`` tokens of a slot; returns how many it really kept."""
        if keep < len(slot.decoded) and not self._memory.keep(slot.sequence, keep):
            self._memory.keep(slot.sequence, 0)
            keep = 0
        for cell in slot.cells[keep:]:
            self._users[cell] -= 1
            if not self._users[cell]:
                del self._users[cell]
        del slot.decoded[keep:], slot.cells[keep:]
        if not slot.decoded:
            slot.owner = ""
        return keep

    def _touch(self, slot: Slot) -> None:
        self._clock += 1
        slot.last_used = self._clock


def _emptiest(idle: Iterable[Slot], job: Job) -> Slot:
    """The slot whose loss costs least: an empty one, the job's own, else the one used longest ago."""
    return min(idle, key=lambda slot: (bool(slot.decoded), slot.owner not in ("", job.key), slot.last_used))


def _slot(job: Job) -> Slot:
    assert job.slot is not None
    return job.slot
