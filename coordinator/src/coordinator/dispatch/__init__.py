"""Kits go out: assembled by retrieval, sealed with a join code, put into the node's bucket at the hub."""
