"""Passages: texts cut to a searchable size, their vectors, and the rows they are kept in."""
