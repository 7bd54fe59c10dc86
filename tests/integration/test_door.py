"""The door, `./justw`: what runs until Ctrl-C ends well, and commands reach the programs as they were typed."""

import json
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PROVISIONING = """#!{python}
import json, os, signal, sys, time
if sys.argv[1] in ("up", "demo"):
    def end(*_):
        print("goodbye", flush=True)
        sys.exit(0)
    signal.signal(signal.SIGINT, end)
print(json.dumps([sys.argv[1:], os.environ["EDGE_NODE_MODELS_DIR"], os.environ["PATH"].split(":")[0]]), flush=True)
while sys.argv[1] in ("up", "demo"):
    time.sleep(0.05)
sys.exit(1 if sys.argv[2] == "refused" else 0)
"""


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """A clone whose packages are installed, with programs that tell how they were called."""
    for name in ("justw", "Justfile", "requirements-tools.txt"):
        shutil.copy(ROOT / name, tmp_path / name)
    for name in (
        *("requirements.lock", "requirements-llama.lock", "provisioning/llama_wheel.py"),
        *("provisioning/pyproject.toml", "edge-node/voice-engine/pyproject.toml"),
    ):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("\n")
    programs = tmp_path / ".venv/bin"
    programs.mkdir(parents=True)
    marks = "cksum < requirements-tools.txt | cut -d' ' -f1; cat requirements.lock requirements-llama.lock"
    marks += " provisioning/llama_wheel.py ./*/pyproject.toml edge-node/voice-engine/pyproject.toml | cksum"
    tools, packages = subprocess.run(
        ["sh", "-c", marks + " | cut -d' ' -f1"], cwd=tmp_path, capture_output=True, text=True, check=True
    ).stdout.split()
    (tmp_path / f".venv/.tools-{tools}").touch()
    (tmp_path / f".venv/.packages-{packages}").touch()
    (programs / "just").symlink_to(Path(sys.executable).parent / "just")
    quiet = "#!/bin/sh\n"
    written = {
        programs / "provisioning": PROVISIONING.format(python=sys.executable),
        tmp_path / "provisioning/web.sh": quiet,
        **{programs / name: quiet for name in ("edge-node", "node", "npm")},
    }
    for path, text in written.items():
        path.write_text(text)
        path.chmod(0o755)
    return tmp_path


def environment(clone: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name != "EDGE_NODE_MODELS_DIR"}
    return {**kept, "INTERVIEW_CACHE": str(clone / "cache")}


@pytest.mark.parametrize("recipe", ["up", "demo"])
def test_ctrl_c_ends_it_with_a_goodbye_and_nothing_else(clone: Path, recipe: str) -> None:
    argv = ["./justw", recipe, "--port", "8080", "--data", "two words"]
    process = subprocess.Popen(
        argv,
        cwd=clone,
        env=environment(clone),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    assert process.stdout
    called = process.stdout.readline()
    assert called == (
        f'[["{recipe}", "--port", "8080", "--data", "two words"], "{clone}/cache/models", "{clone}/.venv/bin"]\n'
    )
    # As a terminal does it: to every process of the foreground group.
    os.killpg(process.pid, signal.SIGINT)
    out, error = process.communicate(timeout=60)
    assert (process.returncode, out, error) == (0, "goodbye\n", "")


@pytest.mark.parametrize("whose", ["node", "office"])
def test_a_command_comes_through_as_it_was_typed(clone: Path, whose: str) -> None:
    argv = ["./justw", whose, "account", "add", "a@b", "--name", 'Kim "M" $HOME; 김민지']
    done = subprocess.run(argv, cwd=clone, env=environment(clone), capture_output=True, text=True, check=True)
    (arguments, models, _) = json.loads(done.stdout)
    assert arguments == [whose, *argv[2:]]
    assert models == f"{clone}/cache/models"
    refused = subprocess.run(
        ["./justw", whose, "refused"], cwd=clone, env=environment(clone), capture_output=True, text=True, check=False
    )
    assert (refused.returncode, refused.stderr) == (1, ""), "the program's own line is enough"
