"""Attacks over the link, by somebody who holds everything a stolen appliance holds."""

import asyncio
import contextlib
import json
import secrets
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from coordinator.bus.hub import Hub
from coordinator.keys import claims
from coordinator.keys.nkey import Credentials, KeyPair, Kind
from edge_node.bus.local import connect
from interview_proto import subjects
from interview_proto.v1 import envelope_pb2, identity_pb2, node_pb2
from nats.aio.msg import Msg

from chaos._raw_leaf import RawLeaf
from chaos._site import Branch, Site, until

HEARING_SECONDS = 0.3
"""What gets through on one machine is heard within a tenth of this."""


@dataclass(frozen=True)
class Attack:
    """One attack: whether it was stopped, and whether the same works for whom it is meant."""

    name: str
    blocked: bool
    control: bool
    note: str = ""


class LinkAttacks:
    """A thief with the first node's identity against a second node and the coordinator."""

    def __init__(self, site: Site, thief: Branch, victim: Branch) -> None:
        self._site = site
        self._thief, self._victim = thief, victim
        self._heard: list[Msg] = []
        self.results: list[Attack] = []

    async def prepare(self) -> None:
        """Listen to everything at head office, and answer whoever asks there."""

        async def hear(message: Msg) -> None:
            self._heard.append(message)

        async def answer(message: Msg) -> None:
            await message.respond(message.data)

        client = self._site.core.client
        await client.subscribe(">", cb=hear)
        await client.subscribe("rpc.*.echo", cb=answer)
        await client.flush()

    @contextlib.asynccontextmanager
    async def leaf(self, branch: Branch, **pretend: Any) -> AsyncIterator[RawLeaf]:
        """A hostile leaf with a node's identity."""
        authority = branch.data / "identity" / "link-ca.pem"
        async with RawLeaf.connected(self._site.head.leaf_port, authority, branch.credentials, pretend=pretend) as leaf:
            yield leaf

    def _note(self, name: str, blocked: bool, control: bool, note: str = "") -> None:
        self.results.append(Attack(name, blocked, control, note))

    async def _reaches_core(self, marker: bytes) -> bool:
        with contextlib.suppress(TimeoutError):

            async def heard() -> bool:
                return any(marker in message.data for message in self._heard)

            return bool(await until(heard, seconds=HEARING_SECONDS))
        return False

    async def forged(self, name: str, subject: str, **pretend: Any) -> None:
        """The thief publishes where only the victim may."""
        marker, own = secrets.token_hex(8).encode(), secrets.token_hex(8).encode()
        async with self.leaf(self._thief, **pretend) as leaf:
            leaf.send(subject, marker)
            await leaf.flush()
            through = await self._reaches_core(marker)
            note = _error(leaf)
        async with self.leaf(self._victim) as leaf:
            leaf.send(subject, own)
            await leaf.flush()
            control = await self._reaches_core(own)
        self._note(name, not through, control, note)

    async def spied(self, name: str, subject: str, **pretend: Any) -> None:
        """The thief listens while the victim works."""
        marker = secrets.token_hex(8)
        async with self.leaf(self._thief, **pretend) as leaf:
            leaf.listen(subject)
            await leaf.flush()
            control = await self._victim_works(marker)
            await asyncio.sleep(HEARING_SECONDS)
            heard = marker.encode() in leaf.heard
            note = _error(leaf)
        self._note(name, not heard, control, note)

    async def _victim_works(self, marker: str) -> bool:
        """A kit, a batch, a question with its answer and a notice, all with the marker in; whether all arrived."""
        victim, client = self._victim, self._site.core.client
        stream = f"KV_{subjects.kits_bucket(victim.node_id)}"
        kit = f"$KV.{subjects.kits_bucket(victim.node_id)}.{marker}"
        await client.jetstream(timeout=5).publish(kit, marker.encode(), stream=stream)
        await client.publish(subjects.interview_changed(marker), marker.encode())
        bus = await connect(
            f"nats://127.0.0.1:{victim.port}",
            process="victim",
            token=victim.token,
            inbox_prefix=subjects.node_inbox(victim.node_id),
        )
        try:
            await bus.publish(subjects.event_batch(victim.node_id), marker.encode())
            echo = f"rpc.{victim.node_id}.echo"
            answer = await bus.request(echo, marker.encode(), timeout_seconds=5)

            async def mirrored() -> bool:
                info = await bus.client.jetstream(timeout=5).stream_info(stream, subjects_filter=kit)
                return bool(info.state.subjects)

            return answer == marker.encode() and bool(await until(mirrored, seconds=10))
        finally:
            await bus.close()

    async def asked(
        self, name: str, subject: str, payload: bytes, control: Callable[[], Awaitable[bool]], **pretend: Any
    ) -> None:
        """The thief asks what only others may; any answer that grants it is a hole."""
        inbox = f"{subjects.node_inbox(self._thief.node_id)}.{secrets.token_hex(4)}"
        async with self.leaf(self._thief, **pretend) as leaf:
            leaf.listen(inbox)
            leaf.listen(f"{inbox}.open")
            # The way the answer would take is open: one that is allowed comes.
            leaf.send(f"rpc.{self._thief.node_id}.echo", b"open", reply=f"{inbox}.open")

            async def way_open() -> bool:
                return leaf.delivered(f"{inbox}.open") is not None

            await until(way_open, seconds=5)
            leaf.send(subject, payload, reply=inbox)
            await leaf.flush()
            await asyncio.sleep(HEARING_SECONDS)
            answered = leaf.delivered(inbox) is not None
            note = _error(leaf)
        self._note(name, not answered, await control(), note)

    async def by_core(self, subject: str, payload: bytes = b"") -> bool:
        """Whether the coordinator's own request is granted."""
        return _granted(await self._site.core.request(subject, payload, timeout_seconds=5))

    async def by_system(self, subject: str, payload: bytes = b"") -> bool:
        """Whether the account keeper's request is granted."""
        return bool(await self._site.system.request(subject, payload, timeout_seconds=5))

    async def by_operator(self, subject: str) -> bool:
        """Whether somebody with the whole system account is answered: the request itself is a real one."""
        keys = self._site.head.options.data / "secrets" / "identity"
        signer = KeyPair.from_seed((keys / "system.seed").read_text(), Kind.ACCOUNT)
        key, now = KeyPair.generate(Kind.USER), int(time.time())
        said = {**claims.core_user(), "allowed_connection_types": ["STANDARD"]}
        token = claims.encode(said, signer, subject=key.public, name="operator", now=now)
        file = keys / "operator-test.creds"
        file.write_text(Credentials(token, key).to_text())
        hub = Hub(f"nats://127.0.0.1:{self._site.head.hub_port}", process="operator", credentials_file=file)
        await hub.open()
        try:
            return bool(await hub.request(subject, b"", timeout_seconds=5))
        finally:
            await hub.close()
            file.unlink()

    async def by_victim(self, subject: str) -> bool:
        """Whether the victim's own request is answered."""
        async with self.leaf(self._victim) as leaf:
            reply = f"$JSC.R.{secrets.token_hex(4)}"
            leaf.listen(reply)
            leaf.send(subject, b"", reply=reply)
            await leaf.flush()
            await asyncio.sleep(HEARING_SECONDS)
            return leaf.delivered(reply) is not None

    async def misnamed(self) -> None:
        """The thief speaks under its own subjects and names the victim inside."""
        thief, victim = self._thief.node_id, self._victim.node_id
        before = (await self._site.nodes())[victim]["display_name"]
        forged = node_pb2.Heartbeat(node_id=victim, display_name="Forged", version="9").SerializeToString()
        own = node_pb2.Heartbeat(node_id=thief, display_name="Own word", version="9").SerializeToString()

        async def shown(node_id: str, name: str) -> bool:
            return bool((await self._site.nodes())[node_id]["display_name"] == name)

        async with self.leaf(self._thief) as leaf:
            leaf.send(subjects.heartbeat(thief), forged)
            leaf.send(subjects.heartbeat(thief), own)
            await leaf.flush()
            # In order: once the second is shown, the first was dealt with.
            control = bool(await until(lambda: shown(thief, "Own word"), seconds=5))
        self._note("heartbeat of B sent as A", await shown(victim, before), control)

        asked, answered = subjects.position_request(thief), []
        for node_id in (victim, thief):
            request = envelope_pb2.PositionRequest(node_id=node_id, journal_epoch="e").SerializeToString()
            answered.append(await self._answered(asked, request) is not None)
        self._note("position of B asked as A", not answered[0], answered[1])

        good = (await self._renewal(thief, thief, self._thief)).user_jwt != ""
        for name, node_id, keys in (
            ("credentials of B asked as A", victim, self._victim),
            ("A's name asked for B's key", thief, self._victim),
        ):
            self._note(name, (await self._renewal(thief, node_id, keys)).user_jwt == "", good)

    async def _renewal(self, subject: str, node_id: str, keys: Branch) -> identity_pb2.RenewalReply:
        from edge_node.identity.keys import PageKey

        request = identity_pb2.RenewalRequest(
            node_id=node_id,
            user_key=keys.credentials.key.public,
            page_request_pem=PageKey.generate().request(node_id),
        )
        answer = await self._answered(subjects.renewal_request(subject), request.SerializeToString())
        return identity_pb2.RenewalReply.FromString(answer or b"")

    async def _answered(self, subject: str, payload: bytes) -> bytes | None:
        inbox = f"{subjects.node_inbox(self._thief.node_id)}.{secrets.token_hex(4)}"
        async with self.leaf(self._thief) as leaf:
            leaf.listen(inbox)
            leaf.send(subject, payload, reply=inbox)
            await leaf.flush()

            async def answered() -> bool:
                return leaf.delivered(inbox) is not None

            # Longer than elsewhere: the answer needs the database and signatures.
            with contextlib.suppress(TimeoutError):
                await until(answered, seconds=2)
            return leaf.delivered(inbox)


def _granted(reply: bytes) -> bool:
    try:
        return "error" not in json.loads(reply)
    except ValueError:
        return bool(reply)


def _error(leaf: RawLeaf) -> str:
    _, found, said = leaf.heard.partition(b"-ERR ")
    return said.split(b"\r\n")[0].decode(errors="replace") if found else ""
