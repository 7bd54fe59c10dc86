"""Shutting a node out: at once, for good, over a restart of the hub, and in again by enrolling."""

import time

from chaos._identity_doors import _let_in, made_token, post
from chaos._identity_link import Attack
from chaos._site import Branch, Site, until


def _links(site: Site) -> str:
    return (site.supervisor.log_dir / "nats-hub.log").read_text(errors="replace")


async def revocation(site: Site, branch: Branch) -> tuple[list[Attack], float]:
    """The attacks, and the seconds from the request to the link's end."""
    stolen, node_id = branch.credentials, branch.node_id
    before = await _let_in(site, stolen)
    dropped = f"Credentials Revoked - Remote: edge-{node_id}"
    started = time.monotonic()
    (await site.revoke(node_id)).raise_for_status()

    async def gone() -> bool:
        return dropped in _links(site)

    await until(gone, seconds=10, every=0.005)
    seconds = time.monotonic() - started
    found = [Attack("a revoked node comes back", not await _let_in(site, stolen), before)]
    await site.restart("nats-hub")
    others = bool(await until(lambda: _let_in(site, site.first.credentials), seconds=20))
    found.append(Attack("a revoked node comes back after the hub was killed", not await _let_in(site, stolen), others))
    token = await made_token(site, node_id)
    reply = await post(site, node_id, token, user_key=stolen.key.public)
    anew = await site.enrol(node_id)
    again = await _let_in(site, anew.credentials)
    found.append(Attack("a revoked key enrols again", reply.status_code == 422, again, reply.json()["code"]))
    found.append(Attack("revoked credentials after the node's new ones", not await _let_in(site, stolen), again))
    return found, seconds
