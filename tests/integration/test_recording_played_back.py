"""A voice over real WebRTC, recorded on a node, handed over through the link, played to a recruiter quote by quote."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np
import psycopg
import pytest
from aiortc import RTCPeerConnection, RTCSessionDescription
from aiortc.mediastreams import MediaStreamTrack
from aiortc.rtcconfiguration import RTCBundlePolicy, RTCConfiguration
from coordinator.recordings.deliveries import Deliveries
from coordinator_api import RunningApi, migrated_accounts, running_api, with_candidate
from edge_node.core.audio import AudioFrame
from edge_node.core.interview import events as e
from edge_node.core.interview.plan import QuestionKind
from edge_node.media.opus import OpusEncoder
from edge_node.media.sockets import PortPool
from edge_node.media.webrtc import WebRtcMedia
from edge_node.recording.codec import Name, Segment, ask_held, encode_segment, hand_over, read_reply
from edge_node.recording.recorder import SegmentRecorder
from edge_node.recording.sealing import seal, segment_label
from edge_node.recording.shelf import Shelf
from edge_node.uplink.recordings import AGREE_SECONDS, Recordings
from fakes.sound_places import Sound, noise, place, played
from linked_servers import LinkedServers
from record_path import Branch, HeadOffice, branch, head_office, planned_interview, rows, until_committed

ORIGIN_MS = 42_000
HEARD_SECONDS = 5.0
TEXT = "alpha bravo charlie"
WORDS = (("alpha", 700, 1_300), ("bravo", 2_030, 2_610), ("charlie", 3_400, 4_000))
"""Milliseconds from the visit's first sample."""


class Voice(MediaStreamTrack):
    """Noise as of a voice at 48 kHz, 20 ms at a time."""

    kind = "audio"

    def __init__(self) -> None:
        super().__init__()
        said = noise(HEARD_SECONDS + 3)
        self._said = np.interp(np.arange(len(said) * 3) / 3, np.arange(len(said)), said).astype(np.int16)
        self._count = 0

    async def recv(self) -> av.AudioFrame:
        await asyncio.sleep(0.02)
        piece = self._said[self._count * 960 :][:960]
        samples = np.pad(piece, (0, 960 - len(piece))).reshape(1, -1)
        frame = av.AudioFrame.from_ndarray(samples, format="s16", layout="mono")
        frame.sample_rate, frame.pts, frame.time_base = 48_000, self._count * 960, Fraction(1, 48_000)
        self._count += 1
        return frame


async def recorded_visit(shelf: Shelf, interview_id: str) -> Sound:
    """Record a visit over UDP; what the node heard, from its first sample on."""
    media = WebRtcMedia(udp_port_first=0, udp_port_last=0, addresses=["127.0.0.1"])
    page = RTCPeerConnection(RTCConfiguration(iceServers=[], bundlePolicy=RTCBundlePolicy.MAX_BUNDLE))
    page.addTrack(Voice())
    page.createDataChannel("room")
    PortPool(0, 0, ["127.0.0.1"]).attach(page)
    await page.setLocalDescription(await page.createOffer())
    peer, answer = await media.answer(str(page.localDescription.sdp), microphone=True, camera=False)
    recording = SegmentRecorder(shelf, OpusEncoder, segment_seconds=1.0).begin(interview_id, 1)
    heard: list[AudioFrame] = []
    try:
        await page.setRemoteDescription(RTCSessionDescription(answer, "answer"))
        async with asyncio.timeout(60):
            async for frame in peer.frames():
                recording.hear(frame, ORIGIN_MS)
                heard.append(frame)
                if len(heard) >= HEARD_SECONDS * 50:
                    break
    finally:
        await recording.close()
        await page.close()
        await media.close()
    assert [frame.start_sample for frame in heard] == [n * 320 for n in range(len(heard))]
    return np.frombuffer(b"".join(frame.pcm for frame in heard), np.int16)


def facts_of_an_answer(purposes: tuple[str, ...]) -> list[e.Event]:
    words = tuple(e.Word(text, ORIGIN_MS + start, ORIGIN_MS + end, 0.9) for text, start, end in WORDS)
    start_ms, end_ms = ORIGIN_MS + WORDS[0][1], ORIGIN_MS + WORDS[-1][2]
    return [
        e.InterviewOpened("k", "en"),
        e.ConsentGiven(purposes, "2"),
        e.CandidateJoined(1, True, False),
        e.QuestionAsked("q1", "s1", QuestionKind.PLANNED, "Why?"),
        e.TurnTaken("t1", "q1", TEXT, e.TurnMode.SPOKEN, start_ms, end_ms, words),
        e.TurnTaken("t2", "q1", "typed", e.TurnMode.TYPED, start_ms, end_ms),
        e.InterviewClosed("completed"),
    ]


