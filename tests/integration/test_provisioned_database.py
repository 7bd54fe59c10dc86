"""The database as the playbook makes it: the coordinator's role owns its database and is no superuser."""

import asyncio
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from coordinator.db.migrate import migrate
from provisioning.postgres import EmbeddedPostgres
from real_servers import free_port

PROGRAM = Path(__file__).parents[2] / "provisioning/roles/postgres/files/database.py"


class Server:
    """A server as initdb leaves it, and the playbook's program run on it."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.port = free_port()
        self.postgres = EmbeddedPostgres(root / "data", self.port, root / "superuser")
        (root / "own").write_text("first-password\n")

    def prepare(self) -> "subprocess.CompletedProcess[str]":
        argv = [sys.executable, str(PROGRAM), "--port", str(self.port), "--role", "interviews"]
        argv += ["--database", "interviews", "--superuser-password-file", str(self.root / "superuser")]
        argv += ["--password-file", str(self.root / "own")]
        return subprocess.run(argv, capture_output=True, text=True, check=False, timeout=120)

    def connect(self, database: str = "interviews") -> Any:
        password = (self.root / "own").read_text().strip()
        return psycopg.connect(f"postgresql://interviews:{password}@127.0.0.1:{self.port}/{database}", autocommit=True)


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with tempfile.TemporaryDirectory(prefix="provisioned-database-") as folder:
        os.chmod(folder, 0o711)
        made = Server(Path(folder))
        made.postgres.start()
        try:
            yield made
        finally:
            made.postgres.stop()


def test_the_schema_is_made_by_a_role_that_may_nothing_else(server: Server) -> None:
    first = server.prepare()
    assert first.stdout.split() == ["role", "database", "extension"], first.stderr
    assert server.prepare().stdout == ""
    asyncio.run(migrate(f"postgresql://interviews:first-password@127.0.0.1:{server.port}/interviews"))
    with server.connect() as connection:
        tables = connection.execute("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'").fetchone()
        assert tables is not None and tables[0] > 10
        for forbidden in (
            "CREATE ROLE another",
            "CREATE DATABASE another",
            "ALTER ROLE interviews SUPERUSER",
            "COPY (SELECT 1) TO PROGRAM 'true'",
            "SELECT pg_read_file('PG_VERSION')",
        ):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                connection.execute(forbidden)
    assert server.prepare().stdout == ""


def test_a_database_that_a_superuser_made_is_handed_over_whole(server: Server) -> None:
    server.prepare()
    url = server.postgres.url("interviews")
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("ALTER DATABASE interviews OWNER TO postgres")
        connection.execute('CREATE TABLE "Odd name" (id serial PRIMARY KEY, told text)')
        connection.execute("CREATE FUNCTION seven(int) RETURNS int LANGUAGE sql AS 'SELECT 7'")
    assert server.prepare().stdout.splitlines() == ["database", '"Odd name"', "seven(integer)"]
    with server.connect() as connection:
        connection.execute("""INSERT INTO "Odd name" (told) VALUES ('x')""")
        connection.execute("""DROP TABLE "Odd name" """)
        connection.execute("DROP FUNCTION seven")


def test_a_new_password_is_taken_over(server: Server) -> None:
    server.prepare()
    (server.root / "own").write_text("second'; DROP ROLE postgres; --\n")
    assert server.prepare().stdout == "password\n"
    (server.root / "own").write_text("first-password\n")
    assert server.prepare().stdout == "password\n"
    server.connect().close()
