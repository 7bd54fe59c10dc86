"""The record comes in: batches of facts, positions, heartbeats."""
