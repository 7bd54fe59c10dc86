"""Tests sort themselves by folder: the folder's name is the marker, and a test outside a folder is refused."""

from pathlib import Path

import pytest

ENGINES = ("language", "media", "model", "rehearsal", "review", "room", "speech", "turn", "vision")
"""Integration tests of these rooms load models or keep time with sound, and are marked for one worker.

xdist 3.8 reads the group from the test's id, where pytest 9.2 no longer keeps it: until it does, two may run at once.
"""

CATEGORIES = ("unit", "contract", "replay", "model", "integration", "system", "chaos", "bench")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark each test with the name of its folder, and with the group that one worker runs."""
    root = Path(__file__).parent
    for item in items:
        category = item.path.relative_to(root).parts[0]
        if category not in CATEGORIES:
            raise pytest.UsageError(f"{item.path} is in none of tests/{{{','.join(CATEGORIES)}}}")
        item.add_marker(category)
        subject = item.path.stem.split("_")[1]
        together = "engines" if category == "integration" and subject in ENGINES else str(item.path)
        item.add_marker(pytest.mark.xdist_group(together))
