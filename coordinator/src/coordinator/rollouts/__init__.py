"""Releases announced to nodes that fetch them themselves, wave by wave."""
