#!/usr/bin/python3
"""Check a bundle and unpack it, or change nothing. Python's own library and ssh-keygen only: it runs on a bare machine.

The signature is checked first, then each file as it is read; the folder appears under its name when all of it is right.
Prints {"version", "id", "changed"}. Exit status 0, or 1 with one line that says what is wrong.
"""

import argparse
import hashlib
import json
import os
import platform
import shutil
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path, PurePosixPath

NAMESPACE = "interview-bundle"
IDENTITY = "operator"
MANIFEST = "manifest.json"
SIGNATURE = "manifest.json.sig"
MANIFEST_BYTES_MOST = 16 << 20
SIGNATURE_BYTES_MOST = 16 << 10
CHUNK_BYTES = 1 << 20
FORMAT = 1


class BundleRefused(Exception):
    """The bundle is not what its maker signed, or not for this machine."""


def main() -> int:
    """Entry point."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("bundle", type=Path)
    parser.add_argument("folder", type=Path, help="where unpacked bundles lie, each under its id")
    parser.add_argument("--signers", type=Path, required=True, help="who may sign (OpenSSH's allowed signers)")
    parser.add_argument("--only", action="append", default=[], metavar="PREFIX", help="unpack these only; check all")
    options = parser.parse_args()
    try:
        said = unpack(options.bundle, options.folder, options.signers, tuple(options.only))
    except (BundleRefused, OSError, tarfile.TarError, EOFError) as error:
        sys.stderr.write(f"bundle refused: {error}\n")
        return 1
    sys.stdout.write(json.dumps(said) + "\n")
    return 0


def unpack(bundle, folder, signers, only=()):
    """Unpack ``bundle`` below ``folder``; raises BundleRefused, OSError or TarError and then leaves nothing behind."""
    with tarfile.open(bundle, "r|") as archive:
        manifest = _take(archive.next(), archive, MANIFEST, MANIFEST_BYTES_MOST)
        signature = _take(archive.next(), archive, SIGNATURE, SIGNATURE_BYTES_MOST)
        _verify(manifest, signature, signers)
        said = _read(manifest)
        _check_target(said["target"])
        target = folder / identity(manifest)
        if (target / MANIFEST).exists():
            return {"version": said["version"], "id": target.name, "changed": False}
        folder.mkdir(parents=True, exist_ok=True)
        draft = Path(tempfile.mkdtemp(prefix=".unpacking-", dir=folder))
        try:
            _extract(archive, said["files"], draft, only)
            (draft / SIGNATURE).write_bytes(signature)
            (draft / MANIFEST).write_bytes(manifest)
            draft.chmod(0o755)
            os.sync()
            draft.rename(target)
        except BaseException:
            shutil.rmtree(draft, ignore_errors=True)
            raise
    return {"version": said["version"], "id": target.name, "changed": True}


def identity(manifest):
    """The name of a bundle's folder: the first 16 digits of its manifest's sha256."""
    return hashlib.sha256(manifest).hexdigest()[:16]


def _take(member, archive, name, most):
    if member is None or member.name != name or not member.isreg() or member.size > most:
        raise BundleRefused(f"{name} is not where it belongs")
    return archive.extractfile(member).read()


def _verify(manifest, signature, signers):
    with tempfile.NamedTemporaryFile() as file:
        file.write(signature)
        file.flush()
        argv = ["ssh-keygen", "-Y", "verify", "-f", str(signers), "-I", IDENTITY, "-n", NAMESPACE, "-s", file.name]
        done = subprocess.run(argv, input=manifest, capture_output=True, timeout=60, check=False)
    if done.returncode:
        raise BundleRefused("the signature is not of a key this machine trusts, or not of this content")


def _read(manifest):
    try:
        said = json.loads(manifest)
        if said["format"] != FORMAT:
            raise BundleRefused(f"format {said['format']}; this machine's playbook reads format {FORMAT}")
        for name, held in said["files"].items():
            parts = PurePosixPath(name).parts
            if not parts or name.startswith("/") or ".." in parts or name in (MANIFEST, SIGNATURE):
                raise BundleRefused(f"a file cannot be called {name!r}")
            if len(held["sha256"]) != 64 or held["bytes"] < 0:
                raise BundleRefused(f"no digest of {name!r}")
        said["version"], said["target"]["python"]
    except (ValueError, KeyError, TypeError) as error:
        raise BundleRefused(f"the manifest cannot be read: {error!r}") from None
    return said


def _check_target(target):
    here = ".".join(platform.python_version_tuple()[:2])
    if target["python"] != here:
        raise BundleRefused(f"made for Python {target['python']}; {here} is here")
    if target["machine"] != platform.machine():
        raise BundleRefused(f"made for {target['machine']}; this is {platform.machine()}")
    flags = set()
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("flags"):
            flags = set(line.partition(":")[2].split())
            break
    missing = sorted(set(target["cpu_flags"]) - flags)
    if missing:
        raise BundleRefused(f"made for processors with {', '.join(missing)}; this one has them not")


def _extract(archive, files, draft, only):
    seen = set()
    # Iterating the archive would begin again at its first member.
    while (member := archive.next()) is not None:
        held = files.get(member.name)
        if held is None or not member.isreg() or member.name in seen:
            raise BundleRefused(f"{member.name!r} is not in the manifest")
        seen.add(member.name)
        wanted = not only or member.name.startswith(only)
        _copy(archive.extractfile(member), held, member.name, draft / member.name if wanted else None)
    missing = sorted(set(files) - seen)
    if missing:
        raise BundleRefused(f"{missing[0]!r} is missing")


def _copy(source, held, name, path):
    found, size = hashlib.sha256(), 0
    if path is not None:
        path.parent.mkdir(parents=True, exist_ok=True)
    with open(path if path is not None else os.devnull, "wb") as out:
        while True:
            chunk = source.read(CHUNK_BYTES)
            if not chunk:
                break
            found.update(chunk)
            size += len(chunk)
            out.write(chunk)
    if found.hexdigest() != held["sha256"] or size != held["bytes"]:
        raise BundleRefused(f"{name!r} is not what was signed")
    if path is not None and name.startswith("bin/"):
        path.chmod(0o755)


if __name__ == "__main__":
    raise SystemExit(main())
