# SPDX-License-Identifier: GPL-3.0-or-later
"""Reads requests, speaks them one after the other, and lets a cancel overtake."""

import queue
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, BinaryIO

from voice_engine import playout
from voice_engine.protocol import Decoder, encode
from voice_engine.voices import Voice

LONGEST_TEXT = 4000
WAITING = 8
"""Requests that may wait; more are refused with busy."""


@dataclass(frozen=True, slots=True)
class Request:
    """One text to speak."""

    id: str
    text: str
    voice: Voice


class Server:
    """One reader (the caller's thread), one speaking thread."""

    def __init__(self, voices: Mapping[tuple[str, str], Voice], write: Callable[[bytes], None]) -> None:
        self._voices = voices
        self._write = write
        self._write_lock = threading.Lock()
        self._waiting: queue.Queue[Request] = queue.Queue(WAITING)
        self._live: set[str] = set()
        self._cancelled: set[str] = set()
        self._state_lock = threading.Lock()

    def run(self, source: BinaryIO) -> None:
        """Serve until ``source`` ends."""
        speaking = threading.Thread(target=self._speak_all, name="speaking", daemon=True)
        speaking.start()
        decoder = Decoder()
        read: Callable[[int], bytes] = getattr(source, "read1", source.read)
        while data := read(65536):
            for header, _ in decoder.feed(data):
                self._take(header)

    def _send(self, header: dict[str, Any], payload: bytes = b"") -> None:
        with self._write_lock:
            self._write(encode(header, payload))

    def _refuse(self, request_id: str, code: str, detail: str) -> None:
        self._send({"id": request_id, "error": code, "detail": detail, "last": True})

    def _take(self, header: dict[str, Any]) -> None:
        cancel = header.get("cancel")
        if isinstance(cancel, str):
            with self._state_lock:
                if cancel in self._live:
                    self._cancelled.add(cancel)
            return
        request_id, text = header.get("id"), header.get("text")
        if not isinstance(request_id, str) or not isinstance(text, str) or not text.strip():
            self._refuse(request_id if isinstance(request_id, str) else "", "bad_request", "an id and a text")
            return
        if len(text) > LONGEST_TEXT:
            self._refuse(request_id, "bad_request", f"a text of up to {LONGEST_TEXT} characters")
            return
        voice = self._voices.get((str(header.get("language")), str(header.get("voice", "first"))))
        if voice is None:
            self._refuse(request_id, "bad_request", "no such language or voice")
            return
        with self._state_lock:
            self._live.add(request_id)
        try:
            self._waiting.put_nowait(Request(request_id, text, voice))
        except queue.Full:
            self._forget(request_id)
            self._refuse(request_id, "busy", f"{WAITING} requests wait")

    def _forget(self, request_id: str) -> None:
        with self._state_lock:
            self._live.discard(request_id)
            self._cancelled.discard(request_id)

    def _speak_all(self) -> None:
        while True:
            request = self._waiting.get()
            try:
                self._speak(request)
            except Exception as error:  # noqa: BLE001 - an engine's fault in one text must not silence the next
                self._refuse(request.id, "internal", type(error).__name__)
            finally:
                self._forget(request.id)

    def _speak(self, request: Request) -> None:
        def stopped() -> bool:
            return request.id in self._cancelled

        for pcm in playout.chunks(request.text, request.voice, stopped):
            if stopped():
                break
            self._send({"id": request.id, "rate": playout.RATE_HZ, "last": False}, pcm)
        last: dict[str, Any] = {"id": request.id, "rate": playout.RATE_HZ, "last": True}
        if stopped():
            last["cancelled"] = True
        self._send(last)
