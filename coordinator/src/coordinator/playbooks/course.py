"""A run's course, from its child's events: what is kept, what each machine came to, how it ended. Pure."""

from dataclasses import dataclass, field

from coordinator.playbooks.child import Told
from coordinator.playbooks.schemas import MachineStatus, RunMachine, RunStatus

EVENTS_KEPT = 2000
MACHINES_KEPT = 1000


@dataclass
class Course:
    """What is known of a run, and what of it is not stored yet."""

    playbook: str
    play: str = ""
    dropped: int = 0
    results: dict[str, RunMachine] = field(default_factory=dict)
    waiting: list[tuple[int, Told]] = field(default_factory=list)
    ended: Told | None = None
    last_words: str = ""
    """What it said outside events: why it did not even begin, say."""

    _numbers: int = 0
    _touched: set[str] = field(default_factory=set)

    def take(self, told: Told) -> None:
        """Take one event in."""
        if told.kind == "words":
            self.last_words = told.reason
            return
        if told.kind == "end":
            self.ended = told
            for machine, changed in told.changed:
                self._put(machine, "changed" if changed else "ok", changed=changed, finished=True)
            return
        if told.kind == "play":
            self.play = told.task
        if told.kind == "task":
            self._task(told)
            if told.status == "ok":
                return  # where a machine is says its own row
        self._keep(told)

    def unstored(self) -> tuple[list[tuple[int, Told]], dict[str, RunMachine]]:
        """Events and machines that are to be stored next."""
        return list(self.waiting), {name: self.results[name] for name in self._touched}

    def stored(self, events: list[tuple[int, Told]]) -> None:
        """They are stored."""
        self.waiting = self.waiting[len(events) :]
        self._touched.clear()

    def outcome(self, told_to_stop: str) -> tuple[RunStatus, str]:
        """How it ended, and a note. ``told_to_stop``: why it was (cancelled, out_of_time, runner_stopped), or empty."""
        if told_to_stop and not (self.ended and self.ended.status == "successful"):
            return ("out_of_time", "") if told_to_stop == "out_of_time" else ("cancelled", _note_of(told_to_stop))
        if self.ended is None:
            return "failed", self.last_words or "the program ended without a word"
        if self.ended.status != "successful" or self.ended.failed:
            return "failed", "" if self.ended.failed else self.last_words
        if self.playbook == "drift" and any(count for _, count in self.ended.changed):
            return "drifted", ""
        return "done", ""

    def _task(self, told: Told) -> None:
        before = self.results.get(told.machine)
        if before is not None and before.status in ("failed", "unreachable"):
            return  # what comes after a failure are the steps back; the reason stays
        changed = (before.changed if before else 0) + (told.status == "changed")
        status: MachineStatus = "changed" if changed else "ok"
        if told.status == "failed":
            status = "failed"
        elif told.status == "unreachable":
            status = "unreachable"
        self._put(told.machine, status, changed=changed, task=told.task, reason=told.reason)

    def _put(
        self,
        machine: str,
        status: MachineStatus,
        *,
        changed: int,
        task: str = "",
        reason: str = "",
        finished: bool = False,
    ) -> None:
        before = self.results.get(machine)
        if before is None and len(self.results) >= MACHINES_KEPT:
            return
        if finished and before is not None and before.status in ("failed", "unreachable"):
            status, task, reason = before.status, before.task, before.reason
        self.results[machine] = RunMachine(machine=machine, status=status, changed=changed, task=task, reason=reason)
        self._touched.add(machine)

    def _keep(self, told: Told) -> None:
        if self._numbers >= EVENTS_KEPT:
            self.dropped += 1
            return
        self._numbers += 1
        self.waiting.append((self._numbers, told))


def _note_of(told_to_stop: str) -> str:
    return "" if told_to_stop == "cancelled" else told_to_stop
