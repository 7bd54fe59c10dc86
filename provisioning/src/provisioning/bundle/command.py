"""``provisioning bundle``: make the signed bundle of this tree."""

import argparse
import os
import subprocess
import sys
from pathlib import Path

from provisioning.bundle import build, signature
from provisioning.bundle.bare_debian import DebianError
from provisioning.bundle.closure import ClosureError
from provisioning.bundle.signature import SignatureError
from provisioning.bundle.wheels import WheelError

FAILURES = (ClosureError, DebianError, SignatureError, WheelError, FileNotFoundError)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The command's options."""
    parser.add_argument("--out", type=Path, help="the bundle (default: dist/interview-appliance-VERSION.bundle)")
    parser.add_argument("--version", help="of the product (default: the repository's, with the commit)")
    parser.add_argument("--key", type=Path, help="private key that signs; made when missing (default: in the cache)")
    parser.add_argument("--without-rooms", action="store_true", help="leave out what room PCs show the page with")
    parser.add_argument(
        "--with-gpu",
        action="store_true",
        help="take in NVIDIA's driver (Debian's non-free; its licence is yours to accept)",
    )
    parser.add_argument("--without-models", action="store_true", help="leave out the starter's weights")


def run(options: argparse.Namespace, root: Path) -> int:
    """Make it; 0 when it lies there."""
    cache = Path(os.environ.get("INTERVIEW_CACHE") or Path.home() / ".cache/interview-appliance")
    version = options.version or version_of(root)
    out = options.out or root / "dist" / f"interview-appliance-{version}.bundle"
    key = options.key or cache / "provisioning" / "bundle-key"
    try:
        signature.make_key(key)
        plan = build.Plan(
            root=root,
            cache=cache / "provisioning",
            models=None if options.without_models else Path(os.environ.get("EDGE_NODE_MODELS_DIR") or cache / "models"),
            version=version,
            llama_wheel=build.llama_wheel(root, cache / "wheels"),
            with_rooms=not options.without_rooms,
            with_gpu=options.with_gpu,
        )
        build.build(plan, key, out.resolve())
    except FAILURES as error:
        sys.stderr.write(f"no bundle: {error}\n")
        return 1
    sys.stdout.write(f"{out}  {out.stat().st_size / 1e6:.0f} MB\nwho signed it: {out}.signers\n")
    return 0


def version_of(root: Path) -> str:
    """The product's version with the commit it was built from, as Python writes versions: 0.1.0+g1a2b3c4."""
    line = next(line for line in (root / "pyproject.toml").read_text().splitlines() if line.startswith("version"))
    plain = line.split('"')[1]
    argv = ["git", "-C", str(root), "rev-parse", "--short=7", "HEAD"]
    found = subprocess.run(argv, capture_output=True, text=True, check=False, timeout=30)
    return f"{plain}+g{found.stdout.strip()}" if found.returncode == 0 else plain
