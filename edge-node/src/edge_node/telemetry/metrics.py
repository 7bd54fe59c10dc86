"""What a process of the node tells of itself to Prometheus; on loopback, and only where a port is set.

Every process has one registry. A part of the program declares its figures in a ``metrics`` module of its own; labels
are codes, routes and roles, never people.
"""

from collections.abc import Callable
from importlib.metadata import version

from prometheus_client import CollectorRegistry, Counter, Gauge, ProcessCollector, start_http_server

LOOPBACK = "127.0.0.1"

FAST_SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5)
"""Buckets for work that a conversation waits for unnoticed."""

SPOKEN_SECONDS = (0.1, 0.25, 0.5, 0.75, 1, 1.5, 2, 3, 4, 5, 7.5, 10, 15, 30)
"""Buckets for waits a candidate notices."""

registry = CollectorRegistry()
ProcessCollector(registry=registry)

build_info = Gauge("edge_node_build_info", "1; the labels say what runs.", ("process", "version"), registry=registry)

trace_exports_total = Counter(
    "edge_node_trace_exports",
    "Traces posted to the endpoint that is set: sent, failed, or dropped because too many waited.",
    ("result",),
    registry=registry,
)


def serve(process: str, port: int) -> Callable[[], None]:
    """Answer on a loopback port from a thread of its own; returns what ends it. Raises OSError when it is taken."""
    build_info.labels(process, version("edge-node")).set(1)
    server, thread = start_http_server(port, LOOPBACK, registry)

    def stop() -> None:
        server.shutdown()
        server.server_close()
        thread.join(2)

    return stop
