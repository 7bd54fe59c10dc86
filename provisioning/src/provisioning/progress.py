"""What is known of each machine while a playbook runs: told to a person in lines, or to a program in events."""

import json
import re
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

REASON_MOST = 400
CENSORED = "the output is not shown, for it may hold a secret"

Say = Callable[[str], None]
Report = Callable[[Mapping[str, object]], None]
"""Takes one event: ``kind`` is ``play``, ``task``, ``note`` or ``end``."""


def _unheard(_: Mapping[str, object]) -> None:
    """Nobody listens."""


@dataclass
class Progress:
    """What is known of each machine. ``say`` takes lines for a person, ``report`` events for a program."""

    say: Say
    report: Report = _unheard
    changed: dict[str, int] = field(default_factory=dict)
    failed: dict[str, str] = field(default_factory=dict)
    began: float = field(default_factory=time.monotonic)
    play: str = ""

    def hear(self, event: Mapping[str, Any]) -> bool:
        """Take in one of ansible-runner's events; True, so that it is kept."""
        data = event.get("event_data") or {}
        kind, host = event.get("event"), str(data.get("host", ""))
        if kind == "playbook_on_play_start":
            self.play = str(data.get("name", ""))
            self._tell(f"— {self.play}")
            self.report({"kind": "play", "play": self.play})
        elif kind == "runner_on_ok" and host:
            changed = bool((data.get("res") or {}).get("changed"))
            self.changed[host] = self.changed.get(host, 0) + changed
            if changed:
                self._tell(f"{host:<20} {data.get('role') or ''}: {data.get('task')}")
            self._report_task(data, host, "changed" if changed else "ok")
        elif kind in ("runner_on_failed", "runner_on_unreachable") and host and not data.get("ignore_errors"):
            why = _reason(data.get("res") or {})
            self.failed[host] = f"{data.get('task')}: {why}"
            self._tell(f"{host:<20} FAILED at {data.get('task')}: {why}")
            self._report_task(data, host, str(kind).removeprefix("runner_on_"), why)
        elif kind == "playbook_on_stats":
            # Of a task that handles a secret only the sum says that it changed something.
            self.changed.update(data.get("changed") or {})
        elif kind == "runner_on_ok" or host:
            self.changed.setdefault(host, 0)
        return True

    def note(self, line: str) -> None:
        """Tell what belongs to no machine."""
        self.say(line)
        self.report({"kind": "note", "reason": line[:REASON_MOST]})

    def _report_task(self, data: Mapping[str, Any], host: str, status: str, reason: str = "") -> None:
        named = ": ".join(str(part) for part in (data.get("role"), data.get("task")) if part)
        self.report({"kind": "task", "host": host, "task": named, "status": status, "reason": reason})

    def _tell(self, line: str) -> None:
        self.say(f"{time.monotonic() - self.began:6.0f} s  {line}")


def _reason(result: Mapping[str, Any]) -> str:
    if result.get("_ansible_no_log") or "censored" in result:
        return CENSORED
    text = str(result.get("msg") or result.get("stderr") or result.get("module_stderr") or "no reason given")
    return re.sub(r"\s+", " ", text)[:REASON_MOST]


def print_line(line: str) -> None:
    """One line to who waits."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def print_event(event: Mapping[str, object]) -> None:
    """One event as a line of JSON to the program that waits; raises OSError when it is gone."""
    print_line(json.dumps(event, ensure_ascii=False))
