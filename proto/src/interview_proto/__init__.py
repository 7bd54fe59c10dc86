"""The wire between nodes and the coordinator: generated messages (v1) and every subject name."""
