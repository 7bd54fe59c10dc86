"""``provisioning provision``: run a playbook with ansible-runner and tell, machine by machine, how far it is.

What a run leaves behind lies in the artifacts' folder; nothing secret is in it, for every task that handles a secret
says ``no_log``, and the file in which ansible-runner keeps the command with its environment is removed.
"""

import argparse
import json
import os
import re
import signal
import sys
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from provisioning import descendants
from provisioning.own_playbook import taken_out
from provisioning.progress import Progress, Report, Say, print_event, print_line

PLAYBOOKS = ("site", "upgrade", "rollback", "reset", "decommission")
DRIFT = "drift"
REACHED = "all:!pulled"
"""Nobody looks for drift where nobody gets in."""

KEPT_RUNS = 20
WHY_LINES = 20
KEPT_COMMAND = "command"
"""ansible-runner's file with the whole command line and environment, variables included."""


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
    parser.add_argument("--events", action="store_true", help="tell events as lines of JSON, for a program")
    parser.add_argument(
        "--playbook-dir", type=Path, help="folder of ansible.cfg, playbooks and roles (default: the repository's)"
    )
    parser.add_argument("--own-playbook", type=Path, help="run the bundle's playbook, unpacked below this folder")


def run(options: argparse.Namespace, root: Path) -> int:
    """Run it; 0 when all went well (drift: when nothing has drifted), 1 when not, 2 for wrong arguments."""
    try:
        variables = _variables(options)
        if options.own_playbook and options.bundle:
            options.playbook_dir = taken_out(options, Path(variables["appliance_signers_file"]), root)
    except ValueError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    stop = threading.Event()
    # A program that started this run tells it so to stop; a person is asked twice, below.
    signal.signal(signal.SIGTERM, lambda *_: stop.set())
    progress = Progress(_silent, _until_gone(stop)) if options.events else Progress(print_line)
    status = play(options, root, variables, progress, stop)
    drifted = {host: count for host, count in sorted(progress.changed.items()) if count}
    ok = status == "successful" and not progress.failed and not (options.playbook == DRIFT and drifted)
    if options.json:
        said = {"ok": ok, "status": status, "changed": progress.changed, "failed": progress.failed}
        options.json.write_text(json.dumps(said, indent=1) + "\n")
    progress.report({"kind": "end", "status": status, "changed": progress.changed, "failed": progress.failed})
    for host in sorted({*progress.changed, *progress.failed}):
        progress.say(f"{host:<20} {progress.failed.get(host, '') or f'{progress.changed.get(host, 0)} changed'}")
    progress.say(f"{options.playbook}: {'done' if ok else status if status != 'successful' else 'not as it should be'}")
    return 0 if ok else 1


def _silent(_: str) -> None:
    """What a person would read goes nowhere: standard output is the program's."""


def _until_gone(stop: threading.Event) -> Report:
    """Events as lines; when nobody reads them any more, the run ends: nobody could stop it otherwise."""

    def report(event: Mapping[str, object]) -> None:
        try:
            print_event(event)
        except OSError:
            stop.set()

    return report


def play(
    options: argparse.Namespace,
    root: Path,
    variables: Mapping[str, Any],
    progress: Progress,
    stop: threading.Event | None = None,
) -> str:
    """Run the playbook to its end, or until ``stop``; returns ansible-runner's status.

    It has no deadline of its own: each wait for interviews has one, and a run that is cut off leaves machines between
    two releases. So the first Ctrl-C only says that; the second stops it at once.
    """
    import ansible_runner  # noqa: PLC0415 - slow to load, and needed by this command only

    folder = options.playbook_dir.resolve() if options.playbook_dir else root / "provisioning"
    drift = options.playbook == DRIFT
    stop = stop or threading.Event()
    left: set[descendants.Process] = set()

    def stopped() -> bool:
        if stop.is_set():
            left.update(descendants.below(os.getpid()))
        return stop.is_set()

    options.artifacts.mkdir(mode=0o700, parents=True, exist_ok=True)
    thread, runner = ansible_runner.run_async(
        private_data_dir=str(options.artifacts.resolve()),
        project_dir=str(folder / "playbooks"),
        playbook=f"{'site' if drift else options.playbook}.yml",
        inventory=str(options.inventory.resolve()),
        extravars=dict(variables),
        limit=options.limit or (REACHED if drift else None),
        cmdline="--check --diff" if drift else None,
        quiet=True,
        # Seconds until a wish to stop is noticed.
        settings={"pexpect_timeout": 1},
        suppress_env_files=True,
        rotate_artifacts=KEPT_RUNS,
        event_handler=progress.hear,
        cancel_callback=stopped,
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
        descendants.end(left)
        for kept in options.artifacts.glob(f"artifacts/*/{KEPT_COMMAND}"):
            kept.unlink(missing_ok=True)
    if runner.status == "failed" and not progress.failed:
        # No play began: a fault in the inventory or a variable is told nowhere else.
        for line in _last_lines(options.artifacts / "artifacts" / str(runner.config.ident)):
            progress.note(line)
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


def main() -> int:
    """Entry point for programs: the same command without the rest of this package, and what that needs."""
    parser = argparse.ArgumentParser(prog="provisioning.runner", description=__doc__)
    add_arguments(parser)
    return run(parser.parse_args(), Path(__file__).parents[3])


if __name__ == "__main__":
    raise SystemExit(main())
