"""The kiosk over real HTTP, with a room process's subjects served on a real bus."""

import asyncio
import time
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest
from edge_node.bus.local import Bus
from edge_node.kiosk.http import create_app
from edge_node.kiosk.join_codes import Tries
from edge_node.kiosk.page import Page
from edge_node.kiosk.readiness import Readiness
from edge_node.kiosk.server import KioskServer
from edge_node.kiosk.signalling import Rooms
from edge_node.kiosk.tokens import RoomTokens, Ticket
from fakes.fixed_kits import FixedKits, small_kit
from scripted_kiosk import TOKENS, ScriptedRoom, bearer

OFFER = {"sdp": "v=0", "type": "offer", "microphone": True, "camera": False}


@pytest.fixture
def room() -> ScriptedRoom:
    return ScriptedRoom()


@pytest.fixture
def emotion() -> bool:
    """Whether candidates are asked for a guess of what their face expresses; a test may say otherwise."""
    return False


@pytest.fixture
def recording() -> bool:
    return False


@pytest.fixture
async def web(bus: Bus, tmp_path: Path, recording: bool, emotion: bool) -> AsyncIterator[httpx.AsyncClient]:
    (tmp_path / "page" / "assets").mkdir(parents=True)
    (tmp_path / "page" / "index.html").write_text("<!doctype html><title>room</title>")
    (tmp_path / "page" / "assets" / "a.js").write_text("export {}")
    (tmp_path / "secret.txt").write_text("not for the page")
    kits = FixedKits(small_kit("i-1", "ABCD1234"), small_kit("i-old", "OLDOLD12", expires_unix_ms=1_000))
    app = create_app(
        name="Branch",
        page=Page(tmp_path / "page"),
        assignments=kits,
        rooms=Rooms(bus),
        readiness=Readiness(bus),
        tokens=TOKENS,
        tries=Tries(at_most=3),
        recording=recording,
        emotion=emotion,
    )
    server = KioskServer(app)
    port = server.bind("127.0.0.1", 0)
    stopping = asyncio.Event()
    task = asyncio.create_task(server.serve(stopping))
    async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", timeout=10) as client:
        yield client
    stopping.set()
    await asyncio.wait_for(task, 8)


async def join(web: httpx.AsyncClient, code: str) -> httpx.Response:
    return await web.post("/api/join", json={"code": code})


async def test_a_code_lets_in_once(web: httpx.AsyncClient, bus: Bus, room: ScriptedRoom) -> None:
    await room.serve(bus)
    first = await join(web, " abcd-1234 ")
    assert first.status_code == 200
    body = first.json()
    assert body["interview"] == {
        "id": "i-1",
        "language": "en",
        "company_name": "Harbour Tools",
        "job_title": "Backend engineer",
        "candidate_name": "Dana Reyes",
        "stages": 2,
        "minutes": 6,
    }
    assert TOKENS.ticket(body["token"], time.time()) == Ticket("i-1", "kit-i-1")
    again = await join(web, "ABCD1234")
    assert (again.status_code, again.json()["code"]) == (409, "code_used")


async def test_wrong_codes(web: httpx.AsyncClient, bus: Bus, room: ScriptedRoom) -> None:
    await room.serve(bus)
    expired = await join(web, "OLDOLD12")
    assert (expired.status_code, expired.json()["code"]) == (410, "code_expired")
    for _ in range(3):
        unknown = await join(web, "NOPE")
        assert (unknown.status_code, unknown.json()["code"]) == (404, "code_unknown")
    stopped = await join(web, "ABCD1234")
    assert (stopped.status_code, stopped.json()["code"]) == (429, "too_many_tries")
    assert 0 < int(stopped.headers["retry-after"]) <= 300
    assert room.claimed == set()


async def test_no_room_process_means_not_ready(web: httpx.AsyncClient) -> None:
    refused = await join(web, "ABCD1234")
    assert (refused.status_code, refused.json()["code"]) == (503, "node_not_ready")
    node = (await web.get("/api/node")).json()
    assert node["ready"] is False
    assert {"room_down", "speech_down"} <= set(node["problems"])
    assert node["rooms_free"] == 0
    offer = await web.post("/api/offer", json=OFFER, headers=bearer())
    assert (offer.status_code, offer.json()["code"]) == (503, "room_unavailable")


