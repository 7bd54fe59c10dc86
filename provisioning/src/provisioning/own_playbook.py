"""A release's own playbook, which installs it, taken out of its bundle after the signature was checked."""

import argparse
import json
import shutil
import subprocess
import sys
from pathlib import Path

SECONDS = 1800


def taken_out(options: argparse.Namespace, signers: Path, root: Path) -> Path:
    """Put the bundle's playbook below ``--own-playbook``; its folder. Raises ValueError with what is wrong.

    What checks is the installed playbook's own program, for what comes in a bundle cannot vouch for itself.
    """
    installed = options.playbook_dir or root / "provisioning"
    checker = installed / "roles/bundle/files/unbundle.py"
    folder = options.own_playbook.resolve()
    argv = [sys.executable, str(checker), str(options.bundle), str(folder), "--signers", str(signers)]
    done = subprocess.run([*argv, "--only", "playbook/"], capture_output=True, text=True, check=False, timeout=SECONDS)
    if done.returncode:
        raise ValueError((done.stderr.strip() or "the bundle cannot be checked").splitlines()[-1])
    found = Path(folder / json.loads(done.stdout)["id"])
    for other in folder.iterdir():
        if other != found:
            shutil.rmtree(other, ignore_errors=True)
    return found / "playbook"
