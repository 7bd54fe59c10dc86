"""How a chaos run or a bench is called: one name, its options, and a JSON file others read."""

import argparse
import importlib
import json
import pkgutil
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from types import ModuleType
from typing import Any, Protocol

PRIVATE = "_"


class Scenario(Protocol):
    """A module of ``chaos`` or ``bench``: ``run`` does the work, ``add_arguments`` is optional."""

    def run(self, options: argparse.Namespace) -> dict[str, Any]:
        """The figures; with ``ok`` false, the run failed."""
        ...


def scenarios(package: ModuleType) -> dict[str, Any]:
    """Name to module of everything in ``package`` that has a ``run``; names beginning with _ are its own parts."""
    names = [found.name for found in pkgutil.iter_modules(package.__path__) if not found.name.startswith(PRIVATE)]
    modules = {name: importlib.import_module(f"{package.__name__}.{name}") for name in names}
    return {name: module for name, module in modules.items() if hasattr(module, "run")}


def main(package: ModuleType, argv: list[str]) -> int:
    """Run one scenario, or all; 0 when what it measured is as it must be."""
    known = scenarios(package)
    parser = argparse.ArgumentParser(prog=f"./justw {package.__name__}", description=(package.__doc__ or "").strip())
    names = parser.add_subparsers(dest="name", required=True, metavar="NAME")
    for name, module in [*known.items(), ("all", None)]:
        about = (module.__doc__ or "").strip().splitlines()[0] if module else "everything, one after the other"
        one = names.add_parser(name, help=about, description=about)
        one.add_argument("--json", type=Path, metavar="FILE", help="write the figures here")
        if module and hasattr(module, "add_arguments"):
            module.add_arguments(one)
    options = parser.parse_args(argv)
    figures = _everything(known, parser) if options.name == "all" else _one(options.name, known[options.name], options)
    text = json.dumps(figures, indent=1)
    if options.json:
        options.json.write_text(text + "\n")
    sys.stdout.write(text + "\n")
    return 0 if figures.get("ok", True) else 1


def _everything(known: Mapping[str, Any], parser: argparse.ArgumentParser) -> dict[str, Any]:
    found = {name: _one(name, module, parser.parse_args([name])) for name, module in known.items()}
    return {**found, "ok": all(one.get("ok", True) for one in found.values())}


def _one(name: str, module: Scenario, options: argparse.Namespace) -> dict[str, Any]:
    sys.stderr.write(f"{name}: started\n")
    began = time.monotonic()
    figures = module.run(options)
    sys.stderr.write(f"{name}: {time.monotonic() - began:.0f} s\n")
    return figures
