"""A hostile leaf: speaks the leafnode protocol itself, over TLS, and heeds nothing the hub asks of a good one."""

import asyncio
import base64
import contextlib
import json
import re
import secrets
import ssl
from collections.abc import AsyncIterator, Mapping
from pathlib import Path
from typing import Any

from coordinator.keys.nkey import Credentials

SECONDS = 5.0


class Refused(Exception):
    """The hub did not let it in; the message is the hub's last word."""


class RawLeaf:
    """One connection to the hub's leaf port. Construct with :meth:`connected`."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader, self._writer = reader, writer
        self.heard = b""
        """Everything the hub sent."""

        self.closed = asyncio.Event()
        self._pong = asyncio.Event()
        self._task = asyncio.create_task(self._read(), name="hostile leaf")

    @classmethod
    @contextlib.asynccontextmanager
    async def connected(
        cls,
        port: int,
        authority: Path,
        credentials: Credentials | None,
        *,
        signature: bytes | None = None,
        pretend: Mapping[str, Any] | None = None,
    ) -> AsyncIterator["RawLeaf"]:
        """Let in as ``credentials``; raises Refused. ``pretend``: further claims of its CONNECT."""
        context = ssl.create_default_context(cafile=authority)
        reader, writer = await asyncio.open_connection("127.0.0.1", port, ssl=context, server_hostname="127.0.0.1")
        info = json.loads((await asyncio.wait_for(reader.readline(), SECONDS)).decode().removeprefix("INFO "))
        said: dict[str, Any] = {
            "version": "2.15.1",
            "server_id": f"N{secrets.token_hex(20)}",
            "name": "hostile",
            "domain": "hostile",
            "headers": True,
            "jetstream": True,
            "cluster": "",
            "hub": False,
            "proto": 1,
        }
        if credentials is not None:
            signed = signature or credentials.key.sign(info["nonce"].encode())
            said |= {"jwt": credentials.user_jwt, "sig": base64.urlsafe_b64encode(signed).rstrip(b"=").decode()}
        writer.write(b"CONNECT " + json.dumps(said | dict(pretend or {})).encode() + b"\r\n")
        leaf = cls(reader, writer)
        try:
            if not await leaf.flush():
                raise Refused(leaf.heard[-120:].decode(errors="replace").strip())
            yield leaf
        finally:
            leaf._task.cancel()
            writer.close()

    async def _read(self) -> None:
        try:
            while data := await self._reader.read(65_536):
                self.heard += data
                if b"PING\r\n" in data:
                    self._writer.write(b"PONG\r\n")
                if b"PONG\r\n" in data:
                    self._pong.set()
        except OSError:
            pass
        finally:
            self.closed.set()

    async def flush(self) -> bool:
        """Whether the hub has dealt with everything sent and still keeps the connection."""
        self._pong.clear()
        with contextlib.suppress(OSError):
            self._writer.write(b"PING\r\n")
            await self._writer.drain()
        waiting = [asyncio.create_task(event.wait()) for event in (self._pong, self.closed)]
        await asyncio.wait(waiting, timeout=SECONDS, return_when=asyncio.FIRST_COMPLETED)
        for task in waiting:
            task.cancel()
        return self._pong.is_set() and not self.closed.is_set()

    def delivered(self, subject: str) -> bytes | None:
        """What came first on a subject, without its headers; None: nothing yet."""
        came = re.search(rb"(?:^|\n)([LH])MSG " + re.escape(subject.encode()) + rb" ([0-9 ]+)\r\n", self.heard)
        if came is None:
            return None
        *header, size = (int(word) for word in came[2].split())
        body = self.heard[came.end() : came.end() + size]
        return body[header[0] :] if came[1] == b"H" else body

    def listen(self, subject: str) -> None:
        """Ask for everything on a subject."""
        self._writer.write(f"LS+ {subject}\r\n".encode())

    def send(self, subject: str, payload: bytes, *, reply: str = "") -> None:
        """Publish."""
        reply = f"{reply} " if reply else ""
        self._writer.write(f"LMSG {subject} {reply}{len(payload)}\r\n".encode() + payload + b"\r\n")
