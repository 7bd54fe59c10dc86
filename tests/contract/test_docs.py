"""What the documents say is what the code does."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from provisioning.commands import COMMANDS
from pydantic import BaseModel

ROOT = Path(__file__).parents[2]


def recipes() -> set[str]:
    return set(re.findall(r"^([a-z][a-z-]*)(?: [A-Z*].*)?:", (ROOT / "Justfile").read_text(), re.MULTILINE))


def test_generated_pages_are_up_to_date(tmp_path: Path) -> None:
    subprocess.run([sys.executable, ROOT / "docs/generate.py", tmp_path], check=True)
    for page in tmp_path.iterdir():
        assert page.read_text() == (ROOT / "docs" / page.name).read_text(), "run ./justw docs"


@pytest.mark.parametrize("page", ["README.md", "dashboards/README.md", "docs/settings.md"])
def test_every_recipe_a_page_names_exists(page: str) -> None:
    named = set(re.findall(r"\./justw ([a-z][a-z-]*)", (ROOT / page).read_text()))
    assert named <= recipes()


@pytest.mark.parametrize("page", ["README.md", "docs/troubleshooting.md"])
def test_every_command_a_page_names_can_be_called_as_it_is_written(page: str) -> None:
    """By a door that a person has: the programs themselves lie in a virtual environment and know no installation."""
    text = (ROOT / page).read_text()
    named = set(re.findall(r"(?:\./justw |interview-)(node|office|head-office) (?:--data \S+ )?([a-z][a-z-]+)\b", text))
    called = {("office" if whose == "head-office" else whose, command) for whose, command in named}
    known = {(whose, command) for whose, commands in COMMANDS.items() for command in commands}
    assert called
    assert called <= known, called - known
    assert re.findall(r"(?:`|^)((?:edge-node|coordinator|provisioning) [a-z-]+)", text, re.MULTILINE) == []


def test_the_readme_explains_every_figure_the_demo_writes() -> None:
    source = (ROOT / "provisioning/src/provisioning/demo/figures.py").read_text()
    keys = re.findall(r'^        "([a-z_]+)": ', source, re.MULTILINE)
    readme = (ROOT / "README.md").read_text()
    assert len(keys) >= 19
    assert [key for key in keys if f"`{key}`" not in readme] == []


def test_every_direct_dependency_is_in_the_readme() -> None:
    readme = (ROOT / "README.md").read_text().lower()
    missing = []
    for project in ("proto", "edge-node", "edge-node/voice-engine", "coordinator", "provisioning"):
        text = (ROOT / project / "pyproject.toml").read_text()
        listed = re.search(r"^dependencies = \[(.*?)\]$", text, re.MULTILINE | re.DOTALL)
        assert listed
        for name in re.findall(r'"([A-Za-z0-9-]+)', listed[1]):
            if name.startswith("interview-") or name.lower().removesuffix("-bin") in readme:
                continue
            missing.append(name)
    assert missing == []


def test_every_setting_says_what_it_means() -> None:
    import coordinator.settings
    import edge_node.settings

    def silent(model: type[BaseModel]) -> list[str]:
        found = []
        for name, field in model.model_fields.items():
            kind = field.annotation
            if isinstance(kind, type) and issubclass(kind, BaseModel):
                found += silent(kind)
            elif not field.description:
                found.append(name)
        return found

    assert silent(edge_node.settings.Settings) + silent(coordinator.settings.Settings) == []
