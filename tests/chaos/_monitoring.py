"""The product's own Prometheus and Alertmanager configuration at work, and what arrives where alarms go."""

import asyncio
import contextlib
import json
import os
import shutil
import threading
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import debian_tools
import httpx
import yaml
from provisioning.network import LOOPBACK, answers, free_ports
from provisioning.program import ProgramSpec
from provisioning.supervisor import Supervisor

from chaos._namespaces import NotPossible

ROOT = Path(__file__).parents[2]
OBSERVABILITY = ROOT / "provisioning/observability"
EVERY = "2s"
"""Between two scrapes and two looks at the rules; what the rules wait (``for``) is left as it is."""

Alarm = tuple[str, str]
"""Its name and the node it is about, empty for none."""


@dataclass
class Pager:
    """Receives what Alertmanager sends, by receiver."""

    firing: dict[Alarm, str] = field(default_factory=dict)
    """What fires by now, and at which receiver it came in."""

    seen: list[Alarm] = field(default_factory=list)
    """Everything that was raised since :meth:`forget`."""

    _lock: threading.Lock = field(default_factory=threading.Lock)

    def take(self, receiver: str, message: dict[str, Any]) -> None:
        """One webhook message."""
        with self._lock:
            for alert in message["alerts"]:
                alarm = (alert["labels"]["alertname"], alert["labels"].get("node", ""))
                if alert["status"] == "resolved":
                    self.firing.pop(alarm, None)
                elif alarm not in self.firing:
                    self.firing[alarm] = receiver
                    self.seen.append(alarm)

    def forget(self) -> None:
        """Begin anew."""
        with self._lock:
            self.seen.clear()


@contextlib.contextmanager
def _listening(pager: Pager, port: int) -> Any:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            pager.take(self.path.strip("/"), json.loads(body))
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_: Any) -> None:
            pass

    server = ThreadingHTTPServer((LOOPBACK, port), Handler)
    thread = threading.Thread(target=server.serve_forever, name="pager", daemon=True)
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        server.server_close()
        thread.join(2)


class Monitoring:
    """A running Prometheus with its Alertmanager."""

    def __init__(self, url: str, pager: Pager) -> None:
        self._url = url
        self.pager = pager

    async def query(self, expression: str) -> list[dict[str, Any]]:
        """What Prometheus answers; raises httpx.HTTPStatusError for an expression it does not understand."""
        async with httpx.AsyncClient(base_url=self._url, timeout=10) as http:
            reply = (await http.get("/api/v1/query", params={"query": expression})).raise_for_status().json()
        found: list[dict[str, Any]] = reply["data"]["result"]
        return found

    async def until(self, fits: Callable[[], bool], seconds: float) -> bool:
        """Whether ``fits`` became true in time."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                while not fits():
                    await asyncio.sleep(0.5)
        return fits()


@contextlib.asynccontextmanager
async def monitoring(folder: Path, targets: Path, supervisor: Supervisor) -> AsyncIterator[Monitoring]:
    """Prometheus over the ``targets`` file, with the product's rules and routes. Raises NotPossible."""
    if os.geteuid() != 0:
        raise NotPossible("this needs root: Alertmanager's templates are shown to it in a mount namespace")
    try:
        tools = debian_tools.ensure()
    except debian_tools.NotThere as error:
        raise NotPossible(str(error)) from None
    prometheus, alertmanager, sink = free_ports(3)
    shutil.copytree(OBSERVABILITY / "rules", folder / "rules")
    (folder / "targets").mkdir()
    shutil.copy(targets, folder / "targets/installation.json")
    _configure(folder, alertmanager, sink)
    pager = Pager()
    with _listening(pager, sink):
        await supervisor.start(
            _program("alertmanager", _alertmanager(tools, folder, alertmanager), alertmanager),
            _program(
                "prometheus",
                (
                    str(tools / "prometheus"),
                    f"--config.file={folder / 'prometheus.yml'}",
                    f"--storage.tsdb.path={folder / 'prometheus'}",
                    f"--web.listen-address={LOOPBACK}:{prometheus}",
                ),
                prometheus,
            ),
        )
        yield Monitoring(f"http://{LOOPBACK}:{prometheus}", pager)


def _configure(folder: Path, alertmanager: int, sink: int) -> None:
    """The product's files with this run's ports, and a quicker beat."""
    config = yaml.safe_load((OBSERVABILITY / "prometheus.yml").read_text())
    config["global"] = {"scrape_interval": EVERY, "evaluation_interval": EVERY}
    config["alerting"]["alertmanagers"][0]["static_configs"][0]["targets"] = [f"{LOOPBACK}:{alertmanager}"]
    (folder / "prometheus.yml").write_text(yaml.safe_dump(config))
    routes = yaml.safe_load((OBSERVABILITY / "alertmanager.yml").read_text())
    routes["route"]["group_interval"] = "5s"
    for receiver in routes["receivers"]:
        receiver["webhook_configs"] = [{"url": f"http://{LOOPBACK}:{sink}/{receiver['name']}"}]
    (folder / "alertmanager.yml").write_text(yaml.safe_dump(routes))


def _alertmanager(tools: Path, folder: Path, port: int) -> tuple[str, ...]:
    argv = (
        str(tools / "prometheus-alertmanager"),
        f"--config.file={folder / 'alertmanager.yml'}",
        f"--storage.path={folder / 'alertmanager'}",
        f"--web.listen-address={LOOPBACK}:{port}",
        "--cluster.listen-address=",
    )
    if Path("/usr/share/prometheus/alertmanager/default.tmpl").exists():
        return argv
    # It reads its templates from /usr/share and nowhere else.
    shared = tools.parent / "share"
    mount = f"mount -t overlay overlay -o lowerdir={shared}:/usr/share /usr/share"
    return ("unshare", "-m", "sh", "-c", f'{mount} && exec "$@"', "sh", *argv)


def _program(name: str, argv: tuple[str, ...], port: int) -> ProgramSpec:
    async def probe() -> bool:
        return await answers(port)

    return ProgramSpec(name, argv, probe=probe, ready_seconds=30)
