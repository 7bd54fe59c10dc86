"""The candidate's voice: the program ``voice-engine`` as a child, spoken to over pipes, never linked.

Its messages: ``VOX1``, two lengths (u32, big endian), a JSON object, bytes of sound (s16le, mono, 48 kHz).
"""

import asyncio
import json
import shutil
import struct
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from edge_node.rehearsal.persona import Answer, Persona
from edge_node.rehearsal.sound import Samples, trimmed, with_pauses

PROGRAM = "voice-engine"
VOICE = "second"
START_SECONDS = 90.0
SPEAK_SECONDS = 60.0
_HEAD = struct.Struct(">4sII")
_LONGEST = 8 * 1024 * 1024


class VoiceError(Exception):
    """The voice program is missing, silent, or cannot speak this text."""


def program() -> str:
    """Path of the voice program, beside this Python or on PATH; raises VoiceError."""
    beside = Path(sys.executable).parent / PROGRAM
    found = str(beside) if beside.exists() else shutil.which(PROGRAM)
    if not found:
        raise VoiceError(f"{PROGRAM} is not installed; it is an optional program of its own")
    return found


class Voice:
    """The running voice program: ``async with Voice(language) as voice``. One text at a time.

    With a ``seed`` the same texts in the same order sound the same in every run.
    """

    def __init__(self, language: str, speaker: str = VOICE, *, seed: int | None = None) -> None:
        self._options = () if seed is None else ("--seed", str(seed))
        self._language = language
        self._speaker = speaker
        self._process: asyncio.subprocess.Process | None = None
        self._count = 0

    async def __aenter__(self) -> "Voice":
        self._process = await asyncio.create_subprocess_exec(
            program(), *self._options, stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE
        )
        try:
            async with asyncio.timeout(START_SECONDS):
                header, _ = await self._read()
        except TimeoutError:
            await self._stop()
            raise VoiceError(f"{PROGRAM} was not ready within {START_SECONDS:.0f} s") from None
        except VoiceError:
            await self._stop()
            raise
        if not header.get("ready"):
            await self._stop()
            raise VoiceError(f"{PROGRAM} did not say that it is ready")
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._stop()

    async def _stop(self) -> None:
        process = self._process
        if process is None or process.returncode is not None:
            return
        if process.stdin:
            process.stdin.close()
        try:
            await asyncio.wait_for(process.wait(), 3)
        except TimeoutError:
            process.kill()
            await process.wait()

    async def _read(self) -> tuple[dict[str, Any], bytes]:
        if self._process is None or self._process.stdout is None:
            raise VoiceError("not started")
        try:
            magic, header_bytes, payload_bytes = _HEAD.unpack(await self._process.stdout.readexactly(_HEAD.size))
            if magic != b"VOX1" or header_bytes + payload_bytes > _LONGEST:
                raise VoiceError(f"{PROGRAM} speaks another protocol")
            header = json.loads(await self._process.stdout.readexactly(header_bytes))
            return header, await self._process.stdout.readexactly(payload_bytes)
        except (asyncio.IncompleteReadError, ValueError) as error:
            raise VoiceError(f"{PROGRAM} ended or sent nonsense") from error

    async def speak(self, text: str) -> Samples:
        """``text`` as sound, silence at both ends removed; raises VoiceError."""
        if self._process is None or self._process.stdin is None:
            raise VoiceError("not started")
        self._count += 1
        request = {"id": str(self._count), "text": text, "language": self._language, "voice": self._speaker}
        body = json.dumps(request, ensure_ascii=False).encode()
        sound = bytearray()
        try:
            async with asyncio.timeout(SPEAK_SECONDS):
                self._process.stdin.write(_HEAD.pack(b"VOX1", len(body), 0) + body)
                await self._process.stdin.drain()
                while True:
                    header, payload = await self._read()
                    if header.get("error"):
                        raise VoiceError(f"{PROGRAM}: {header['error']}")
                    sound += payload
                    if header.get("last"):
                        return trimmed(np.frombuffer(bytes(sound), dtype="<i2").astype(np.int16))
        except TimeoutError:
            raise VoiceError(f"{PROGRAM} took longer than {SPEAK_SECONDS:.0f} s") from None

    async def render(self, answer: Answer, pause_seconds: float) -> Samples:
        """An answer as sound, with its pauses; raises VoiceError."""
        return with_pauses(await self.speak(answer.script), answer.pauses, pause_seconds)


async def render_all(persona: Persona, progress: Callable[[int, int], None]) -> dict[str, Samples]:
    """Every answer of ``persona`` as sound, by its script; raises VoiceError. ``progress(done, of)`` as it goes."""
    sounds: dict[str, Samples] = {}
    answers = persona.answers
    async with Voice(persona.language) as voice:
        for answer in answers:
            sounds[answer.script] = await voice.render(answer, persona.habits.pause_seconds)
            progress(len(sounds), len(answers))
    return sounds
