"""The process that keeps the node's link: facts up, kits down, a heartbeat."""

import asyncio
from importlib.metadata import version

from interview_proto import subjects
from nats.errors import Error as NatsError

from edge_node.app.disk import shelf_of
from edge_node.app.process import Process, started
from edge_node.bus import health
from edge_node.bus.local import Bus, connect
from edge_node.core.interview.events import EngineUsed
from edge_node.identity.renewal import Renewer
from edge_node.identity.store import IdentityStore, NotEnrolled
from edge_node.journal.store import JetStreamJournal
from edge_node.models.errors import ModelMissing
from edge_node.models.registry import Registry
from edge_node.settings import Settings, read_secret
from edge_node.telemetry.machine_clock import read_clock
from edge_node.uplink import metrics
from edge_node.uplink.assignments import KitMirror
from edge_node.uplink.codec import Presence
from edge_node.uplink.forwarder import Forwarder
from edge_node.uplink.presence import Heart
from edge_node.uplink.recordings import Recordings
from edge_node.uplink.release import read_release

WATCHED = ("kiosk", "room", "speech", "language", "review", "vision")
TOLERATED = ("vision",)
"""May be down without a word: an interview is the same without it."""

ROLES = ("language", "stt", "tts", "vad", "end_of_turn", "face")
MIRROR_RETRY_SECONDS = 2.0
WAITING_FACTS = 100
"""Facts on their way beyond which recordings wait: the link is behind, not just busy."""


def _engines(settings: Settings) -> tuple[EngineUsed, ...]:
    """The weights this node would use, as far as they are in place."""
    registry = Registry(settings.models_dir, settings.model_profile)
    found: list[EngineUsed] = []
    for role in ROLES:
        try:
            model = registry.path(role)
        except ModelMissing:
            continue
        found.append(EngineUsed(model.role, model.name, model.profile, model.digest))
    return tuple(found)


class Observer:
    """Looks at the node's processes for a heartbeat."""

    def __init__(self, bus: Bus, settings: Settings, forwarder: Forwarder) -> None:
        self._bus = bus
        self._rooms = settings.rooms
        self._rooms_max = settings.rooms_max
        self._data_dir = settings.data_dir
        self._forwarder = forwarder
        self._engines = _engines(settings)
        self._told: set[str] = set()

    async def presence(self) -> Presence:
        """What is there now."""
        node = await health.ask(self._bus, WATCHED, rooms=self._rooms)
        for name in (*WATCHED, *self._rooms[1:]):
            metrics.process_up.labels(name).set(name not in node.down)
        tolerated = [f"{name}_down" for name in TOLERATED]
        problems = [code for code in node.problems if code not in tolerated]
        if self._forwarder.figures.rolled_back:
            problems.append("journal_rolled_back")
        for code in self._told.difference(problems):
            metrics.problem.labels(code).set(0)
        for code in problems:
            metrics.problem.labels(code).set(1)
        self._told.update(problems)
        return Presence(
            self._engines,
            rooms_open=node.rooms_open,
            rooms_max=self._rooms_max,
            problems=tuple(problems),
            release=read_release(self._data_dir),
        )


def _expose(forwarder: Forwarder, store: IdentityStore) -> None:
    """Let the link's figures be read at the moment they are asked for."""
    figures = forwarder.figures
    metrics.lag_facts.set_function(lambda: figures.lag)
    metrics.oldest_unsent_seconds.set_function(lambda: figures.oldest_unsent_seconds)
    metrics.link_up.set_function(lambda: figures.link_up)
    metrics.last_sequence.set_function(lambda: figures.last_sequence)
    metrics.committed_sequence.set_function(lambda: figures.committed_sequence)
    metrics.rewinds.set_function(lambda: figures.rewinds)
    metrics.rolled_back.set_function(lambda: figures.rolled_back)
    metrics.clock_synchronised.set_function(lambda: {None: -1, False: 0, True: 1}[read_clock().synchronised])
    metrics.clock_error_seconds.set_function(lambda: read_clock().error_max_ms / 1000)

    def credentials_end() -> float:
        try:
            return store.term().expires
        except NotEnrolled:
            return 0

    metrics.credentials_end.set_function(credentials_end)


async def _keep_mirror(process: Process, kits: KitMirror) -> None:
    while True:
        try:
            await kits.ensure_mirror()
        except (NatsError, TimeoutError) as error:
            process.log.warning("kits not mirrored yet", error=type(error).__name__)
            await asyncio.sleep(MIRROR_RETRY_SECONDS)
        else:
            return


def _renewer(settings: Settings, link: Bus) -> Renewer:
    subject = subjects.renewal_request(settings.node_id)

    async def ask(request: bytes, timeout_seconds: float) -> bytes:
        return await link.request(subject, request, timeout_seconds=timeout_seconds)

    return Renewer(IdentityStore(settings.data_dir), settings.node_id, ask)


def _recordings(settings: Settings, journal: JetStreamJournal, link: Bus, forwarder: Forwarder) -> Recordings:
    async def ask(subject: str, request: bytes, timeout_seconds: float) -> bytes:
        return await link.request(subject, request, timeout_seconds=timeout_seconds)

    return Recordings(
        shelf_of(settings),
        journal,
        ask,
        settings.node_id,
        kept_days=settings.recording.kept_days,
        behind=lambda: forwarder.figures.lag > WAITING_FACTS or not forwarder.figures.link_up,
    )


async def run(settings: Settings) -> None:
    """Forward, mirror and beat until told to stop."""
    async with started("uplink", settings) as process:
        link = await connect(
            settings.nats_url,
            process="uplink-link",
            token=read_secret(settings.nats_token_file),
            inbox_prefix=subjects.node_inbox(settings.node_id),
        )
        try:
            journal = JetStreamJournal(process.bus.client, settings.node_id)
            kits = KitMirror(process.bus.client, settings.node_id)
            forwarder = Forwarder(process.bus.client, link.client, journal, settings.node_id)
            heart = Heart(
                link.client,
                kits,
                Observer(process.bus, settings, forwarder).presence,
                node_id=settings.node_id,
                display_name=settings.name,
                version=version("edge-node"),
                room_url=settings.public_url or f"http://{settings.http_host}:{settings.http_port}",
            )
            _expose(forwarder, IdentityStore(settings.data_dir))
            process.own(_keep_mirror(process, kits), "mirror")
            process.own(forwarder.run(), "forwarder")
            process.own(heart.run(), "heart")
            process.own(_renewer(settings, link).run(), "renewal")
            process.own(_recordings(settings, journal, link, forwarder).run(), "recordings")
            await process.until_stopped()
        finally:
            await process.cancel_owned()
            await link.close()
