"""Between node and hub: journal up, kits down, heartbeat."""
