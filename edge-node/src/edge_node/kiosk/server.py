"""uvicorn inside the process's own event loop: it stops when the process does, and takes no signals."""

import asyncio
import contextlib
import ipaddress
import socket
import ssl
from collections.abc import Generator
from pathlib import Path

import uvicorn
from cryptography import x509
from starlette.types import ASGIApp

from edge_node.kiosk import metrics
from edge_node.tasks import to_the_end
from edge_node.telemetry.logs import get_logger

STOP_WITHIN_SECONDS = 4
"""What running requests get to end; less than a process's patience with its tasks."""

CERTIFICATE_LOOK_SECONDS = 60.0

log = get_logger("kiosk")


class ExposureError(ValueError):
    """The kiosk would speak plain HTTP to other machines, where no browser gives a page the microphone."""


def check_exposure(host: str, *, tls: bool, allow_plain: bool) -> None:
    """Raises ExposureError for an address beyond loopback without TLS, unless that is allowed."""
    if tls or allow_plain or is_loopback(host):
        return
    raise ExposureError(f"{host} is not loopback: name a TLS certificate and key, or allow plain HTTP behind a proxy")


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach ``host``."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


class _Server(uvicorn.Server):
    @contextlib.contextmanager
    def capture_signals(self) -> Generator[None, None, None]:
        """Leave the signals to the process."""
        yield


class KioskServer:
    """Listens from :meth:`bind` on; answers while :meth:`serve` runs."""

    def __init__(self, app: ASGIApp, *, certificate_file: Path | None = None, key_file: Path | None = None) -> None:
        config = uvicorn.Config(
            app,
            http="h11",
            ws="none",
            lifespan="off",
            log_config=None,
            access_log=False,
            server_header=False,
            proxy_headers=False,
            limit_concurrency=256,
            timeout_keep_alive=15,
            timeout_graceful_shutdown=STOP_WITHIN_SECONDS,
            ssl_certfile=certificate_file,
            ssl_keyfile=key_file,
        )
        self._config = config
        self._files = [file for file in (certificate_file, key_file) if file]
        self._server = _Server(config)
        self._socket: socket.socket | None = None

    def bind(self, host: str, port: int) -> int:
        """Take the address and return the port (a free one for 0); raises OSError."""
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        bound = socket.socket(family, socket.SOCK_STREAM)
        try:
            bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            bound.bind((host, port))
        except OSError:
            bound.close()
            raise
        self._socket = bound
        return int(bound.getsockname()[1])

    @property
    def answers(self) -> bool:
        """Whether :meth:`serve` has begun to take connections."""
        return self._server.started

    async def follow_certificate(self, every_seconds: float = CERTIFICATE_LOOK_SECONDS) -> None:
        """Show pages that connect from now on the certificate that lies there now; looks now and then, for ever.

        A certificate that does not fit its key is not taken: the present one goes on.
        """
        shown = self._written()
        if self._files:
            self._note_end()
        while self._files:
            await asyncio.sleep(every_seconds)
            if (now := self._written()) == shown or self._config.ssl is None:
                continue
            try:
                self._config.ssl.load_cert_chain(self._files[0], self._files[-1])
            except (OSError, ssl.SSLError) as error:
                log.warning("certificate not taken", error=type(error).__name__)
            else:
                shown = now
                self._note_end()
                log.info("certificate renewed")

    def _note_end(self) -> None:
        """Keep the end of the certificate among the figures."""
        try:
            certificate = x509.load_pem_x509_certificate(self._files[0].read_bytes())
        except (OSError, ValueError):
            return
        metrics.certificate_ends.set(certificate.not_valid_after_utc.timestamp())

    def _written(self) -> list[int]:
        return [file.stat().st_mtime_ns if file.exists() else 0 for file in self._files]

    async def serve(self, stopping: asyncio.Event) -> None:
        """Answer until ``stopping`` is set, then let running requests end within 4 s, also when cancelled."""
        if self._socket is None:
            raise RuntimeError("bind first")
        serving = asyncio.create_task(self._server.serve([self._socket]), name="kiosk http")
        stop = asyncio.create_task(stopping.wait(), name="kiosk stop")
        try:
            await asyncio.wait({serving, stop}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            stop.cancel()
            self._server.should_exit = True
            try:
                await to_the_end(asyncio.wait_for(serving, STOP_WITHIN_SECONDS + 0.5))
            finally:
                self._socket.close()
