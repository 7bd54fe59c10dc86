"""One command a process: ``coordinator migrate|api|ingest|embedder``; ``identity``, ``files`` and others."""

import asyncio
import importlib
import sys

from coordinator import settings

COMMANDS = ("migrate", "api", "ingest", "embedder", "identity", "openapi", "rebuild", "provision-runner")
WITH_ARGUMENTS = ("account", "enrolment-token", "figures-password", "files", "revoke", "rollout")
USAGE = f"usage: coordinator {'|'.join((*COMMANDS, *WITH_ARGUMENTS))}"


def main() -> None:
    """Run the named process or command. Heavy engines load only in the process that needs them."""
    arguments = sys.argv[1:]
    if arguments and arguments[0] in WITH_ARGUMENTS:
        module = importlib.import_module(f"coordinator.app.{arguments[0].replace('-', '_')}")
        raise SystemExit(asyncio.run(module.run(settings.load(), arguments[1:])))
    if len(arguments) != 1 or arguments[0] not in COMMANDS:
        print(USAGE, file=sys.stderr)
        raise SystemExit(0 if arguments in (["-h"], ["--help"]) else 2)
    module = importlib.import_module(f"coordinator.app.{arguments[0].replace('-', '_')}")
    asyncio.run(module.run(settings.load()))


if __name__ == "__main__":
    main()
