"""The registry of weights: where they come from, their licence, their sha256, how they are made ready."""
