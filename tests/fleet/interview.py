"""One rehearsed interview at a provisioned node, prepared and looked at through the provisioned head office.

Runs in IT's network, as a program of its own: ``python -m fleet.interview``; prints JSON.
"""

import argparse
import asyncio
import json
import ssl
import sys
import time
from pathlib import Path
from typing import Any

import httpx
from provisioning.demo.play import CASTS, call, prepare, reviewed

SECONDS = 900.0


async def hold(options: argparse.Namespace) -> dict[str, Any]:
    """Prepare, hold, wait for the ratings. Raises DemoError or RuntimeError."""
    began = time.monotonic()
    accounts = {account["role"]: account for account in json.loads(options.accounts.read_text())}
    recruiter = {key: accounts["recruiter"][key] for key in ("email", "password")}
    verify = ssl.create_default_context(cafile=options.ca)
    async with httpx.AsyncClient(base_url=options.coordinator, timeout=60, verify=verify, trust_env=False) as http:
        login = await call(http, "POST", "/api/auth/login", json=recruiter)
        http.headers["Authorization"] = f"Bearer {login['access_token']}"
        created = await prepare(http, CASTS["en"], options.node)
        report = await _rehearse(options, created["join_code"])
        detail = await reviewed(http, created["interview_id"])
    return {
        "interview_id": created["interview_id"],
        "outcome": report["outcome"],
        "turns": sum(len(entry["turns"]) for entry in detail["transcript"]),
        "questions": len(detail["transcript"]),
        "status": detail["status"],
        "coordinator_events": detail.get("events", 0),
        "seconds": round(time.monotonic() - began, 1),
    }


async def _rehearse(options: argparse.Namespace, code: str) -> Any:
    argv = [str(Path(sys.executable).with_name("edge-node")), "rehearse", "--url", options.room, "--code", code]
    argv += ["--persona", CASTS["en"].persona, "--ca", str(options.ca), "--json", str(options.report)]
    process = await asyncio.create_subprocess_exec(*argv, stdout=sys.stderr)
    try:
        status = await asyncio.wait_for(process.wait(), SECONDS)
    except TimeoutError:
        process.kill()
        raise RuntimeError(f"the interview took longer than {SECONDS:.0f} s") from None
    if status:
        raise RuntimeError(f"the rehearsed candidate ended with status {status}")
    return json.loads(options.report.read_text())


def main() -> None:
    """Entry point."""
    parser = argparse.ArgumentParser(description=__doc__)
    for name in ("coordinator", "room", "node"):
        parser.add_argument(f"--{name}", required=True)
    for name in ("accounts", "ca", "report"):
        parser.add_argument(f"--{name}", required=True, type=Path)
    sys.stdout.write(json.dumps(asyncio.run(hold(parser.parse_args()))) + "\n")


if __name__ == "__main__":
    main()
