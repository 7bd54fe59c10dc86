"""The kiosk's HTTP as the candidate's page uses it."""

import ssl
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import httpx

REQUEST_SECONDS = 20.0


class KioskRefusal(Exception):
    """The kiosk said no: ``code`` as it says it, or ``unreachable``."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(f"{code}: {detail}" if detail else code)
        self.code = code


class KioskClient:
    """One candidate at one kiosk; knows the token after :meth:`join`."""

    def __init__(self, url: str, *, authority_file: Path | None = None) -> None:
        verify: ssl.SSLContext | bool = True
        if authority_file is not None:
            verify = ssl.create_default_context(cafile=str(authority_file))
        self._http = httpx.AsyncClient(base_url=url, timeout=REQUEST_SECONDS, verify=verify, trust_env=False)
        self._token = ""

    async def join(self, code: str) -> dict[str, Any]:
        """Give the code; returns ``{interview, notice_version, ...}``. Raises KioskRefusal."""
        joined = await self._ask("POST", "/api/join", {"code": code})
        self._token = str(joined["token"])
        return joined

    async def consent(self, purposes: Sequence[str], notice_version: str) -> None:
        """Agree; raises KioskRefusal."""
        await self._ask("POST", "/api/consent", {"purposes": list(purposes), "notice_version": notice_version})

    async def offer(self, sdp: str, *, camera: bool) -> str:
        """The answer to an offer; raises KioskRefusal."""
        body = {"sdp": sdp, "type": "offer", "microphone": True, "camera": camera}
        return str((await self._ask("POST", "/api/offer", body))["sdp"])

    async def state(self) -> dict[str, Any]:
        """Where the interview stands; raises KioskRefusal."""
        return await self._ask("GET", "/api/state")

    async def close(self) -> None:
        """Close the connections."""
        await self._http.aclose()

    async def _ask(self, method: str, path: str, body: dict[str, Any] | None = None) -> dict[str, Any]:
        headers = {"Authorization": f"Bearer {self._token}"} if self._token else {}
        try:
            answer = await self._http.request(method, path, json=body, headers=headers)
            content = answer.json() if answer.content else {}
        except (httpx.HTTPError, ValueError) as error:
            raise KioskRefusal("unreachable", type(error).__name__) from error
        if answer.is_success and isinstance(content, dict):
            return content
        code = content.get("code") if isinstance(content, dict) else None
        raise KioskRefusal(str(code or "unreachable"), f"HTTP {answer.status_code} for {path}")
