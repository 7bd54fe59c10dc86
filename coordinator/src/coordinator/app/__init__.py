"""Composition roots: one file a process. Only here do the parts meet."""
