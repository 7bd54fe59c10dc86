"""One language's ears: its engine, loaded on first use, and what is made of what the engine says."""

import time
from collections.abc import Callable
from typing import Protocol

from edge_node.core.audio import SAMPLE_RATE_HZ, seconds
from edge_node.ports.speech import TranscribedWord, Transcript, VoiceActivity
from edge_node.speech.coverage import unheard_seconds
from edge_node.speech.hearing import Hearing
from edge_node.speech.line import Ticket
from edge_node.speech.pieces import loudness, pieces
from edge_node.speech.transcript_filter import believed, loop_start
from edge_node.speech.voice_activity import Voiced, find_voice
from edge_node.telemetry.logs import get_logger

PIECE_SECONDS = 24.0
PARTIAL_SECONDS = 12.0
"""A partial hears only the last of the audio: its cost must not grow with the answer."""

BEFORE_SPEECH_SAMPLES = SAMPLE_RATE_HZ * 4 // 25
LEAST_LOUDNESS = 0.001
LEAST_VOICED_SECONDS = 0.12
ENOUGH_VOICED_SECONDS = 0.5
"""So much speech needs no second look."""

LOST_SECONDS = 0.5
"""Speech without a word that makes a final suspicious: words are missing, or their times are wrong."""

PATIENCE_SECONDS = 20.0
"""Longest work on one piece. An engine that goes round in circles must not hold up the interview for longer."""

SECOND_LOOK_SECONDS = 3.0
"""No second look after a first that took more processor time: it would take two or three times as much, and a person
waits. Not by the clock: what is heard must not depend on what else the machine does."""

log = get_logger("speech")


class Engine(Protocol):
    """A recogniser of one language. Blocking, one call at a time; audio is s16le, mono, 16 kHz, up to 30 s."""

    def words(
        self, pcm: bytes, *, prompt: str, aborted: Callable[[], bool], whole_context: bool = False
    ) -> list[TranscribedWord]:
        """Words with times from the start of ``pcm``, carefully; nothing once ``aborted()`` is true."""
        ...

    def glance(self, pcm: bytes, *, prompt: str, aborted: Callable[[], bool]) -> list[TranscribedWord]:
        """Words without times, cheaply; nothing once ``aborted()`` is true."""
        ...


EngineLoader = Callable[[], Engine]


class Ears:
    """Blocking: call them from the one thread that owns them."""

    def __init__(self, load: EngineLoader, detector: VoiceActivity) -> None:
        self._load = load
        self._detector = detector
        self._engine: Engine | None = None

    def warm(self) -> None:
        """Load the engine and run it once."""
        self._engine = self._engine or self._load()
        self._engine.glance(bytes(2 * SAMPLE_RATE_HZ), prompt="", aborted=lambda: False)

    def hear(self, hearing: Hearing, ticket: Ticket) -> Transcript:
        """What was said; less or nothing once the ticket is dropped."""
        started = time.perf_counter()
        engine = self._engine = self._engine or self._load()
        words = (self._glance if hearing.partial else self._words)(engine, hearing, ticket)
        text = " ".join(word.text for word in words)
        engine_ms = round((time.perf_counter() - started) * 1000)
        return Transcript(text, () if hearing.partial else words, engine_ms)

    def _voiced(self, pcm: bytes) -> tuple[int, Voiced]:
        """Where to begin to listen (a little before the first speech), and what the detector found."""
        if loudness(pcm) < LEAST_LOUDNESS:
            return 0, Voiced(len(pcm) // 2, 0.0)
        found = find_voice(self._detector, pcm, enough_seconds=ENOUGH_VOICED_SECONDS)
        return max(0, found.first_sample - BEFORE_SPEECH_SAMPLES), found

    def _glance(self, engine: Engine, hearing: Hearing, ticket: Ticket) -> tuple[TranscribedWord, ...]:
        tail = hearing.pcm[-2 * round(PARTIAL_SECONDS * SAMPLE_RATE_HZ) :]
        begin, voiced = self._voiced(tail)
        if ticket.dropped or voiced.seconds < LEAST_VOICED_SECONDS:
            return ()
        heard = engine.glance(tail[2 * begin :], prompt=hearing.prompt, aborted=lambda: ticket.dropped)
        return believed(heard, voiced_seconds=voiced.seconds)

    def _words(self, engine: Engine, hearing: Hearing, ticket: Ticket) -> tuple[TranscribedWord, ...]:
        found: list[TranscribedWord] = []
        for first_sample, piece in pieces(hearing.pcm, longest_seconds=PIECE_SECONDS, search_seconds=8.0):
            begin, voiced = self._voiced(piece)
            if voiced.seconds < LEAST_VOICED_SECONDS:
                continue
            offset_ms = round(seconds(first_sample + begin) * 1000)
            last_ms = round(seconds(first_sample + len(piece) // 2) * 1000)
            found += [
                TranscribedWord(
                    word.text,
                    min(offset_ms + word.start_ms, last_ms),
                    min(offset_ms + word.end_ms, last_ms),
                    word.probability,
                )
                for word in self._whole(engine, piece[2 * begin :], hearing.prompt, voiced.seconds, ticket)
            ]
        return tuple(found)

    def _whole(
        self, engine: Engine, pcm: bytes, prompt: str, voiced_seconds: float, ticket: Ticket
    ) -> tuple[TranscribedWord, ...]:
        """The words of one piece; when speech was left out, the better of two attempts."""
        began, worked = time.monotonic(), time.thread_time()

        def unwanted() -> bool:
            return ticket.dropped or time.monotonic() - began > PATIENCE_SECONDS

        def attempt(prompt: str, *, whole_context: bool) -> tuple[tuple[TranscribedWord, ...], float]:
            heard = engine.words(pcm, prompt=prompt, whole_context=whole_context, aborted=unwanted)
            looped = loop_start([word.text for word in heard]) is not None
            words = believed(heard, voiced_seconds=voiced_seconds)
            unheard = unheard_seconds(self._detector, pcm, words)
            return words, max(unheard, LOST_SECONDS) if looped else unheard

        if ticket.dropped:
            return ()
        words, unheard = attempt(prompt, whole_context=False)
        if unheard >= LOST_SECONDS and not ticket.dropped and time.thread_time() - worked < SECOND_LOOK_SECONDS:
            again, still_unheard = attempt("", whole_context=True)
            if still_unheard <= unheard:
                words, unheard = again, still_unheard
        if unheard >= LOST_SECONDS and not ticket.dropped:
            log.warning("speech without words", unheard_ms=round(unheard * 1000), words=len(words))
        return words
