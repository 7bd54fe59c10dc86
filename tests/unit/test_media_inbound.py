"""Decoded frames become even frames by the sender's clock; descriptions are read and rewritten as text."""

import av
import numpy as np
import pytest
from edge_node.core.audio import AudioFrame
from edge_node.media.channel import parse
from edge_node.media.description import advertise, candidates, without_hidden_hosts
from edge_node.media.inbound import LONGEST_QUEUE_FRAMES, AudioInbound, PictureInbound


def decoded(start: int, level: int = 8000, samples: int = 960) -> av.AudioFrame:
    """20 ms as the Opus decoder gives it: s16, stereo, 48 kHz."""
    sound = np.full((1, samples * 2), level, np.int16)
    frame = av.AudioFrame.from_ndarray(sound, format="s16", layout="stereo")
    frame.sample_rate, frame.pts = 48_000, start
    return frame


async def pushed(starts: list[int]) -> tuple[list[AudioFrame], AudioInbound]:
    inbound = AudioInbound()
    for start in starts:
        inbound.push(decoded(start))
    inbound.end()
    return [frame async for frame in inbound.frames()], inbound


def loud(frame: AudioFrame) -> bool:
    return bool(np.abs(np.frombuffer(frame.pcm, np.int16)).max() > 6000)


async def test_a_gap_is_filled_with_silence_of_its_length() -> None:
    frames, _ = await pushed([960 * n for n in (*range(10), *range(20, 30))])
    assert [frame.start_sample for frame in frames] == [320 * n for n in range(len(frames))]
    assert len(frames) in (29, 30)
    assert all(loud(frame) for frame in frames[1:9])
    assert not any(loud(frame) for frame in frames[11:19])
    assert all(loud(frame) for frame in frames[21:28])


async def test_what_comes_late_or_twice_is_left_out() -> None:
    frames, inbound = await pushed([0, 960, 1920, 960, 960, 2880])
    assert len(frames) in (3, 4)
    assert inbound.late_frames == 2


async def test_a_new_clock_is_no_gap() -> None:
    frames, _ = await pushed([0, 960, 10_000_000, 10_000_960])
    assert len(frames) in (3, 4)
    frames, _ = await pushed([10_000_000, 10_000_960, 0, 960])
    assert len(frames) in (3, 4)


async def test_a_slow_reader_loses_the_oldest() -> None:
    frames, inbound = await pushed([960 * n for n in range(LONGEST_QUEUE_FRAMES + 100)])
    assert len(frames) == LONGEST_QUEUE_FRAMES
    assert inbound.dropped_frames in (99, 100)
    assert frames[0].start_sample == 320 * inbound.dropped_frames


def test_only_json_objects_of_a_bounded_size_are_messages() -> None:
    assert parse('{"type": "ping", "at": 1}') == {"type": "ping", "at": 1}
    for garbage in (b"{}", "", "{", "[]", "null", "NaN", '{"a": "' + "x" * 65_536 + '"}', '{"a":' * 100_000):
        assert parse(garbage) is None


SDP = "\r\n".join(
    [
        "v=0",
        "c=IN IP4 10.0.0.5",
        "a=candidate:1 1 udp 2122260223 4f2a-77.local 50001 typ host",
        "a=candidate:2 1 udp 2122260223 10.0.0.5 50002 typ host",
        "a=candidate:3 1 udp 2122260223 fd00::5 50003 typ host",
        "a=end-of-candidates",
        "c=IN IP4 0.0.0.0",
        "",
    ]
)


def test_hidden_hosts_are_left_out_and_then_no_end_is_claimed() -> None:
    shown = without_hidden_hosts(SDP)
    assert candidates(SDP) == 3
    assert candidates(shown) == 2
    assert ".local" not in shown
    assert "end-of-candidates" not in shown
    plain = SDP.replace("4f2a-77.local", "10.0.0.6")
    assert without_hidden_hosts(plain) == plain


def test_the_advertised_host_replaces_every_ipv4_host() -> None:
    told = advertise(SDP, "203.0.113.7")
    assert "10.0.0.5" not in told
    assert "c=IN IP4 203.0.113.7" in told
    assert "203.0.113.7 50002 typ host" in told
    assert "fd00::5" in told
    assert "c=IN IP4 0.0.0.0" in told
    assert advertise(SDP, "") == SDP


@pytest.mark.parametrize(
    ("sent", "seen"), [((320, 240), (320, 240)), ((1280, 720), (320, 180)), ((241, 641), (120, 320)), ((2, 2), (2, 2))]
)
def test_a_picture_is_small_whatever_a_browser_sends_and_keeps_its_light(
    sent: tuple[int, int], seen: tuple[int, int]
) -> None:
    inbound = PictureInbound()
    assert inbound.newest(0.0) is None
    width, height = sent
    inbound.push(av.VideoFrame.from_ndarray(np.full((height, width, 3), 128, np.uint8), format="rgb24"), at=1.0)
    picture = inbound.newest(3.5)
    assert picture is not None
    assert (picture.width, picture.height, picture.age_seconds) == (*seen, 2.5)
    assert len(picture.i420) == seen[0] * seen[1] * 3 // 2
    assert set(picture.i420[: seen[0] * seen[1]]) <= {125, 126, 127}
