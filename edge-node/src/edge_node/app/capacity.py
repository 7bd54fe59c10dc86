"""``edge-node capacity``: how many rooms this machine holds, by what was measured, and what its disk needs a month."""

import argparse
import json
import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from importlib import resources
from pathlib import Path
from typing import Any

from edge_node.app import models_fit
from edge_node.app.disk import MEGABYTE
from edge_node.models import fit
from edge_node.models.errors import ModelError
from edge_node.models.registry import Registry
from edge_node.settings import Settings

FIGURES = "capacity_figures.json"
"""What ``./justw bench capacity`` wrote on the machine named in it."""

BUSY_MOST = 0.7
"""Share of the processor rooms may take: the rest is for reviews, and for the moments in which answers end together."""

ROOMS_MOST = 51
"""One UDP port of 50000-50050 each."""

DAYS = 30
RECORDING_BYTES_A_SECOND = 3_100
"""A recorded voice at 24 kbit/s, with its seals."""

MAIN_MEMORY_KEPT_BYTES = 1_000_000_000


@dataclass(frozen=True)
class Limits:
    """Rooms each resource holds; None where that is not known here."""

    processor: int
    memory: int | None
    ports: int = ROOMS_MOST

    @property
    def rooms(self) -> int:
        """The fewest."""
        return min(value for value in (self.processor, self.memory, self.ports) if value is not None)

    @property
    def limit(self) -> str:
        """What holds the fewest."""
        known = {"processor": self.processor, "memory": self.memory, "ports": self.ports}
        return min((name for name, value in known.items() if value is not None), key=lambda name: known[name] or 0)


def run(arguments: Sequence[str], settings: Settings) -> int:
    """Print what this machine holds; 2 for figures that cannot be read."""
    parser = argparse.ArgumentParser(prog="edge-node capacity", description=__doc__)
    parser.add_argument("--figures", type=Path, help="what `./justw bench capacity --json FILE` wrote on this machine")
    parser.add_argument("--cores", type=int, default=os.cpu_count() or 1, help="processor cores (default: these)")
    parser.add_argument("--interviews-a-day", type=int, default=20, help="of the whole node (default: 20)")
    parser.add_argument("--minutes", type=int, default=30, help="of one interview, where voices are recorded")
    parser.add_argument("--json", action="store_true", help="print JSON instead of text")
    options = parser.parse_args(arguments)
    try:
        figures = _figures(options.figures)
        held = _limits(settings, figures, options.cores)
        disk = disk_month_bytes(figures, options.interviews_a_day)
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        sys.stderr.write(f"the figures cannot be read: {type(error).__name__}: {error}\n")
        return 2
    told = {
        "rooms": held.rooms,
        "limit": held.limit,
        "by": {"processor": held.processor, "memory": held.memory, "ports": held.ports},
        "cores": options.cores,
        "cores_per_room": round(room_cores(figures, gpu=settings.language.gpu_layers != 0), 3),
        "disk_bytes_a_month": disk,
        "recordings_bytes": recordings_bytes(settings, options.interviews_a_day, options.minutes),
        "interviews_a_day": options.interviews_a_day,
        "measured_on": figures["machine"],
        "measured": figures["measured"],
        "profile": figures["profile"],
        "measured_here": options.figures is not None,
    }
    sys.stdout.write(json.dumps(told, indent=1) + "\n" if options.json else _text(told, settings))
    return 0


def room_cores(figures: dict[str, Any], *, gpu: bool) -> float:
    """Cores one open room takes. With a GPU the model's share is left out: it is not the processor's."""
    parts = {name: float(used) for name, used in figures["room_cpu_ms_s"].items() if not (gpu and name == "language")}
    review = 0.0 if gpu else float(figures["review_cpu_s"]) / (float(figures["minutes"]) * 60)
    return sum(parts.values()) / 1000 + review


def processor_rooms(figures: dict[str, Any], cores: int, *, gpu: bool) -> int:
    """Rooms the processor holds beside what the node takes when nobody is there."""
    idle = sum(float(used) for used in figures["idle_cpu_ms_s"].values()) / 1000
    a_room = room_cores(figures, gpu=gpu)
    if a_room <= 0:
        raise ValueError("a room costs nothing in them")
    return max(0, int((cores * BUSY_MOST - idle) / a_room))


def disk_month_bytes(figures: dict[str, Any], interviews_a_day: int) -> int:
    """Record and logs of a month."""
    return DAYS * interviews_a_day * (int(figures["record_bytes"]) + int(figures["log_bytes"]))


def recordings_bytes(settings: Settings, interviews_a_day: int, minutes: int) -> int:
    """Disk recordings take at once if everybody agrees to one and head office answers; never more than their share."""
    if not settings.recording.allowed:
        return 0
    one = minutes * 60 * RECORDING_BYTES_A_SECOND
    kept = round(interviews_a_day * (settings.recording.kept_days + 1) * one)
    return min(kept, settings.recording.megabytes_most * MEGABYTE)


def _figures(path: Path | None) -> dict[str, Any]:
    text = path.read_text() if path else resources.files("edge_node.app").joinpath(FIGURES).read_text()
    found = json.loads(text)
    if not isinstance(found, dict):
        raise ValueError("not an object")
    return found


def _limits(settings: Settings, figures: dict[str, Any], cores: int) -> Limits:
    processor = processor_rooms(figures, cores, gpu=settings.language.gpu_layers != 0)
    return Limits(processor, _memory_rooms(settings))


def _memory_rooms(settings: Settings) -> int | None:
    """Rooms the language model's memory is enough for; None without weights or without a word of how much there is."""
    try:
        ready = Registry(settings.models_dir, settings.model_profile).path("language")
        plan = models_fit.plan_of(settings, ready.path)
    except ModelError:
        return None
    free = models_fit.free_bytes(plan)
    if free is None:
        return None
    if not plan.gpu:
        free -= MAIN_MEMORY_KEPT_BYTES
    counts = range(ROOMS_MOST, 0, -1)
    of_a_room = (replace(plan, rooms=rooms, context_tokens=0, sequences=0) for rooms in counts)
    return next((one.rooms for one in of_a_room if fit.forecast(one).total <= free), 0)


def _text(told: dict[str, Any], settings: Settings) -> str:
    where = "this machine" if told["measured_here"] else "another machine"
    memory = "not known here" if told["by"]["memory"] is None else f"{told['by']['memory']} rooms"
    kind = "GPU memory" if settings.language.gpu_layers else "main memory"
    lines = [
        f"{told['rooms']} rooms; the {told['limit']} is what ends first",
        f"  processor     {told['by']['processor']} rooms ({told['cores_per_room']:.2f} of {told['cores']} cores each,"
        f" {BUSY_MOST:.0%} of them for rooms)",
        f"  {kind:<13} {memory}",
        f"  media ports   {told['by']['ports']} rooms",
        f"disk: {told['disk_bytes_a_month'] / 1e6:.0f} MB a month for {told['interviews_a_day']} interviews a day",
        f"recordings: {told['recordings_bytes'] / 1e6:.0f} MB at once"
        + ("" if settings.recording.allowed else " (nobody is recorded here)"),
        f"measured {told['measured']} on {where}: {told['measured_on']['cores']} cores,"
        f" {told['measured_on']['processor']}; models: {told['profile']}",
    ]
    if not told["measured_here"]:
        lines.append("cores differ: `./justw bench capacity --json FILE` measures yours; give it as --figures FILE")
    return "\n".join(lines) + "\n"
