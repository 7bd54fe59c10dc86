"""Nodes' own figures on their way to head office's Prometheus, through the one port everybody reaches.

A node's Prometheus posts (remote write) what it read from the node's processes, with a password made from the node's
name and head office's key; nothing is stored. Only who is enrolled and not revoked is heard.
"""

import asyncio
import hashlib
import hmac
import http.client
from collections.abc import Mapping
from urllib.parse import urlsplit

from coordinator.db.unit_of_work import Database
from coordinator.fault import Fault
from coordinator.nodes import repository

PURPOSE = "nodes' figures"
SECONDS = 10.0
AT_ONCE = 8
PASSED_ON = ("content-type", "content-encoding", "x-prometheus-remote-write-version", "user-agent")
WRITE_PATH = "/api/v1/write"


def password(key: str, node_id: str) -> str:
    """A node's password: 256 bits from head office's key, the same each time it is asked for."""
    return hmac.new(key.encode(), f"{PURPOSE}\0{node_id}".encode(), hashlib.sha256).hexdigest()


class FigureDesk:
    """Takes figures from nodes and passes them on. ``url``: Prometheus' own, ``http://host:port``; empty: none is."""

    def __init__(self, database: Database, key: str, url: str) -> None:
        self._database = database
        self._key = key
        self._url = url
        self._places = asyncio.Semaphore(AT_ONCE)

    async def check(self, node_id: str, given: str) -> None:
        """Raise Fault node_unknown (401) unless ``given`` is the node's password and it may still speak."""
        known = hmac.compare_digest(password(self._key, node_id).encode(), given.encode())
        if known:
            async with self._database.transaction() as connection:
                known = await repository.may_speak(connection, node_id)
        if not known:
            raise Fault("node_unknown", "not the name and password of a node of this installation", status=401)

    async def take(self, body: bytes, headers: Mapping[str, str]) -> int:
        """Pass one post on; Prometheus' status. Raises Fault figures_unwanted (404) or figures_unavailable (503)."""
        if not self._url:
            raise Fault("figures_unwanted", "no Prometheus takes nodes' figures here", status=404)
        kept = {name: headers[name] for name in PASSED_ON if name in headers}
        async with self._places:
            try:
                return await asyncio.to_thread(_post, self._url, body, kept)
            except (OSError, http.client.HTTPException):
                raise Fault("figures_unavailable", "Prometheus does not answer", status=503) from None


def _post(url: str, body: bytes, headers: Mapping[str, str]) -> int:
    place = urlsplit(url)
    connection = http.client.HTTPConnection(place.hostname or "", place.port, timeout=SECONDS)
    try:
        connection.request("POST", WRITE_PATH, body, dict(headers))
        answer = connection.getresponse()
        answer.read()
        return answer.status
    finally:
        connection.close()
