"""Write the pages that are made from the code: ``python docs/generate.py [FOLDER]``."""

import sys
from pathlib import Path

import coordinator.settings
import edge_node.settings
import metrics_page
from pydantic import BaseModel
from pydantic.fields import FieldInfo

ROOT = Path(__file__).parent


def _rows(model: type[BaseModel], prefix: str) -> list[str]:
    rows: list[str] = []
    for name, field in model.model_fields.items():
        variable = f"{prefix}{name.upper()}"
        kind = field.annotation
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            rows += _rows(kind, f"{variable}__")
        else:
            rows.append(f"| `{variable}` | {_default(field)} | {_bounds(field)} | {field.description} |")
    return rows


def _default(field: FieldInfo) -> str:
    value = field.get_default(call_default_factory=True)
    return "" if value in (None, "", ()) else f"`{value}`"


def _bounds(field: FieldInfo) -> str:
    signs = {"ge": "≥", "gt": ">", "le": "≤", "lt": "<", "pattern": "matches"}
    found = (
        f"{sign} `{getattr(rule, name)}`".replace("|", "\\|")
        for rule in field.metadata
        for name, sign in signs.items()
        if getattr(rule, name, None) is not None
    )
    return ", ".join(found)


def settings_page() -> str:
    """Every setting of both programs."""
    lines = [
        "# Settings",
        "",
        "Made from the two `settings.py` by `./justw docs`. Secrets are files, named by a setting.",
    ]
    programs = (
        ("Edge node", edge_node.settings.Settings, "EDGE_NODE_"),
        ("Coordinator", coordinator.settings.Settings, "COORDINATOR_"),
    )
    for title, model, prefix in programs:
        lines += ["", f"## {title}", "", "| variable | default | range | meaning |", "|---|---|---|---|"]
        lines += _rows(model, prefix)
    return "\n".join(lines) + "\n"


def write(folder: Path) -> None:
    """Write every page into ``folder``."""
    (folder / "settings.md").write_text(settings_page())
    (folder / "metrics.md").write_text(metrics_page.page())


if __name__ == "__main__":
    write(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT)
