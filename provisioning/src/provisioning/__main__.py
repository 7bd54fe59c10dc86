"""``provisioning up`` serves all in one folder, ``demo`` holds a rehearsed interview in it, ``bundle`` packs it.

``node`` and ``office`` run the programs' own commands with the settings of the installation that is up.
"""

import argparse
import asyncio
import contextlib
import os
import shutil
import signal
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from provisioning import commands, runner
from provisioning.all_in_one import AllInOne, Options
from provisioning.bundle import command as bundle
from provisioning.demo.play import CASTS, DemoError, play
from provisioning.draining import let_interviews_end
from provisioning.program import ProgramError
from provisioning.supervisor import Supervisor

ROOT = Path(__file__).parents[3]


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="provisioning", description=__doc__)
    subcommands = parser.add_subparsers(dest="command", required=True)
    for name in ("up", "demo"):
        command = subcommands.add_parser(name)
        command.add_argument("--data", type=Path, help="folder that keeps everything (default: a temporary one)")
        command.add_argument(
            "--port", type=int, default=0, help="port of the recruiter's dashboard (default: a free one)"
        )
        command.add_argument("--room-port", type=int, default=0, help="port of the room page (default: a free one)")
        command.add_argument(
            "--drain-seconds",
            type=float,
            default=3600.0,
            help="when told to stop, wait so long for running interviews (default: 3600); told twice, stop at once",
        )
        command.add_argument("--profile", default="starter", help="model profile (default: starter)")
        command.add_argument(
            "--recording", action="store_true", help="let the room page ask candidates whether they may be recorded"
        )
        command.add_argument(
            "--room-processes", type=int, default=1, help="processes that hold interviews (default: 1)"
        )
        if name == "demo":
            command.add_argument("--exit", action="store_true", help="stop at the end instead of serving on")
            command.add_argument("--json", type=Path, help="write the figures to this file")
            command.add_argument("--language", choices=CASTS, default="en", help="of the interview (default: en)")
            command.add_argument("--persona", help="who the scripted candidate is (default: the language's own)")
    bundle.add_arguments(subcommands.add_parser("bundle", help="make the signed bundle of this tree"))
    runner.add_arguments(subcommands.add_parser("provision", help="run a playbook on the machines of an inventory"))
    for whose, program in commands.PROGRAMS.items():
        about = f"a command of {program} with the settings of the installation that runs"
        commands.add_arguments(subcommands.add_parser(whose, help=about, description=about), whose)
    return parser.parse_args()


@contextlib.contextmanager
def _data_folder(given: Path | None) -> Iterator[Path]:
    if given:
        given.mkdir(parents=True, exist_ok=True)
        yield given.resolve()
        return
    made = Path(tempfile.mkdtemp(prefix="interviews-"))
    made.chmod(0o711)  # the database runs as an unprivileged user and must reach its own folder
    try:
        yield made
    finally:
        shutil.rmtree(made, ignore_errors=True)


def _show_accounts(system: AllInOne) -> None:
    print(f"\nRecruiter's dashboard: {system.dashboard_url}")
    print(f"Candidate's room page: {system.room_url}")
    for account in system.accounts:
        print(f"  {account.role:<10} {account.email}   password: {account.password}   (shown once)")
    if not system.accounts:
        print("  The accounts of this data folder were made earlier; their passwords were shown then; another:")
        print("  ./justw office account reset-password EMAIL")
    sys.stdout.flush()


async def _run(arguments: argparse.Namespace, data: Path) -> tuple[int, bool]:
    """The exit status, and whether the program was told to stop."""
    stop, hurry = asyncio.Event(), asyncio.Event()
    loop = asyncio.get_running_loop()

    def told_to_stop() -> None:
        (hurry if stop.is_set() else stop).set()

    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, told_to_stop)
    options = Options(
        data=data,
        models=Path(os.environ.get("EDGE_NODE_MODELS_DIR", ROOT / "var/models")),
        room_page=ROOT / "dashboards/room/dist",
        dashboard=ROOT / "dashboards/recruiter/dist",
        dashboard_port=arguments.port,
        room_port=arguments.room_port,
        profile=arguments.profile,
        room_processes=arguments.room_processes,
        recording=arguments.recording,
    )
    async with Supervisor(data / "logs", hurry) as supervisor:
        system = AllInOne(options, supervisor)
        with commands.announced(data, commands.registry()):
            work = asyncio.create_task(_work(arguments, system, stop), name=arguments.command)
            stopped = asyncio.create_task(stop.wait())
            await asyncio.wait({work, stopped}, return_when=asyncio.FIRST_COMPLETED)
            stopped.cancel()
            if stop.is_set():
                await let_interviews_end(system, hurry, arguments.drain_seconds)
                sys.stderr.write("\nStopping every program\n")
            # To serve until told to stop has no end of its own that could be missed.
            unfinished = 0 if arguments.command == "up" else 130
            return await _end(work, told=stop.is_set(), unfinished=unfinished), stop.is_set()


async def _end(work: asyncio.Task[int], *, told: bool, unfinished: int = 130) -> int:
    """The exit status once the work is over, or ended here; ``unfinished`` where it was ``told`` to stop before."""
    if not work.done():
        # Said again: before Python 3.12 `asyncio.wait_for` may lose a cancellation.
        while not work.done():
            work.cancel()
            await asyncio.wait({work}, timeout=0.25)
        return unfinished
    if told and isinstance(work.exception(), (DemoError, ProgramError)):
        sys.stderr.write(f"left unfinished: {work.exception()}\n")
        return unfinished
    return work.result()


async def _work(arguments: argparse.Namespace, system: AllInOne, stop: asyncio.Event) -> int:
    sys.stderr.write("Starting head office and one branch in one folder\n")
    await system.start()
    if arguments.command == "demo":
        cast = CASTS[arguments.language]
        await play(system, replace(cast, persona=arguments.persona or cast.persona), json_path=arguments.json)
        if arguments.exit:
            return 0
    _show_accounts(system)
    if arguments.data is None:
        print("Everything is in a temporary folder and goes with Ctrl-C; --data FOLDER keeps it.")
    print("Its commands, in another terminal: ./justw node --help, ./justw office --help (accounts)")
    print("Serving until Ctrl-C.")
    sys.stdout.flush()
    await stop.wait()
    return 0


def main() -> None:
    """Entry point; exits 1 with a clear line when something does not come up."""
    arguments = _arguments()
    if arguments.command == "bundle":
        raise SystemExit(bundle.run(arguments, ROOT))
    if arguments.command == "provision":
        raise SystemExit(runner.run(arguments, ROOT))
    if arguments.command in commands.PROGRAMS:
        raise SystemExit(commands.run(arguments, arguments.command))
    told = False
    with _data_folder(arguments.data) as data:
        try:
            code, told = asyncio.run(_run(arguments, data))
        except* (ProgramError, DemoError) as group:
            for error in group.exceptions:
                sys.stderr.write(f"\nfailed: {error}\n")
            code = 1
    if told:
        kept = f"{arguments.data} keeps everything" if arguments.data else "The temporary folder is gone"
        sys.stderr.write(f"Goodbye: everything is stopped. {kept}.\n")
    raise SystemExit(code)


if __name__ == "__main__":
    main()
