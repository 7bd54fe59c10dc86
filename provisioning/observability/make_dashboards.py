"""Write the Grafana dashboards: ``python provisioning/observability/make_dashboards.py [FOLDER]``."""

import json
import sys
import tomllib
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
DATASOURCE = {"type": "prometheus", "uid": "${datasource}"}
WIDTH, HEIGHT = 24, 8
INSTANT = ("table", "stat", "bargauge")
"""Kinds of panels that show the present only."""


def _panel(panel: dict[str, Any], number: int, x: int, y: int, width: int) -> dict[str, Any]:
    kind = panel.get("kind", "timeseries")
    instant = kind in INSTANT
    targets = [
        {
            "refId": chr(ord("A") + n),
            "datasource": DATASOURCE,
            "expr": expr,
            "legendFormat": legend,
            "instant": instant,
            "range": not instant,
        }
        for n, (expr, legend) in enumerate(panel["queries"])
    ]
    made: dict[str, Any] = {
        "id": number,
        "type": kind,
        "title": panel["title"],
        "description": panel.get("description", ""),
        "datasource": DATASOURCE,
        "gridPos": {"x": x, "y": y, "w": width, "h": HEIGHT},
        "fieldConfig": {"defaults": {"unit": panel["unit"]}, "overrides": []},
        "targets": targets,
    }
    if kind == "table":
        made["transformations"] = [{"id": "labelsToFields", "options": {}}, {"id": "merge", "options": {}}]
    return made


def model(dashboard: dict[str, Any]) -> dict[str, Any]:
    """The dashboard as Grafana imports it."""
    panels: list[dict[str, Any]] = []
    for y, row in enumerate(dashboard["row"]):
        width = WIDTH // len(row["panel"])
        for x, panel in enumerate(row["panel"]):
            panels.append(_panel(panel, len(panels) + 1, x * width, y * HEIGHT, width))
    variables: list[dict[str, Any]] = [
        {"name": "datasource", "label": "Data source", "type": "datasource", "query": "prometheus"}
    ]
    if nodes := dashboard.get("nodes"):
        query = {"query": nodes, "refId": "node"}
        variables.append(
            {
                "name": "node",
                "label": "Node",
                "type": "query",
                "datasource": DATASOURCE,
                "definition": nodes,
                "query": query,
                "refresh": 2,
                "multi": True,
                "includeAll": True,
                "current": {"text": "All", "value": "$__all"},
            }
        )
    return {
        "uid": dashboard["uid"],
        "title": dashboard["title"],
        "tags": ["interview-appliance"],
        "schemaVersion": 39,
        "editable": False,
        "refresh": "30s",
        "time": {"from": "now-6h", "to": "now"},
        "templating": {"list": variables},
        "links": [{"type": "dashboards", "tags": ["interview-appliance"], "title": "Appliance", "asDropdown": True}],
        "panels": panels,
    }


def write(folder: Path) -> None:
    """Write every dashboard into ``folder``."""
    for dashboard in tomllib.loads((HERE / "dashboards.toml").read_text())["dashboard"]:
        name = dashboard["uid"].removeprefix("appliance-")
        (folder / f"{name}.json").write_text(json.dumps(model(dashboard), indent=1) + "\n")


if __name__ == "__main__":
    write(Path(sys.argv[1]) if len(sys.argv) > 1 else HERE / "dashboards")
