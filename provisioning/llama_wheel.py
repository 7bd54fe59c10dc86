"""Build the llama.cpp wheel once per machine kind and install it: shows progress, keeps the wheel between runs.

There is no binary wheel on the index. A build takes minutes, so the wheel is kept in a cache folder named after
the source's hash, the build flags and the Python version. The flags name the instruction sets the processor here has,
so a wheel built for one processor is never run on another. The compiler is not left to find them out: virtual machines
announce AMX tiles and then forbid them, and llama.cpp dies of an illegal instruction at its first matrix.
``LLM_WHEEL=/path/to.whl`` names a ready wheel instead (a CUDA build, or an air-gapped site).
"""

import argparse
import hashlib
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

FLAGS = ("-DLLAVA_BUILD=OFF",)
INSTRUCTION_SETS = {
    "AVX": "avx",
    "AVX2": "avx2",
    "FMA": "fma",
    "F16C": "f16c",
    "BMI2": "bmi2",
    "AVX_VNNI": "avx_vnni",
    "AVX512": "avx512f avx512cd avx512vl avx512dq avx512bw",
    "AVX512_VBMI": "avx512vbmi",
    "AVX512_VNNI": "avx512_vnni",
    "AVX512_BF16": "avx512_bf16",
}
"""The build's name of each instruction set that pays, and the kernel's names of what it needs."""

# llama.cpp's shared "common" library serves its own programs only; leaving it out saves a third of the build.
WITHOUT_COMMON = "set(LLAMA_BUILD_COMMON OFF)\n"
STEP = re.compile(r"^\s*\[(\d+)/(\d+)\]")
SECONDS_BETWEEN_REPORTS = 10


def say(text: str) -> None:
    """Tell the person waiting."""
    sys.stderr.write(f"llama.cpp: {text}\n")


def instruction_flags(cpuinfo: str, machine: str) -> tuple[str, ...]:
    """Build flags for the processor of ``/proc/cpuinfo``; other machines than x86-64 are left to the compiler."""
    if machine != "x86_64":
        return ("-DGGML_NATIVE=ON",)
    listed = re.search(r"^flags\s*:(.*)$", cpuinfo, re.MULTILINE)
    here = set(listed[1].split()) if listed else set()
    switches = (
        f"-DGGML_{name}={'ON' if here.issuperset(needs.split()) else 'OFF'}" for name, needs in INSTRUCTION_SETS.items()
    )
    return ("-DGGML_NATIVE=OFF", *switches)


def kernel_flags(cpuinfo: str, machine: str) -> list[str]:
    """The kernel's names of what a wheel built for that processor makes use of; empty where the compiler chose."""
    on = {flag.removeprefix("-DGGML_").removesuffix("=ON") for flag in instruction_flags(cpuinfo, machine)}
    return sorted({need for name, needs in INSTRUCTION_SETS.items() if name in on for need in needs.split()})


def flags() -> tuple[str, ...]:
    """Every flag of a build on this machine."""
    return (*FLAGS, *instruction_flags(Path("/proc/cpuinfo").read_text(), os.uname().machine))


def cache_key(lock: Path) -> str:
    """Names the folder a wheel is kept in: 16 hexadecimal digits."""
    parts = (lock.read_text(), *flags(), WITHOUT_COMMON, sys.version.split()[0])
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]


def build(lock: Path, target: Path) -> Path:
    """Build the locked source (its hash is checked) into ``target``; raises SystemExit with pip's last lines."""
    missing = [tool for tool in ("cc", "c++", "make") if shutil.which(tool) is None]
    if missing:
        raise SystemExit(
            f"llama.cpp: no C++ compiler ({', '.join(missing)}); install it: apt-get install build-essential"
        )
    say("building from source, once for this kind of machine (3 to 8 minutes on 2 cores)")
    with tempfile.TemporaryDirectory() as scratch:
        include = Path(scratch, "without_common.cmake")
        include.write_text(WITHOUT_COMMON)
        # Past pip's cache, which knows neither flags nor processor; and in a clean environment: stray CMAKE_ARGS or
        # CFLAGS of a shell profile would change the build silently.
        keep = ("PATH", "HOME", "LANG", "TMPDIR", "http_proxy", "https_proxy", "no_proxy", "SSL_CERT_FILE")
        environment = {k: v for k, v in os.environ.items() if k in keep or k.startswith("PIP_")}
        environment["CMAKE_ARGS"] = " ".join((*flags(), f"-DCMAKE_PROJECT_llama.cpp_INCLUDE={include}"))
        environment["CMAKE_BUILD_PARALLEL_LEVEL"] = str(os.cpu_count() or 1)
        wheels = Path(scratch, "wheels")
        argv = [
            sys.executable,
            "-m",
            "pip",
            "wheel",
            "-v",
            "--no-cache-dir",
            "--no-deps",
            "--no-binary",
            "llama-cpp-python",
        ]
        argv += ["--require-hashes", "-r", str(lock), "-w", str(wheels)]
        watch(argv, environment)
        target.mkdir(parents=True, exist_ok=True)
        (wheel,) = wheels.glob("*.whl")
        finished = target / wheel.name
        partial = finished.with_suffix(".part")
        shutil.copyfile(wheel, partial)
        partial.replace(finished)
    return finished


def watch(argv: list[str], environment: dict[str, str]) -> None:
    """Run the build, reporting its steps; raises SystemExit when it fails."""
    started = reported = time.monotonic()
    tail: list[str] = []
    with subprocess.Popen(argv, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as pip:
        assert pip.stdout
        for line in pip.stdout:
            tail = [*tail[-40:], line]
            step = STEP.match(line)
            if step and time.monotonic() - reported >= SECONDS_BETWEEN_REPORTS:
                reported = time.monotonic()
                say(f"step {step[1]} of {step[2]}, {reported - started:.0f} s")
    if pip.returncode:
        sys.stderr.write("".join(tail))
        raise SystemExit(f"llama.cpp: the build failed with status {pip.returncode}; the last lines are above")
    say(f"built in {time.monotonic() - started:.0f} s")


def main() -> None:
    """Install the wheel into the running Python: the named one, the kept one, or a new build."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--lock", type=Path, required=True)
    parser.add_argument("--cache", type=Path, required=True)
    arguments = parser.parse_args()
    ready = os.environ.get("LLM_WHEEL")
    if ready:
        wheel = Path(ready)
    else:
        folder = arguments.cache / cache_key(arguments.lock)
        kept = sorted(folder.glob("*.whl"))
        if kept:
            say("using the wheel built earlier on this kind of machine")
        wheel = kept[0] if kept else build(arguments.lock.resolve(), folder)
    command = [sys.executable, "-m", "pip", "install", "-q", "--no-deps", "--no-index", "--force-reinstall", str(wheel)]
    subprocess.run(command, check=True)


if __name__ == "__main__":
    main()
