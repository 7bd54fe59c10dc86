"""A real browser with a fake microphone and camera joins the room page, hears a question, answers, sees the caption."""

import asyncio
import shutil
import time
import wave
from pathlib import Path
from typing import Any

import pytest
from edge_node.rehearsal.voice import Voice
from playwright.sync_api import Page, expect, sync_playwright
from whole_installation import Installation

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
ANSWER = "I have worked as a backend engineer for six years."
RATE = 48_000
# The file loops: long enough silence that the first question is asked before the answer begins.
SILENCE_BEFORE_SECONDS, SILENCE_AFTER_SECONDS = 22, 25
FLAGS = [
    "--no-sandbox",
    "--use-fake-ui-for-media-stream",
    "--use-fake-device-for-media-stream",
    "--allow-loopback-in-peer-connection",
    "--autoplay-policy=no-user-gesture-required",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


async def spoken(text: str) -> bytes:
    """The sentence as s16le mono 48 kHz."""
    async with Voice("en") as voice:
        return (await voice.speak(text)).tobytes()


@pytest.fixture
def microphone(tmp_path: Path) -> Path:
    path = tmp_path / "microphone.wav"
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(bytes(2 * RATE * SILENCE_BEFORE_SECONDS))
        file.writeframes(asyncio.run(spoken(ANSWER)))
        file.writeframes(bytes(2 * RATE * SILENCE_AFTER_SECONDS))
    return path


def received_energy(page: Page) -> float:
    """Energy of the sound the page has received so far, as the browser's own statistics count it."""
    return float(page.evaluate("() => window.receivedEnergy()"))


COUNT_RECEIVED_SOUND = """
const peers = [];
const Real = window.RTCPeerConnection;
window.RTCPeerConnection = class extends Real { constructor(...a) { super(...a); peers.push(this); } };
window.receivedEnergy = async () => {
  let sum = 0;
  for (const peer of peers) for (const s of (await peer.getStats()).values())
    if (s.type === "inbound-rtp" && s.kind === "audio") sum += s.totalAudioEnergy ?? 0;
  return sum;
};
"""


@pytest.mark.timeout(600)
def test_a_browser_holds_the_first_question(installation: Installation, microphone: Path) -> None:
    assert CHROMIUM, "no browser: apt-get install chromium"
    with installation.sign_in() as http:
        interview: Any = installation.new_interview(http)
        with sync_playwright() as playwright:
            flags = [*FLAGS, f"--use-file-for-fake-audio-capture={microphone}"]
            browser = playwright.chromium.launch(executable_path=CHROMIUM, headless=True, args=flags)
            page = browser.new_page(locale="en-US")
            faults: list[str] = []
            page.on("pageerror", lambda error: faults.append(str(error)))
            page.add_init_script(COUNT_RECEIVED_SOUND)
            page.goto(installation.room_url)
            page.get_by_label("Join code").fill(interview["join_code"].lower())
            page.get_by_role("button", name="Join").click()
            page.get_by_role("button", name="Turn on microphone and camera").click()
            page.get_by_role("button", name="Check my picture").click()
            # The browser's fake camera shows a test pattern.
            expect(page.get_by_text("No face is in the picture")).to_be_visible(timeout=30_000)
            page.get_by_role("button", name="Continue", exact=True).click()
            page.get_by_role("checkbox", name="interviewed by an AI system").check()
            page.get_by_role("checkbox", name="looks at my camera picture").check()
            page.get_by_role("button", name="Start the interview").click()
            question = page.locator('[data-who="interviewer"]').first
            expect(question).not_to_be_empty(timeout=60_000)
            deadline = time.monotonic() + 60
            while received_energy(page) < 0.01 and time.monotonic() < deadline:
                page.wait_for_timeout(250)
            assert received_energy(page) >= 0.01, "the interviewer was not heard"
            answered = page.locator('[data-who="candidate"][data-final="true"]').first
            expect(answered).to_contain_text("backend engineer", ignore_case=True, timeout=120_000)
            assert faults == []
            browser.close()
        deadline = time.monotonic() + 30
        turns: list[str] = []
        while not turns and time.monotonic() < deadline:
            detail = http.get(f"/api/interviews/{interview['interview_id']}").raise_for_status().json()
            turns = [turn["text"] for asked in detail["transcript"] for turn in asked["turns"]]
            time.sleep(0.5)
        assert any("backend engineer" in turn.lower() for turn in turns)
        shown: dict[str, Any] = {"observations": []}
        deadline = time.monotonic() + 60
        while not shown["observations"] and time.monotonic() < deadline:
            time.sleep(0.5)
            shown = http.get(f"/api/interviews/{interview['interview_id']}/integrity").raise_for_status().json()
        assert shown["pictures"] > 0
        assert [one["kind"] for one in shown["observations"]] == ["too_dark"]
        assert shown["emotions"] == []
