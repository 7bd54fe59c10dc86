"""The networks, the node in one of them, and a browser in each of the others."""

import asyncio
import contextlib
import hashlib
import json
import os
import shutil
import subprocess
import tempfile
import threading
import time
import wave
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

from bench import _rooms
from edge_node.core.interview.plan import JoinCode, Kit
from edge_node.rehearsal.voice import Voice
from playwright.sync_api import Page, expect, sync_playwright

from chaos._namespaces import NotPossible, enter
from chaos._rehearsed import ROOT, say

NODE, ROUTER = "node", "router"
BROWSERS = ("one", "two")
PORT = 8443
ZONES = {NODE: 1, "one": 2, "two": 3}
CODES = {"one": "AB12CD34", "two": "EF56GH78"}
RATE = 48_000
SILENCE_BEFORE_SECONDS, SILENCE_AFTER_SECONDS = 3, 9
INTERVIEW_SECONDS = 240.0
FLAGS = (
    "--no-sandbox",
    "--use-fake-ui-for-media-stream",
    "--use-fake-device-for-media-stream",
    "--autoplay-policy=no-user-gesture-required",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
RULES = """
table ip nat {
 chain pre {
  type nat hook prerouting priority -100;
  dnat to ip daddr map { 10.97.9.1 : 10.97.1.1, 10.97.9.2 : 10.97.2.1, 10.97.9.3 : 10.97.3.1 };
 }
 chain post {
  type nat hook postrouting priority 100;
  snat to ip saddr map { 10.97.1.1 : 10.97.9.1, 10.97.2.1 : 10.97.9.2, 10.97.3.1 : 10.97.9.3 };
 }
}
table ip watch {
 counter media { }
 counter other { }
 counter private { }
 chain passing {
  type filter hook forward priority 0; policy accept;
  ct original ip daddr 10.97.0.0/22 counter name private drop;
  ip daddr 10.97.1.1 udp dport 50000-50050 counter name media accept;
  ip daddr 10.97.1.1 meta l4proto udp counter name other drop;
 }
}
"""
"""Nobody reaches a private address; of what reaches the node by UDP, the media range and anything else are counted."""


def _private(name: str) -> str:
    return f"10.97.{ZONES[name]}.1"


def _public(name: str) -> str:
    return f"10.97.9.{ZONES[name]}"


class Networks:
    """The namespaces; names carry this process's id."""

    def __init__(self) -> None:
        self._prefix = f"conv{os.getpid()}"

    def name(self, part: str) -> str:
        """The namespace of a part."""
        return f"{self._prefix}{part}"

    def make(self) -> None:
        """Wire them up."""
        router = self.name(ROUTER)
        for part in (ROUTER, *ZONES):
            _ip("netns", "add", self.name(part))
            _ip("-n", self.name(part), "link", "set", "lo", "up")
        for part, zone in ZONES.items():
            own = self.name(part)
            _ip("link", "add", "eth0", "netns", own, "type", "veth", "peer", "name", f"to{zone}", "netns", router)
            _ip("-n", own, "addr", "add", f"10.97.{zone}.1/24", "dev", "eth0")
            _ip("-n", router, "addr", "add", f"10.97.{zone}.254/24", "dev", f"to{zone}")
            _ip("-n", own, "link", "set", "eth0", "up")
            _ip("-n", router, "link", "set", f"to{zone}", "up")
            _ip("-n", own, "route", "add", "default", "via", f"10.97.{zone}.254")
        self._inside(router, "sh", "-c", "echo 1 > /proc/sys/net/ipv4/ip_forward")
        subprocess.run(["ip", "netns", "exec", router, "nft", "-f", "-"], input=RULES.encode(), check=True)

    def flap(self, seconds: float) -> None:
        """Take the node's cable out for so long."""
        port = f"to{ZONES[NODE]}"
        _ip("-n", self.name(ROUTER), "link", "set", port, "down")
        time.sleep(seconds)
        _ip("-n", self.name(ROUTER), "link", "set", port, "up")

    def packets(self) -> dict[str, int]:
        """What the router counted."""
        told = self._inside(self.name(ROUTER), "nft", "-j", "list", "counters")
        counters = [entry["counter"] for entry in json.loads(told)["nftables"] if "counter" in entry]
        return {counter["name"]: counter["packets"] for counter in counters}

    def remove(self) -> None:
        """Take everything down again."""
        for part in (ROUTER, *ZONES):
            subprocess.run(["ip", "netns", "del", self.name(part)], check=False, stderr=subprocess.DEVNULL)

    def _inside(self, namespace: str, *command: str) -> str:
        done = subprocess.run(["ip", "netns", "exec", namespace, *command], check=True, capture_output=True, text=True)
        return done.stdout


def _ip(*arguments: str) -> None:
    subprocess.run(["ip", *arguments], check=True)


def _kit(name: str) -> Kit:
    digest = hashlib.sha256(f"salt:{CODES[name]}".encode()).hexdigest()
    return replace(_rooms.kit(f"room-{name}", 2), join_code=JoinCode("salt", digest, 4_000_000_000_000))


class Node:
    """Room process, kiosk and stand-ins, in the node's namespace, until :meth:`stop`."""

    def __init__(self, namespace: str) -> None:
        self._namespace = namespace
        self._ready = threading.Event()
        self._stop = threading.Event()
        self.peers_gone = 0

    def run(self) -> None:
        """Blocks: call it in a thread of its own, which stays in the namespace."""
        enter(self._namespace)
        asyncio.run(self._serve())

    async def _serve(self) -> None:
        settings = {
            "EDGE_NODE_MEDIA__ADDRESSES": json.dumps([_private(NODE)]),
            "EDGE_NODE_MEDIA__ADVERTISED_HOST": _public(NODE),
            "EDGE_NODE_HTTP_HOST": _private(NODE),
            "EDGE_NODE_HTTP_PORT": str(PORT),
            "EDGE_NODE_ALLOW_PLAIN_HTTP": "true",
            "EDGE_NODE_ROOM_PAGE_DIR": str(ROOT / "dashboards/room/dist"),
        }
        async with _rooms.room_process([_kit(name) for name in BROWSERS], 2, **settings) as (_, process):
            self._ready.set()
            while not self._stop.is_set():
                await asyncio.sleep(0.2)
            self.peers_gone = process.peers_gone()

    def wait_ready(self, work: Any) -> None:
        """Return when it serves; raises what ended it instead."""
        while not self._ready.wait(0.2):
            if work.done():
                work.result()

    def stop(self) -> None:
        """End it."""
        self._stop.set()


def _microphone(folder: Path) -> Path:
    """The answer with silence around it; Chromium plays it again and again."""

    async def spoken() -> bytes:
        async with Voice("en", seed=1) as voice:
            return (await voice.speak(_rooms.ANSWER)).tobytes()

    path = folder / "microphone.wav"
    with wave.open(str(path), "wb") as file:
        file.setparams((1, 2, RATE, 0, "NONE", "not compressed"))
        file.writeframes(bytes(2 * RATE * SILENCE_BEFORE_SECONDS))
        file.writeframes(asyncio.run(spoken()))
        file.writeframes(bytes(2 * RATE * SILENCE_AFTER_SECONDS))
    return path


def _browse(namespace: str, code: str, microphone: Path, asked: Callable[[], None]) -> dict[str, Any]:
    """One interview to its end in one browser; ``asked`` is called once the first question is seen."""
    enter(namespace)
    origin = f"http://{_public(NODE)}:{PORT}"
    flags = [
        *FLAGS,
        f"--use-file-for-fake-audio-capture={microphone}",
        f"--unsafely-treat-insecure-origin-as-secure={origin}",
    ]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), headless=True, args=flags)
        page = browser.new_page(locale="en-US")
        faults: list[str] = []
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.goto(origin)
        _enter_room(page, code)
        expect(page.locator('[data-who="interviewer"]').nth(1)).to_be_visible(timeout=60_000)
        asked()
        began = time.monotonic()
        over = page.get_by_role("heading", name="Thank you, that was the interview")
        interruptions = 0
        interrupted = False
        while not over.is_visible() and time.monotonic() - began < INTERVIEW_SECONDS:
            now = page.locator('[data-phase="reconnecting"]').count() > 0
            interruptions += now and not interrupted
            interrupted = now
            page.wait_for_timeout(200)
        completed = over.is_visible()
        browser.close()
    return {"completed": completed, "reconnections_seen": interruptions, "faults": faults}


