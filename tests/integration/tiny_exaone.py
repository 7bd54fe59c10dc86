"""A two-layer GGUF of architecture ``exaone`` with random weights: EXAONE's keys, template and control tokens.

It says nothing sensible; it shows that the loading code, the template and the batching serve that architecture.
"""

from pathlib import Path

from bench import _exaone_file
from edge_node.models.shapes import Shape

SHAPE = Shape(
    layers=2, embedding=64, feed_forward=128, heads=4, kv_heads=2, head=16, vocabulary=49_152, trained_context=1024
)


def write(vocabulary_of: Path, target: Path) -> None:
    """Write ``target`` with the byte-pair vocabulary of the GGUF ``vocabulary_of``."""
    _exaone_file.write(target, SHAPE, "Q8_0", vocabulary_of=vocabulary_of)
