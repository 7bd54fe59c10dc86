"""Decision records: one number line, one page each, listed where a reader looks."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
DECISIONS = ROOT / "proto/decisions"


def test_no_number_is_used_twice() -> None:
    numbers = [int(p.name[:4]) for p in DECISIONS.glob("[0-9]*.md")]
    assert len(set(numbers)) == len(numbers) >= 14


def test_each_says_status_context_decision_and_consequences() -> None:
    for page in DECISIONS.glob("[0-9]*.md"):
        text = page.read_text()
        for heading in ("Status:", "## Context", "## Decision", "## Consequences"):
            assert heading in text, f"{page.name} lacks {heading}"
        assert len(text.splitlines()) <= 70, f"{page.name} is longer than a page"


def test_the_list_names_every_page() -> None:
    listed = re.findall(r"\]\((\d{4}-[a-z0-9-]+\.md)\)", (DECISIONS / "README.md").read_text())
    assert listed == sorted(p.name for p in DECISIONS.glob("[0-9]*.md"))