@dataclass
class World:
    """Head office and a branch, joined."""

    servers: LinkedServers
    database_url: str
    running: RunningApi
    office: HeadOffice
    node: Branch
    shelf: Shelf
    headers: dict[str, dict[str, str]]
    """By role."""

    async def audio(self, interview_id: str, query: str = "", *, role: str = "recruiter", **extra: str) -> Any:
        path = f"/api/interviews/{interview_id}/turns/t1/audio{query}"
        return await self.running.client.get(path, headers={**self.headers[role], **extra})

    async def keep(self, interview_id: str, facts: list[e.Event]) -> None:
        recorded = await self.node.journal.append(interview_id, facts, after=0, interview_ms=ORIGIN_MS)
        epoch = (await self.node.journal.incarnation()).epoch
        last = await self.node.journal.last_sequence()
        assert recorded
        await until_committed(self.office, self.servers.node_id, epoch, last)

    def recordings(self, later_seconds: float = 0.0) -> Recordings:
        """The uplink's part, as a process that has just started."""
        link, newest = self.node.link, self.shelf.newest_unix(self.shelf.interviews()[0])

        async def ask(subject: str, request: bytes, timeout_seconds: float) -> bytes:
            return await link.request(subject, request, timeout_seconds=timeout_seconds)

        return Recordings(
            self.shelf,
            self.node.journal,
            ask,
            self.servers.node_id,
            kept_days=7,
            behind=lambda: False,
            now=lambda: newest + later_seconds,
        )


@pytest.fixture
def servers(tmp_path: Path) -> Iterator[LinkedServers]:
    made = LinkedServers(tmp_path)
    made.start()
    yield made
    made.stop()


@pytest.fixture
async def world(servers: LinkedServers, database_url: str, tmp_path: Path) -> AsyncIterator[World]:
    accounts = with_candidate(database_url, await asyncio.to_thread(migrated_accounts, database_url, tmp_path))
    login = servers.core_credentials
    shelf = Shelf(tmp_path / "node-data", share_bytes=1 << 30, kept_free_bytes=0)
    async with (
        running_api(
            database_url,
            servers.hub.url,
            credentials_file=login,
            recording_key_file=tmp_path / "office" / "recording.key",
        ) as running,
        head_office(servers, database_url) as office,
        branch(servers) as node,
    ):
        headers = {role: await running.sign_in(account) for role, account in accounts.items()}
        yield World(servers, database_url, running, office, node, shelf, headers)


async def test_a_quote_is_played_from_the_samples_in_which_it_was_heard(
    world: World, capfd: pytest.CaptureFixture[str]
) -> None:
    interview_id = planned_interview(world.database_url, world.servers.node_id)
    heard = await recorded_visit(world.shelf, interview_id)
    await world.keep(interview_id, facts_of_an_answer(("interview", "recording")))
    assert (await world.audio(interview_id)).status_code == 404
    recordings = world.recordings()
    async with asyncio.timeout(60):
        while world.shelf.delivered_unix(interview_id) is None:
            await recordings.look()
            await asyncio.sleep(0.1)

    for text, start_ms, end_ms in WORDS:
        first = TEXT.index(text)
        reply = await world.audio(interview_id, f"?start_char={first}&end_char={first + len(text)}")
        assert (reply.status_code, reply.headers["content-type"]) == (200, "audio/ogg")
        sound = played(reply.content)
        at, fit = place(sound, heard)
        assert abs(at - (start_ms - 250) * 16) <= 2
        assert abs(len(sound) - (end_ms - start_ms + 600) * 16) <= 2
        assert fit > 0.7
    whole = await world.audio(interview_id)
    at, _ = place(played(whole.content), heard)
    assert abs(at - (WORDS[0][1] - 250) * 16) <= 2
    pieces = [await world.audio(interview_id, Range=asked) for asked in ("bytes=0-999", "bytes=1000-")]
    assert [piece.status_code for piece in pieces] == [206, 206]
    assert b"".join(piece.content for piece in pieces) == whole.content

    view = (
        await world.running.client.get(f"/api/interviews/{interview_id}", headers=world.headers["recruiter"])
    ).json()
    assert view["recording"] == {"agreed": True, "seconds": 5, "stopped": "", "erased_at": None}
    assert [turn["has_audio"] for turn in view["transcript"][0]["turns"]] == [True, False]
    await nobody_else_hears_it(world, interview_id)
    await an_erased_one_is_gone(world, interview_id)
    told = capfd.readouterr()
    assert not any(word in told.out + told.err for word, _, _ in WORDS)


async def nobody_else_hears_it(world: World, interview_id: str) -> None:
    assert (await world.audio(interview_id, role="candidate")).status_code == 403
    other = planned_interview(world.database_url, world.servers.node_id)
    client, recruiter = world.running.client, world.headers["recruiter"]
    for path in (f"{other}/turns/t1", f"{interview_id}/turns/t2", f"{interview_id}/turns/t9"):
        reply = await client.get(f"/api/interviews/{path}/audio", headers=recruiter)
        assert (reply.status_code, reply.json()["code"]) == (404, "recording_unknown"), path
    for query in ("?start_char=3", "?start_char=5&end_char=5", "?start_char=-1&end_char=4", "?start_char=x"):
        assert (await world.audio(interview_id, query)).status_code == 422, query
    sealed = b"".join(row[0] for row in rows(world.database_url, "SELECT sealed FROM recording_segment"))
    key = world.shelf.data_key(interview_id)
    packet = world.shelf.segment(interview_id, key, Name(1, 1)).packets[7]
    assert packet not in sealed
    assert rows(world.database_url, "SELECT 1 FROM recording WHERE position(%s IN wrapped_key) > 0", key) == []
    plays = "SELECT subject, detail FROM audit_entry WHERE action = 'recording.play' ORDER BY number"
    audited = rows(world.database_url, plays)
    assert {subject for subject, _ in audited} == {f"interview:{interview_id}"}
    assert audited[0][1] == {"turn_id": "t1", "start_char": 0, "end_char": 5}
    assert len(audited) == len(WORDS) + 3


