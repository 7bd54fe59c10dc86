"""Rules of the tree that a reader would otherwise have to remember."""

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
MOST_LINES = 250
ALONE_MOST_LINES = 300
"""A program of a role is one file, for it is put on a machine by itself."""

TESTS_MOST_LINES = 370
"""A file of tests is read a case at a time."""

BANNED = {"utils", "util", "helpers", "helper", "common", "manager", "managers", "base", "misc"}
GENERATED = re.compile(r"(_pb2\.pyi?$|\.gen\.ts$|package-lock\.json$|openapi\.json$|\.lock$)")

# Written in pieces so that this file does not trip its own net.
REGISTRY_HOSTS = ("py" + "pi.org", "python" + "hosted.org", "npm" + "js.org", "npm" + "js.com", "deb." + "debian.org")
FORBIDDEN = re.compile(
    "|".join(
        (
            *map(re.escape, REGISTRY_HOSTS),
            r"(?<![\w.])/(?:work|root|farm|home/[a-z]+)/",
            r"BEGIN (?:RSA |EC |OPENSSH )?PRIVATE" + " KEY",
            r"\bSU[AO][A-Z2-7]{55}\b",
        )
    )
)
PASSWORD = re.compile(r"""(?i)\b(?:password|passwd|secret|api_key)\b\s*[:=]\s*["'][^"'{}$<\s]{4,}["']""")


def tracked(*patterns: str) -> list[Path]:
    """Files git tracks, or would track, that match the patterns."""
    argv = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "--", *patterns]
    listed = subprocess.run(argv, cwd=ROOT, capture_output=True, text=True, check=True).stdout.splitlines()
    return [ROOT / name for name in listed if (ROOT / name).is_file()]


def code() -> list[Path]:
    return [p for p in tracked("*.py", "*.ts", "*.tsx") if not GENERATED.search(p.name)]


def test_there_is_code_to_check() -> None:
    assert len(code()) > 100


def most_lines(name: str) -> int:
    if name.startswith("tests/") or ".test." in name:
        return TESTS_MOST_LINES
    return ALONE_MOST_LINES if name.startswith("provisioning/roles/") else MOST_LINES


def test_modules_are_short_enough_to_read() -> None:
    lines = {str(p.relative_to(ROOT)): len(p.read_text().splitlines()) for p in code()}
    assert not {name: n for name, n in lines.items() if n > most_lines(name)}


def test_names_say_what_is_inside() -> None:
    vague = [
        str(p.relative_to(ROOT)) for p in code() if BANNED & {part.split(".")[0] for part in p.relative_to(ROOT).parts}
    ]
    assert not vague


def test_no_secret_path_or_registry_host_in_the_repository() -> None:
    found = []
    for path in tracked():
        try:
            text = path.read_text()
        except UnicodeDecodeError:
            continue
        for number, line in enumerate(text.splitlines(), 1):
            if FORBIDDEN.search(line):
                found.append(f"{path.relative_to(ROOT)}:{number}: {line.strip()[:120]}")
    assert not found


def test_no_fixed_password_in_the_product() -> None:
    found = []
    for path in tracked("*.py", "*.ts", "*.tsx", "*.yml", "*.toml", "*.sh", "*.json", "Justfile", "justw"):
        if "tests" in path.relative_to(ROOT).parts or GENERATED.search(path.name) or ".test." in path.name:
            continue
        for number, line in enumerate(path.read_text().splitlines(), 1):
            if PASSWORD.search(line):
                found.append(f"{path.relative_to(ROOT)}:{number}: {line.strip()[:120]}")
    assert not found


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-llama.lock"])
def test_python_locks_have_a_hash_for_every_package_and_no_address(lock: str) -> None:
    text = (ROOT / lock).read_text()
    assert "://" not in text
    joined = text.replace("\\\n", " ")
    packages = [line for line in joined.splitlines() if line and not line.lstrip().startswith("#")]
    assert packages
    assert [line.split()[0] for line in packages if "--hash=sha256:" not in line] == []


@pytest.mark.parametrize("lock", ["proto/package-lock.json", "dashboards/package-lock.json"])
def test_npm_locks_have_no_address(lock: str) -> None:
    assert not re.search(r'"resolved": "\w+://', (ROOT / lock).read_text())
