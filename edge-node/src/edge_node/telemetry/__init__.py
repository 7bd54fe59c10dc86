"""Logs, metrics and health. Personal data only in keys marked for it."""
