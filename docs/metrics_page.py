"""Every figure the programs tell Prometheus, read from the modules that declare them."""

import importlib
from collections.abc import Iterator
from dataclasses import dataclass
from types import ModuleType

from edge_node.telemetry.gpu import FAMILIES, LABELS
from prometheus_client.metrics import MetricWrapperBase

SECTIONS = (
    ("Every process of a node", "edge_node.telemetry.metrics"),
    ("Every process of a node: the bus", "edge_node.bus.metrics"),
    ("`kiosk`", "edge_node.kiosk.metrics"),
    ("`room` and `review`: the journal", "edge_node.journal.metrics"),
    ("`room`", "edge_node.room.metrics"),
    ("`room` and `uplink`: recordings", "edge_node.recording.metrics"),
    ("`speech`", "edge_node.speech.metrics"),
    ("`language`", "edge_node.language.metrics"),
    ("`vision`", "edge_node.vision.metrics"),
    ("`review`", "edge_node.review.metrics"),
    ("`uplink`", "edge_node.uplink.metrics"),
    ("Coordinator", "coordinator.telemetry.metrics"),
)
GPU = "`language`, where there is an NVIDIA driver"


@dataclass(frozen=True)
class Figure:
    """One family of series. ``name`` is the one queries use, without a histogram's endings."""

    name: str
    kind: str
    labels: tuple[str, ...]
    meaning: str

    @property
    def series(self) -> tuple[str, ...]:
        """Names of the series a query may ask for."""
        if self.kind == "histogram":
            return tuple(f"{self.name}_{part}" for part in ("bucket", "sum", "count"))
        return (self.name,)


def figures() -> dict[str, list[Figure]]:
    """All of them, by section, in the order they are declared."""
    found = {title: list(_declared(importlib.import_module(module))) for title, module in SECTIONS}
    found[GPU] = list(_gpu())
    return found


def _declared(module: ModuleType) -> Iterator[Figure]:
    for value in vars(module).values():
        if isinstance(value, MetricWrapperBase):
            family = value.describe()[0]
            name = f"{family.name}_total" if family.type == "counter" else family.name
            yield Figure(name, family.type, tuple(value._labelnames), family.documentation)


def _gpu() -> Iterator[Figure]:
    for name, meaning in FAMILIES.items():
        yield Figure(name, "gauge", LABELS, meaning)


def page() -> str:
    """The page."""
    lines = [
        "# Metrics",
        "",
        "Made from the `metrics` modules by `./justw docs`. Each process has a registry and loopback port of its own,",
        "path `/metrics`: `EDGE_NODE_METRICS_FIRST_PORT` and the ports after it, `COORDINATOR_METRICS_PORT` for each",
        "process. Beside these a process tells `process_*` (CPU, memory, open files) as every Prometheus client does.",
        "Seconds, bytes and ratios are base units; `…_total` only grows; histograms have `_bucket`, `_sum`, `_count`.",
    ]
    for title, found in figures().items():
        lines += ["", f"## {title}", "", "| metric | kind | labels | meaning |", "|---|---|---|---|"]
        for figure in found:
            labels = ", ".join(f"`{label}`" for label in figure.labels)
            lines.append(f"| `{figure.name}` | {figure.kind} | {labels} | {figure.meaning} |")
    return "\n".join(lines) + "\n"
