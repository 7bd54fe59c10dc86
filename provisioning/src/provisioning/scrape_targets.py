"""Where the programs of an all-in-one installation tell their figures, as a file Prometheus' ``file_sd`` reads."""

import json
from pathlib import Path

from provisioning.network import LOOPBACK, free_block

FILE = "prometheus-targets.json"
NODE_PROCESSES = ("kiosk", "room", "speech", "language", "vision", "review", "uplink")
"""In the order of their ports; the node's settings give them in the same one."""

COORDINATOR_PROCESSES = ("api", "ingest", "embedder")


def room_processes(count: int) -> tuple[str, ...]:
    """Names of a node's room processes."""
    return ("room", *(f"room-{number}" for number in range(2, count + 1)))


class ScrapeTargets:
    """Ports for one node and one coordinator, free when this was made."""

    def __init__(self, rooms: int = 1) -> None:
        self._node_processes = (*NODE_PROCESSES, *room_processes(rooms)[1:])
        first = free_block(len(self._node_processes) + len(COORDINATOR_PROCESSES))
        self.node_first_port = first
        self._coordinator_first_port = first + len(self._node_processes)

    def coordinator_port(self, process: str) -> int:
        """The port of one of the coordinator's processes; 0 for a program that ends by itself."""
        if process not in COORDINATOR_PROCESSES:
            return 0
        return self._coordinator_first_port + COORDINATOR_PROCESSES.index(process)

    def write(self, folder: Path, node_id: str) -> None:
        """Write the file into ``folder``."""
        groups = [
            _group(self.node_first_port + n, job="edge-node", node=node_id, process=name)
            for n, name in enumerate(self._node_processes)
        ]
        groups += [
            _group(self.coordinator_port(name), job="coordinator", process=name) for name in COORDINATOR_PROCESSES
        ]
        (folder / FILE).write_text(json.dumps(groups, indent=1) + "\n")


def _group(port: int, **labels: str) -> dict[str, object]:
    return {"targets": [f"{LOOPBACK}:{port}"], "labels": labels}
