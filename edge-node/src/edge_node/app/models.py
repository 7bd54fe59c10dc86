"""``edge-node models list|pull|verify|fit``: what weights there are, fetch them, check them, see whether they fit."""

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from edge_node.app import hub_files, models_fit
from edge_node.models import manifest as manifests
from edge_node.models import pull as pulling
from edge_node.models import state
from edge_node.models.errors import ModelError
from edge_node.models.manifest import Manifest, Model
from edge_node.models.pull import Outcome, Wish
from edge_node.models.verify import verify
from edge_node.settings import Settings

_OK = ("ready", "pulled", "packaged")


def run(arguments: Sequence[str], settings: Settings) -> int:
    """Run the command; returns 0 when everything asked for is in place and unchanged."""
    options = _parser(settings).parse_args(arguments)
    manifest = manifests.load()
    try:
        if options.command == "list":
            return _list(manifest, settings.models_dir, options)
        if options.command == "verify":
            return _verify(manifest, settings.models_dir, options)
        if options.command == "fit":
            return models_fit.run(manifest, settings, options)
        return _pull(manifest, settings, options)
    except KeyboardInterrupt:
        sys.stderr.write("stopped; the same command goes on from here\n")
        return 130
    except OSError as error:
        sys.stderr.write(f"disk_failed: {settings.models_dir}: {error.strerror or error}\n")
        return 1
    except ModelError as error:
        sys.stderr.write(f"{error.code}: {error}\n")
        return 1


def _parser(settings: Settings) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="edge-node models", description="The weights of this node.")
    commands = parser.add_subparsers(dest="command", required=True)
    for name, text in (
        ("list", "show every model of a profile"),
        ("pull", "fetch what is missing, check it, make it ready"),
        ("verify", "read every ready file again and compare its sha256"),
        ("fit", "forecast the memory of the language model, and say what would fit"),
    ):
        command = commands.add_parser(name, help=text, description=text)
        command.add_argument("--profile", choices=manifests.PROFILES, default=settings.model_profile)
        command.add_argument("--json", action="store_true", help="print JSON instead of text")
        if name == "fit":
            models_fit.add_arguments(command, settings)
            continue
        command.add_argument("--role", choices=manifests.ROLES)
        command.add_argument("--language", choices=("en", "ko"))
        command.add_argument("--name", help="one model by its name in the list")
        if name == "pull":
            command.add_argument(
                "--mirror",
                default="",
                metavar="URL",
                help="take ready files from https://, file://, or hub: (head office)",
            )
            command.add_argument("--accept-licence", action="append", default=[], metavar="LICENCE")
            command.add_argument(
                "--sha256", default="", metavar="HEX", help="for a file whose sha256 is not known here"
            )
    return parser


def _list(manifest: Manifest, models_dir: Path, options: argparse.Namespace) -> int:
    known = state.read(models_dir)
    rows = [_row(manifest, model, known, models_dir) for model in _selected(manifest, options)]
    if options.json:
        _say(json.dumps(rows, indent=1))
        return 0
    _table(rows, ("role", "languages", "name", "size", "status", "licence"))
    for licence in manifest.licences.values():
        if licence.accept and any(row["licence"] == licence.name for row in rows):
            _say(f"\n{licence.name}: {licence.note} {licence.url}")
    return 0


def _row(manifest: Manifest, model: Model, known: state.State, models_dir: Path) -> dict[str, str]:
    record = known.ready(models_dir, model)
    size = record.size if record else model.size
    return {
        "role": model.role,
        "languages": ",".join(model.languages) or "all",
        "name": model.name,
        "size": f"{size / 1e6:.1f} MB" if size else "-",
        "status": pulling.status(model, known, models_dir),
        "licence": manifest.licences[model.licence].name,
        "file": model.file,
        "sha256": record.sha256 if record else model.sha256,
        "profile": model.profile,
    }


def _pull(manifest: Manifest, settings: Settings, options: argparse.Namespace) -> int:
    models_dir = settings.models_dir
    wish = Wish(
        profile=options.profile,
        role=options.role,
        language=options.language,
        name=options.name,
        mirror=options.mirror,
        accepted=tuple(options.accept_licence),
        sha256=options.sha256.lower(),
    )
    if not pulling.wanted(manifest, wish):
        raise ModelError("nothing in the manifest matches; see `edge-node models list`")
    say = _quiet if options.json else _say
    outcomes = pulling.pull(manifest, models_dir, wish, say, hub_files.fetcher(settings, say))
    if not options.json and all(outcome.status in ("ready", "packaged") for outcome in outcomes):
        _say(f"nothing to do: all {len(outcomes)} models of profile {options.profile} are ready in {models_dir}")
        return 0
    return _report(outcomes, options.json)


def _verify(manifest: Manifest, models_dir: Path, options: argparse.Namespace) -> int:
    known = state.read(models_dir)
    wish = Wish(options.profile, options.role, options.language, options.name)
    always = pulling.wanted(manifest, wish)
    present = [model for model in _selected(manifest, options) if model in always or model.file in known.files]
    return _report(verify(present, models_dir), options.json)


def _report(outcomes: list[Outcome], as_json: bool) -> int:
    rows = [
        {"role": one.model.role, "name": one.model.name, "status": one.status, "detail": one.detail} for one in outcomes
    ]
    if as_json:
        _say(json.dumps(rows, indent=1))
    else:
        _table(rows, ("role", "name", "status", "detail"))
    return 0 if all(one.status in _OK for one in outcomes) else 1


def _selected(manifest: Manifest, options: argparse.Namespace) -> list[Model]:
    return list(manifest.select(options.profile, role=options.role, language=options.language, name=options.name))


def _table(rows: list[dict[str, str]], columns: Sequence[str]) -> None:
    widths = [max(len(column), *(len(row[column]) for row in rows)) if rows else len(column) for column in columns]
    for row in ({column: column.upper() for column in columns}, *rows):
        line = "  ".join(row[column].ljust(width) for column, width in zip(columns, widths, strict=True))
        _say(line.rstrip())


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def _quiet(_: str) -> None:
    """Progress is not part of JSON output."""
