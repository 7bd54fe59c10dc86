"""A node's life: let in, renewed, shut out, started without a link, let in again; the product's own programs."""

import asyncio
import contextlib
import ssl
import stat
import uuid
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from chaos._site import Branch, Site, until
from coordinator.audit import repository as audit
from coordinator.db.unit_of_work import Database
from coordinator.keys import authorities, claims, keyring
from cryptography import x509
from edge_node.bus.local import Bus, connect
from edge_node.identity.keys import LinkKey, PageKey
from edge_node.identity.store import IdentityStore, Issued
from edge_node.journal.store import JetStreamJournal
from edge_node.kiosk.server import KioskServer
from fastapi import FastAPI
from interview_proto import subjects
from record_path import planned_interview
from test_uplink_record_path import question

LIFE_SECONDS = 12
"""Of credentials in the test of their renewal: renewed after 6, the first ones end within the test."""


@contextlib.asynccontextmanager
async def local(branch: Branch) -> AsyncIterator[Bus]:
    """The node's own server, as its processes use it."""
    bus = await connect(f"nats://127.0.0.1:{branch.port}", process="test", token=branch.token)
    try:
        yield bus
    finally:
        await bus.close()


async def append(bus: Bus, branch: Branch, interview: str, *, seconds: float) -> int:
    """Write facts into the node's journal for so long, as a room would; how many."""
    journal = JetStreamJournal(bus.client, branch.node_id, timeout_seconds=10)
    loop, number = asyncio.get_running_loop(), 0
    ends = loop.time() + seconds
    while loop.time() < ends:
        await journal.append(interview, [question(number)], after=number, interview_ms=number)
        number += 1
        await asyncio.sleep(0.2)
    return number


async def kept(site: Site, interview: str, count: int) -> bool:
    """Whether the coordinator has exactly so many facts, in order."""
    rows = site.rows("SELECT number FROM event WHERE interview_id = %s ORDER BY number", interview)
    return [row[0] for row in rows] == list(range(1, count + 1))


async def test_renewal_keeps_a_working_link_working() -> None:
    """Over the end of the first credentials the node stays on the dashboard and no fact is lost."""
    async with Site.open(COORDINATOR_IDENTITY__CREDENTIAL_HOURS=str(LIFE_SECONDS / 3600)) as site:
        branch, first = site.first, site.first.credentials
        await until(lambda: site.online(branch.node_id))
        ends = (await site.nodes())[branch.node_id]["enrolled_until"]
        interview = planned_interview(site.database_url, branch.node_id)
        seen: list[bool] = []
        async with local(branch) as bus:
            writing = asyncio.create_task(append(bus, branch, interview, seconds=1.5 * LIFE_SECONDS))
            while not writing.done():
                seen.append(await site.online(branch.node_id))
                await asyncio.sleep(0.5)
            written = await writing
        assert all(seen), "the node was never offline"
        after = branch.credentials
        assert after.user_jwt != first.user_jwt
        assert after.key.public == first.key.public
        assert (await site.nodes())[branch.node_id]["enrolled_until"] > ends
        assert "Authentication Expired" in (site.supervisor.log_dir / "nats-hub.log").read_text()
        await until(lambda: kept(site, interview, written))
        assert stat.S_IMODE((branch.data / "identity" / "link.creds").stat().st_mode) == 0o600


