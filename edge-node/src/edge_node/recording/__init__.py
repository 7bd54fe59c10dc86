"""The candidate's voice on the node's disk: sealed segments, a key for each interview, a share of the disk."""
