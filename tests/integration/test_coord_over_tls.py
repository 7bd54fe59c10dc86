"""Head office as the playbook sets it up: HTTPS with the installation's own authority, tokens from the machine."""

import asyncio
import os
import ssl
import subprocess
from pathlib import Path

import httpx
import psycopg
from chaos._site import Site, until
from coordinator.keys import authorities, keyring
from coordinator_api import migrated_accounts
from real_servers import free_port
from test_coord_processes import PROGRAM, process


def test_the_api_serves_https_by_the_installations_authority(database_url: str, hub_nats: str, tmp_path: Path) -> None:
    migrated_accounts(database_url, tmp_path)
    keyring.prepare(tmp_path / "identity", ["localhost"], ["head-office.test", "127.0.0.1"])
    port = free_port()
    environment = {
        "COORDINATOR_DATABASE_URL_FILE": str(tmp_path / "database-url"),
        "COORDINATOR_NATS_URL": hub_nats,
        "COORDINATOR_HTTP_PORT": str(port),
        "COORDINATOR_SIGNING_KEY_FILE": str(tmp_path / "signing.key"),
        "COORDINATOR_TLS_CERTIFICATE_FILE": str(tmp_path / "identity/web.pem"),
    }
    trusted = ssl.create_default_context(cafile=tmp_path / "identity/page-ca.pem")
    log = tmp_path / "api.log"
    with process("api", environment, log) as api, httpx.Client(verify=trusted, trust_env=False) as client:
        for _ in range(200):
            try:
                reply = client.get(f"https://127.0.0.1:{port}/healthz")
                break
            except httpx.ConnectError as error:
                assert "certificate" not in str(error)
                assert api.poll() is None, log.read_text()
                try:
                    api.wait(0.1)
                except subprocess.TimeoutExpired:
                    continue
        assert reply.status_code == 200
        with httpx.Client(trust_env=False) as stranger:
            try:
                stranger.get(f"https://127.0.0.1:{port}/healthz")
            except httpx.ConnectError as error:
                assert "certificate" in str(error).lower()
            else:
                raise AssertionError("who does not know the authority trusts nobody")


def test_the_apis_certificate_is_made_once_and_anew_for_other_names(tmp_path: Path) -> None:
    keyring.prepare(tmp_path, ["localhost"], ["a.test"])
    first = (tmp_path / "web.pem").read_text()
    keyring.prepare(tmp_path, ["localhost"], ["a.test"])
    assert (tmp_path / "web.pem").read_text() == first
    keyring.prepare(tmp_path, ["localhost"], ["b.test", "10.0.0.1"])
    assert authorities.names((tmp_path / "web.pem").read_text()) == ["b.test", "10.0.0.1"]


def test_the_machines_operator_gets_a_token_and_the_trail_says_so(database_url: str, tmp_path: Path) -> None:
    migrated_accounts(database_url, tmp_path)
    environment = {**os.environ, "COORDINATOR_DATABASE_URL_FILE": str(tmp_path / "database-url")}

    def ask(*arguments: str) -> "subprocess.CompletedProcess[str]":
        argv = [str(PROGRAM), "enrolment-token", *arguments]
        return subprocess.run(argv, env=environment, capture_output=True, text=True, check=False, timeout=60)

    made = ask("branch-a", "--page-name", "10.0.0.11")
    assert made.returncode == 0, made.stderr
    token = made.stdout.strip()
    assert len(token) >= 40
    with psycopg.connect(database_url) as connection:
        rows = connection.execute("SELECT node_id, page_names, created_by FROM enrolment_token").fetchall()
        trail = connection.execute("SELECT action, subject, actor_role FROM audit_entry").fetchall()
    assert rows == [("branch-a", ["10.0.0.11"], None)]
    assert ("node.enrolment_token", "node:branch-a", "system") in trail
    assert token not in str(rows)
    wrong = ask("Not A Name")
    assert (wrong.returncode, wrong.stdout) == (1, "")


async def test_the_machines_operator_shuts_a_node_out(tmp_path: Path) -> None:
    """As the playbook does when a node leaves for good; a node nobody knows is said to be none."""
    async with Site.open() as site:
        branch = site.first
        await until(lambda: site.online(branch.node_id))
        environment = {**os.environ, **site.head.coordinator_environment()}

        def revoke(node_id: str) -> "subprocess.CompletedProcess[str]":
            argv = [str(PROGRAM), "revoke", node_id]
            return subprocess.run(argv, env=environment, capture_output=True, text=True, check=False, timeout=60)

        done = await asyncio.to_thread(revoke, branch.node_id)
        assert done.returncode == 0, done.stderr
        assert (await site.nodes())[branch.node_id]["identity"] == "revoked"
        roles = site.rows("SELECT actor_role FROM audit_entry WHERE action = 'node.revoked'")
        assert roles == [("system",)]
        stranger = await asyncio.to_thread(revoke, "nobody")
        assert (stranger.returncode, stranger.stdout) == (1, "")
