"""From a quote to its sound: which time its words take, and exactly those samples."""

import json

import numpy as np
import pytest
from coordinator.recordings import ogg
from coordinator.recordings.endpoints import answered
from coordinator.recordings.playback import cut, span_of, time_of
from coordinator.recordings.schemas import Name, Segment, Span, SpokenWord
from edge_node.media.opus import OpusEncoder
from fakes.sound_places import RATE, Sound, noise, place, played
from hypothesis import given
from hypothesis import strategies as st

TEXT = "I moved the cache. […] Then the errors, the errors went away."
WORDS = [
    SpokenWord(text, n * 1_000, n * 1_000 + 800)
    for n, text in enumerate(
        ["I", " moved", " the", " cache.", " Then", " the", " errors,", " the", " errors", " went", " away."]
    )
]


@pytest.mark.parametrize(
    ("quote", "times"),
    [
        ("moved the cache", (1_000, 3_800)),
        ("errors went away", (8_000, 10_800)),
        ("errors, the", (6_000, 7_800)),
        ("ache. […] The", (3_000, 4_800)),
        (TEXT, (0, 10_800)),
        ("[…]", None),
    ],
)
def test_a_quote_takes_the_time_of_its_words(quote: str, times: tuple[int, int] | None) -> None:
    start = TEXT.index(quote)
    found = span_of(TEXT, WORDS, start, start + len(quote))
    assert found == (Span(*times) if times else None)


def test_korean_words_have_their_times_too() -> None:
    text = "캐시를 옮기고 나서 오류가 사라졌습니다."
    words = [SpokenWord(word, n * 500, n * 500 + 400) for n, word in enumerate(text.split(" "))]
    start = text.index("오류가 사라")
    assert span_of(text, words, start, start + len("오류가 사라")) == Span(1_500, 2_400)


def test_words_that_are_not_in_the_text_move_no_other() -> None:
    words = [SpokenWord("zebra", 0, 1), *WORDS, SpokenWord("", 5, 6)]
    start = TEXT.index("went")
    assert span_of(TEXT, words, start, start + 4) == Span(9_000, 9_800)
    assert span_of(TEXT, [], 0, 10) is None


