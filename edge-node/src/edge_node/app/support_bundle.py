"""``edge-node support-bundle``: pack what a colleague needs to help: settings, health, figures, logs. Nobody's data.

With ``--without-node`` also while the node is down: what cannot be asked is missing, and said to be.
"""

import argparse
import asyncio
import contextlib
import platform
import shutil
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from importlib.metadata import version
from pathlib import Path
from typing import Any

import httpx

import edge_node
from edge_node.app.running_node import NoNodeRuns, reached
from edge_node.bus import health
from edge_node.bus.local import Bus
from edge_node.journal.store import JetStreamJournal
from edge_node.models import manifest as manifests
from edge_node.models import state
from edge_node.ports.journal import JournalError
from edge_node.settings import Settings
from edge_node.support.bundle import Bundle, Leak
from edge_node.support.redaction import Redactor, said_by
from edge_node.telemetry.machine_clock import read_clock
from edge_node.uplink.assignments import KitMirror

INTERVIEWS_MOST = 50
"""Whose words are looked for in the finished archive: the newest ones'."""

WORDS_LEAST = 12
JOURNALD = ("journalctl", "-o", "cat", "--no-pager", "--since", "-3d", "-u")
NOT_TOLD = "not told: "
SECRET_FILES = ("*.key", "*.token", "*.creds", "*.pem", "*.password")


def run(arguments: Sequence[str], settings: Settings) -> int:
    """Write the archive and say what is in it; 1 without a running node, or if it would hold what it must not."""
    parser = argparse.ArgumentParser(prog="edge-node support-bundle", description=__doc__)
    stamp = time.strftime("%Y%m%d-%H%M%S")
    kept = settings.data_dir / "support"
    parser.add_argument(
        "--out", "--output", type=Path, help=f"file to write (default: a new one in {kept}, the node's own folder)"
    )
    parser.add_argument("--logs", type=Path, help="folder of log files (default: the logs systemd keeps)")
    parser.add_argument("--without-node", action="store_true", help="write it also while the node is not running")
    options = parser.parse_args(arguments)
    if options.out is None and not settings.data_dir.is_dir():
        return _fail(f"there is no node's folder {settings.data_dir}; say where with --out FILE")
    options.out = options.out or kept / f"support-{settings.node_id}-{stamp}.tar.gz"
    try:
        written, missing = asyncio.run(_pack(options, settings))
    except NoNodeRuns as error:
        return _fail(f"{error}; or --without-node packs what is on this disk")
    except Leak as error:
        return _fail(f"{error} would have held personal data or a secret; please report this")
    except OSError as error:
        return _fail(f"{options.out}: {error.strerror}")
    print(f"{options.out.absolute()}: {', '.join(written)}")
    if missing:
        print(f"missing: {', '.join(missing)}")
    return 0


def _fail(why: str) -> int:
    sys.stderr.write(f"not written: {why}\n")
    return 1


async def _pack(options: argparse.Namespace, settings: Settings) -> tuple[list[str], list[str]]:
    """Names of what is in the written archive, and what is missing; raises NoNodeRuns, Leak, OSError."""
    looked: dict[str, Any] = {}
    missing: list[str] = []
    personal = list(_secrets(settings))
    try:
        async with reached(settings, "support-bundle") as bus:
            node = await health.ask(bus, rooms=settings.rooms)
            looked["health"] = asdict(node) | {"asked_unix_seconds": int(time.time())}
            looked["health"]["down"] = sorted(node.down)
            looked["health"]["rooms"] = {name: seen.rooms_open for name, seen in node.rooms.items()}
            looked["journal"], words = await _journal(bus, settings)
            personal += words
    except NoNodeRuns:
        if not options.without_node:
            raise
        looked["bus"] = "the node's own server does not answer"
        missing += ["health", "record"]
    bundle = Bundle(Redactor(personal, said_by(Path(edge_node.__file__).parent)))
    found, figures = dict(_logs(options.logs, settings.processes)), await _figures(settings)
    missing += [] if any(not text.startswith(NOT_TOLD) for _, text in figures) else ["figures"]
    missing += [] if found else ["logs"]
    bundle.add_json("node.json", _node(settings) | looked | {"missing": missing})
    bundle.add_json("settings.json", settings.model_dump(mode="json"))
    bundle.add_json("models.json", _models(settings))
    for name, text in figures:
        bundle.add_text(f"metrics/{name}.txt", text)
    for name, raw in found.items():
        bundle.add_log(f"logs/{name}.log", raw)
    if options.out.parent == settings.data_dir / "support":
        options.out.parent.mkdir(mode=0o700, exist_ok=True)
    return bundle.write(options.out), missing


