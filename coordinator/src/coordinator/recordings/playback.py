"""From words to a piece of sound: which time a quote takes, and which packets that is. Pure."""

from collections.abc import Sequence
from itertools import pairwise

from coordinator.recordings.ogg import ogg_opus
from coordinator.recordings.schemas import Segment, Span, SpokenWord

RATE_HZ = 16_000
SAMPLES_A_MS = 16
PACKET_SAMPLES = 320
DECODED = 3
"""Samples at 48 kHz for one at 16."""

PRE_ROLL_PACKETS = 4
"""80 ms a decoder needs before it sounds as if it had played from the beginning (RFC 7845, 4.6)."""

LEAD_MS, TAIL_MS = 250, 350
"""Sound around a span: the times of recognised words are not exact."""

LOOK_AROUND_MS = 200
"""How far outside a span packets may be needed."""

FURTHEST_CHARACTERS = 40
"""How far behind its place a word is looked for: marks of unheard stretches stand between words."""


def span_of(text: str, words: Sequence[SpokenWord], start_char: int, end_char: int) -> Span | None:
    """The time of ``text[start_char:end_char]``; None when no word of it has one."""
    at = 0
    found: list[SpokenWord] = []
    for word in words:
        said = word.text.strip()
        place = text.find(said, at, at + len(said) + FURTHEST_CHARACTERS) if said else -1
        if place < 0:
            continue
        at = place + len(said)
        if place < end_char and at > start_char:
            found.append(word)
    if not found:
        return None
    return Span(min(word.start_ms for word in found), max(word.end_ms for word in found))


def time_of(segment: Segment) -> Span:
    """The interview time a segment covers."""
    first = segment.origin_ms + segment.first_sample // SAMPLES_A_MS
    return Span(first, first + len(segment.packets) * PACKET_SAMPLES // SAMPLES_A_MS)


def cut(segments: Sequence[Segment], span: Span) -> bytes | None:
    """An Ogg file of exactly the samples of ``span`` that were heard; None when none was.

    ``segments``: those within ``LOOK_AROUND_MS`` of the span, in order. Between two visits nothing was heard: the
    second follows the first at once.
    """
    packets: list[bytes] = []
    pre_skip = samples = 0
    for run in _runs(segments):
        sound, skipped, wanted = _of_run(run, span)
        if not sound:
            continue
        if packets:
            # Behind another visit a decoder cannot be told to skip: whole packets, without any before them.
            skip = skipped // (PACKET_SAMPLES * DECODED)
            sound, wanted = sound[skip:], wanted + skipped % (PACKET_SAMPLES * DECODED)
            samples = len(packets) * PACKET_SAMPLES * DECODED - pre_skip
        else:
            pre_skip = skipped
        packets += sound
        samples += wanted
    if not packets:
        return None
    return ogg_opus(packets, pre_skip=pre_skip, samples=samples, input_rate=RATE_HZ)


def _runs(segments: Sequence[Segment]) -> list[list[Segment]]:
    """Segments that follow each other without a hole."""
    runs = [[segment] for segment in segments[:1]]
    for before, segment in pairwise(segments):
        end = before.first_sample + len(before.packets) * PACKET_SAMPLES
        follows = before.name.track == segment.name.track and end == segment.first_sample
        if follows:
            runs[-1].append(segment)
        else:
            runs.append([segment])
    return runs


def _of_run(run: Sequence[Segment], span: Span) -> tuple[list[bytes], int, int]:
    """Packets, how much of them is to be skipped, and how much is to be heard behind that (samples at 48 kHz)."""
    head = run[0]
    packets = [packet for segment in run for packet in segment.packets]
    # Places in the decoded stream, at 48 kHz from the run's first packet: the encoder's delay comes on top.
    start = (span.start_ms - head.origin_ms) * SAMPLES_A_MS - head.first_sample
    end = (span.end_ms - head.origin_ms) * SAMPLES_A_MS - head.first_sample
    length = len(packets) * PACKET_SAMPLES * DECODED
    low = max(0, start) * DECODED + head.pre_skip
    high = min(end * DECODED + head.pre_skip, length)
    if high <= low:
        return [], 0, 0
    size = PACKET_SAMPLES * DECODED
    first = max(0, low // size - PRE_ROLL_PACKETS)
    return packets[first : -(-high // size)], low - first * size, high - low
