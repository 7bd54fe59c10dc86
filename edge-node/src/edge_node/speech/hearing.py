"""A request to hear, as the recogniser's service and its client share it."""

from dataclasses import dataclass

LONGEST_SECONDS = 300.0
"""Longest audio of one request."""


@dataclass(frozen=True, slots=True)
class Hearing:
    """A request: audio (s16le, mono, 16 kHz) and how to hear it."""

    pcm: bytes
    language: str
    partial: bool
    prompt: str = ""
    stream: str = ""