@pytest.mark.parametrize(
    "code", ["draining", "disk_full", "clock_wrong", "model_missing", "model_damaged", "models_unchecked"]
)
async def test_what_the_node_lacks_is_said_before_and_after_the_code(
    web: httpx.AsyncClient, bus: Bus, room: ScriptedRoom, code: str
) -> None:
    room.problems = (code,)
    await room.serve(bus)
    node = (await web.get("/api/node")).json()
    assert node["ready"] is False
    assert code in node["problems"]
    refused = await join(web, "ABCD1234")
    assert (refused.status_code, refused.json()["code"]) == (503, code)
    assert "achine" in refused.json()["message"]
    room.problems = ()
    assert (await join(web, "ABCD1234")).status_code == 200, "the code was not used up"


async def test_consent_then_offer_then_state(web: httpx.AsyncClient, bus: Bus, room: ScriptedRoom) -> None:
    await room.serve(bus)
    early = await web.post("/api/offer", json=OFFER, headers=bearer())
    assert (early.status_code, early.json()["code"]) == (403, "consent_missing")
    partial = await web.post("/api/consent", json={"purposes": ["emotion"], "notice_version": "1"}, headers=bearer())
    assert (partial.status_code, partial.json()["code"]) == (403, "consent_missing")
    for purposes, version in ((["interview", "\0"], "1"), (["interview", "x" * 5000], "1"), (["interview"], "\0")):
        odd = {"purposes": purposes, "notice_version": version}
        assert (await web.post("/api/consent", json=odd, headers=bearer())).json()["code"] == "bad_request"
    assert room.consents == {}
    consent = {"purposes": ["interview", "camera"], "notice_version": "1"}
    assert (await web.post("/api/consent", json=consent, headers=bearer())).status_code == 204
    assert room.consents == {"i-1": ["interview", "camera"]}
    answer = await web.post("/api/offer", json=OFFER, headers=bearer())
    assert answer.json() == {"sdp": "answer to v=0 microphone=True camera=False", "type": "answer"}
    assert (await web.get("/api/state", headers=bearer())).json() == {
        "consented": True,
        "closed": False,
        "question": {"id": "q1", "text": "What did you build last?"},
        "stages_done": 0,
        "stages_total": 2,
        "recording": False,
        "purposes": ["interview", "camera"],
        "said": [
            {"who": "interviewer", "id": "q0", "text": "Please introduce yourself."},
            {"who": "candidate", "id": "t1", "text": "I build bridges."},
        ],
    }
    assert (await web.post("/api/decline", headers=bearer())).status_code == 204
    assert room.consents == {"i-1": []}


async def test_a_picture_of_the_device_check_is_answered_with_hints(
    web: httpx.AsyncClient, bus: Bus, room: ScriptedRoom
) -> None:
    await room.serve(bus)
    good = await web.post("/api/look?width=320&height=240", content=bytes(115_200), headers=bearer())
    assert (good.status_code, good.json()) == (200, {"hints": ["too_dark", "face_absent"]})
    assert room.looked == [("i-1", "kit-i-1", 320, 240, 115_200)]
    for sides, size in (
        ("width=320&height=240", 115_199),
        ("width=320&height=240", 0),
        ("width=321&height=240", 115_560),
        ("width=30&height=240", 10_800),
        ("width=4000&height=4000", 16),
        ("width=-320&height=-240", 115_200),
        ("height=240", 115_200),
    ):
        refused = await web.post(f"/api/look?{sides}", content=bytes(size), headers=bearer())
        assert (refused.status_code, refused.json()["code"]) == (400, "bad_request"), sides
    large = await web.post("/api/look?width=640&height=480", content=bytes(460_800), headers=bearer())
    assert large.status_code == 413
    assert len(room.looked) == 1
    for failure, status, code in (("busy", 503, "room_unavailable"), ("interview_closed", 409, "interview_closed")):
        room.look_failure = failure
        refused = await web.post("/api/look?width=32&height=32", content=bytes(1536), headers=bearer())
        assert (refused.status_code, refused.json()["code"]) == (status, code)


@pytest.mark.parametrize(
    ("failure", "status", "code"),
    [
        ("bad_offer", 400, "bad_offer"),
        ("no_free_port", 503, "no_free_port"),
        ("rooms_full", 503, "rooms_full"),
        ("interview_closed", 409, "interview_closed"),
        ("late", 503, "room_unavailable"),
        ("something_new", 500, "internal"),
    ],
)
async def test_what_the_room_refuses(
    web: httpx.AsyncClient, bus: Bus, room: ScriptedRoom, failure: str, status: int, code: str
) -> None:
    await room.serve(bus)
    room.offer_failure = failure
    answer = await web.post("/api/offer", json=OFFER, headers=bearer())
    assert (answer.status_code, answer.json()["code"]) == (status, code)


