"""Logs and metrics of the coordinator's processes."""
