"""Seeing: a picture is reduced to a few numbers. Neither pictures nor landmarks are kept."""
