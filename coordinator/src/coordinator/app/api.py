"""The HTTP process: every feature's routes over one pool and one connection to the hub."""

import contextlib
from collections.abc import AsyncIterator, Iterator
from datetime import timedelta

import uvicorn
from fastapi import FastAPI
from interview_proto import subjects

from coordinator.accounts import endpoints as accounts
from coordinator.accounts.service import AccountService
from coordinator.api.factory import Limits, Parts, create_app
from coordinator.app.live import changes_over
from coordinator.app.node_identity import NodeIdentity
from coordinator.app.process import Process, hub_of
from coordinator.auth.gate import Gate
from coordinator.auth.tokens import Tokens, signing_key
from coordinator.bus.hub import Hub
from coordinator.candidates import endpoints as candidates
from coordinator.candidates.reading import ReadingLimits, ResumeReader
from coordinator.candidates.service import CandidateService
from coordinator.corpora import endpoints as corpora
from coordinator.corpora.service import CorporaService
from coordinator.db.unit_of_work import Database
from coordinator.dispatch.buckets import Buckets
from coordinator.dispatch.kits import KitMaker
from coordinator.dispatch.service import Dispatcher
from coordinator.fault import Fault
from coordinator.identity import endpoints as identity
from coordinator.interviews import endpoints as interviews
from coordinator.interviews.arrival import ArrivalRules
from coordinator.interviews.scheduling import Scheduling
from coordinator.interviews.service import InterviewService
from coordinator.jobs import endpoints as jobs
from coordinator.jobs.service import JobService
from coordinator.nodes import endpoints as nodes
from coordinator.nodes.figures import FigureDesk
from coordinator.nodes.service import NodeService
from coordinator.passages.embedder import Embedder
from coordinator.passages.indexer import Indexer
from coordinator.playbooks import endpoints as playbooks
from coordinator.playbooks.service import PlaybookService
from coordinator.recordings import endpoints as recordings
from coordinator.recordings.deliveries import Deliveries
from coordinator.recordings.sealing import Wrapping
from coordinator.recordings.service import RecordingService
from coordinator.rollouts.answers import Answers
from coordinator.rollouts.service import RolloutService
from coordinator.settings import Settings, database_url
from coordinator.telemetry import metrics

# A form's other fields and its boundaries, beside the file.
FORM_BYTES = 1024 * 1024
SHUTDOWN_SECONDS = 3
RECORDINGS_QUEUE = "recordings"
ROLLOUTS_QUEUE = "rollouts"
RECORDINGS_AT_ONCE = 4
"""Segments taken in at the same time; a node that is not answered asks again."""


