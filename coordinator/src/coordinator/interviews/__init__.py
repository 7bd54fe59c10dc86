"""Interviews: made, sent to a node, watched live, read afterwards."""
