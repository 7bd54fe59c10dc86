"""What a process of the node tells of itself to Prometheus; on loopback, and only where a port is set."""

from collections.abc import Callable

from prometheus_client import CollectorRegistry, Gauge, start_http_server

LOOPBACK = "127.0.0.1"

Figure = tuple[str, str, Callable[[], float]]
"""Name without the prefix, what it says, and how it is read at the moment it is asked for."""


class Metrics:
    """Figures of one process, read when they are asked for."""

    def __init__(self, figures: list[Figure]) -> None:
        self._registry = CollectorRegistry()
        for name, meaning, read in figures:
            Gauge(f"edge_node_{name}", meaning, registry=self._registry).set_function(read)

    def serve(self, port: int) -> Callable[[], None]:
        """Answer on a loopback port from a thread of its own; returns what ends it. Raises OSError."""
        server, thread = start_http_server(port, LOOPBACK, self._registry)

        def stop() -> None:
            server.shutdown()
            server.server_close()
            thread.join(2)

        return stop
