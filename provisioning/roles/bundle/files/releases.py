#!/usr/bin/python3
"""Releases and their settings on a machine. Python's own library only.

A release's folder holds, beside its programs, ``settings``: every file it wants on the machine, under its full path;
and ``proved``: those with which it last proved itself. Going back to a release puts its proved settings back, too.
Each command prints JSON; exit status 0, or 1 with one line that says what is wrong.
"""

import argparse
import filecmp
import json
import os
import shutil
import sys
from pathlib import Path

PLACED = "placed.json"
"""In the programs' folder: the files that were put last, so that those a release no longer has are found."""


def main() -> int:
    """Entry point."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--root", type=Path, default=Path("/"), help="the machine's (default: /)")
    here = str(Path(__file__).resolve().parent)
    parser.add_argument("--programs", default=here, help="folder of programs below the root (default: this file's)")
    commands = parser.add_subparsers(dest="command", required=True)
    for name in ("differing", "put"):
        commands.add_parser(name).add_argument("tree", type=Path)
    commands.add_parser("prove").add_argument("release", type=Path)
    prune_ = commands.add_parser("prune")
    prune_.add_argument("--keep", type=int, default=3, help="releases to keep")
    prune_.add_argument("--bundle", required=True, help="id of the bundle in use")
    options = parser.parse_args()
    programs = options.root / options.programs.lstrip("/")
    try:
        if options.command == "differing":
            said = differing(options.tree, options.root, programs)
        elif options.command == "put":
            said = put(options.tree, options.root, programs)
        elif options.command == "prove":
            said = prove(options.release)
        else:
            said = prune(programs, options.keep, options.bundle)
    except (OSError, ValueError) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    sys.stdout.write(json.dumps(said) + "\n")
    return 0


def differing(tree, root, programs):
    """What is on the machine otherwise than in ``tree``: {"other": paths, "gone": paths it no longer has}."""
    wanted = _files(tree)
    other = [name for name in wanted if not _same(tree / name, root / name)]
    gone = [name for name in _placed(programs) if name not in wanted and (root / name).exists()]
    return {"other": [f"/{name}" for name in other], "gone": [f"/{name}" for name in gone]}


def put(tree, root, programs):
    """Make the machine's files those of ``tree``; returns what :func:`differing` said before."""
    said = differing(tree, root, programs)
    for path in said["other"]:
        _replace(tree / path.lstrip("/"), root / path.lstrip("/"))
    for path in said["gone"]:
        (root / path.lstrip("/")).unlink()
    _write(programs / PLACED, json.dumps(_files(tree), indent=1) + "\n")
    return said


def prove(release):
    """Note that a release proved itself with the settings it has now; returns whether that is new."""
    settings, proved = release / "settings", release / "proved"
    names = _files(settings)
    if proved.is_dir() and _files(proved) == names and all(_same(settings / n, proved / n) for n in names):
        return {"changed": False}
    draft, old = release / ".proving", release / ".proved-before"
    for folder in (draft, old):
        shutil.rmtree(folder, ignore_errors=True)
    for name in names:
        _replace(settings / name, draft / name)
    if proved.exists():
        proved.rename(old)
    draft.rename(proved)
    shutil.rmtree(old, ignore_errors=True)
    return {"changed": True}


def prune(programs, keep, bundle):
    """Remove all but the newest releases, their bundles, and the one in use; returns what was removed.

    The release that runs and the one before it stay, however old they are.
    """
    if keep < 2:
        raise ValueError("fewer than 2 releases would leave no way back")
    releases = _newest_first(programs / "releases")
    links = [Path(os.path.realpath(programs / name)) for name in ("current", "previous")]
    kept = [path for path in releases if path.resolve() in links]
    kept += [path for path in releases if path not in kept][: max(0, keep - len(kept))]
    ids = {path.name.rpartition("-")[2] for path in kept}
    bundles = _newest_first(programs / "bundles")
    old = [path for path in releases if path not in kept]
    old += [path for path in bundles if path.name != bundle and path.name[:8] not in ids]
    for path in old:
        shutil.rmtree(path)
    if any(path.parent.name == "releases" for path in old):
        # It holds what removed releases shared. The next release is unpacked anew.
        shutil.rmtree(programs / "cache", ignore_errors=True)
    return {"removed": [str(path.relative_to(programs)) for path in old]}


def _newest_first(folder):
    if not folder.is_dir():
        return []
    found = [path for path in folder.iterdir() if path.is_dir() and not path.is_symlink()]
    return sorted(found, key=lambda path: (path.stat().st_mtime_ns, path.name), reverse=True)


def _files(tree):
    if not tree.is_dir():
        raise ValueError(f"no settings in {tree}")
    return sorted(path.relative_to(tree).as_posix() for path in tree.rglob("*") if path.is_file())


def _placed(programs):
    try:
        said = json.loads((programs / PLACED).read_text())
    except (FileNotFoundError, ValueError):
        return []
    return [name for name in said if isinstance(name, str) and ".." not in Path(name).parts]


def _same(wanted, here):
    if here.is_symlink() or not here.is_file():
        return False
    one, other = wanted.stat(), here.stat()
    alike = (one.st_mode, one.st_uid, one.st_gid) == (other.st_mode, other.st_uid, other.st_gid)
    return alike and filecmp.cmp(wanted, here, shallow=False)


def _replace(source, target):
    """Whole or not at all, also for a program that runs."""
    target.parent.mkdir(parents=True, exist_ok=True)
    draft = target.with_name(f".{target.name}.new")
    shutil.copyfile(source, draft)
    held = source.stat()
    os.chown(draft, held.st_uid, held.st_gid)
    draft.chmod(held.st_mode & 0o7777)
    with draft.open("rb") as file:
        os.fsync(file.fileno())
    draft.replace(target)


def _write(path, text):
    draft = path.with_name(f".{path.name}.new")
    draft.write_text(text)
    draft.replace(path)


if __name__ == "__main__":
    raise SystemExit(main())
