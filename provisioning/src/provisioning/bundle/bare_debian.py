"""A bare Debian in a file: what packages a machine lacks is found in it, and test hosts start from it."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

SUITE = "bookworm"
INCLUDED = (
    *("systemd", "systemd-sysv", "dbus", "libpam-systemd", "openssh-server", "python3-minimal", "python3-apt"),
    *("sudo", "iproute2", "ca-certificates"),
)
"""What an installer leaves on a machine that Ansible can reach; nothing of ours."""

FREE = ("main",)
NON_FREE = ("main", "contrib", "non-free", "non-free-firmware")
"""Components of a mirror: NVIDIA's driver is not free software."""

TOOLS = {"debootstrap": "debootstrap", "zstd": "zstd", "chroot": "coreutils", "dpkg-scanpackages": "dpkg-dev"}


class DebianError(Exception):
    """Something that is needed to make one is missing or failed; the message says what to do."""


def need(tools: dict[str, str]) -> None:
    """Raises DebianError with one line that names every missing tool's package, or that only root may do it."""
    missing = sorted({package for tool, package in tools.items() if shutil.which(tool) is None})
    if missing:
        raise DebianError(f"apt-get install {' '.join(missing)}    (needed here, and missing)")
    if os.geteuid() != 0:
        raise DebianError("only root can make a Debian system in a folder; use sudo")


def image(cache: Path) -> Path:
    """The packed system, made once (a minute or two, needs the network). Raises DebianError."""
    need(TOOLS)
    packed = cache / f"{SUITE}-bare.tar.zst"
    if packed.exists():
        return packed
    cache.mkdir(parents=True, exist_ok=True)
    root = cache / f".{SUITE}-making"
    shutil.rmtree(root, ignore_errors=True)
    sys.stderr.write(f"  making a bare Debian ({SUITE}) once; a minute or two\n")
    run("debootstrap", "--variant=minbase", f"--include={','.join(INCLUDED)}", SUITE, str(root), sources()[SUITE])
    partial = packed.with_suffix(".part")
    run("tar", "-C", str(root), "--zstd", "-cf", str(partial), ".")
    partial.replace(packed)
    shutil.rmtree(root, ignore_errors=True)
    return packed


def sources() -> dict[str, str]:
    """This machine's own mirrors of the suite and its updates, by suite. Raises DebianError when it has none."""
    argv = ["apt-get", "indextargets", "--format", "$(REPO_URI) $(RELEASE) $(COMPONENT)", "Identifier: Packages"]
    done = subprocess.run(argv, capture_output=True, text=True, check=False, timeout=60)
    found = {}
    for line in done.stdout.splitlines():
        address, suite, component = (*line.split(), "", "", "")[:3]
        if component == "main" and suite in (SUITE, f"{SUITE}-updates", f"{SUITE}-security"):
            found[suite] = address
    if SUITE not in found:
        raise DebianError(f"this machine's apt knows no mirror of Debian {SUITE}; name one in /etc/apt/sources.list.d")
    return found


def unpack(packed: Path, root: Path) -> None:
    """Unpack the system into a new folder; raises DebianError."""
    root.mkdir(parents=True)
    run("tar", "-C", str(root), "--zstd", "-xf", str(packed))


def download(root: Path, packages: Sequence[str], target: Path, components: Sequence[str] = FREE) -> None:
    """Fetch what installing ``packages`` on the system in ``root`` takes, as .deb files. Raises DebianError."""
    lines = [f"deb {address} {suite} {' '.join(components)}\n" for suite, address in sorted(sources().items())]
    (root / "etc/apt/sources.list").write_text("".join(lines))
    shutil.copyfile("/etc/resolv.conf", root / "etc/resolv.conf")
    apt = ("chroot", str(root), "apt-get", "-qq", "-o", "APT::Sandbox::User=root", "-o", "Acquire::Retries=3")
    run(*apt, "update")
    run(*apt, "install", "-y", "--no-install-recommends", "--download-only", *packages)
    for path in sorted((root / "var/cache/apt/archives").glob("*.deb")):
        # An epoch's colon is written as %3a in the file's name, and some file servers take it for theirs.
        shutil.copyfile(path, target / path.name.replace("%3a", "~"))


def index(debs: Path) -> str:
    """Write the index apt reads; returns it. Raises DebianError."""
    done = subprocess.run(
        ["dpkg-scanpackages", "-m", "."], cwd=debs, capture_output=True, text=True, check=False, timeout=300
    )
    if done.returncode:
        raise DebianError(f"dpkg-scanpackages: {done.stderr[-500:]}")
    (debs / "Packages").write_text(done.stdout)
    return done.stdout


def run(*argv: str, check: Iterable[int] = (0,)) -> None:
    """Run a tool to its end; raises DebianError with its last lines."""
    done = subprocess.run(argv, capture_output=True, text=True, check=False, timeout=1800)
    if done.returncode not in check:
        raise DebianError(f"{' '.join(argv[:3])}: {(done.stderr or done.stdout)[-800:]}")
