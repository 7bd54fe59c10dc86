"""Making a node of this installation known, by the doors any node uses: an administrator's token, `edge-node enrol`."""

import base64
import json
import re
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

import httpx

from provisioning.program import ProgramError, ProgramSpec, run_to_end
from provisioning.secret_files import write_private

_JWT = re.compile(r"-----BEGIN NATS USER JWT-----\s+(\S+)")


def credentials_end(file: Path) -> float:
    """Unix second at which a node's credentials end; 0 without any."""
    found = _JWT.search(file.read_text()) if file.exists() else None
    if found is None:
        return 0.0
    body = found[1].split(".")[1]
    return float(json.loads(base64.urlsafe_b64decode(body + "=" * (-len(body) % 4)))["exp"])


def is_enrolled(file: Path) -> bool:
    """Whether a node's credentials are good, as far as can be seen from here."""
    return credentials_end(file) > time.time()


async def ask_for_token(
    dashboard_url: str, *, email: str, password: str, node_id: str, page_names: Sequence[str] = ()
) -> str:
    """Sign in as an administrator and ask for a node's one-time token; raises ProgramError."""
    try:
        async with httpx.AsyncClient(base_url=dashboard_url, timeout=30, trust_env=False) as http:
            login = await http.post("/api/auth/login", json={"email": email, "password": password})
            login.raise_for_status()
            answer = await http.post(
                "/api/nodes/enrolment-tokens",
                json={"node_id": node_id, "page_names": list(page_names)},
                headers={"Authorization": f"Bearer {login.json()['access_token']}"},
            )
            answer.raise_for_status()
    except httpx.HTTPError as error:
        raise ProgramError(f"no enrolment token for {node_id}: {type(error).__name__}: {error}") from error
    return str(answer.json()["token"])


async def enrol(
    program: Path, environment: Mapping[str, str], log: Path, *, dashboard_url: str, node_id: str, token: str
) -> None:
    """Run `edge-node enrol`; the token is in a file only for that time. Raises ProgramError."""
    token_file = Path(environment["EDGE_NODE_DATA_DIR"]) / "enrolment.token"
    write_private(token_file, token)
    argv = (str(program), "enrol", "--coordinator", dashboard_url, "--name", node_id, "--token-file", str(token_file))
    try:
        await run_to_end(ProgramSpec("node-enrol", argv, environment), log)
    finally:
        token_file.unlink(missing_ok=True)
