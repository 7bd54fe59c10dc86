#!/usr/bin/python3
"""Run a bundle's own playbook on this very machine. Python's own library only, and what the bundle brings.

``bundle``: a person at the machine installs a bundle. ``fetched``: the machine's service installs the one its programs
fetched, when head office announced it; nothing they wrote is believed but what the operator's key signed. What became
of it stands in ``outcome.json`` in the programs' folder. Exit status 0, or 1 with one line that says what is wrong.
"""

import argparse
import fcntl
import json
import os
import re
import shutil
import stat
import subprocess
import sys
import time
from pathlib import Path

FOLDER = "pull"
OUTCOME = "outcome.json"
READY = "ready.json"
BUNDLE = "bundle"
READY_BYTES_MOST = 4096
TRIES_MOST = 3
"""Runs of one announcement that may be cut off, e.g. by the machine's power, before it is given up."""

REASON_MOST = 300
PYTHON = "/usr/bin/python3"
STEP_SECONDS = 1800


class NotInstalled(Exception):
    """The message says why, in words for the fleet page."""


def main() -> int:
    """Entry point."""
    parser = argparse.ArgumentParser(description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    for name in ("bundle", "fetched"):
        command = commands.add_parser(name)
        command.add_argument("--name", required=True, help="this machine's name in the inventory")
        command.add_argument("--inventory", type=Path, required=True, help="file or folder that names the machines")
        command.add_argument("--signers", type=Path, required=True, help="who may sign (OpenSSH's allowed signers)")
        command.add_argument("--programs", type=Path, default=Path("/opt/interview"), help="folder of programs")
    commands.choices["bundle"].add_argument("bundle", type=Path)
    commands.choices["bundle"].add_argument(
        "--handed", default="/etc/interview/handed", help="what head office handed over"
    )
    commands.choices["bundle"].add_argument("-e", "--set", action="append", default=[], metavar="NAME=VALUE")
    commands.choices["fetched"].add_argument("--fetched", type=Path, required=True, help="the programs' folder of it")
    options = parser.parse_args()
    folder = options.programs / FOLDER
    try:
        folder.mkdir(mode=0o755, parents=True, exist_ok=True)
        with (folder / "lock").open("w") as lock:
            try:
                # A person is told; the service waits, for it would only be started again at once.
                fcntl.flock(lock, fcntl.LOCK_EX | (fcntl.LOCK_NB if options.command == "bundle" else 0))
            except BlockingIOError:
                raise NotInstalled("another run is under way on this machine") from None
            if options.command == "bundle":
                with options.bundle.open("rb") as packed:
                    given = [f"appliance_handed={options.handed}", *options.set]
                    install(options, packed.fileno(), given, sys.stdout)
            else:
                take(options)
    except (NotInstalled, OSError) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


def take(options):
    """Install what was fetched, and leave word; raises NotInstalled, OSError."""
    folder = options.programs / FOLDER
    asked = _asked(options.fetched / READY)
    try:
        tries = _tries(folder / OUTCOME, asked)
        if tries >= TRIES_MOST:
            raise NotInstalled(f"was cut off {tries} times while it was installed")
        _say(folder / OUTCOME, {**asked, "state": "installing", "reason": "", "tries": tries + 1})
        with _opened(options.fetched / BUNDLE) as packed, (folder / "run.log").open("w") as log:
            os.chmod(log.fileno(), 0o600)
            install(options, packed.fileno(), (), log, wanted=asked["bundle"])
        said = {"state": "active", "reason": ""}
    except (NotInstalled, OSError) as error:
        said = {"state": "failed", "reason": str(error)[:REASON_MOST]}
    _say(folder / OUTCOME, {**asked, **said})
    for name in (READY, BUNDLE):
        (options.fetched / name).unlink(missing_ok=True)
    if said["state"] == "failed":
        # A release that did not prove itself stays to be looked at, but not many of them.
        _run([PYTHON, "-I", str(options.programs / "releases.py"), "prune", "--bundle", ""])
        raise NotInstalled(said["reason"])


def install(options, bundle, given, log, wanted=None):
    """Unpack the open bundle after all of it was checked, and run its playbook; raises NotInstalled, OSError.

    It is read once, and each byte is checked as it is written into root's own folder: who may write the file cannot
    change it in between.
    """
    programs, folder = options.programs, options.programs / FOLDER
    checker = programs / "unbundle.py"
    if not checker.exists():
        checker = Path(__file__).with_name("unbundle.py")
    argv = [PYTHON, "-I", str(checker), f"/dev/fd/{bundle}", str(programs / "bundles"), "--signers"]
    done = _run([*argv, str(options.signers)], pass_fds=(bundle,))
    if done.returncode:
        raise NotInstalled(_last_line(done.stderr))
    said = json.loads(done.stdout)
    if wanted not in (None, said["id"]):
        raise NotInstalled(f"the bundle is {said['id']}, and {wanted} was announced")
    unpacked = programs / "bundles" / said["id"]
    facts = folder / "release.bundle.json"
    manifest = json.loads((unpacked / "manifest.json").read_text())
    # What may be left out of a bundle, as far as roles of a node ask for it.
    parts = ["gpu"] if any(name.startswith("debs/nvidia-driver_") for name in manifest["files"]) else []
    held = {"version": said["version"], "id": said["id"], "target": manifest["target"], "parts": parts}
    facts.write_text(json.dumps(held) + "\n")
    signers = folder / "signers"
    shutil.copyfile(options.signers, signers)
    ansible = _ansible(programs, unpacked)
    variables = {
        "appliance_local": "true",
        "appliance_bundle": str(facts).removesuffix(".json"),
        "appliance_signers_file": str(signers),
    }
    argv = [str(ansible), "-i", str(options.inventory), "-l", options.name, "-c", "local"]
    argv += [part for name, value in variables.items() for part in ("-e", f"{name}={value}")]
    argv += [part for text in given for part in ("-e", text)]
    status, lines = _told([*argv, str(unpacked / "playbook/playbooks/site.yml")], unpacked / "playbook", folder, log)
    if status:
        raise NotInstalled(why(lines))


def why(lines):
    """What a run's last failed task said, in one line."""
    task, said = "", ""
    for line in lines:
        named = re.match(r"(?:TASK|RUNNING HANDLER) \[(.*)\] \**$", line)
        failed = re.match(r"(?:fatal|failed): \[[^]]*\].*? => (\{.*)$", line)
        if named:
            task = named[1]
        elif failed:
            try:
                result = json.loads(failed[1])
            except ValueError:
                continue
            text = result.get("msg") or result.get("stderr") or ("not shown" if "censored" in result else "")
            said = f"{task}: " + re.sub(r"\s+", " ", str(text))
    return (said or _last_line("\n".join(lines)))[:REASON_MOST]


def _ansible(programs, unpacked):
    """Ansible of this bundle, from its wheels alone; the program's path. Raises NotInstalled."""
    folder = programs / FOLDER / "ansible"
    mark = folder / "bundle"
    program = folder / "bin/ansible-playbook"
    if mark.exists() and mark.read_text() == unpacked.name:
        return program
    wanted = unpacked / "requirements-playbook.txt"
    if not wanted.exists():
        raise NotInstalled("the bundle has no Ansible for runs on the machine itself")
    uv = str(unpacked / "bin/uv")
    offline = {"UV_CACHE_DIR": str(programs / "cache"), "UV_OFFLINE": "1", "UV_NO_CONFIG": "1"}
    install = [uv, "pip", "install", "--quiet", "--python", str(folder / "bin/python"), "--no-index", "--find-links"]
    install += [str(unpacked / "wheels"), "--require-hashes", "--no-deps", "-r", str(wanted)]
    for argv in ([uv, "venv", "--quiet", "--clear", "--python", PYTHON, str(folder)], install):
        done = _run(argv, env={**os.environ, **offline})
        if done.returncode:
            raise NotInstalled(f"Ansible could not be made ready: {_last_line(done.stderr)}")
    mark.write_text(unpacked.name)
    return program


def _told(argv, playbook, home, log):
    """Run to the end, its lines into ``log``; exit status and the lines. The service that runs this has a deadline."""
    environment = {
        "PATH": f"{Path(argv[0]).parent}:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
        "HOME": str(home),
        "LC_ALL": "C.UTF-8",
        "ANSIBLE_CONFIG": str(playbook / "ansible.cfg"),
        "ANSIBLE_CALLBACK_RESULT_FORMAT": "json",
        "ANSIBLE_NOCOLOR": "1",
        # Modules reach programs of other users without a file that those would have to read.
        "ANSIBLE_PIPELINING": "1",
        "ANSIBLE_LOCAL_TEMP": str(home / "temporary"),
        "ANSIBLE_REMOTE_TEMP": str(home / "temporary"),
    }
    lines = []
    with subprocess.Popen(
        argv, cwd=playbook, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT, text=True, errors="replace",
    ) as running:  # fmt: skip
        for line in running.stdout:
            log.write(line)
            log.flush()
            lines.append(line.rstrip("\n"))
    return running.returncode, lines


def _asked(path):
    """What the node's programs say they fetched; raises NotInstalled. Anybody among them may have written it."""
    try:
        with _opened(path) as file:
            said = json.loads(file.read(READY_BYTES_MOST + 1))
        asked = {name: said[name] for name in ("announcement", "bundle")}
        for name, pattern in (("announcement", r"[0-9a-f-]{36}"), ("bundle", r"[0-9a-f]{16}")):
            if not re.fullmatch(pattern, asked[name]):
                raise ValueError(name)
    except (NotInstalled, OSError, ValueError, KeyError, TypeError):
        # Left there it would start this again at once.
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)
        raise NotInstalled(f"{path} is not what the node's programs write") from None
    return asked


def _opened(path):
    """A plain file, not a link or anything that lets its reader wait."""
    number = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    if not stat.S_ISREG(os.fstat(number).st_mode):
        os.close(number)
        raise NotInstalled(f"{path} is no file")
    return os.fdopen(number, "rb")


def _tries(path, asked):
    """Runs of this announcement that began and did not come to an end."""
    try:
        said = json.loads(path.read_text())
    except (OSError, ValueError):
        return 0
    cut_off = said.get("announcement") == asked["announcement"] and said.get("state") == "installing"
    return int(said.get("tries", 0)) if cut_off else 0


def _say(path, said):
    """Whole or not at all; everybody on the machine may read it."""
    draft = path.with_name(f".{path.name}.new")
    draft.write_text(json.dumps({**said, "at": int(time.time())}) + "\n")
    draft.chmod(0o644)
    with draft.open("rb") as file:
        os.fsync(file.fileno())
    draft.replace(path)


def _run(argv, **more):
    return subprocess.run(argv, capture_output=True, text=True, check=False, timeout=STEP_SECONDS, **more)


def _last_line(text):
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return lines[-1] if lines else "no reason given"


if __name__ == "__main__":
    raise SystemExit(main())
