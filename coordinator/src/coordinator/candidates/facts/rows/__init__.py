"""Rows of a section and the pieces of each: prints, margins, dates, groups."""
