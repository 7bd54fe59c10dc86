"""The troubleshooting guide names metrics, log lines and alarms that there are."""

import re
import sys
from pathlib import Path

import pytest
from test_observability import ALERTS, FOREIGN
from troubleshooting_guide import Entry, entries

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "docs"))

from metrics_page import figures  # noqa: E402 - needs the path above

ENTRIES = list(entries().values())
METRICS = {figure.name for found in figures().values() for figure in found} | FOREIGN
SOURCES = "\n".join(
    path.read_text() for folder in ("edge-node/src", "coordinator/src") for path in (ROOT / folder).rglob("*.py")
)
EVENTS = set(re.findall(r'log\.\w+\(\s*"([^"]+)"', SOURCES)) | set(
    re.findall(r'get_logger\([^)]*\)\.\w+\(\s*"([^"]+)"', SOURCES)
)


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.title)
def test_an_entry_names_what_there_is(entry: Entry) -> None:
    assert entry.metrics
    assert set(entry.metrics) <= METRICS
    assert set(entry.alarms) <= set(ALERTS)
    assert set(entry.logs) <= EVENTS


def test_every_alarm_stands_in_the_entry_it_points_to() -> None:
    by_anchor = {entry.title.lower().replace(" ", "-"): entry for entry in ENTRIES}
    for name, rule in ALERTS.items():
        anchor = rule["annotations"]["runbook"].partition("#")[2]
        assert name in by_anchor[anchor].alarms or name == "HostDiskFillingUp", f"{name} is not in {anchor}"


def test_every_setting_and_command_of_the_guide_exists() -> None:
    guide = (ROOT / "docs/troubleshooting.md").read_text()
    settings = (ROOT / "docs/settings.md").read_text()
    named = {name.rstrip("_") for name in re.findall(r"\b(?:EDGE_NODE|COORDINATOR)_[A-Z_]+", guide)}
    assert [name for name in named if name not in settings] == []
    main = (ROOT / "edge-node/src/edge_node/__main__.py").read_text()
    commands = set(re.findall(r"`edge-node ([a-z-]+)", guide))
    assert [name for name in commands if f'"{name}"' not in main] == []