def recorded(sound: Sound, *, track: int = 1, origin_ms: int = 5_000, packets: int = 50) -> list[Segment]:
    """The segments a node makes of a visit's sound."""
    encoder = OpusEncoder()
    made = [one for at in range(0, len(sound), 320) for one in encoder.encode(sound[at : at + 320].tobytes())]
    made += encoder.finish()
    return [
        Segment(Name(track, at // packets), origin_ms, at * 320, encoder.pre_skip, tuple(made[at : at + packets]))
        for at in range(0, len(made), packets)
    ]


SOUND = noise(8)
SEGMENTS = recorded(SOUND)


def near(segments: list[Segment], span: Span) -> list[Segment]:
    """Those the database would give."""
    return [
        one
        for one in segments
        if time_of(one).start_ms < span.end_ms + 200 and time_of(one).end_ms > span.start_ms - 200
    ]


@pytest.mark.parametrize(
    ("start_ms", "end_ms"),
    [(7_300, 7_900), (6_010, 8_990), (5_000, 5_500), (6_000, 6_200), (5_990, 6_030), (11_000, 13_000), (5_000, 13_000)],
)
def test_exactly_the_samples_of_the_span_are_played(start_ms: int, end_ms: int) -> None:
    span = Span(start_ms, end_ms)
    file = cut(near(SEGMENTS, span), span)
    assert file is not None
    heard = played(file)
    first, last = (start_ms - 5_000) * 16, (end_ms - 5_000) * 16
    assert abs(len(heard) - (last - first)) <= 2
    at, fit = place(heard, SOUND)
    assert abs(at - first) <= 2
    assert fit > 0.7


def test_a_span_that_reaches_out_of_the_recording_plays_what_there_is() -> None:
    for span, first, length in ((Span(0, 6_000), 0, RATE), (Span(12_000, 99_000), 7 * RATE, RATE)):
        file = cut(near(SEGMENTS, span), span)
        assert file is not None
        heard = played(file)
        assert abs(len(heard) - length) <= 320
        assert abs(place(heard[: RATE // 2], SOUND)[0] - first) <= 2
    assert cut([], Span(0, 1_000)) is None
    assert cut(SEGMENTS[:1], Span(60_000, 61_000)) is None


def test_an_answer_over_two_visits_is_played_in_its_order() -> None:
    second = noise(4, seed=8)
    both = [*SEGMENTS, *recorded(second, track=2, origin_ms=30_000)]
    span = Span(12_000, 32_000)
    file = cut(near(both, span), span)
    assert file is not None
    heard = played(file)
    assert abs(len(heard) - 3 * RATE) <= 2 * 320
    assert abs(place(heard[: RATE // 2], SOUND)[0] - 7 * RATE) <= 2
    at, fit = place(heard[RATE + RATE // 2 :], second)
    assert fit > 0.6
    assert abs(at - RATE // 2) <= 320


def test_lost_segments_leave_the_others_in_their_places() -> None:
    span = Span(5_000, 13_000)
    file = cut([one for one in SEGMENTS if one.name.number not in (2, 3)], span)
    assert file is not None
    heard = played(file)
    assert abs(place(heard[: 2 * RATE], SOUND)[0]) <= 2
    at, fit = place(heard[2 * RATE + 3_200 : 3 * RATE], SOUND)
    assert fit > 0.6
    assert abs(at - (4 * RATE + 3_200)) <= 320


def slow_checksum(page: bytes) -> int:
    """Ogg's checksum as its standard writes it."""
    found = 0
    for byte in page:
        found ^= byte << 24
        for _ in range(8):
            found = ((found << 1) ^ 0x04C11DB7 if found & 0x80000000 else found << 1) & 0xFFFFFFFF
    return found


@given(data=st.binary(max_size=200))
def test_the_checksum_is_that_of_the_standard(data: bytes) -> None:
    assert ogg._checksum(data) == slow_checksum(data)


@given(sizes=st.lists(st.integers(min_value=1, max_value=1_275), min_size=1, max_size=130))
def test_every_packet_comes_out_of_its_pages_again(sizes: list[int]) -> None:
    packets = [bytes([n % 251]) * size for n, size in enumerate(sizes)]
    file = ogg.ogg_opus(packets, pre_skip=312, samples=len(sizes) * 960 - 312, input_rate=RATE)
    at, found, position = 0, [b""], 0
    while at < len(file):
        assert file[at : at + 4] == b"OggS"
        position = int.from_bytes(file[at + 6 : at + 14], "little", signed=True)
        pieces = file[at + 27 : at + 27 + file[at + 26]]
        at += 27 + len(pieces)
        for piece in pieces:
            found[-1] += file[at : at + piece]
            at += piece
            if piece < 255:
                found.append(b"")
    assert found[2:-1] == packets
    assert position == len(sizes) * 960


@pytest.mark.parametrize(
    ("asked", "status", "body", "told"),
    [
        ("", 200, b"0123456789", None),
        ("bytes=2-4", 206, b"234", "bytes 2-4/10"),
        ("bytes=7-", 206, b"789", "bytes 7-9/10"),
        ("bytes=-3", 206, b"789", "bytes 7-9/10"),
        ("bytes=0-999", 206, b"0123456789", "bytes 0-9/10"),
        ("bytes=10-", 416, b"", "bytes */10"),
        ("bytes=5-2", 416, b"", "bytes */10"),
        ("bytes=-0", 416, b"", "bytes */10"),
        ("bytes=1-2,4-5", 200, b"0123456789", None),
        ("bytes=-", 200, b"0123456789", None),
        ("lines=1-2", 200, b"0123456789", None),
        ("bytes=" + "9" * 50 + "-", 200, b"0123456789", None),
    ],
)
def test_a_range_is_answered_as_the_standard_says(asked: str, status: int, body: bytes, told: str | None) -> None:
    reply = answered(b"0123456789", asked)
    assert (reply.status_code, reply.headers.get("content-range")) == (status, told)
    said = bytes(reply.body)
    assert (json.loads(said)["code"] == "range_unknown") if status == 416 else (said == body)


def test_silence_of_the_encoder_is_no_shift() -> None:
    """The file's first sample is the span's, also where the sound begins in the middle of a packet."""
    click = np.zeros(RATE * 2, np.int16)
    click[16_123:16_200] = 20_000
    span = Span(6_000, 6_100)
    file = cut(recorded(click), span)
    assert file is not None
    heard = played(file)
    loud = int(np.argmax(np.abs(heard.astype(int)) > 5_000))
    assert abs(loud - 123) <= 8
