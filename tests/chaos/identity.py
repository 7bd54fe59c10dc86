"""A stolen appliance, its keys and its tokens against everybody else: the attacks and whether each was stopped."""

import argparse
import asyncio
import json
import time
from typing import Any

from interview_proto import subjects


def run(options: argparse.Namespace) -> dict[str, Any]:
    """The figures. An attack counts as blocked only where the same works for whom it is meant."""
    return asyncio.run(_run())


async def _run() -> dict[str, Any]:
    from chaos import _identity_acks, _identity_doors
    from chaos._identity_link import LinkAttacks
    from chaos._identity_revocation import revocation
    from chaos._site import Site, say, until

    async with Site.open() as site:
        thief = site.first
        await until(lambda: site.online(thief.node_id))
        victim = await site.enrol("node-2")
        await site.start_branch(victim)
        link = LinkAttacks(site, thief, victim)
        await link.prepare()
        say("two branches are linked")
        found = [*await _identity_doors.tokens(site), *await _identity_doors.roles(site)]
        say("tokens and roles tried")
        found += [*await _identity_doors.certificates(site), *await _identity_doors.logins(site, thief)]
        say("certificates and credentials tried")
        await _over_the_link(link, victim.node_id, site.ring.accounts.nodes)
        found += link.results
        say("the link tried")
        found.append(await _identity_acks.ingest_acknowledged(site, link, victim, thief))
        found.append(await _identity_acks.mirror_acknowledged(site, link, victim, thief))
        say("acknowledgements tried")
        revoked, seconds = await revocation(site, victim)
        found += revoked
        found.append(await _identity_doors.flood(site))
    attacks = [
        {"name": one.name, "blocked": one.blocked and one.control, "control": one.control, "note": one.note}
        for one in found
    ]
    blocked = sum(1 for one in attacks if one["blocked"])
    return {
        "attacks": len(attacks),
        "blocked": blocked,
        "revoked_s": round(seconds, 3),
        "tried": attacks,
        "ok": blocked == len(attacks) and seconds < 1,
    }


async def _over_the_link(link: Any, victim: str, nodes_account: str) -> None:
    """With a stolen identity and a leaf that heeds nothing."""
    bucket, durable = subjects.kits_bucket(victim), subjects.kits_durable(victim)
    for subject in (
        ">",
        "ev.>",
        f"ev.{victim}.batch",
        "ev.*.batch ingest 1",
        "rpc.>",
        f"rpc.{victim}.echo",
        f"mir.{victim}.>",
        "mir.>",
        f"_INBOX_{victim}.>",
        "_INBOX_hub.>",
        "_R_.>",
        "$JS.ACK.>",
        "$JS.FC.>",
        "$KV.>",
        "$JS.>",
        "core.>",
    ):
        await link.spied(f"A listens to {subject}", subject)
    await link.spied("A, claiming to be a hub, listens to >", ">", hub=True)
    await link.spied("A, claiming CORE as its account, listens to >", ">", remote_account="CORE")
    for name in ("batch", "heartbeat", "position", "renewal"):
        subject = f"ev.{victim}.batch" if name == "batch" else f"rpc.{victim}.{name}"
        await link.forged(f"A sends B's {name}", subject)
    await link.forged("A, claiming to be a hub, sends B's batch", f"ev.{victim}.batch", hub=True)
    await link.misnamed()

    events, get = subjects.EVENTS_STREAM, json.dumps({"seq": 1}).encode()
    scratch = json.dumps({"name": "SCRATCH", "subjects": ["scratch"], "storage": "memory"}).encode()
    consumer = json.dumps({"stream_name": events, "config": {"ack_policy": "none"}}).encode()

    async def deletes() -> bool:
        made = await link.by_core("$JS.API.STREAM.CREATE.SCRATCH", scratch)
        return made and await link.by_core("$JS.API.STREAM.DELETE.SCRATCH")

    async def reads() -> bool:
        return bool(await link.by_core(f"$JS.API.STREAM.MSG.GET.KV_{bucket}", get))

    async def consumes() -> bool:
        return bool(await link.by_core(f"$JS.API.CONSUMER.CREATE.{events}", consumer))

    for prefix in ("$JS.API", "$JS.hub.API", subjects.HUB_API):
        await link.asked(
            f"A deletes the stream of events by {prefix}", f"{prefix}.STREAM.DELETE.{events}", b"", deletes
        )
        await link.asked(f"A reads B's kits by {prefix}", f"{prefix}.STREAM.MSG.GET.KV_{bucket}", get, reads)
        subject = f"{prefix}.CONSUMER.CREATE.{events}"
        await link.asked(f"A makes a consumer of all events by {prefix}", subject, consumer, consumes)
    for prefix in ("$JS.API", "$JS.hub.API", subjects.HUB_API):
        await link.asked(f"A reads B's kits directly by {prefix}", f"{prefix}.DIRECT.GET.KV_{bucket}", get, reads)

    async def resets() -> bool:
        return bool(await link.by_victim(f"{subjects.HUB_API}.CONSUMER.RESET.KV_{bucket}.{durable}"))

    await link.asked("A restarts B's mirror", f"{subjects.HUB_API}.CONSUMER.RESET.KV_{bucket}.{durable}", b"", resets)

    async def puts() -> bool:
        return bool(await link.by_core(f"$KV.{bucket}.put-{time.time_ns()}", b"kit"))

    for subject in (f"$KV.{bucket}.forged", f"$JS.hub.API.$KV.{bucket}.forged"):
        await link.asked(f"A writes a kit for B by {subject}", subject, b"forged", puts)

    lookup = f"$SYS.REQ.ACCOUNT.{nodes_account}.CLAIMS.LOOKUP"

    async def looks_up() -> bool:
        return bool(await link.by_system(lookup))

    await link.asked("A reads the claims of all nodes", lookup, b"", looks_up)
    await link.asked("A changes the claims of all nodes", "$SYS.REQ.CLAIMS.UPDATE", b"x", looks_up)

    async def pings() -> bool:
        return bool(await link.by_operator("$SYS.REQ.SERVER.PING"))

    async def lists() -> bool:
        return bool(await link.by_core("$SYS.REQ.ACCOUNT.PING.CONNZ"))

    await link.asked("A asks the servers who they are", "$SYS.REQ.SERVER.PING", b"", pings)
    await link.asked("A lists the connections of all nodes", "$SYS.REQ.ACCOUNT.PING.CONNZ", b"", lists)
