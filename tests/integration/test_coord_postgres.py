"""The embedded Postgres: its password, its folder, its stop."""

import os
import tempfile
from pathlib import Path

import psycopg
import pytest
from provisioning.postgres import EmbeddedPostgres, PostgresFailed
from real_servers import free_port


def test_it_keeps_rows_over_a_kill_and_lets_nobody_in_without_the_password() -> None:
    with tempfile.TemporaryDirectory(prefix="postgres-test-") as folder:
        os.chmod(folder, 0o711)
        root = Path(folder)
        server = EmbeddedPostgres(root / "data", free_port(), root / "password")
        server.start()
        try:
            assert (root / "password").stat().st_mode & 0o777 == 0o600
            with psycopg.connect(server.url()) as connection:
                connection.execute("CREATE TABLE kept AS SELECT 41 + 1 AS number")
            with pytest.raises(psycopg.OperationalError, match="password"):
                psycopg.connect(server.url().replace(":" + (root / "password").read_text().strip(), ""))
            assert server.pid is not None
            os.kill(server.pid, 9)
            server.stop()
            server.start()
            with psycopg.connect(server.url()) as connection:
                assert connection.execute("SELECT number FROM kept").fetchone() == (42,)
                connection.execute("CREATE TABLE person (name text CHECK (name <> 'Dana Reyes'))")
                with pytest.raises(psycopg.errors.CheckViolation):
                    connection.execute("INSERT INTO person VALUES ('Dana Reyes')")
            log = (root / "data.log").read_text()
            assert "person_name_check" in log
            assert "Dana Reyes" not in log
        finally:
            server.stop()
        assert server.pid is None


@pytest.mark.skipif(os.geteuid() != 0, reason="only root hands the server to another user")
def test_a_folder_the_server_cannot_reach_is_named_and_left_as_it_is() -> None:
    with tempfile.TemporaryDirectory(prefix="closed-") as folder:
        root = Path(folder)
        server = EmbeddedPostgres(root / "data", free_port(), root / "password")
        with pytest.raises(PostgresFailed, match=f"cannot pass {folder}"):
            server.start()
        assert root.stat().st_mode & 0o777 == 0o700
