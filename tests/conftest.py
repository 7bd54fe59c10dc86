"""Tests sort themselves by folder: the folder's name is the marker, and a test outside a folder is refused."""

from pathlib import Path

import pytest

CATEGORIES = ("unit", "contract", "replay", "model", "integration", "system", "chaos", "bench")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark each test with the name of its folder."""
    root = Path(__file__).parent
    for item in items:
        category = item.path.relative_to(root).parts[0]
        if category not in CATEGORIES:
            raise pytest.UsageError(f"{item.path} is in none of tests/{{{','.join(CATEGORIES)}}}")
        item.add_marker(category)
