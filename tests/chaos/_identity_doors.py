"""Attacks on the way in: one-time tokens, roles, certificates, credentials."""

import asyncio
import base64
import contextlib
import dataclasses
import json
import ssl
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
from coordinator.bus.hub import Hub
from coordinator.fault import Fault
from coordinator.identity.service import TRIES
from coordinator.keys import authorities, claims, keyring
from coordinator.keys.nkey import Credentials, KeyPair, Kind
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from edge_node.identity.keys import LinkKey, PageKey
from provisioning.nats_config import Link, write_node
from provisioning.network import LOOPBACK, answers, free_ports
from provisioning.program import ProgramSpec

from chaos._identity_link import Attack
from chaos._raw_leaf import RawLeaf, Refused
from chaos._site import BIN, Branch, Site, until


async def post(site: Site, node_id: str, token: str, **other: str) -> httpx.Response:
    """Enrol by hand with fresh keys."""
    body = {
        "node_id": node_id,
        "token": token,
        "user_key": LinkKey.generate().public,
        "page_request": PageKey.generate().request(node_id),
        **other,
    }
    async with site.http() as http:
        return await http.post("/api/enrolments", json=body)


async def made_token(site: Site, node_id: str) -> str:
    """A good token."""
    return str((await site.token(node_id)).raise_for_status().json()["token"])


async def tokens(site: Site) -> list[Attack]:
    """Tokens used twice, for another, late, guessed, and read out of the database."""
    found = []
    token = await made_token(site, "branch-3")
    other = await post(site, "branch-4", token)
    first = await post(site, "branch-3", token)
    again = await post(site, "branch-3", token)
    used = first.status_code == 201
    found.append(Attack("token for another name", other.status_code == 403, used, other.json()["code"]))
    found.append(Attack("token used twice", again.status_code == 401, used, again.json()["code"]))
    guessed = await post(site, "branch-4", "x" * 43)
    found.append(Attack("token guessed", guessed.status_code == 401, used, guessed.json()["code"]))
    token = await made_token(site, "branch-4")
    site.rows("UPDATE enrolment_token SET expires_at = now() - interval '1 s' WHERE node_id = 'branch-4'")
    late = await post(site, "branch-4", token)
    fresh = await post(site, "branch-4", await made_token(site, "branch-4"))
    found.append(Attack("token after its time", late.status_code == 401, fresh.status_code == 201, late.json()["code"]))
    token = await made_token(site, "branch-5")
    ((stored,),) = site.rows("SELECT encode(token_hash, 'hex') FROM enrolment_token WHERE node_id = 'branch-5'")
    stolen = await post(site, "branch-5", stored)
    good = await post(site, "branch-5", token)
    found.append(Attack("token from a stolen database", stolen.status_code == 401, good.status_code == 201))
    return found


async def roles(site: Site) -> list[Attack]:
    """Everyone but an administrator at the administrator's doors."""
    found = []
    control = (await site.token("branch-6")).status_code == 201
    for role in ("recruiter", "candidate", ""):
        status = (await site.token("branch-6", role)).status_code
        found.append(Attack(f"{role or 'nobody'} makes a token", status in (401, 403), control, str(status)))
    enrolled = await site.enrol("branch-7")
    tried = {role: await site.revoke(enrolled.node_id, role) for role in ("recruiter", "candidate", "")}
    untouched = (await site.nodes())[enrolled.node_id]["identity"] == "enrolled"
    control = (await site.revoke(enrolled.node_id)).status_code == 200
    for role, reply in tried.items():
        blocked = reply.status_code in (401, 403) and untouched
        found.append(Attack(f"{role or 'nobody'} revokes a node", blocked, control, str(reply.status_code)))
    return found


async def certificates(site: Site) -> list[Attack]:
    """Names of others in a certificate, and a node's certificate held out as the hub's."""
    key = PageKey.generate()
    names = x509.SubjectAlternativeName([x509.DNSName("localhost"), x509.DNSName("hub.example")])
    request = (
        x509.CertificateSigningRequestBuilder()
        .subject_name(x509.Name([]))
        .add_extension(names, critical=False)
        .sign(key.private, hashes.SHA256())
    )
    pem = request.public_bytes(serialization.Encoding.PEM).decode()
    reply = await post(site, "branch-8", await made_token(site, "branch-8"), page_request=pem)
    issued = authorities.names(reply.json()["page_certificate"])
    taken = Attack("certificate for the hub's name", "localhost" not in issued, issued == ["branch-8"], str(issued))
    return [taken, await false_hub(site), await unknown_authority(site)]


async def _dials(site: Site, name: str, port: int, authority: Path, handshakes: list[int]) -> bool:
    """Whether a real node's server, told to trust ``authority``, opens its heart to whoever listens on ``port``."""
    folder = site.head.options.data / name
    folder.mkdir()
    client_port = free_ports(1)[0]
    link = Link([f"{LOOPBACK}:{port}"], authority, site.first.data / "identity" / "link.creds")
    write_node(folder / "n.conf", node_id=name, client_port=client_port, store=folder / "js", token="t" * 20, link=link)

    async def probe() -> bool:
        return await answers(client_port)

    spec = ProgramSpec(f"nats-{name}", (str(BIN / "nats-server"), "-c", str(folder / "n.conf")), probe=probe)
    await site.supervisor.start(spec)

    async def dialled() -> bool:
        return bool(handshakes)

    try:
        await until(dialled, seconds=3)
    except TimeoutError:
        return False
    finally:
        await site.supervisor.programs[spec.name].stop()
    return True