async def an_erased_one_is_gone(world: World, interview_id: str) -> None:
    path = f"/api/interviews/{interview_id}/recording"
    client = world.running.client
    assert (await client.delete(path, headers=world.headers["recruiter"])).status_code == 403
    erased = await client.delete(path, headers=world.headers["admin"])
    assert (erased.status_code, erased.json()["interview_id"]) == (200, interview_id)
    assert (await client.delete(path, headers=world.headers["admin"])).json() == erased.json()
    assert (await world.audio(interview_id)).status_code == 404
    assert rows(world.database_url, "SELECT count(*) FROM recording_segment") == [(0,)]
    assert rows(world.database_url, "SELECT wrapped_key FROM recording") == [(None,)]
    await world.recordings(AGREE_SECONDS).look()
    assert world.shelf.interviews() == []
    view = (await client.get(f"/api/interviews/{interview_id}", headers=world.headers["recruiter"])).json()
    assert view["recording"]["erased_at"]
    assert [turn["has_audio"] for turn in view["transcript"][0]["turns"]] == [False, False]


def a_segment(interview_id: str, key: bytes, *, inside: Name = Name(1, 0), packets: int = 1) -> bytes:  # noqa: B008 - frozen
    segment = Segment(inside, 0, 0, 312, (b"\xfc\xff\xfe",) * packets)
    return seal(key, encode_segment(segment), segment_label(interview_id, 1, 0))


async def test_only_what_opens_in_its_place_is_taken_in_and_only_with_the_consent(world: World) -> None:
    node_id = world.servers.node_id
    agreed, not_agreed, silent = (planned_interview(world.database_url, node_id) for _ in range(3))
    foreign = planned_interview(world.database_url, "n-other")
    await world.keep(agreed, facts_of_an_answer(("interview", "recording")))
    await world.keep(not_agreed, facts_of_an_answer(("interview",)))
    deliveries = Deliveries(world.running.api.recordings)
    key, place_ = b"k" * 32, Name(1, 0)

    async def answer(payload: bytes, subject: str = f"rpc.{node_id}.recording") -> str:
        return read_reply(await deliveries.answer(subject, payload)).status

    def handed(interview_id: str, sealed: bytes, *, name: Name = place_, data_key: bytes = key) -> bytes:
        return hand_over(node_id, interview_id, name, sealed, data_key)

    good = a_segment(agreed, key)
    refused = [
        b"garbage",
        b"",
        handed(agreed, good, name=Name(1, 1)),
        handed(agreed, good, name=Name(2, 0)),
        handed(agreed, good, data_key=b"x" * 32),
        handed(agreed, good, data_key=b""),
        handed(agreed, good[:-1]),
        handed(agreed, b""),
        handed(agreed, a_segment(not_agreed, key)),
        handed(agreed, a_segment(agreed, key, inside=Name(1, 5))),
        handed(agreed, a_segment(agreed, key, packets=4_000)),
        handed(agreed, a_segment(agreed, key, packets=0)),
        handed(foreign, a_segment(foreign, key)),
        handed("no-such-interview", a_segment("no-such-interview", key)),
        handed("../../etc", good),
    ]
    assert [await answer(payload) for payload in refused] == ["refused"] * len(refused)
    assert await answer(handed(agreed, good), "rpc.another.recording") == "refused"
    assert await answer(handed(not_agreed, a_segment(not_agreed, key))) == "not_agreed"
    assert await answer(handed(silent, a_segment(silent, key))) == "later"
    assert rows(world.database_url, "SELECT count(*) FROM recording_segment") == [(0,)]
    assert await answer(handed(agreed, good)) == "held"
    assert await answer(handed(agreed, good)) == "held"
    assert await answer(handed(agreed, a_segment(agreed, b"z" * 32), data_key=b"z" * 32)) == "refused"
    assert rows(world.database_url, "SELECT count(*) FROM recording_segment") == [(1,)]
    erasures = "SELECT subject, actor_role FROM audit_entry WHERE action LIKE 'recording%%'"
    assert rows(world.database_url, erasures) == []
    with psycopg.connect(world.database_url) as connection:
        connection.execute("UPDATE consent SET purposes = '{interview}' WHERE interview_id = %s", (agreed,))
    assert (await world.audio(agreed)).status_code == 404
    assert await answer(ask_held(node_id, agreed)) == "not_agreed"
    assert rows(world.database_url, "SELECT count(*) FROM recording_segment") == [(0,)]
    assert rows(world.database_url, erasures) == [(f"interview:{agreed}", "system")]
