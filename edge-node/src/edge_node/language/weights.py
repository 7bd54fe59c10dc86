"""A loaded GGUF and its vocabulary: tokens in, bytes out. The only entry to llama.cpp's model functions."""

import ctypes
import functools
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from llama_cpp import llama_cpp as native

_PIECE_BYTES = 256


def _discard(_level: int, _text: bytes, _data: Any) -> None:
    """llama.cpp's own log may carry prompt text; nothing of it is kept."""


# Kept for the life of the process: llama.cpp holds a bare pointer to it.
_DISCARD = native.llama_log_callback(_discard)


@functools.cache
def _start_backend() -> None:
    native.llama_log_set(_DISCARD, None)
    native.llama_backend_init()


class Weights:
    """One model file in memory, shared by every context made of it. Raises ValueError for a file that does not load."""

    def __init__(self, path: Path, *, gpu_layers: int = 0) -> None:
        _start_backend()
        parameters = native.llama_model_default_params()
        parameters.n_gpu_layers = gpu_layers if gpu_layers >= 0 else 1 << 16
        self.handle = native.llama_model_load_from_file(str(path).encode(), parameters)
        if not self.handle:
            raise ValueError(f"{path.name} is not a model llama.cpp can load")
        self.vocabulary = Vocabulary(native.llama_model_get_vocab(self.handle))
        self.trained_context = int(native.llama_model_n_ctx_train(self.handle))
        template = native.llama_model_chat_template(self.handle, None)
        self.chat_template = template.decode() if template else ""
        """The Jinja text from the file's metadata; empty when it has none."""

    def close(self) -> None:
        """Free the weights; every context made of them must be closed before."""
        native.llama_model_free(self.handle)


class Vocabulary:
    """Text to token ids and back."""

    def __init__(self, handle: Any) -> None:
        self.handle = handle
        self.size = int(native.llama_vocab_n_tokens(handle))
        self.adds_begin = bool(native.llama_vocab_get_add_bos(handle))
        begin, end = native.llama_vocab_bos(handle), native.llama_vocab_eos(handle)
        self.begin_text = self._text(begin) if begin >= 0 else ""
        self.end_text = self._text(end) if end >= 0 else ""
        control = sorted(
            filter(None, map(self._text, filter(self._is_control, range(self.size)))), key=len, reverse=True
        )
        self._control = re.compile("|".join(map(re.escape, control)) or r"(?!)")

    def tokens(self, text: str) -> list[int]:
        """Ids of ``text``, control tokens recognised; the beginning is added where the model wants it."""
        raw = text.encode()
        begin = self.adds_begin and not (self.begin_text and text.startswith(self.begin_text))
        buffer = (native.llama_token * (len(raw) + 8))()
        count = native.llama_tokenize(self.handle, raw, len(raw), buffer, len(buffer), begin, True)
        if count < 0:
            raise ValueError("text does not tokenise")
        return list(buffer[:count])

    def piece(self, token: int) -> bytes:
        """Bytes of one token; a character may be split over several. Control tokens give nothing."""
        buffer = ctypes.create_string_buffer(_PIECE_BYTES)
        size = native.llama_token_to_piece(self.handle, token, buffer, _PIECE_BYTES, 0, False)
        return buffer.raw[: max(size, 0)]

    def pieces(self, tokens: Sequence[int]) -> bytes:
        """Bytes of a run of tokens."""
        return b"".join(map(self.piece, tokens))

    def ends(self, token: int) -> bool:
        """Whether the model says with this token that it is done."""
        return bool(native.llama_vocab_is_eog(self.handle, token))

    def without_control(self, text: str) -> str:
        """``text`` with every control token's spelling taken out, so that a document cannot speak as another role."""
        return self._control.sub(" ", text)

    def _is_control(self, token: int) -> bool:
        return bool(native.llama_vocab_is_control(self.handle, token))

    def _text(self, token: int) -> str:
        return str(native.llama_vocab_get_text(self.handle, token).decode(errors="replace"))
