"""The model of a language bench: the starter's own, or one of another shape with random weights; what it takes."""

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from edge_node.models import fit, gguf_header, manifest, shapes, state
from edge_node.models.digest import sha256_of
from edge_node.models.registry import Registry
from edge_node.settings_sections import LanguageSettings

from bench import _exaone_file


@dataclass(frozen=True)
class Prepared:
    """A model the language process can be started with."""

    path: Path
    models_dir: Path
    profile: str


def prepared(shape: str) -> Prepared:
    """The starter's model, or a generated one; that is kept in the cache. Raises SystemExit."""
    cache = Path(os.environ.get("INTERVIEW_CACHE") or Path.home() / ".cache" / "interview-appliance")
    models_dir = Path(os.environ.get("EDGE_NODE_MODELS_DIR") or cache / "models")
    starter = Registry(models_dir, "starter").path("language").path
    if not shape:
        return Prepared(starter, models_dir, "starter")
    if shape not in shapes.SHAPES:
        raise SystemExit(f"no shape {shape}; there are {', '.join(shapes.SHAPES)}")
    folder = cache / "shapes" / shape
    return placed(shapes.SHAPES[shape], "Q4_K_M", starter, folder)


def placed(shape: shapes.Shape, quantization: str, vocabulary_of: Path, folder: Path) -> Prepared:
    """A generated model in a models folder of its own, under the production profile."""
    model = next(iter(manifest.load().select("production", role="language")))
    path = folder / model.file
    folder.mkdir(parents=True, exist_ok=True)
    if not path.exists():
        size = shapes.weights_of(shape, quantization).total
        if shutil.disk_usage(folder).free < 1.1 * size:
            raise SystemExit(f"{folder} has no room for a model of {fit.gigabytes(size)}")
        sys.stderr.write(f"  writing a model of {fit.gigabytes(size)} with random weights\n")
        part = path.with_suffix(".part")
        _exaone_file.write(part, shape, quantization, vocabulary_of=vocabulary_of)
        part.replace(path)
    ready = state.ReadyFile(
        name=model.name,
        sha256=sha256_of(path),
        size=path.stat().st_size,
        recipe=model.recipe,
        ready_at=datetime.now(UTC).isoformat(),
    )
    state.write(folder, state.State(files={model.file: ready}))
    return Prepared(path, folder, "production")


def require_cuda() -> None:
    """Raises SystemExit that says what is missing for a run on a GPU."""
    if shutil.which("nvidia-smi") is None:
        raise SystemExit("no CUDA GPU here: nvidia-smi is missing, and with it the driver; run without --device cuda")
    # In a process of its own: the library stays out of this one.
    probe = "from llama_cpp import llama_cpp as n; raise SystemExit(not n.llama_supports_gpu_offload())"
    if subprocess.run([sys.executable, "-c", probe], check=False).returncode:
        raise SystemExit(
            "llama.cpp is built without CUDA here: name a wheel built with CMAKE_ARGS=-DGGML_CUDA=ON in LLM_WHEEL"
        )


def memory(process_id: int, model: Prepared, sequences: int, context_tokens: int, *, gpu: bool) -> dict[str, Any]:
    """What the running process takes against the forecast."""
    header = gguf_header.read(model.path)
    plan = fit.Plan(
        shapes.shape_of(header),
        shapes.weights_in(header),
        rooms=sequences,
        room_context_tokens=context_tokens // sequences,
        gpu=gpu,
        context_tokens=context_tokens,
        sequences=sequences,
        # By the end of a run many more conversations have been held than there are sequences.
        saved_bytes=LanguageSettings().saved_state_megabytes * 1_000_000,
    )
    forecast = fit.forecast(plan).total
    measured = _gpu_bytes(process_id) if gpu else _resident_bytes(process_id)
    error = round(forecast / measured - 1, 3) if measured else None
    return {"forecast_bytes": forecast, "measured_bytes": measured, "forecast_error": error}


def processor_seconds(process_id: int) -> float:
    """Processor time a process has used, all its threads together."""
    fields = Path(f"/proc/{process_id}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _resident_bytes(process_id: int) -> int:
    status = Path(f"/proc/{process_id}/status").read_text()
    return next(int(line.split()[1]) * 1024 for line in status.splitlines() if line.startswith("VmRSS"))


def _gpu_bytes(process_id: int) -> int:
    argv = ["nvidia-smi", "--query-compute-apps=pid,used_memory", "--format=csv,noheader,nounits"]
    told = subprocess.run(argv, capture_output=True, text=True, check=True).stdout
    rows = (line.split(",") for line in told.splitlines() if line.strip())
    return sum(int(used) * 1024 * 1024 for found, used in rows if int(found) == process_id)