def _secrets(settings: Settings) -> Iterator[str]:
    """Every secret that lies in this node's folder, line by line."""
    named = [settings.nats_token_file, settings.room_token_key_file, settings.tls_key_file]
    found = [path for pattern in SECRET_FILES for path in settings.data_dir.glob(f"**/{pattern}")]
    for path in {*filter(None, named), *found}:
        with contextlib.suppress(OSError, UnicodeDecodeError):
            yield from (line.strip() for line in path.read_text().splitlines() if len(line.strip()) >= 16)


async def _journal(bus: Bus, settings: Settings) -> tuple[dict[str, Any], list[str]]:
    """Counts of the record, and the names and words in it that must be nowhere in the archive."""
    journal = JetStreamJournal(bus.client, settings.node_id)
    words: list[str] = []
    kinds: Counter[str] = Counter()
    try:
        interviews = await journal.interviews()
        for kit in await KitMirror(bus.client, settings.node_id).kits():
            words += [kit.candidate_name, *kit.candidate_name.split()]
        for interview_id in interviews[-INTERVIEWS_MOST:]:
            for fact in await journal.replay(interview_id):
                kinds[type(fact.event).__name__] += 1
                said = getattr(fact.event, "text", "")
                words += [said] if len(said) >= WORDS_LEAST else []
        counted = {"last_sequence": await journal.last_sequence(), "interviews": len(interviews)}
    except (JournalError, TimeoutError) as error:
        return {"not_readable": type(error).__name__}, words
    return counted | {"facts_of_the_last_interviews": dict(kinds)}, words


def _node(settings: Settings) -> dict[str, Any]:
    disk: dict[str, Any] = {}
    with contextlib.suppress(OSError):
        usage = shutil.disk_usage(settings.data_dir)
        disk = {"total_bytes": usage.total, "free_bytes": usage.free}
    clock = read_clock()
    return {
        "node_id": settings.node_id,
        "version": version("edge-node"),
        "python": platform.python_version(),
        "system": platform.platform(),
        "disk": disk,
        "clock": {"synchronised": clock.synchronised, "error_max_ms": clock.error_max_ms, "unix_ms": clock.unix_ms},
    }


def _models(settings: Settings) -> list[dict[str, Any]]:
    known = state.read(settings.models_dir)
    found = manifests.load().select(settings.model_profile)
    return [
        {
            "role": model.role,
            "name": model.name,
            "ready": bool(model.packaged) or known.ready(settings.models_dir, model) is not None,
        }
        for model in found
    ]


async def _figures(settings: Settings) -> list[tuple[str, str]]:
    async def ask(http: httpx.AsyncClient, name: str) -> tuple[str, str]:
        try:
            reply = await http.get(f"http://127.0.0.1:{settings.metrics_port(name)}/metrics")
        except httpx.HTTPError as error:
            return name, f"{NOT_TOLD}{type(error).__name__}\n"
        return name, reply.text

    if not settings.metrics_first_port:
        return []
    async with httpx.AsyncClient(timeout=2) as http:
        return list(await asyncio.gather(*(ask(http, name) for name in settings.processes)))


def _logs(folder: Path | None, processes: Sequence[str]) -> Iterator[tuple[str, bytes]]:
    if folder:
        for path in sorted(folder.glob("*.log")):
            with contextlib.suppress(OSError):
                yield path.stem, path.read_bytes()
        return
    if shutil.which(JOURNALD[0]) is None:
        return
    for name in (*processes, "nats"):
        argv = [*JOURNALD, f"interview-{name}"]
        with contextlib.suppress(OSError, subprocess.SubprocessError):
            yield name, subprocess.run(argv, capture_output=True, timeout=30, check=True).stdout
