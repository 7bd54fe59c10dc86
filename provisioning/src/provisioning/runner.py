"""``provisioning provision``: run a playbook with ansible-runner and tell, machine by machine, how far it is.

What a run leaves behind lies in the artifacts' folder; nothing secret is in it, for every task that handles a secret
says ``no_log``, and the file in which ansible-runner keeps the command with its environment is removed.
"""

import argparse
import json
import os
import re
import sys
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

PLAYBOOKS = ("site", "upgrade", "rollback", "reset", "decommission")
DRIFT = "drift"
KEPT_RUNS = 20
WHY_LINES = 20
KEPT_COMMAND = "command"
"""ansible-runner's file with the whole command line and environment, variables included."""

Say = Callable[[str], None]


@dataclass
class Progress:
    """What is known of each machine while a playbook runs."""

    say: Say
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
        elif kind == "runner_on_ok" and host:
            changed = bool((data.get("res") or {}).get("changed"))
            self.changed[host] = self.changed.get(host, 0) + changed
            if changed:
                self._tell(f"{host:<20} {data.get('role') or ''}: {data.get('task')}")
        elif kind in ("runner_on_failed", "runner_on_unreachable") and host and not data.get("ignore_errors"):
            why = _reason(data.get("res") or {})
            self.failed[host] = f"{data.get('task')}: {why}"
            self._tell(f"{host:<20} FAILED at {data.get('task')}: {why}")
        elif kind == "playbook_on_stats":
            # Of a task that handles a secret only the sum says that it changed something.
            self.changed.update(data.get("changed") or {})
        elif kind == "runner_on_ok" or host:
            self.changed.setdefault(host, 0)
        return True

    def _tell(self, line: str) -> None:
        self.say(f"{time.monotonic() - self.began:6.0f} s  {line}")


def _reason(result: Mapping[str, Any]) -> str:
    if result.get("_ansible_no_log") or "censored" in result:
        return "the output is not shown, for it may hold a secret"
    text = str(result.get("msg") or result.get("stderr") or result.get("module_stderr") or "no reason given")
    return re.sub(r"\s+", " ", text)[:400]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The command's options."""
    parser.add_argument("playbook", choices=(*PLAYBOOKS, DRIFT), help="drift: what site would change, changing nothing")
    parser.add_argument("--inventory", type=Path, required=True, help="folder or file that names the machines")
    parser.add_argument("--bundle", type=Path, help="what `./justw bundle` made")
    parser.add_argument("--bundle-url", default="", help="where machines fetch it by HTTP (default: over SSH)")
    parser.add_argument("--signers", type=Path, help="who may sign (default: the file beside the bundle)")
    parser.add_argument("--limit", default="", help="only these machines")
    parser.add_argument("-e", "--set", action="append", default=[], metavar="NAME=VALUE", help="a variable")
    parser.add_argument("--artifacts", type=Path, default=Path("var/provisioning"), help="folder of what runs leave")
    parser.add_argument("--json", type=Path, help="write what it came to")


def run(options: argparse.Namespace, root: Path) -> int:
    """Run it; 0 when all went well (drift: when nothing has drifted), 1 when not, 2 for wrong arguments."""
    try:
        variables = _variables(options)
    except ValueError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    progress = Progress(print_line)
    status = play(options, root, variables, progress)
    drifted = {host: count for host, count in sorted(progress.changed.items()) if count}
    ok = status == "successful" and not progress.failed and not (options.playbook == DRIFT and drifted)
    if options.json:
        said = {"ok": ok, "status": status, "changed": progress.changed, "failed": progress.failed}
        options.json.write_text(json.dumps(said, indent=1) + "\n")
    for host in sorted({*progress.changed, *progress.failed}):
        print_line(f"{host:<20} {progress.failed.get(host, '') or f'{progress.changed.get(host, 0)} changed'}")
    print_line(f"{options.playbook}: {'done' if ok else status if status != 'successful' else 'not as it should be'}")
    return 0 if ok else 1


def play(options: argparse.Namespace, root: Path, variables: Mapping[str, Any], progress: Progress) -> str:
    """Run the playbook to its end; returns ansible-runner's status.

    It has no deadline of its own: each wait for interviews has one, and a run that is cut off leaves machines between
    two releases. So the first Ctrl-C only says that; the second stops it at once.
    """
    import ansible_runner  # noqa: PLC0415 - slow to load, and needed by this command only

    folder = root / "provisioning"
    drift = options.playbook == DRIFT
    stop = threading.Event()
    options.artifacts.mkdir(mode=0o700, parents=True, exist_ok=True)
    thread, runner = ansible_runner.run_async(
        private_data_dir=str(options.artifacts.resolve()),
        project_dir=str(folder / "playbooks"),
        playbook=f"{'site' if drift else options.playbook}.yml",
        inventory=str(options.inventory.resolve()),
        extravars=dict(variables),
        limit=options.limit or None,
        cmdline="--check --diff" if drift else None,
        quiet=True,
        suppress_env_files=True,
        rotate_artifacts=KEPT_RUNS,
        event_handler=progress.hear,
        cancel_callback=stop.is_set,
        # Unless it is told, ansible-runner turns the check of host keys off for everybody.
        envvars={
            "ANSIBLE_CONFIG": str(folder / "ansible.cfg"),
            "ANSIBLE_HOST_KEY_CHECKING": "True",
            "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', os.defpath)}",
        },
    )
    try:
        _wait(thread, stop, progress.say)
    finally:
        for kept in options.artifacts.glob(f"artifacts/*/{KEPT_COMMAND}"):
            kept.unlink(missing_ok=True)
    if runner.status == "failed" and not progress.failed:
        # No play began: a fault in the inventory or a variable is told nowhere else.
        for line in _last_lines(options.artifacts / "artifacts" / str(runner.config.ident)):
            progress.say(line)
    return str(runner.status)


def _last_lines(folder: Path) -> list[str]:
    texts = [(folder / name).read_text(errors="replace") for name in ("stdout", "stderr") if (folder / name).is_file()]
    return "".join(texts).splitlines()[-WHY_LINES:]


def _wait(thread: threading.Thread, stop: threading.Event, say: Say) -> None:
    warned = False
    while thread.is_alive():
        try:
            thread.join(0.5)
        except KeyboardInterrupt:
            if warned:
                stop.set()
            else:
                say("a machine may be between two releases now; Ctrl-C once more stops all the same")
            warned = True


def _variables(options: argparse.Namespace) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for text in options.set:
        name, equals, value = text.partition("=")
        if not equals or not re.fullmatch(r"[a-z_][a-z0-9_]*", name):
            raise ValueError(f"{text!r} is not NAME=VALUE")
        found[name] = value
    if options.bundle:
        facts = options.bundle.with_name(options.bundle.name + ".json")
        signers = options.signers or options.bundle.with_name(options.bundle.name + ".signers")
        for path in (options.bundle, facts, signers):
            if not path.is_file():
                raise ValueError(f"{path} is missing; ./justw bundle makes it")
        found["appliance_bundle"] = str(options.bundle.resolve())
        found["appliance_bundle_url"] = options.bundle_url
        found["appliance_signers_file"] = str(signers.resolve())
    elif options.playbook in ("site", "upgrade", DRIFT):
        raise ValueError("--bundle is needed; ./justw bundle makes one")
    return found


def print_line(line: str) -> None:
    """One line to who waits."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()
