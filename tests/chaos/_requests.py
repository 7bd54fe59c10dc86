"""Requests that go on while things die: each is tried until it is answered, and the longest is remembered."""

import asyncio
import json
import time
from collections.abc import Awaitable, Callable

import httpx

from chaos._simulated_node import SimulatedNode
from chaos._two_coordinators import Coordinator, HeadOffice

TRY_SECONDS = 10.0
PAUSE_SECONDS = 0.1
BETWEEN_SECONDS = 0.5
GIVEN_UP_SECONDS = 60.0


class Requests:
    """Kinds of requests and what became of them. ``avoid`` names the coordinator known to be dead, as a proxy would."""

    def __init__(self, office: HeadOffice) -> None:
        self._office = office
        self.avoid: Coordinator | None = None
        self.answered: dict[str, int] = {}
        self.longest_s: dict[str, float] = {}
        self._turn = 0

    async def keep_asking(self, kind: str, ask: Callable[[], Awaitable[bool]], stop: asyncio.Event) -> None:
        """One request after the other until ``stop``; one in flight then is still waited for."""
        while not stop.is_set():
            began = time.monotonic()
            while not await ask():
                if time.monotonic() - began > GIVEN_UP_SECONDS:
                    break
                await asyncio.sleep(PAUSE_SECONDS)
            took = time.monotonic() - began
            self.longest_s[kind] = max(self.longest_s.get(kind, 0.0), took)
            self.answered[kind] = self.answered.get(kind, 0) + 1
            await asyncio.sleep(BETWEEN_SECONDS)

    def coordinator(self) -> Coordinator:
        """One that is not known to be dead, in turn."""
        self._turn += 1
        usable = [c for c in self._office.coordinators if c is not self.avoid]
        return usable[self._turn % len(usable)]


class Recruiter:
    """Someone at the dashboard, whose browser asks either API."""

    def __init__(self, office: HeadOffice, requests: Requests) -> None:
        self._office = office
        self._requests = requests
        self._client = httpx.AsyncClient(timeout=TRY_SECONDS)
        self._headers: dict[str, str] = {}
        self.seen_events: dict[str, int] = {}
        self.new_code_at = 0.0

    async def sign_in(self) -> None:
        """Get a token; good at both, for they share the key."""
        body = {"email": self._office.account["email"], "password": self._office.account["password"]}
        reply = await self._client.post(f"{self._office.coordinators[0].url}/api/auth/login", json=body)
        self._headers = {"Authorization": f"Bearer {reply.raise_for_status().json()['access_token']}"}

    async def close(self) -> None:
        """Leave."""
        await self._client.aclose()

    async def reads(self, interview_id: str) -> bool:
        """Whether an interview is shown."""
        return await self._ok("GET", f"/api/interviews/{interview_id}")

    async def makes_code(self, interview_id: str) -> bool:
        """Whether a new join code is made, which sends the kit to the node."""
        return await self._ok("POST", f"/api/interviews/{interview_id}/join-code")

    async def _ok(self, method: str, path: str) -> bool:
        url = self._requests.coordinator().url
        try:
            return (await self._client.request(method, url + path, headers=self._headers)).is_success
        except httpx.HTTPError:
            return False

    async def watches(self, coordinator: Coordinator, interview_id: str) -> None:
        """Follow an interview live at one coordinator, coming back whenever the stream ends."""
        url = f"{coordinator.url}/api/interviews/{interview_id}/events"
        while True:
            try:
                async with self._client.stream("GET", url, headers=self._headers, timeout=30) as reply:
                    async for line in reply.aiter_lines():
                        if line.startswith("data: "):
                            self.seen_events[coordinator.name] = json.loads(line.removeprefix("data: "))["events"]
            except httpx.HTTPError:
                pass
            await asyncio.sleep(BETWEEN_SECONDS)


async def kit_arrives(node: SimulatedNode, interview_id: str, kit_id: str, seconds: float) -> float:
    """Seconds until the node has the kit; raises TimeoutError."""
    began = time.monotonic()
    async with asyncio.timeout(seconds):
        while not await node.holds_kit(interview_id, kit_id):
            await asyncio.sleep(0.05)
    return time.monotonic() - began
