"""Recordings on a node: segments, alignment, seals, a full or slow disk, and what a killed process leaves."""

import asyncio
import os
import stat
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from edge_node.core.audio import FRAME_SAMPLES, AudioFrame
from edge_node.recording.codec import Name, Segment
from edge_node.recording.recorder import SegmentRecorder, VisitRecording
from edge_node.recording.sealing import SealBroken
from edge_node.recording.shelf import NODE_KEY, Shelf, ShelfFull

ID = "interview-1"
PLENTY = 1 << 40


class EchoEncoder:
    """``ports.recording.SoundEncoder`` whose packets are what went in."""

    pre_skip = 312

    def encode(self, pcm: bytes) -> list[bytes]:
        return [pcm]

    def finish(self) -> list[bytes]:
        return [b"tail"]


def shelf_in(folder: Path, *, share: int = PLENTY, kept_free: int = 0, free: int = PLENTY) -> Shelf:
    return Shelf(folder, share_bytes=share, kept_free_bytes=kept_free, free_bytes=lambda _: free)


def frame(number: int) -> AudioFrame:
    """The ``number``-th frame; its first sample says which it is."""
    return AudioFrame(number.to_bytes(2, "little") * FRAME_SAMPLES, number * FRAME_SAMPLES)


def frame_numbers(segment: Segment) -> list[int]:
    return [int.from_bytes(packet[:2], "little") for packet in segment.packets if packet != b"tail"]


def segments_of(shelf: Shelf) -> list[Segment]:
    key = shelf.data_key(ID)
    return [shelf.segment(ID, key, name) for name in shelf.segments(ID)]


def one_segment(number: int = 0) -> Segment:
    return Segment(Name(1, number), 5_000, 0, 312, (b"some sound",))


async def test_every_frame_is_in_the_segment_its_sample_says(tmp_path: Path) -> None:
    shelf = shelf_in(tmp_path)
    recording = SegmentRecorder(shelf, EchoEncoder, segment_seconds=0.2).begin(ID, 2)
    for number in range(1, 26):
        recording.hear(frame(number), 7_000)
    await recording.close()
    found = segments_of(shelf)
    assert [segment.name for segment in found] == [Name(2, 0), Name(2, 1), Name(2, 2)]
    assert {segment.origin_ms for segment in found} == {7_000}
    for segment in found:
        for place, number in enumerate(frame_numbers(segment)):
            assert segment.first_sample + place * FRAME_SAMPLES == number * FRAME_SAMPLES
    assert sum(len(frame_numbers(segment)) for segment in found) == 25
    assert found[-1].packets[-1] == b"tail"


@pytest.mark.parametrize("hole_frames", [3, 3_001])
async def test_lost_frames_move_nothing_behind_them(tmp_path: Path, hole_frames: int) -> None:
    shelf = shelf_in(tmp_path)
    recording = SegmentRecorder(shelf, EchoEncoder).begin(ID, 1)
    for number in (1, 2, 3 + hole_frames, 2):
        recording.hear(frame(number), 0)
    await recording.close()
    placed = {
        segment.first_sample + place * FRAME_SAMPLES: number
        for segment in segments_of(shelf)
        for place, number in enumerate(frame_numbers(segment))
        if number
    }
    assert placed == {number * FRAME_SAMPLES: number for number in (1, 2, 3 + hole_frames)}
    assert len(shelf.segments(ID)) == (1 if hole_frames < 3_000 else 2), "a long hole is not written as silence"


async def test_what_a_killed_process_leaves_is_whole_up_to_its_last_segment(tmp_path: Path) -> None:
    shelf = shelf_in(tmp_path)
    recording = SegmentRecorder(shelf, EchoEncoder, segment_seconds=0.2).begin(ID, 1)
    for number in range(25):
        recording.hear(frame(number), 0)
    async with asyncio.timeout(10):
        while len(shelf.segments(ID)) < 2:
            await asyncio.sleep(0.01)
    # Nothing is closed: what lies there now is what a process killed here leaves, with a draft it was writing.
    place = tmp_path / "recordings" / ID
    (place / "1-2.segment.draft").write_bytes(b"half a segm")
    after = shelf_in(tmp_path)
    assert [number for segment in segments_of(after) for number in frame_numbers(segment)] == list(range(20))
    again = SegmentRecorder(after, EchoEncoder).begin(ID, 2)
    again.hear(frame(0), 99)
    await again.close()
    assert not list(place.glob("*.draft"))
    assert [name.track for name in after.segments(ID)] == [1, 1, 2]
    await recording.close()