class Api:
    """The application's parts, constructed and not started: no database or hub is needed to make one."""

    def __init__(self, settings: Settings, *, database: Database, hub: Hub, key: str) -> None:
        self.database = database
        self.hub = hub
        embedding = settings.embedding
        self.embedder = Embedder(
            hub, timeout_seconds=embedding.timeout_seconds, texts_per_request=embedding.texts_per_request
        )
        self.indexer = Indexer(database, self.embedder)
        session = settings.session
        self.tokens = Tokens(
            key,
            issuer=session.issuer,
            audience=session.audience,
            life=timedelta(minutes=session.token_minutes),
        )
        self.accounts = AccountService(
            database, self.tokens, tries=session.tries, window_seconds=session.tries_window_seconds
        )
        self.jobs = JobService(database, self.indexer)
        resume = settings.resume
        limits = ReadingLimits(
            bytes_max=resume.bytes_max,
            pages_max=resume.pages_max,
            seconds=resume.reader_seconds,
            megabytes=resume.reader_megabytes,
            at_once=resume.readers,
        )
        self.candidates = CandidateService(database, self.embedder, ResumeReader(limits))
        self.nodes = NodeService(database, clock_error_seconds=settings.clock_error_seconds)
        self.playbooks = PlaybookService(database, switched_on=bool(settings.playbooks.database_role))
        self.rollouts = RolloutService(database)
        self.figures = FigureDesk(database, key, settings.figures_url)
        self.identity = NodeIdentity(settings, database, hub)
        self.corpora = CorporaService(database, self.embedder)
        maker = KitMaker(database, self.corpora, self.embedder)
        buckets = Buckets(hub, replicas=settings.nats_replicas)
        dispatcher = Dispatcher(maker, buckets, join_code_minutes=settings.join_code_minutes)
        arrival = ArrivalRules(late_seconds=settings.late_seconds, clock_error_seconds=settings.clock_error_seconds)
        self.scheduling = Scheduling(database, dispatcher, room_url=settings.room_url)
        self.interviews = InterviewService(database, changes_over(hub), room_url=settings.room_url, arrival=arrival)
        self.recordings = RecordingService(database, Wrapping(settings.recording_key_file))
        self._settings = settings

    def application(self, process: Process | None = None) -> FastAPI:
        """The application; ``process`` owns the background work while it serves."""

        @contextlib.asynccontextmanager
        async def running() -> AsyncIterator[None]:
            await self.database.open()
            try:
                await self.hub.open()
                await self.hub.serve_all(
                    subjects.RECORDING_REQUESTS,
                    Deliveries(self.recordings).answer,
                    queue=RECORDINGS_QUEUE,
                    at_most=RECORDINGS_AT_ONCE,
                )
                await self.hub.serve_all(subjects.RELEASE_REQUESTS, Answers(self.rollouts).answer, queue=ROLLOUTS_QUEUE)
                if process is not None:
                    process.own(self.indexer.run(), "indexer")
                    process.own(self.rollouts.run(), "rollouts")
                async with self.identity.running(process):
                    if process is not None:
                        process.tell_ready()
                    try:
                        yield
                    finally:
                        if process is not None:
                            await process.cancel_owned()
            finally:
                await self.hub.close()
                await self.database.close()

        settings = self._settings
        return create_app(
            Parts(
                gate=Gate(self.tokens, self.accounts.login_series),
                routers=[
                    accounts.router(self.accounts),
                    jobs.router(self.jobs),
                    candidates.router(self.candidates),
                    corpora.router(self.corpora),
                    interviews.router(self.interviews, self.scheduling),
                    recordings.router(self.recordings),
                    nodes.router(self.nodes, self.figures),
                    playbooks.router(self.playbooks),
                    identity.router(self.identity.service),
                ],
                running=running,
                ready=self._problems,
                dashboard_dir=settings.dashboard_dir,
                limits=Limits(
                    requests_per_minute=settings.rate.requests_per_minute,
                    addresses_max=settings.rate.addresses_max,
                    body_bytes_max=settings.resume.bytes_max + FORM_BYTES,
                ),
            )
        )

    async def _problems(self) -> list[str]:
        problems = [] if self.hub.connected else ["hub_unavailable"]
        try:
            async with self.database.transaction() as connection:
                await connection.execute("SELECT 1")
        except Fault as fault:
            problems.append(fault.code)
        return problems


class _Server(uvicorn.Server):
    """Leaves the signals to the process, so that a stop that was asked for ends with exit status 0."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Capture none."""
        yield


async def run(settings: Settings) -> None:
    """Serve until stopped; raises Fault when Postgres or the hub cannot be reached at the start."""
    process = Process("api", settings)
    database = Database(database_url(settings), connections_max=settings.database_connections)
    api = Api(settings, database=database, hub=hub_of(settings, "api"), key=signing_key(settings.signing_key_file))
    server = _Server(
        uvicorn.Config(
            api.application(process),
            host=settings.http_host,
            port=settings.http_port,
            log_config=None,
            access_log=False,
            server_header=False,
            proxy_headers=False,
            timeout_graceful_shutdown=SHUTDOWN_SECONDS,
            ssl_certfile=settings.tls_certificate_file,
            ssl_keyfile=settings.tls_key_file,
        )
    )

    async def stop() -> None:
        await process.stopping.wait()
        server.should_exit = True

    process.stop_on_signals()
    process.own(stop(), "stop")
    with metrics.served("api", settings.metrics_port):
        await server.serve()
    await process.cancel_owned()
    process.raise_failure()
