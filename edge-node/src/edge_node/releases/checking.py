"""Whether what arrived is what was announced, and signed by the operator: before anybody with rights looks at it."""

import asyncio
import hashlib
import json
import shutil
import sys
from asyncio.subprocess import DEVNULL, PIPE
from pathlib import Path

from edge_node.releases.codec import Announcement

SECONDS = 1800.0
CHUNK_BYTES = 1 << 20
NOTHING = "nothing/"
"""No file of a bundle begins so: all are checked and none is unpacked."""


class Unfit(Exception):
    """The release is not one this node may install; the message says why, in words for the fleet page."""


async def check(bundle: Path, wanted: Announcement, checker: Path, signers: Path) -> None:
    """Compare size and digest, then have the machine's own checker look at signature and contents.

    Raises Unfit, OSError.
    """
    if bundle.stat().st_size != wanted.size or await asyncio.to_thread(_sha256, bundle) != wanted.sha256:
        raise Unfit("what came is not what was announced: size or sha256 differ")
    scratch = bundle.with_name("checked")
    argv = (sys.executable, "-I", str(checker), str(bundle), str(scratch), "--signers", str(signers))
    process = await asyncio.create_subprocess_exec(
        *argv, "--only", NOTHING, stdin=DEVNULL, stdout=PIPE, stderr=PIPE, start_new_session=True
    )
    try:
        async with asyncio.timeout(SECONDS):
            out, said = await process.communicate()
    except TimeoutError:
        raise Unfit("the check of its signature and contents did not end") from None
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
        shutil.rmtree(scratch, ignore_errors=True)
    if process.returncode:
        lines = said.decode(errors="replace").strip().splitlines()
        raise Unfit(lines[-1] if lines else "it could not be checked")
    found = json.loads(out)["id"]
    if found != wanted.bundle_id:
        raise Unfit(f"the bundle is {found}, and {wanted.bundle_id} was announced")


def _sha256(path: Path) -> str:
    found = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(CHUNK_BYTES):
            found.update(chunk)
    return found.hexdigest()
