"""Enrolment, renewal and revocation in the API process: the only one that holds the installation's keys."""

import contextlib
from collections.abc import AsyncIterator
from datetime import timedelta

from interview_proto import subjects

from coordinator.app.process import Process
from coordinator.bus.hub import Hub
from coordinator.db.unit_of_work import Database
from coordinator.fault import Fault
from coordinator.identity.registrar import Registrar
from coordinator.identity.renewals import Renewals
from coordinator.identity.service import IdentityService, Lives
from coordinator.keys import keyring
from coordinator.settings import Settings

QUEUE = "identity"


class NodeIdentity:
    """Works while :meth:`running`; needs the folder of keys."""

    def __init__(self, settings: Settings, database: Database, hub: Hub) -> None:
        self._settings = settings
        self._database = database
        self._hub = hub
        self._service: IdentityService | None = None

    def service(self) -> IdentityService:
        """The service; raises Fault identity_unavailable (503) without keys."""
        if self._service is None:
            raise Fault("identity_unavailable", "the installation's keys are not here", status=503)
        return self._service

    @contextlib.asynccontextmanager
    async def running(self, process: Process | None) -> AsyncIterator[None]:
        """Answer renewals and keep the hub told; raises OSError or KeyUnreadable for keys that are not all there."""
        chosen = self._settings.identity
        if chosen.keys_dir is None:
            yield
            return
        ring = keyring.load(chosen.keys_dir)
        system = Hub(
            self._settings.nats_url,
            process="identity",
            credentials_file=chosen.keys_dir / keyring.SYSTEM_CREDENTIALS,
        )
        await system.open()
        try:
            registrar = Registrar(self._database, system, ring)
            lives = Lives(
                token=timedelta(minutes=chosen.token_minutes),
                credentials=timedelta(hours=chosen.credential_hours),
                page_certificate=timedelta(days=chosen.page_certificate_days),
            )
            self._service = IdentityService(self._database, ring, lives, registrar.agree, registrar.look_soon)
            renewals = Renewals(self._service)
            await self._hub.serve_all(subjects.RENEWAL_REQUESTS, renewals.answer, queue=QUEUE)
            if process is not None:
                process.own(registrar.run(), "registrar")
            yield
        finally:
            self._service = None
            await system.close()
