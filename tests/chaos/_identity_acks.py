"""Acknowledging what is not one's own: the hub checks no permission there, so nothing must lie behind it."""

import asyncio
import time

from interview_proto import subjects

from chaos._identity_link import Attack, LinkAttacks
from chaos._site import Branch, Site, until

KINDS = (b"+ACK", b"+TERM", b"-NAK")


async def ingest_acknowledged(site: Site, link: LinkAttacks, victim: Branch, thief: Branch) -> Attack:
    """A makes one of B's batches vanish from the coordinator's list of work."""
    program = site.supervisor.programs["coordinator-ingest"]
    await program.stop()
    jetstream = site.core.client.jetstream(timeout=5)
    stream, durable = subjects.EVENTS_STREAM, subjects.INGEST_DURABLE

    async def nobody_waits() -> bool:
        return (await jetstream.consumer_info(stream, durable)).num_waiting == 0

    # What the stopped process still asks for would be handed to nobody.
    await until(nobody_waits)
    async with link.leaf(victim) as leaf:
        leaf.send(subjects.event_batch(victim.node_id), b"a batch")
        await leaf.flush()
    subscription = await jetstream.pull_subscribe_bind(durable, stream=stream)
    (message,) = await subscription.fetch(1, timeout=10)
    before = await jetstream.consumer_info(stream, durable)
    async with link.leaf(thief) as leaf:
        for kind in KINDS:
            leaf.send(message.reply, kind)
        await leaf.flush()
        await asyncio.sleep(0.3)
    after = await jetstream.consumer_info(stream, durable)
    blocked = (before.num_ack_pending, before.ack_floor) == (after.num_ack_pending, after.ack_floor)
    await message.ack_sync(timeout=5)
    done = await jetstream.consumer_info(stream, durable)
    await subscription.unsubscribe()
    await site.supervisor.start(program.spec)
    return Attack("B's batch acknowledged away from the ingest consumer", blocked, done.num_ack_pending == 0)


async def mirror_acknowledged(site: Site, link: LinkAttacks, victim: Branch, thief: Branch) -> Attack:
    """A makes a kit vanish on its way to B, who is offline."""
    jetstream = site.core.client.jetstream(timeout=5)
    bucket, durable = subjects.kits_bucket(victim.node_id), subjects.kits_durable(victim.node_id)
    stream = f"KV_{bucket}"
    server = site.supervisor.programs[f"nats-{victim.node_id}"]
    await server.stop()
    await jetstream.publish(f"$KV.{bucket}.on-its-way", b"kit", stream=stream)
    before = await jetstream.consumer_info(stream, durable)
    last = (await jetstream.stream_info(stream)).state.last_seq
    async with link.leaf(thief) as leaf:
        for sequence in range(1, last + 2):
            for kind in KINDS:
                leaf.send(f"$JS.ACK.{stream}.{durable}.1.{sequence}.{sequence}.{time.time_ns()}.0", kind)
        await leaf.flush()
        await asyncio.sleep(0.3)
    async with link.leaf(thief) as leaf:
        leaf.send(f"$JS.FC.{stream}.{durable}.x", b"")
        await leaf.flush()
    after = await jetstream.consumer_info(stream, durable)
    await site.supervisor.start(server.spec)
    kept = await until(lambda: _has(victim, stream, f"$KV.{bucket}.on-its-way"), seconds=20)
    return Attack("B's kit acknowledged away from B's mirror", before.ack_floor == after.ack_floor, bool(kept))


async def _has(branch: Branch, stream: str, subject: str) -> bool:
    from edge_node.bus.local import connect

    bus = await connect(f"nats://127.0.0.1:{branch.port}", process="look", token=branch.token)
    try:
        info = await bus.client.jetstream(timeout=5).stream_info(stream, subjects_filter=subject)
        return bool(info.state.subjects)
    finally:
        await bus.close()
