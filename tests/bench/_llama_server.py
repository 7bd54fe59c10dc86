"""llama.cpp's own server, from the same sources and for the same instruction sets as the product's library.

Built once per kind of machine and kept in the cache; an interrupted build goes on where it stopped.
"""

import contextlib
import importlib.util
import os
import re
import shutil
import subprocess
import sys
import tarfile
import time
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import httpx
from provisioning.network import free_ports

ROOT = Path(__file__).parents[2]
LOCK = ROOT / "requirements-llama.lock"
TARGET = "llama-server"
# Without its web page and TLS: nothing is fetched, and neither is measured.
FLAGS = (
    "-DCMAKE_BUILD_TYPE=Release",
    "-DLLAMA_BUILD_UI=OFF",
    "-DLLAMA_USE_PREBUILT_UI=OFF",
    "-DLLAMA_OPENSSL=OFF",
    "-DLLAMA_BUILD_TESTS=OFF",
    "-DLLAMA_BUILD_EXAMPLES=OFF",
    "-DLLAMA_BUILD_APP=OFF",
)
STEP = re.compile(r"^\[\s*(\d+)([/%])")
SECONDS_BETWEEN_REPORTS = 15
START_SECONDS = 120


def say(text: str) -> None:
    """Tell the person waiting."""
    sys.stderr.write(f"  {text}\n")


def binary(*, cuda: bool = False) -> Path:
    """The server's program, built if need be. Raises SystemExit saying what is missing or what failed."""
    wheel = _wheel_script()
    flags = (*FLAGS, *wheel.instruction_flags(Path("/proc/cpuinfo").read_text(), os.uname().machine))
    flags = (*flags, "-DGGML_CUDA=ON") if cuda else flags
    cache = Path(os.environ.get("INTERVIEW_CACHE") or Path.home() / ".cache" / "interview-appliance")
    name = wheel.hashlib.sha256("\n".join((LOCK.read_text(), *flags)).encode()).hexdigest()[:16]
    folder = cache / TARGET / name
    made = folder / "build" / "bin" / TARGET
    if not (folder / "complete").exists():
        _build(folder, flags)
        (folder / "complete").touch()
    return made


def _build(folder: Path, flags: tuple[str, ...]) -> None:
    missing = [tool for tool in ("cmake", "cc", "c++", "make") if shutil.which(tool) is None]
    if missing:
        raise SystemExit(f"{', '.join(missing)} missing; install it: apt-get install build-essential cmake")
    folder.mkdir(parents=True, exist_ok=True)
    source = folder / "source"
    if not (source / "CMakeLists.txt").exists():
        _fetch_source(folder, source)
    say("building llama.cpp's server from source, once for this kind of machine (8 to 15 minutes on 2 cores)")
    log = folder / "build.log"
    _watch(["cmake", "-S", str(source), "-B", str(folder / "build"), *flags], log)
    jobs = str(os.cpu_count() or 1)
    _watch(["cmake", "--build", str(folder / "build"), "--target", TARGET, "-j", jobs], log)


def _fetch_source(folder: Path, source: Path) -> None:
    say("fetching the sources")
    wanted = ["--no-deps", "--no-binary", "llama-cpp-python", "--require-hashes", "-r", str(LOCK)]
    argv = [sys.executable, "-m", "pip", "download", "-q", "--disable-pip-version-check", *wanted, "-d", str(folder)]
    subprocess.run(argv, check=True)
    (archive,) = folder.glob("llama_cpp_python-*.tar.gz")
    fresh = folder / "unpacking"
    shutil.rmtree(fresh, ignore_errors=True)
    with tarfile.open(archive) as sources:
        sources.extractall(fresh, filter="data")
    (vendored,) = fresh.glob("*/vendor/llama.cpp")
    vendored.rename(source)
    shutil.rmtree(fresh)
    archive.unlink()


def _watch(argv: list[str], log: Path) -> None:
    reported = time.monotonic()
    with (
        log.open("a") as kept,
        subprocess.Popen(argv, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as run,
    ):
        assert run.stdout
        for line in run.stdout:
            kept.write(line)
            if STEP.match(line) and time.monotonic() - reported >= SECONDS_BETWEEN_REPORTS:
                reported = time.monotonic()
                say(line.strip()[:70])
    if run.returncode:
        raise SystemExit(f"the build failed with status {run.returncode}; see {log}")


def _wheel_script() -> ModuleType:
    """The script that builds the product's library: it knows the instruction sets."""
    spec = importlib.util.spec_from_file_location("llama_wheel", ROOT / "provisioning" / "llama_wheel.py")
    assert spec
    assert spec.loader
    made = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(made)
    return made


@contextlib.contextmanager
def serving(
    model: Path, *, threads: int, parallel: int, context_tokens: int, gpu_layers: int = 0
) -> Iterator[tuple[str, int]]:
    """URL and process id of a running server with its own defaults for everything else."""
    program, port = binary(cuda=gpu_layers != 0), free_ports(1)[0]
    argv = [str(program), "-m", str(model), "-t", str(threads), "-np", str(parallel), "-c", str(context_tokens)]
    argv += ["--host", "127.0.0.1", "--port", str(port)]
    argv += ["-ngl", "999"] if gpu_layers else []
    url = f"http://127.0.0.1:{port}"
    with subprocess.Popen(argv, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            _await_health(url, process)
            yield url, process.pid
        finally:
            process.terminate()


def _await_health(url: str, process: "subprocess.Popen[bytes]") -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise SystemExit(f"llama.cpp's server ended with status {process.returncode}")
        with contextlib.suppress(httpx.HTTPError):
            if httpx.get(f"{url}/health", timeout=2).status_code == httpx.codes.OK:
                return
        time.sleep(0.2)
    raise SystemExit("llama.cpp's server did not come up")