async def false_hub(site: Site) -> Attack:
    """Somebody with a stolen room page's certificate waits where the hub should be."""
    identity = site.first.data / "identity"
    keys = site.head.options.data / "secrets" / "identity"
    opened: dict[str, list[int]] = {}
    results = {}
    for name, certificate in (("false-hub", identity / "page.pem"), ("true-hub", keys / "hub.pem")):
        done = opened.setdefault(name, [])

        async def met(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, done: list[int] = done) -> None:
            done.append(1)
            writer.close()

        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(certificate)
        server = await asyncio.start_server(met, LOOPBACK, 0, ssl=context)
        async with server:
            port = server.sockets[0].getsockname()[1]
            results[name] = await _dials(site, name, port, identity / "link-ca.pem", done)
    return Attack("a node's certificate held out as the hub's", not results["false-hub"], results["true-hub"])


async def unknown_authority(site: Site) -> Attack:
    """A hub whose authority the node does not know."""
    other = site.head.options.data / "other-ca.pem"
    other.write_text(authorities.Authority.create("Other", now=datetime.now(UTC)).certificate_pem)
    links: list[int] = []

    async def count() -> int:
        return sum(1 for line in _hub_log(site).splitlines() if "edge-unknown-ca" in line)

    before = await count()
    await _dials(site, "unknown-ca", site.head.leaf_port, other, links)
    blocked = await count() == before
    return Attack("a hub of an unknown authority", blocked, await site.online(site.first.node_id))


def _hub_log(site: Site) -> str:
    return (site.supervisor.log_dir / "nats-hub.log").read_text(errors="replace")


async def flood(site: Site) -> Attack:
    """Guessing without end. Last of all: from then on this address waits."""
    control = (await post(site, "branch-9", await made_token(site, "branch-9"))).status_code == 201
    status = 0
    for number in range(TRIES + 2):
        status = (await post(site, f"guess-{number}", "y" * 43)).status_code
        if status == 429:
            break
    return Attack("tokens guessed by the thousand", status == 429, control, str(status))


async def _let_in(site: Site, credentials: Credentials | None, **more: Any) -> bool:
    authority = site.first.data / "identity" / "link-ca.pem"
    with contextlib.suppress(Refused, OSError, TimeoutError):
        async with RawLeaf.connected(site.head.leaf_port, authority, credentials, **more):
            return True
    return False


async def _connects(site: Site, file: Path) -> bool:
    hub = Hub(f"nats://{LOOPBACK}:{site.head.hub_port}", process="thief", credentials_file=file)
    try:
        await hub.open(wait_seconds=1)
    except Fault:
        return False
    await hub.close()
    return True


async def logins(site: Site, thief: Branch) -> list[Attack]:
    """Credentials that are stolen, old, made up or changed."""
    ring, real, now = site.ring, thief.credentials, int(time.time())
    keys = site.head.options.data / "secrets" / "identity"
    rightful = await _let_in(site, real)

    def node(signer: KeyPair, **times: int) -> Credentials:
        said = claims.node_user(ring.accounts)
        subject, name = real.key.public, thief.node_id
        return Credentials(claims.encode(said, signer, subject=subject, name=name, now=now, **times), real.key)

    header, body, signature = real.user_jwt.split(".")
    changed = json.loads(base64.urlsafe_b64decode(body + "=" * (-len(body) % 4))) | {"name": "node-2"}
    forged = base64.urlsafe_b64encode(json.dumps(changed).encode()).rstrip(b"=").decode()
    own_account = KeyPair.generate(Kind.ACCOUNT)
    core_user = Credentials.from_text((keys / keyring.CORE_CREDENTIALS).read_text())
    tries: list[tuple[str, Credentials | None, dict[str, Any]]] = [
        ("no credentials", None, {}),
        ("credentials after their time", node(ring.node_signer, expires=now - 1), {}),
        ("credentials signed by a stranger", node(own_account), {}),
        ("credentials signed by the node itself", node(real.key), {}),
        ("credentials with another name written in", Credentials(f"{header}.{forged}.{signature}", real.key), {}),
        ("stolen JWT without its key", Credentials(real.user_jwt, KeyPair.generate(Kind.USER)), {}),
        ("an answer to an earlier challenge", real, {"signature": real.key.sign(b"an earlier nonce")}),
        ("the coordinator's credentials on the link", core_user, {}),
    ]
    found = [Attack(name, not await _let_in(site, who, **more), rightful) for name, who, more in tries]
    good = await _let_in(site, node(ring.node_signer, expires=now + 60))
    found[1] = dataclasses.replace(found[1], control=good)
    stolen = thief.data / "identity" / "link.creds"
    as_client = not await _connects(site, stolen)
    found.append(Attack("stolen credentials as a client", as_client, await _connects(site, keys / "core.creds")))
    found.append(await plain_link(site, rightful))
    return found


async def plain_link(site: Site, control: bool) -> Attack:
    """The link without TLS: the hub must not so much as say its name."""
    reader, writer = await asyncio.open_connection(LOOPBACK, site.head.leaf_port)
    writer.write(b'CONNECT {"verbose":false}\r\nPING\r\n')
    said = b""
    with contextlib.suppress(TimeoutError, OSError):
        said = await asyncio.wait_for(reader.read(4096), 4)
    writer.close()
    return Attack("the link without TLS", b"INFO" not in said and b"PONG" not in said, control, repr(said[:40]))
