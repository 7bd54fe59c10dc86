"""The hub's NATS as the coordinator's processes use it."""