@pytest.mark.parametrize(
    ("headers", "code"),
    [
        ({}, "token_invalid"),
        ({"Authorization": "Bearer rubbish"}, "token_invalid"),
        ({"Authorization": "Basic abc"}, "token_invalid"),
        (bearer(tokens=RoomTokens("x" * 64, "node-1")), "token_invalid"),
        (bearer(now=0.0), "token_expired"),
    ],
    ids=["none", "garbage", "other scheme", "other key", "expired"],
)
async def test_without_a_good_token_nothing_is_asked(
    web: httpx.AsyncClient, bus: Bus, room: ScriptedRoom, headers: dict[str, str], code: str
) -> None:
    await room.serve(bus)
    consent = {"purposes": ["interview"], "notice_version": "1"}
    for answer in (
        await web.get("/api/state", headers=headers),
        await web.post("/api/offer", json=OFFER, headers=headers),
        await web.post("/api/consent", json=consent, headers=headers),
        await web.post("/api/decline", headers=headers),
        await web.post("/api/look?width=32&height=32", content=bytes(1536), headers=headers),
    ):
        assert (answer.status_code, answer.json()["code"]) == (401, code)
    assert room.consents == {}


async def test_bodies_that_are_wrong_or_too_large(web: httpx.AsyncClient) -> None:
    for content in (b"", b"{", b"[]", b'{"code": 7}', b'{"code": "' + b"A" * 100 + b'"}'):
        answer = await web.post("/api/join", content=content, headers={"Content-Type": "application/json"})
        assert (answer.status_code, answer.json()["code"]) == (400, "bad_request")

    async def endless() -> AsyncIterator[bytes]:
        for _ in range(10):
            yield b" " * 65_536

    answer = await web.post("/api/join", content=endless())
    assert (answer.status_code, answer.json()["code"]) == (413, "too_large")


async def test_the_page_its_headers_and_nothing_beyond(web: httpx.AsyncClient) -> None:
    for path in ("/", "/interview", "/index.html"):
        answer = await web.get(path)
        assert answer.status_code == 200
        assert "<title>room</title>" in answer.text
        assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert "camera=(self)" in answer.headers["permissions-policy"]
    script = await web.get("/assets/a.js")
    assert script.headers["content-type"].startswith("text/javascript")
    assert "immutable" in script.headers["cache-control"]
    for path in (
        "/../secret.txt",
        "/%2e%2e/secret.txt",
        "/assets/%2e%2e/%2e%2e/secret.txt",
        "/missing.js",
        "/" + "a" * 5000,
        "/api/none",
    ):
        answer = await web.get(path)
        assert "not for the page" not in answer.text
        assert (answer.status_code, answer.json()["code"]) == (404, "not_found")
    assert (await web.delete("/api/join")).json()["code"] in ("method_not_allowed", "not_found")
    assert (await web.get("/healthz")).json() == {"status": "ok"}


@pytest.mark.parametrize("recording", [False, True], ids=["nobody is recorded", "who wants it is"])
async def test_a_recording_is_agreed_to_only_where_it_is_asked_for(
    web: httpx.AsyncClient, bus: Bus, room: ScriptedRoom, recording: bool
) -> None:
    await room.serve(bus)
    assert (await join(web, "ABCD1234")).json()["recording"] is recording
    both = {"purposes": ["interview", "recording"], "notice_version": "2"}
    reply = await web.post("/api/consent", json=both, headers=bearer())
    assert reply.status_code == (204 if recording else 400), reply.text
    assert room.consents.get("i-1", []) == (["interview", "recording"] if recording else [])
    assert (await web.get("/api/state", headers=bearer())).json()["recording"] is recording
    back = {"purposes": ["interview"], "notice_version": "2"}
    assert (await web.post("/api/consent", json=back, headers=bearer())).status_code == 204
    assert (await web.get("/api/state", headers=bearer())).json()["recording"] is False


@pytest.mark.parametrize("emotion", [False, True], ids=["the switch is off", "the switch is on"])
async def test_a_guess_of_an_expression_is_agreed_to_only_where_it_is_asked_for_and_with_the_camera(
    web: httpx.AsyncClient, bus: Bus, room: ScriptedRoom, emotion: bool
) -> None:
    await room.serve(bus)
    assert (await join(web, "ABCD1234")).json()["emotion"] is emotion
    alone = {"purposes": ["interview", "emotion"], "notice_version": "3"}
    assert (await web.post("/api/consent", json=alone, headers=bearer())).status_code == 400
    assert room.consents == {}
    both = ["interview", "observation", "emotion"]
    reply = await web.post("/api/consent", json={"purposes": both, "notice_version": "3"}, headers=bearer())
    assert reply.status_code == (204 if emotion else 400), reply.text
    assert room.consents == ({"i-1": both} if emotion else {})