def test_a_seal_fits_one_key_one_place_and_every_byte(tmp_path: Path) -> None:
    shelf = shelf_in(tmp_path)
    key = shelf.open(ID)
    shelf.add(ID, key, one_segment())
    shelf.add(ID, key, one_segment(1))
    other = shelf.open("interview-2")
    shelf.add("interview-2", other, one_segment())
    place = tmp_path / "recordings"
    first, second = place / ID / "1-0.segment", place / ID / "1-1.segment"
    kept = first.read_bytes()
    assert b"some sound" not in kept
    assert shelf.segment(ID, key, Name(1, 0)) == one_segment()
    with pytest.raises(SealBroken):
        shelf.segment(ID, other, Name(1, 0))
    for forged in (second.read_bytes(), kept[:-1], kept[:5], b"", kept[:20] + bytes([kept[20] ^ 1]) + kept[21:]):
        first.write_bytes(forged)
        with pytest.raises(SealBroken):
            shelf.segment(ID, key, Name(1, 0))
    first.write_bytes(kept)
    os.replace(place / "interview-2" / "key", place / ID / "key")
    with pytest.raises(SealBroken):
        shelf.data_key(ID)


def test_keys_are_for_the_owner_only_and_an_erased_recording_cannot_come_back(tmp_path: Path) -> None:
    shelf = shelf_in(tmp_path)
    key = shelf.open(ID)
    shelf.add(ID, key, one_segment())
    files = [tmp_path / NODE_KEY, *(tmp_path / "recordings" / ID).iterdir()]
    assert {stat.S_IMODE(file.stat().st_mode) for file in files} == {0o600}
    shelf.erase(ID)
    assert shelf.interviews() == []
    with pytest.raises(FileNotFoundError):
        shelf.add(ID, key, one_segment())
    shelf.erase(ID)


@pytest.mark.parametrize("bad", ["", "..", "a/b", "x" * 65, "a\0"])
def test_no_name_leads_out_of_the_folder(tmp_path: Path, bad: str) -> None:
    with pytest.raises(ValueError, match="not an interview id"):
        shelf_in(tmp_path).segments(bad)


async def ended(recording: VisitRecording) -> str:
    async with asyncio.timeout(10):
        return await recording.stopped()


@pytest.mark.parametrize(
    ("make", "reason"),
    [
        (lambda folder: shelf_in(folder, share=100), "share_full"),
        (lambda folder: shelf_in(folder, kept_free=1_000, free=1_500), "disk_full"),
    ],
    ids=["share", "disk"],
)
async def test_a_full_disk_ends_the_recording_and_says_why(
    tmp_path: Path, make: Callable[[Path], Shelf], reason: str
) -> None:
    recording = SegmentRecorder(make(tmp_path), EchoEncoder, segment_seconds=0.02).begin(ID, 1)
    recording.hear(frame(0), 0)
    assert await ended(recording) == reason
    recording.hear(frame(1), 0)
    await recording.close()


async def test_a_key_that_does_not_open_ends_the_recording(tmp_path: Path) -> None:
    shelf_in(tmp_path).open(ID)
    (tmp_path / NODE_KEY).write_bytes(b"too short")
    recording = SegmentRecorder(shelf_in(tmp_path), EchoEncoder).begin(ID, 1)
    assert await ended(recording) == "failed"
    await recording.close()


class StandingDisk(Shelf):
    """A disk that stands still until it is told to go on."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder, share_bytes=PLENTY, kept_free_bytes=0)
        self.standing, self.go_on = threading.Event(), threading.Event()

    def add(self, interview_id: str, key: bytes, segment: Segment) -> None:
        self.standing.set()
        assert self.go_on.wait(30)
        super().add(interview_id, key, segment)


async def test_a_disk_that_stands_still_costs_the_recording_and_nobody_waits(tmp_path: Path) -> None:
    shelf = StandingDisk(tmp_path)
    recording = VisitRecording(shelf, EchoEncoder, ID, track=1, segment_packets=1, queued_frames=5)
    recording.hear(frame(0), 0)
    await asyncio.to_thread(shelf.standing.wait, 10)
    for number in range(1, 8):
        recording.hear(frame(number), 0)
    assert await ended(recording) == "too_slow"
    shelf.go_on.set()
    await recording.close()
    heard = [number for segment in segments_of(shelf) for number in frame_numbers(segment)]
    assert heard == [0, 1, 2, 3, 4, 5], "what waited is kept, in order"


def test_a_share_counts_what_others_wrote(tmp_path: Path) -> None:
    first = shelf_in(tmp_path)
    first.add(ID, first.open(ID), one_segment())
    used = first.used_bytes()
    second = shelf_in(tmp_path, share=used + 10)
    with pytest.raises(ShelfFull, match="share_full"):
        second.add(ID, second.data_key(ID), one_segment(7))
    assert second.nearly_full(0.5)
    assert not first.nearly_full(0.5)