def _enter_room(page: Page, code: str) -> None:
    page.get_by_label("Join code").fill(code)
    page.get_by_role("button", name="Join").click()
    page.get_by_role("button", name="Turn on microphone and camera").click()
    page.get_by_role("button", name="Continue", exact=True).click(timeout=60_000)
    page.get_by_role("checkbox", name="interviewed by an AI system").check()
    page.get_by_role("button", name="Start the interview").click()


@contextlib.contextmanager
def _networks() -> Iterator[Networks]:
    missing = [program for program in ("ip", "nft", "chromium") if shutil.which(program) is None]
    if os.geteuid() != 0 or missing:
        raise NotPossible("this needs root and: apt-get install iproute2 nftables chromium")
    made = Networks()
    try:
        made.make()
        yield made
    finally:
        made.remove()


def run(flaps: int, flap_seconds: float, between_seconds: float) -> dict[str, Any]:
    """Hold both interviews, taking the node's cable out ``flaps`` times once both have begun."""
    with _networks() as networks, tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(3) as threads:
        microphone = _microphone(Path(folder))
        node = Node(networks.name(NODE))
        serving = threads.submit(node.run)
        try:
            node.wait_ready(serving)
            begun = threading.Semaphore(0)
            say("two browsers join")
            held = {
                name: threads.submit(_browse, networks.name(name), CODES[name], microphone, begun.release)
                for name in BROWSERS
            }
            for _ in BROWSERS:
                while not begun.acquire(timeout=0.5) and not any(one.done() for one in held.values()):
                    pass
            for _ in range(flaps):
                time.sleep(between_seconds)
                say(f"the node's cable is out for {flap_seconds:.0f} s")
                networks.flap(flap_seconds)
            browsers = {name: one.result() for name, one in held.items()}
            packets = networks.packets()
        finally:
            node.stop()
        serving.result()
    completed = all(one["completed"] and not one["faults"] for one in browsers.values())
    return {
        "ok": completed and packets["media"] > 0 and packets["other"] == packets["private"] == 0,
        "browsers": browsers,
        "flaps": flaps,
        "flap_seconds": flap_seconds,
        "peers": node.peers_gone,
        "udp_packets_to_the_node": {"ports_50000_to_50050": packets["media"], "other_ports": packets["other"]},
        "packets_to_private_addresses": packets["private"],
    }
