"""The words the reading of resumes goes by, from ``vocabulary.toml``."""

import tomllib
from importlib import resources


def _read() -> dict[str, dict[str, list[str]]]:
    text = (resources.files("coordinator.candidates.words") / "vocabulary.toml").read_text(encoding="utf-8")
    return {
        group: {
            name: [" ".join(word.split()) for word in words.split(",") if word.strip()] for name, words in lists.items()
        }
        for group, lists in tomllib.loads(text).items()
    }


VOCABULARY = _read()
"""Group ("headings", "labels", "words") to name to its words."""


def any_of(name: str) -> str:
    """The words of a list as alternatives of a pattern."""
    return "|".join(VOCABULARY["words"][name])
