"""``provisioning node|office``: the programs' own commands, with the settings of an installation on this machine."""

import argparse
import contextlib
import json
import os
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

from provisioning.data_folder import holder
from provisioning.program import BIN, child_environment
from provisioning.secret_files import write_private

FILE = "commands.json"
PROGRAMS = {"node": "edge-node", "office": "coordinator"}
COMMANDS = {
    "node": ("capacity", "drain", "enrol", "journal", "models", "probe", "rehearse", "support-bundle"),
    "office": ("account", "enrolment-token", "figures-password", "files", "revoke", "rollout"),
}
FREE = ("capacity", "models", "rehearse")
"""What needs no installation."""

LIVE = ("drain", "journal", "probe")
"""What asks a node that runs."""


class NotCalled(Exception):
    """The command was not run; the message says why and what to do."""


def add_arguments(parser: argparse.ArgumentParser, whose: str) -> None:
    """The options of ``provisioning node`` or ``office``."""
    parser.add_argument(
        "--data", type=Path, help="folder of the installation (default: the one that runs on this machine)"
    )
    parser.add_argument(
        "words", nargs=argparse.REMAINDER, metavar="COMMAND ...", help=f"one of {', '.join(COMMANDS[whose])}"
    )


def run(arguments: argparse.Namespace, whose: str) -> int:
    """Become the program; 1 with one line where that cannot be, 2 for what is no command."""
    try:
        argv, environment = call(whose, arguments.words, arguments.data, running(registry()))
    except NotCalled as error:
        sys.stderr.write(f"{error}\n")
        return 1 if arguments.words and arguments.words[0] in COMMANDS[whose] else 2
    os.execve(argv[0], argv, dict(environment))  # noqa: S606 - this installation's own program


def call(
    whose: str, command: list[str], given: Path | None, found: list[Path]
) -> tuple[tuple[str, ...], Mapping[str, str]]:
    """What to execute and with which environment; ``found`` are the installations that run. Raises NotCalled."""
    name = command[0] if command else ""
    if name not in COMMANDS[whose]:
        raise NotCalled(f"usage: ./justw {whose} [--data FOLDER] {'|'.join(COMMANDS[whose])} [--help]")
    program = str(BIN / PROGRAMS[whose])
    if given is None and len(found) > 1:
        folders = ", ".join(map(str, found))
        raise NotCalled(f"several installations run: {folders}; say which: ./justw {whose} --data FOLDER {name}")
    data = given.resolve() if given else next(iter(found), None)
    if data is None:
        if name in FREE or "--help" in command:
            return (program, *command), dict(os.environ)
        raise NotCalled(
            "no installation runs on this machine: ./justw up starts one; one that was kept and is stopped:"
            f" ./justw {whose} --data FOLDER {name}"
        )
    try:
        environment: dict[str, str] = {**json.loads((data / FILE).read_text())[whose]}
    except (OSError, ValueError, KeyError, TypeError):
        raise NotCalled(f"{data} holds no installation that was up: ./justw up --data {data}") from None
    if name in LIVE and holder(data) is None and "--help" not in command:
        raise NotCalled(f"the installation in {data} is not running: ./justw up --data {data} starts it")
    if name == "support-bundle" and not any(word.split("=")[0] == "--logs" for word in command):
        command = [*command, "--logs", str(data / "logs")]
    return (program, *command), {**child_environment(), **environment}


def write(data: Path, *, node: Mapping[str, str], office: Mapping[str, str]) -> None:
    """Keep the settings the programs were started with, for commands called by hand."""
    write_private(data / FILE, json.dumps({"node": dict(node), "office": dict(office)}, indent=1) + "\n")


def registry() -> Path:
    """The folder in which installations that run are named, of this user."""
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "interview-appliance"
    return Path(os.environ.get("INTERVIEW_CACHE") or cache) / "running"


@contextlib.contextmanager
def announced(data: Path, folder: Path) -> Iterator[None]:
    """Name the installation of this process in ``folder`` as long as the block runs."""
    entry = folder / str(os.getpid())
    try:
        folder.mkdir(parents=True, exist_ok=True)
        entry.write_text(str(data))
    except OSError as error:
        sys.stderr.write(
            f"  ./justw node and office need --data {data}: {folder} cannot be written ({error.strerror})\n"
        )
    try:
        yield
    finally:
        with contextlib.suppress(OSError):
            entry.unlink(missing_ok=True)


def running(folder: Path) -> list[Path]:
    """The installations that run; what a killed process left is cleared away."""
    found = []
    for entry in sorted(folder.glob("[0-9]*")):
        with contextlib.suppress(OSError, UnicodeDecodeError):
            data = Path(entry.read_text())
            if str(holder(data)) == entry.name:
                found.append(data)
                continue
        with contextlib.suppress(OSError):
            entry.unlink(missing_ok=True)
    return found
