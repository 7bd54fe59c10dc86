"""``edge-node models fit``: the memory a language model takes for a number of rooms, before it is started."""

import argparse
import json
import sys
from dataclasses import asdict
from pathlib import Path

from edge_node.models import fit, machine, shapes
from edge_node.models.errors import ModelError, ModelMissing
from edge_node.models.fit import Forecast, Plan
from edge_node.models.gguf_header import BadHeader, Header, read
from edge_node.models.manifest import Manifest, Model
from edge_node.models.registry import Registry
from edge_node.models.shapes import Shape, WeightBytes
from edge_node.settings import Settings

_GIGABYTE = 1_000_000_000


def add_arguments(command: argparse.ArgumentParser, settings: Settings) -> None:
    """Options of the command beside those of every ``models`` command."""
    what = command.add_mutually_exclusive_group()
    what.add_argument("--file", type=Path, help="a GGUF file")
    what.add_argument("--shape", choices=sorted(shapes.SHAPES), help="a model by its name, without a file")
    command.add_argument("--quantization", choices=shapes.QUANTIZATIONS, help="as if the model had this one")
    command.add_argument("--rooms", type=_positive, default=settings.rooms_max)
    command.add_argument(
        "--context", type=_positive, default=settings.language.room_context_tokens, help="tokens of one room"
    )
    budget = command.add_mutually_exclusive_group()
    budget.add_argument("--vram", type=float, metavar="GB", help="fit on a GPU with this much free")
    budget.add_argument("--ram", type=float, metavar="GB", help="fit into this much main memory")


def run(manifest: Manifest, settings: Settings, options: argparse.Namespace) -> int:
    """Print the forecast; 0 when it fits, 1 when it does not. Raises ModelError."""
    name, shape, weights = _model(manifest, settings, options)
    gpu = options.vram is not None or (options.ram is None and settings.language.gpu_layers != 0)
    saved_bytes = settings.language.saved_state_megabytes * 1_000_000
    plan = Plan(shape, weights, options.rooms, options.context, gpu, saved_bytes=saved_bytes)
    budget = _budget(options, gpu)
    forecast = fit.forecast(plan)
    fits = budget is None or forecast.total <= budget
    other = [] if fits or budget is None else fit.what_would_fit(plan, budget)
    if options.json:
        _print_json(name, plan, forecast, budget, other)
    else:
        _print(name, plan, forecast, budget, other)
    return 0 if fits else 1


def plan_of(settings: Settings, weights_file: Path) -> Plan:
    """What the language process is about to start. Raises ModelError for a file that is no model."""
    header = _header(weights_file)
    language = settings.language
    return Plan(
        shapes.shape_of(header),
        shapes.weights_in(header),
        settings.rooms_max,
        language.room_context_tokens,
        language.gpu_layers != 0,
        language.context_tokens,
        language.sequences,
        language.saved_state_megabytes * 1_000_000,
    )


def free_bytes(plan: Plan) -> int | None:
    """Memory this machine has for ``plan``; None where nobody says."""
    return machine.free_vram_bytes() if plan.gpu else machine.free_ram_bytes()


def _model(manifest: Manifest, settings: Settings, options: argparse.Namespace) -> tuple[str, Shape, WeightBytes]:
    if options.shape:
        quantization = options.quantization or "Q4_K_M"
        shape = shapes.SHAPES[options.shape]
        return f"{options.shape} {quantization}", shape, shapes.weights_of(shape, quantization)
    if options.file:
        return _from_file(options.file.name, options.file, options.quantization)
    try:
        ready = Registry(settings.models_dir, options.profile, manifest=manifest).path("language")
    except ModelMissing:
        return _named(next(iter(manifest.select(options.profile, role="language"))), options.quantization)
    return _from_file(ready.name, ready.path, options.quantization)


def _from_file(name: str, path: Path, quantization: str | None) -> tuple[str, Shape, WeightBytes]:
    header = _header(path)
    shape = shapes.shape_of(header)
    if quantization:
        return f"{name} as {quantization}", shape, shapes.weights_of(shape, quantization)
    return name, shape, shapes.weights_in(header)


def _named(model: Model, quantization: str | None) -> tuple[str, Shape, WeightBytes]:
    """A model of the manifest whose file is not here, by the size in its name."""
    for name, shape in shapes.SHAPES.items():
        if name.split("-")[1] in model.name.lower() and model.name.lower().startswith("exaone"):
            known = next((q for q in shapes.QUANTIZATIONS if q in model.name), "Q4_K_M")
            chosen = quantization or known
            return f"{name} {chosen}", shape, shapes.weights_of(shape, chosen)
    raise ModelMissing(f"{model.name} is not here and its shape is not known; name its --file or a --shape")


def _header(path: Path) -> Header:
    try:
        return read(path)
    except (BadHeader, OSError) as error:
        raise ModelError(f"{path}: {error}") from error


def _budget(options: argparse.Namespace, gpu: bool) -> int | None:
    given: float | None = options.vram if options.vram is not None else options.ram
    if given is not None:
        return round(given * _GIGABYTE)
    return machine.free_vram_bytes() if gpu else machine.free_ram_bytes()


def _print_json(name: str, plan: Plan, forecast: Forecast, budget: int | None, other: list[str]) -> None:
    cells, sequences = plan.pool
    figures = {
        "model": name,
        "device": "gpu" if plan.gpu else "cpu",
        "rooms": plan.rooms,
        "room_context_tokens": plan.room_context_tokens,
        "context_tokens": cells,
        "sequences": sequences,
        "bytes": asdict(forecast),
        "total_bytes": forecast.total,
        "free_bytes": budget,
        "fits": None if budget is None else forecast.total <= budget,
        "would_fit": other,
    }
    sys.stdout.write(json.dumps(figures, indent=1) + "\n")


def _print(name: str, plan: Plan, forecast: Forecast, budget: int | None, other: list[str]) -> None:
    cells, sequences = plan.pool
    where = "GPU memory" if plan.gpu else "main memory"
    lines = [
        f"{name}: {plan.rooms} rooms of {plan.room_context_tokens} tokens "
        f"({cells} tokens in {sequences} sequences), in {where}",
        f"  weights              {fit.gigabytes(forecast.weights)}",
        *([f"  weights, repacked    {fit.gigabytes(forecast.repacked)}"] if forecast.repacked else []),
        f"  key-value memory     {fit.gigabytes(forecast.key_value)}",
        f"  work space           {fit.gigabytes(forecast.work)}",
        f"  saved conversations  {fit.gigabytes(forecast.saved)}",
        f"  program and driver   {fit.gigabytes(forecast.program)}",
        f"  together             {fit.gigabytes(forecast.total)}",
    ]
    if budget is None:
        lines.append(f"how much {where} is free is not known here; say it with --vram or --ram")
    elif forecast.total <= budget:
        lines.append(f"fits: {fit.gigabytes(budget)} are free")
    else:
        lines.append(f"does not fit: {fit.gigabytes(budget)} are free")
        lines += [f"  would fit: {one}" for one in other] or ["  nothing smaller is known that would fit"]
    sys.stdout.write("\n".join(lines) + "\n")


def _positive(text: str) -> int:
    value = int(text)
    if value < 1:
        raise argparse.ArgumentTypeError("at least 1")
    return value
