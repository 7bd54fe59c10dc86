"""Head office as a person with a browser sees it, from IT's network."""

import json
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from fleet.hosts import HUB, Fleet, Host, in_namespace

ASK = """
import json, ssl, sys, httpx
url, ca, accounts, role, path = sys.argv[1:]
account = next(a for a in json.load(open(accounts)) if a["role"] == role)
with httpx.Client(base_url=url, verify=ssl.create_default_context(cafile=ca), trust_env=False, timeout=20) as http:
    token = http.post("/api/auth/login", json={"email": account["email"], "password": account["password"]})
    token.raise_for_status()
    reply = http.get(path, headers={"Authorization": "Bearer " + token.json()["access_token"]})
    reply.raise_for_status()
    print(reply.text)
"""


class HeadOffice:
    """Asks the provisioned coordinator; its first accounts were taken from the machine as an installer does."""

    def __init__(self, fleet: Fleet, host: Host) -> None:
        self._fleet = fleet
        self.host = host
        self.url = f"https://{host.address}"
        self.authority = fleet.folder / "page-ca.pem"
        self.accounts = fleet.folder / "accounts.json"

    def meet(self) -> None:
        """Take the first accounts and the authority from the machine."""
        self.authority.write_text(self._fleet.ssh(self.host, "cat /var/lib/interview/identity/page-ca.pem").stdout)
        self.accounts.write_text(self._fleet.ssh(self.host, "cat /etc/interview/first-accounts.json").stdout)
        self.accounts.chmod(0o600)

    def get(self, path: str, role: str = "admin") -> Any:
        """What the API answers; raises CalledProcessError when it does not."""
        argv = (sys.executable, "-c", ASK, self.url, str(self.authority), str(self.accounts), role, path)
        done = subprocess.run(in_namespace(HUB, *argv), capture_output=True, text=True, check=True, timeout=60)
        return json.loads(done.stdout)

    def nodes(self) -> dict[str, Any]:
        """The fleet page's rows, by node."""
        return {node["node_id"]: node for node in self.get("/api/nodes")}

    def online(self, name: str, seconds: float = 60) -> bool:
        """Whether a node is on the fleet page as online, soon enough."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            try:
                node = self.nodes().get(name)
            except subprocess.CalledProcessError:
                node = None
            if node and node["online"]:
                return True
            time.sleep(1)
        return False

    def secrets(self) -> list[str]:
        """Every password that was shown once."""
        return [account["password"] for account in json.loads(self.accounts.read_text())]

    def interview(self, node: Host) -> Any:
        """Hold a rehearsed interview at a node; raises RuntimeError with the last lines when it does not come off."""
        argv = [sys.executable, "-m", "fleet.interview", "--coordinator", self.url, "--node", node.name]
        argv += ["--room", f"https://{node.address}", "--accounts", str(self.accounts), "--ca", str(self.authority)]
        argv += ["--report", str(self._fleet.folder / "rehearsal.json")]
        done = subprocess.run(
            in_namespace(HUB, *argv),
            capture_output=True,
            text=True,
            check=False,
            timeout=1500,
            cwd=Path(__file__).parents[1],
        )
        if done.returncode:
            raise RuntimeError(done.stderr[-1500:])
        return json.loads(done.stdout)
