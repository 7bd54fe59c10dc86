"""Signatures in OpenSSH's form: every machine that Ansible reaches has ``ssh-keygen`` already, so nothing new is
needed to check one. The operator keeps the private key; machines get the line that names the public one."""

import subprocess
from pathlib import Path

NAMESPACE = "interview-bundle"
IDENTITY = "operator"


class SignatureError(Exception):
    """A key could not be made or a file not signed; the message says why."""


def make_key(path: Path) -> Path:
    """An Ed25519 key for signing, without a passphrase; returns its public half. An existing one is kept."""
    public = path.with_name(path.name + ".pub")
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        _run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", NAMESPACE, "-f", str(path))
    return public


def signers_line(public: Path) -> str:
    """The line machines are given: who may sign what. Raises OSError or SignatureError."""
    kind, key = (public.read_text().split() + ["", ""])[:2]
    if not kind.startswith(("ssh-", "sk-ssh-", "ecdsa-")) or not key:
        raise SignatureError(f"{public} is no public key")
    return f'{IDENTITY} namespaces="{NAMESPACE}" {kind} {key}\n'


def sign(file: Path, key: Path) -> Path:
    """Sign ``file``; returns the signature's file beside it."""
    signature = file.with_name(file.name + ".sig")
    signature.unlink(missing_ok=True)
    _run("ssh-keygen", "-q", "-Y", "sign", "-f", str(key), "-n", NAMESPACE, str(file))
    return signature


def _run(*argv: str) -> None:
    try:
        done = subprocess.run(argv, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=60, check=False)
    except FileNotFoundError:
        raise SignatureError("ssh-keygen is missing; install it: apt-get install openssh-client") from None
    if done.returncode:
        raise SignatureError(f"{' '.join(argv[:3])}: {done.stderr.strip()}")
