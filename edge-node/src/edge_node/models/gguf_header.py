"""The header of a GGUF file: what its model looks like, without loading it."""

import math
import mmap
import struct
from dataclasses import dataclass
from pathlib import Path

_MAGIC = b"GGUF"
_VERSIONS = (2, 3)
_STRING, _ARRAY = 8, 9
_SCALARS = {0: "B", 1: "b", 2: "H", 3: "h", 4: "I", 5: "i", 6: "f", 7: "?", 10: "Q", 11: "q", 12: "d"}
_MOST = 1 << 24
"""Entries, tensors or array items more than this are a damaged file's."""

_MOST_DIMENSIONS = 8

TYPES: dict[int, tuple[str, int, int]] = {
    0: ("F32", 1, 4),
    1: ("F16", 1, 2),
    2: ("Q4_0", 32, 18),
    3: ("Q4_1", 32, 20),
    6: ("Q5_0", 32, 22),
    7: ("Q5_1", 32, 24),
    8: ("Q8_0", 32, 34),
    10: ("Q2_K", 256, 84),
    11: ("Q3_K", 256, 110),
    12: ("Q4_K", 256, 144),
    13: ("Q5_K", 256, 176),
    14: ("Q6_K", 256, 210),
    20: ("IQ4_NL", 32, 18),
    23: ("IQ4_XS", 256, 136),
    30: ("BF16", 1, 2),
}
"""ggml's number of a type to its name, the weights of one block and the bytes they take."""


class BadHeader(ValueError):
    """Not a GGUF file, or a damaged one."""


@dataclass(frozen=True, slots=True)
class Tensor:
    """One tensor as the header lists it."""

    name: str
    shape: tuple[int, ...]
    kind: str
    """Name of its type; the number where it is none of TYPES."""

    size: int
    """Bytes."""


@dataclass(frozen=True, slots=True)
class Header:
    """Metadata and tensors. An array stands as its length."""

    metadata: dict[str, int | float | bool | str]
    tensors: tuple[Tensor, ...]

    def number(self, key: str, default: int | None = None) -> int:
        """The whole number under ``<architecture>.<key>``. Raises BadHeader without it and without a default."""
        value = self.metadata.get(f"{self.metadata.get('general.architecture')}.{key}", default)
        if not isinstance(value, int):
            raise BadHeader(f"no {key}")
        return value


def read(path: Path) -> Header:
    """Read the header of ``path``. Raises BadHeader, and OSError when it cannot be read."""
    if path.stat().st_size < len(_MAGIC):
        raise BadHeader(f"{path.name} is no GGUF file")
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
        try:
            return _Reader(content).header()
        except (struct.error, UnicodeDecodeError, OverflowError) as error:
            raise BadHeader(f"{path.name} is damaged") from error
        except BadHeader as error:
            raise BadHeader(f"{path.name}: {error}") from None


class _Reader:
    def __init__(self, content: mmap.mmap) -> None:
        self._content = content
        self._at = 0

    def header(self) -> Header:
        if self._content[:4] != _MAGIC:
            raise BadHeader("no GGUF file")
        self._at = 4
        if self._number("I") not in _VERSIONS:
            raise BadHeader("a version of GGUF not known here")
        tensors, entries = self._count(), self._count()
        metadata = {}
        for _ in range(entries):
            key = self._string()
            metadata[key] = self._value(self._number("I"))
        return Header(metadata, tuple(self._tensor() for _ in range(tensors)))

    def _tensor(self) -> Tensor:
        name = self._string()
        dimensions = self._number("I")
        if not 0 < dimensions <= _MOST_DIMENSIONS:
            raise BadHeader(f"a tensor of {dimensions} dimensions")
        shape = tuple(self._number("Q") for _ in range(dimensions))
        number = self._number("I")
        self._number("Q")
        kind, block, size = TYPES.get(number, (str(number), 1, 4))
        return Tensor(name, shape, kind, math.prod(shape) // block * size)

    def _value(self, kind: int) -> int | float | bool | str:
        if kind == _STRING:
            return self._string()
        if kind == _ARRAY:
            inner, length = self._number("I"), self._count()
            if inner == _STRING:
                for _ in range(length):
                    self._skip(self._number("Q"))
            elif inner in _SCALARS:
                self._skip(length * struct.calcsize(_SCALARS[inner]))
            else:
                raise BadHeader("an array of arrays")
            return length
        if kind not in _SCALARS:
            raise BadHeader(f"a value of kind {kind}")
        (value,) = self._unpack(_SCALARS[kind])
        return value

    def _count(self) -> int:
        count = self._number("Q")
        if count > _MOST:
            raise BadHeader(f"{count} entries")
        return count

    def _string(self) -> str:
        length = self._number("Q")
        start = self._at
        self._skip(length)
        return self._content[start : self._at].decode()

    def _number(self, form: str) -> int:
        (value,) = self._unpack(form)
        return int(value)

    def _unpack(self, form: str) -> tuple[int | float | bool, ...]:
        found = struct.unpack_from(f"<{form}", self._content, self._at)
        self._at += struct.calcsize(f"<{form}")
        return found

    def _skip(self, size: int) -> None:
        self._at += size
        if self._at > len(self._content):
            raise BadHeader("cut off")
