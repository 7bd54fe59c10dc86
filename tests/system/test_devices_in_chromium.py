"""Devices refused, unplugged and asleep in a real browser: each has its way on, and its words in both languages.

The node's room process and kiosk are the product's; stand-ins take the place of the heavy engines.
"""

import asyncio
import contextlib
import hashlib
import os
import shutil
import signal
import threading
import wave
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
from bench import _rooms
from edge_node.core.interview.plan import JoinCode
from edge_node.rehearsal.voice import Voice
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright
from processes import below
from provisioning.network import free_ports
from whole_installation import models_folder

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
ROOT = Path(__file__).parents[2]
CODES = ("AAAA1111", "BBBB2222", "CCCC3333", "DDDD4444")
RATE = 48_000
FLAGS = [
    "--no-sandbox",
    "--use-fake-device-for-media-stream",
    "--allow-loopback-in-peer-connection",
    "--autoplay-policy=no-user-gesture-required",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


class Node:
    """Serves in a thread until stopped."""

    def __init__(self) -> None:
        (self.port,) = free_ports(1)
        self.ready = threading.Event()
        self.stop = threading.Event()

    def run(self) -> None:
        asyncio.run(self._serve())

    async def _serve(self) -> None:
        kits = []
        for number, code in enumerate(CODES):
            digest = hashlib.sha256(f"salt:{code}".encode()).hexdigest()
            made = _rooms.kit(f"room-{number}", 3)
            kits.append(replace(made, join_code=JoinCode("salt", digest, 4_000_000_000_000)))
        settings = {
            "EDGE_NODE_HTTP_PORT": str(self.port),
            "EDGE_NODE_ROOM_PAGE_DIR": str(ROOT / "dashboards/room/dist"),
        }
        async with _rooms.room_process(kits, len(kits), **settings):
            self.ready.set()
            while not self.stop.is_set():
                await asyncio.sleep(0.1)


@pytest.fixture(scope="module")
def node() -> Iterator[Node]:
    with pytest.MonkeyPatch.context() as patch, ThreadPoolExecutor(1) as threads:
        patch.setenv("EDGE_NODE_MODELS_DIR", str(models_folder()))
        patch.setenv("PYTHONPATH", os.pathsep.join([str(ROOT / "tests"), os.environ.get("PYTHONPATH", "")]))
        made = Node()
        work = threads.submit(made.run)
        try:
            while not made.ready.wait(0.2):
                assert not work.done(), work.result()
            yield made
        finally:
            made.stop.set()


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    assert CHROMIUM, "no browser: apt-get install chromium"

    async def spoken() -> bytes:
        async with Voice("en", seed=1) as voice:
            return (await voice.speak(_rooms.ANSWER)).tobytes()

    microphone = tmp_path_factory.mktemp("microphone") / "microphone.wav"
    with wave.open(str(microphone), "wb") as file:
        file.setparams((1, 2, RATE, 0, "NONE", "not compressed"))
        file.writeframes(bytes(2 * RATE) + asyncio.run(spoken()) + bytes(2 * RATE * 4))
    with sync_playwright() as playwright:
        flags = [*FLAGS, f"--use-file-for-fake-audio-capture={microphone}"]
        made = playwright.chromium.launch(executable_path=CHROMIUM, headless=True, args=flags)
        yield made
        made.close()


@contextlib.contextmanager
def visitor(browser: Browser, node: Node, code: str, *granted: str) -> Iterator[tuple[Page, BrowserContext]]:
    """A candidate at the device check, who allows the browser these devices and no others."""
    origin = f"http://127.0.0.1:{node.port}"
    context = browser.new_context(locale="en-US")
    context.grant_permissions(list(granted), origin=origin)
    page = context.new_page()
    page.goto(origin)
    page.get_by_label("Join code").fill(code)
    page.get_by_role("button", name="Join").click()
    page.get_by_role("button", name="Turn on microphone and camera").click()
    yield page, context
    context.close()


def said(page: Page, english: str, korean: str) -> None:
    """The page says so, and in the other language, too."""
    expect(page.get_by_text(english)).to_be_visible(timeout=20_000)
    page.get_by_role("button", name="한국어").click()
    expect(page.get_by_text(korean)).to_be_visible()
    page.get_by_role("button", name="English").click()


def begin(page: Page, way: str) -> None:
    page.get_by_role("button", name=way, exact=True).click(timeout=20_000)
    page.get_by_role("checkbox", name="interviewed by an AI system").check()
    page.get_by_role("button", name="Start the interview").click()


def answer_by_typing(page: Page, text: str) -> None:
    page.get_by_label("Your answer").fill(text)
    page.get_by_role("button", name="Send answer").click(timeout=30_000)
    expect(page.locator('[data-who="candidate"]').filter(has_text=text)).to_be_visible()


def test_without_a_camera_the_interview_is_held_by_sound(browser: Browser, node: Node) -> None:
    with visitor(browser, node, CODES[0], "microphone") as (page, _):
        said(page, "not allowed to use the camera. You can go on without it", "카메라 사용이 허용되지 않았습니다")
        begin(page, "Continue")
        expect(page.get_by_text("Camera off")).to_be_visible()
        heard = page.locator('[data-who="candidate"]').filter(has_text="nightly export")
        expect(heard.first).to_be_visible(timeout=40_000)
        expect(page.get_by_text("Anything to add? Just go on speaking").first).to_be_visible(timeout=30_000)


@pytest.mark.parametrize(("code", "granted"), [(CODES[1], ["camera"]), (CODES[2], [])])
def test_without_a_microphone_answers_are_typed(browser: Browser, node: Node, code: str, granted: list[str]) -> None:
    with visitor(browser, node, code, *granted) as (page, _):
        said(page, "not allowed to use the microphone", "마이크 사용이 허용되지 않았습니다")
        if not granted:
            said(page, "not allowed to use the camera", "카메라 사용이 허용되지 않았습니다")
        begin(page, "Continue and answer by typing")
        said(page, "Microphone off – answer by typing", "마이크 꺼짐")
        answer_by_typing(page, "I wrote the export anew and counted every order.")
        spoken = page.locator('[data-who="interviewer"]')
        expect(spoken.nth(2)).to_be_visible(timeout=20_000)


def test_unplugged_in_mid_answer_and_asleep(browser: Browser, node: Node) -> None:
    with visitor(browser, node, CODES[3], "microphone", "camera") as (page, context):
        begin(page, "Continue")
        expect(page.locator('[data-who="candidate"][data-final="false"]').first).to_be_visible(timeout=40_000)
        context.clear_permissions()  # the browser ends both tracks, as it does when their cables are pulled
        said(page, "Your microphone was disconnected. What you said is kept", "마이크 연결이 끊어졌습니다")
        said(page, "Your camera was disconnected", "카메라 연결이 끊어졌습니다")
        answer_by_typing(page, "And nothing was lost after that.")
        context.grant_permissions(["microphone", "camera"], origin=page.url.rstrip("/"))
        page.get_by_role("button", name="Use the microphone again").click()
        expect(page.get_by_text("Your microphone was disconnected")).to_be_hidden()
        asleep = [
            process.pid for process in below(os.getpid()) if "--type=" in process.argv and "chrom" in process.argv
        ]
        assert asleep
        for pid in asleep:
            os.kill(pid, signal.SIGSTOP)
        threading.Event().wait(8)
        for pid in asleep:
            os.kill(pid, signal.SIGCONT)
        said(page, "Reconnecting by itself; nothing you said is lost", "자동으로 다시 연결합니다")
        expect(page.locator('[data-phase="reconnecting"]')).to_have_count(0, timeout=30_000)
        expect(page.locator('[data-who="interviewer"]').filter(has_text="Welcome back")).to_be_visible(timeout=30_000)
