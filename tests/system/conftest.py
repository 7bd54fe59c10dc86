"""The installation under test, for every file here."""

from whole_installation import installation

__all__ = ["installation"]
