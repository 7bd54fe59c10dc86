"""The conversation of one visit: what is due is decided, kept, said, and heard until it has its turn."""
