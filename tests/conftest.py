"""Tests sort themselves by folder: the folder's name is the marker, and a test outside a folder is refused."""

from pathlib import Path

import pytest

CATEGORIES = ("unit", "contract", "replay", "model", "integration", "system", "chaos", "bench")

LONGEST_FIRST = (
    "system/test_whole_interview.py",
    "system/test_kills.py",
    "system/test_devices_in_chromium.py",
    "system/test_exposure.py",
    "system/test_room_page_in_chromium.py",
)
"""Files that take minutes: one that starts last leaves the other worker idle. A file stays whole with one worker."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark each test with the name of its folder; put the longest files first, and other folders in order."""
    root = Path(__file__).parent
    for item in items:
        category = item.path.relative_to(root).parts[0]
        if category not in CATEGORIES:
            raise pytest.UsageError(f"{item.path} is in none of tests/{{{','.join(CATEGORIES)}}}")
        item.add_marker(category)

    def place(item: pytest.Item) -> int:
        name = item.path.relative_to(root).as_posix()
        return LONGEST_FIRST.index(name) if name in LONGEST_FIRST else len(LONGEST_FIRST)

    items.sort(key=place)
