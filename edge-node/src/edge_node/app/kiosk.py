"""The process that serves the room page."""

from edge_node.app.process import started
from edge_node.bus.codec import Health
from edge_node.kiosk.http import create_app
from edge_node.kiosk.join_codes import Tries
from edge_node.kiosk.page import Page
from edge_node.kiosk.readiness import Readiness
from edge_node.kiosk.server import KioskServer, check_exposure
from edge_node.kiosk.signalling import Rooms
from edge_node.kiosk.tokens import RoomTokens, load_key
from edge_node.settings import Settings
from edge_node.uplink.assignments import KitMirror

KEY_FILE = "room-token.key"


async def run(settings: Settings) -> None:
    """Serve until told to stop; raises ExposureError, OSError or ValueError when it may not or cannot."""
    tls = settings.tls_certificate_file is not None
    check_exposure(settings.http_host, tls=tls, allow_plain=settings.allow_plain_http)
    named = settings.room_token_key_file
    key = load_key(named or settings.data_dir / KEY_FILE, create=named is None)
    async with started("kiosk", settings) as process:
        page = Page(settings.room_page_dir)
        app = create_app(
            name=settings.name,
            page=page,
            assignments=KitMirror(process.bus.client, settings.node_id),
            rooms=Rooms(process.bus, settings.rooms, rooms_max=settings.rooms_max),
            readiness=Readiness(process.bus, page_built=page.built, rooms=settings.rooms, rooms_max=settings.rooms_max),
            tokens=RoomTokens(key, settings.node_id),
            tries=Tries(),
            recording=settings.recording.allowed,
            emotion=settings.vision.enabled and settings.vision.emotion,
        )
        server = KioskServer(app, certificate_file=settings.tls_certificate_file, key_file=settings.tls_key_file)
        port = server.bind(settings.http_host, settings.http_port)
        process.log.info("listening", host=settings.http_host, port=port, tls=tls)
        process.own(server.serve(process.stopping), "http")
        process.own(server.follow_certificate(), "certificate")
        await process.until_stopped(lambda: Health(() if page.built else ("page_missing",)))
