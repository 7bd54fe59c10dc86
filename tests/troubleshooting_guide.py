"""docs/troubleshooting.md as its entries."""

import re
from dataclasses import dataclass
from pathlib import Path

GUIDE = Path(__file__).parents[1] / "docs/troubleshooting.md"


@dataclass(frozen=True)
class Entry:
    """One trouble. ``metrics`` may be foreign; ``logs`` are events of log lines."""

    title: str
    symptom: str
    metrics: tuple[str, ...]
    alarms: tuple[str, ...]
    logs: tuple[str, ...]
    fix: str


def entries() -> dict[str, Entry]:
    """Every entry by its title; raises ValueError for one that lacks something."""
    found = {}
    for part in re.split(r"^### ", GUIDE.read_text(), flags=re.MULTILINE)[1:]:
        title, _, body = part.partition("\n")
        lines = {name: _line(body, name) for name in ("symptom", "metric", "alarm", "log", "fix")}
        if not lines["symptom"] or not lines["metric"] or not lines["fix"]:
            raise ValueError(f"{title} lacks a symptom, a metric or a fix")
        found[title] = Entry(
            title,
            lines["symptom"],
            tuple(re.findall(r"`((?:edge_node|coordinator|node)_\w+|up)`", lines["metric"])),
            tuple(re.findall(r"\b[A-Z]\w+[a-z]\w*\b", lines["alarm"])),
            tuple(re.findall(r"`([^`]+)`", lines["log"])),
            lines["fix"],
        )
    return found


def _line(body: str, name: str) -> str:
    match = re.search(rf"^- {name}: (.*?)(?=^- |^## |\Z)", body, re.MULTILINE | re.DOTALL)
    return " ".join(match[1].split()) if match else ""
