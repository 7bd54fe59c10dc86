"""The kiosk over TLS, asked by the rehearsal's own client."""

import asyncio
from datetime import UTC, datetime, timedelta
from ipaddress import IPv4Address
from pathlib import Path

import httpx
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID
from edge_node.bus.local import Bus
from edge_node.kiosk.http import create_app
from edge_node.kiosk.join_codes import Tries
from edge_node.kiosk.page import Page
from edge_node.kiosk.readiness import Readiness
from edge_node.kiosk.server import KioskServer
from edge_node.kiosk.signalling import Rooms
from edge_node.rehearsal.kiosk_client import KioskClient, KioskRefusal
from edge_node.tasks import AGAIN_SECONDS, cancel
from fakes.fixed_kits import FixedKits, small_kit
from scripted_kiosk import TOKENS, ScriptedRoom
from starlette.responses import PlainTextResponse
from starlette.types import Receive, Scope, Send


async def test_a_running_request_ends_before_the_kiosk_does() -> None:
    arrived = asyncio.Event()

    async def slow(scope: Scope, receive: Receive, send: Send) -> None:
        arrived.set()
        await asyncio.sleep(4 * AGAIN_SECONDS)
        await PlainTextResponse("whole")(scope, receive, send)

    server = KioskServer(slow)
    port = server.bind("127.0.0.1", 0)
    stopping = asyncio.Event()
    serving = asyncio.create_task(server.serve(stopping))
    async with httpx.AsyncClient(timeout=10) as web:
        asking = asyncio.create_task(web.get(f"http://127.0.0.1:{port}/"))
        await arrived.wait()
        stopping.set()
        await cancel(serving)
        assert asking.done()
        assert (await asking).text == "whole"


@pytest.fixture
def room() -> ScriptedRoom:
    return ScriptedRoom()


def self_signed(directory: Path) -> tuple[Path, Path]:
    """Certificate and key files for 127.0.0.1."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "room")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(IPv4Address("127.0.0.1"))]), critical=False)
        .sign(key, hashes.SHA256())
    )
    files = directory / "room.pem", directory / "room.key"
    files[0].write_bytes(certificate.public_bytes(Encoding.PEM))
    files[1].write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    return files


async def test_tls_and_the_rehearsals_own_client(bus: Bus, room: ScriptedRoom, tmp_path: Path) -> None:
    await room.serve(bus)
    certificate, key = self_signed(tmp_path)
    app = create_app(
        name="Branch",
        page=Page(tmp_path),
        assignments=FixedKits(small_kit("i-1", "ABCD1234")),
        rooms=Rooms(bus),
        readiness=Readiness(bus),
        tokens=TOKENS,
        tries=Tries(),
    )
    server = KioskServer(app, certificate_file=certificate, key_file=key)
    port = server.bind("127.0.0.1", 0)
    stopping = asyncio.Event()
    task = asyncio.create_task(server.serve(stopping))
    trusting = KioskClient(f"https://127.0.0.1:{port}", authority_file=certificate)
    stranger = KioskClient(f"https://127.0.0.1:{port}")
    try:
        joined = await trusting.join("abcd1234")
        assert joined["interview"]["id"] == "i-1"
        assert (await trusting.state())["stages_total"] == 2
        with pytest.raises(KioskRefusal, match="code_used"):
            await trusting.join("abcd1234")
        with pytest.raises(KioskRefusal, match="unreachable"):
            await stranger.join("abcd1234")
    finally:
        await trusting.close()
        await stranger.close()
        stopping.set()
        await asyncio.wait_for(task, 8)
