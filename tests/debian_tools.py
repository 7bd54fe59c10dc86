"""Prometheus, Alertmanager and libfaketime from Debian's archive, unpacked into the cache and never installed."""

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

PACKAGES = ("prometheus", "prometheus-alertmanager", "libfaketime")
PROGRAMS = ("prometheus", "promtool", "prometheus-alertmanager", "amtool")
FETCH_SECONDS = 300


class NotThere(Exception):
    """The message is one line that says what to install."""


def folder() -> Path:
    """Where they are unpacked."""
    cache = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache"))
    return Path(os.environ.get("INTERVIEW_CACHE", cache / "interview-appliance")) / "debian-tools"


def ensure() -> Path:
    """The folder of the programs; fetched at the first call. Raises NotThere without them and without an archive."""
    programs = folder() / "usr/bin"
    if all((programs / name).is_file() for name in PROGRAMS):
        return programs
    if all(shutil.which(name) for name in PROGRAMS):
        return Path(str(shutil.which("prometheus"))).parent
    if shutil.which("apt-get") is None or shutil.which("dpkg") is None:
        raise NotThere("install Prometheus 2.42 and Alertmanager 0.25 or newer: promtool and amtool are needed")
    folder().parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder().parent) as scratch:
        try:
            subprocess.run(
                ["apt-get", "download", "-qq", *PACKAGES],
                cwd=scratch,
                check=True,
                capture_output=True,
                timeout=FETCH_SECONDS,
            )
        except (subprocess.CalledProcessError, subprocess.TimeoutExpired):
            names = " ".join(PACKAGES)
            raise NotThere(f"no package archive is reached; install by hand: apt-get install {names}") from None
        unpacked = Path(scratch) / "root"
        for package in Path(scratch).glob("*.deb"):
            subprocess.run(["dpkg", "-x", package, unpacked], check=True)
        shutil.rmtree(folder(), ignore_errors=True)
        unpacked.rename(folder())
    return programs


def faketime_library() -> Path:
    """The library that shifts a program's clock. Raises NotThere."""
    ensure()
    for root in (folder(), Path("/")):
        found = sorted(root.glob("usr/lib/*/faketime/libfaketime.so.1"))
        if found:
            return found[0]
    raise NotThere("install libfaketime: apt-get install libfaketime")
