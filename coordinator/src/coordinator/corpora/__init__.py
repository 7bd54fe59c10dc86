"""Texts found by meaning: the question corpus, retrieval, and the embedding model that serves both."""