async def test_a_revoked_node_goes_on_alone_and_comes_back_by_enrolling() -> None:
    async with Site.open() as site:
        branch = site.first
        await until(lambda: site.online(branch.node_id))
        interview = planned_interview(site.database_url, branch.node_id)
        bucket = subjects.kits_bucket(branch.node_id)
        kit = f"$KV.{bucket}.kit-1"
        await site.core.client.jetstream().publish(kit, b"kit", stream=f"KV_{bucket}")

        async def mirrored() -> bool:
            async with local(branch) as bus:
                info = await bus.client.jetstream(timeout=5).stream_info(f"KV_{bucket}", subjects_filter=kit)
                return bool(info.state.subjects)

        await until(mirrored)
        assert (await site.revoke(branch.node_id)).status_code == 200
        assert (await site.revoke(branch.node_id)).status_code == 200, "asking twice is no fault"
        assert (await site.nodes())[branch.node_id]["identity"] == "revoked"
        assert await refusal(site, branch.node_id) == "node_revoked", "no interview is sent where none arrives"
        # As after a power cut, with no way to the hub: the record grows and the kits are there.
        await site.restart("nats-node")
        await site.restart("node-uplink")
        assert await mirrored()
        async with local(branch) as bus:
            written = await append(bus, branch, interview, seconds=1)
        assert site.rows("SELECT 1 FROM event WHERE interview_id = %s", interview) == []

        await site.enrol_again(branch)
        # Nothing on the node is started again: its server reads the new credentials when it next tries.
        await until(lambda: kept(site, interview, written))
        assert (await site.nodes())[branch.node_id]["identity"] == "enrolled"
        assert await refusal(site, branch.node_id) == "job_unknown"
        await said_so(site, branch.node_id)

        # A revocation that finds no hub is kept, said to be late, and told once the hub is there.
        hub = site.supervisor.programs["nats-hub"]
        await hub.stop()
        late = await site.revoke(branch.node_id)
        assert (late.status_code, late.json()["code"]) == (503, "hub_unavailable")
        assert (await site.nodes())[branch.node_id]["identity"] == "revoked"
        await site.supervisor.start(hub.spec)

        async def told() -> bool:
            kept = claims.decode((site.ring.folder / keyring.NODES_JWT).read_text())["nats"]
            return branch.credentials.key.public in kept.get("revocations", {})

        await until(told)
        await until(lambda: dropped(site, branch.node_id))


async def refusal(site: Site, node_id: str) -> str:
    """Why no interview is made on a node, for a job that is not there either."""
    wanted = {"job_id": str(uuid.uuid4()), "candidate_id": str(uuid.uuid4()), "node_id": node_id}
    async with site.http("recruiter") as http:
        return str((await http.post("/api/interviews", json=wanted)).json()["code"])


async def dropped(site: Site, node_id: str) -> bool:
    """Whether the node is offline, and stays so while others' heartbeats would have come."""
    return not await site.online(node_id)


async def said_so(site: Site, node_id: str) -> None:
    """The audit trail holds every step, and holds together."""
    database = Database(site.database_url, connections_max=1)
    await database.open()
    try:
        async with database.transaction() as connection:
            assert await audit.verify(connection) > 0
    finally:
        await database.close()
    rows = site.rows(
        "SELECT action, actor_role, detail::text FROM audit_entry WHERE subject = %s ORDER BY number", f"node:{node_id}"
    )
    enrolled = [("node.enrolment_token", "admin"), ("node.enrolled", "system")]
    assert [(action, role) for action, role, _ in rows] == [*enrolled, ("node.revoked", "admin"), *enrolled]
    assert not any("SU" in detail or "eyJ" in detail for _, _, detail in rows)


async def test_the_room_page_is_served_under_the_issued_certificate_and_its_successor(tmp_path: Path) -> None:
    """A browser that trusts the pages' authority is content; a renewed certificate is shown without a restart."""
    ring, store = keyring.prepare(tmp_path / "keys", ("localhost",)), IdentityStore(tmp_path / "node")
    link, page, now = LinkKey.generate(), PageKey.generate(), datetime.now(UTC)

    def issue(days: int) -> None:
        key = authorities.requested_key(page.request("node-1"))
        certificate = ring.pages.issue(key, ["node-1", "127.0.0.1"], now=now, expires=now + timedelta(days=days))
        token = ring.node_jwt("node-1", link.public, now=int(now.timestamp()), expires=int(now.timestamp()) + 60)
        authority = ring.pages.certificate_pem
        store.keep("node-1", link, page, Issued(token, certificate, ring.link_authority_pem, authority))

    async def ends(port: int) -> datetime:
        context = ssl.create_default_context(cafile=store.page_authority_file)
        _, writer = await asyncio.open_connection("127.0.0.1", port, ssl=context)
        der = writer.get_extra_info("ssl_object").getpeercert(binary_form=True)
        writer.close()
        return x509.load_der_x509_certificate(der).not_valid_after_utc

    issue(days=10)
    server, stopping = KioskServer(FastAPI(), certificate_file=store.page_file), asyncio.Event()
    port = server.bind("127.0.0.1", 0)
    tasks = [asyncio.create_task(server.serve(stopping)), asyncio.create_task(server.follow_certificate(0.1))]
    async with asyncio.timeout(10):
        while not server.answers:
            await asyncio.sleep(0.05)
    first = await ends(port)
    issue(days=20)
    async with asyncio.timeout(10):
        while await ends(port) == first:
            await asyncio.sleep(0.1)
    stopping.set()
    tasks[1].cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
