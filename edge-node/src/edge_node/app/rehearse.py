"""The command that holds one rehearsed interview at an installed node."""

import argparse
import asyncio
import contextlib
import ipaddress
import json
import socket
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from edge_node.media.sockets import PortPool
from edge_node.rehearsal.candidate import rehearse
from edge_node.rehearsal.persona import Persona, PersonaError, load, with_habits
from edge_node.rehearsal.report import Report
from edge_node.rehearsal.voice import VoiceError, render_all
from edge_node.settings import Settings

PROGRAM = "edge-node rehearse"


def run(arguments: Sequence[str], settings: Settings) -> int:
    """0 when the interview reached its end, 1 when not, 2 for wrong arguments."""
    del settings  # a rehearsal knows a node only by its URL
    options = _parser().parse_args(arguments)
    try:
        persona = with_habits(load(options.persona), dict(options.habit))
        report = asyncio.run(_rehearse(options, persona))
    except (PersonaError, VoiceError, OSError) as error:
        sys.stderr.write(f"{PROGRAM}: {error}\n")
        return 2
    if options.json:
        options.json.write_text(json.dumps(report.to_json(), ensure_ascii=False, indent=1) + "\n")
    return 0 if report.outcome == "closed" else 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog=PROGRAM, description="A scripted candidate joins the room over WebRTC.")
    parser.add_argument("--url", required=True, help="the kiosk, e.g. http://127.0.0.1:8443")
    parser.add_argument("--code", required=True, help="the join code")
    parser.add_argument("--persona", required=True, help="a persona file, or the name of a packaged one")
    parser.add_argument("--json", type=Path, help="write the report here")
    parser.add_argument("--wav", type=Path, help="record here: candidate left, interviewer right")
    parser.add_argument("--ca", type=Path, help="certificate authority of the kiosk's certificate")
    parser.add_argument("--address", action="append", default=[], help="local address to use; may be repeated")
    parser.add_argument(
        "--habit", action="append", default=[], type=_habit, metavar="NAME=VALUE", help="change a habit of the persona"
    )
    parser.add_argument("--progress", choices=("text", "json"), default="text", help="form of the progress lines")
    return parser


def _habit(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not equals:
        raise argparse.ArgumentTypeError(f"{text!r} is not NAME=VALUE")
    return name, value


async def _rehearse(options: argparse.Namespace, persona: Persona) -> Report:
    began = time.monotonic()

    def tell(step: str, details: Mapping[str, Any]) -> None:
        at = time.monotonic() - began
        if options.progress == "json":
            line = json.dumps({"at": round(at, 3), "step": step, **details}, ensure_ascii=False)
        else:
            line = f"{at:7.1f} s  {step}  " + "  ".join(f"{key}={value}" for key, value in details.items())
        sys.stdout.write(line + "\n")
        sys.stdout.flush()

    sounds = await render_all(persona, lambda done, of: tell("rehearsing", {"answer": done, "of": of}))
    return await rehearse(
        options.url,
        options.code,
        persona,
        network=PortPool(0, 0, options.address or _addresses_towards(options.url)),
        sounds=sounds,
        progress=tell,
        wav=options.wav,
        authority_file=options.ca,
    )


def _addresses_towards(url: str) -> tuple[str, ...]:
    """The local address from which ``url`` is reached; raises OSError for an unknown host."""
    parts = urlsplit(url)
    found = socket.getaddrinfo(parts.hostname, parts.port or 443, type=socket.SOCK_DGRAM)
    family, _, _, _, remote = found[0]
    with contextlib.closing(socket.socket(family, socket.SOCK_DGRAM)) as probe:
        probe.connect(remote)
        return (str(ipaddress.ip_address(probe.getsockname()[0])),)
