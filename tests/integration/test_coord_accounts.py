"""Accounts by the command line of who runs head office, and what they mean at its doors."""

import asyncio
import re
import subprocess
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from coordinator.accounts import keeping
from coordinator.audit.repository import verify
from coordinator.auth.rbac import Action, Role
from coordinator.fault import Fault
from coordinator_api import RunningApi, coordinator, migrated_accounts, running_api
from record_path import rows

OWN = "a new one, long enough"
MINJI = "minji@interview.internal"
NONSENSE = (
    ("nobody", "N", Role.ADMIN, "email_invalid"),
    ("a@b\n@c", "N", Role.ADMIN, "email_invalid"),
    (f"{'x' * 300}@b", "N", Role.ADMIN, "email_invalid"),
    ("\x00@b", "N", Role.ADMIN, "email_invalid"),
    ("a@b", " ", Role.ADMIN, "name_invalid"),
    ("a@b", "two\nlines", Role.ADMIN, "name_invalid"),
    ("a@b", "N", Role.CANDIDATE, "role_invalid"),
    ("ADMIN@interview.internal", "N", Role.RECRUITER, "email_taken"),
)


@pytest.fixture
def accounts(database_url: str, tmp_path: Path) -> dict[str, dict[str, str]]:
    return migrated_accounts(database_url, tmp_path)


@pytest.fixture
async def api(database_url: str, hub_nats: str, accounts: dict[str, dict[str, str]]) -> AsyncIterator[RunningApi]:
    async with running_api(database_url, hub_nats) as running:
        yield running


class Desk:
    """The command, as an operator runs it."""

    def __init__(self, database_url: str, folder: Path) -> None:
        self._file = folder / "url"
        self._file.write_text(database_url)

    async def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        return await asyncio.to_thread(
            coordinator, "account", *arguments, COORDINATOR_DATABASE_URL_FILE=str(self._file)
        )

    async def password(self, *arguments: str) -> str:
        done = await self.run(*arguments)
        assert (done.returncode, done.stderr) == (0, "")
        found = re.findall(r"one-time password: (\S+)$", done.stdout, re.MULTILINE)
        assert len(found) == 1 and len(found[0]) >= 20
        return str(found[0])

    async def refused(self, *arguments: str) -> str:
        done = await self.run(*arguments)
        assert (done.returncode, done.stdout) == (1, "")
        assert done.stderr.startswith("nothing was changed: ") and done.stderr.count("\n") == 1
        return done.stderr


@pytest.fixture
def desk(database_url: str, tmp_path: Path) -> Desk:
    return Desk(database_url, tmp_path)


async def sign_in(api: RunningApi, email: str, password: str, new: str | None = None) -> Any:
    body = {"email": email, "password": password} | ({"new_password": new} if new is not None else {})
    return await api.client.post("/api/auth/login", json=body)


def header(reply: Any) -> dict[str, str]:
    assert reply.status_code == 200, reply.text
    return {"Authorization": f"Bearer {reply.json()['access_token']}"}


async def test_a_new_account_chooses_its_password_at_the_first_sign_in(
    api: RunningApi, desk: Desk, database_url: str
) -> None:
    once = await desk.password("add", " Minji@Interview.internal ", "--name", "Kim Minji 김민지", "--role", "recruiter")
    reply = await sign_in(api, MINJI, once)
    assert (reply.status_code, reply.json()["code"]) == (403, "password_change_needed")
    for unfit in ("short", once, MINJI, "abababababab", "a" * 40):
        reply = await sign_in(api, MINJI, once, unfit)
        assert (reply.status_code, reply.json()["code"]) == (422, "password_unfit"), unfit
    mine = header(await sign_in(api, MINJI, once, OWN))
    assert (await api.client.get("/api/me", headers=mine)).json()["name"] == "Kim Minji 김민지"
    assert (await api.client.get("/api/playbooks", headers=mine)).status_code == 403, "a recruiter is no administrator"
    assert (await sign_in(api, MINJI, once)).status_code == 401, "it was good for one sign-in"
    assert (await sign_in(api, MINJI, OWN)).status_code == 200
    listed = (await desk.run("list")).stdout
    assert re.search(rf"^{MINJI} +recruiter +active +Kim Minji 김민지$", listed, re.MULTILINE)
    stored = str(rows(database_url, "SELECT * FROM account")) + str(rows(database_url, "SELECT * FROM audit_entry"))
    assert once not in stored and OWN not in stored
    told = "SELECT action, actor_role FROM audit_entry WHERE action LIKE 'account.%%' ORDER BY number DESC LIMIT 3"
    assert rows(database_url, told) == [
        ("account.login", "recruiter"),
        ("account.login", "recruiter"),
        ("account.password_chosen", "recruiter"),
    ]


async def test_a_reset_ends_every_login_and_asks_for_a_new_password(
    api: RunningApi, desk: Desk, accounts: dict[str, dict[str, str]], database_url: str
) -> None:
    email, old = accounts["recruiter"]["email"], accounts["recruiter"]["password"]
    before = header(await sign_in(api, email, old))
    assert (await api.client.get("/api/jobs", headers=before)).status_code == 200
    once = await desk.password("reset-password", email)
    ended = await api.client.get("/api/jobs", headers=before)
    assert (ended.status_code, ended.json()["code"]) == (401, "token_invalid")
    assert (await sign_in(api, email, old)).status_code == 401
    assert f"{email}" in (await desk.run("list")).stdout
    assert "one-time password" in (await desk.run("list")).stdout
    again = await desk.password("reset-password", email)
    assert (await sign_in(api, email, once, OWN)).status_code == 401, "the last one counts"
    after = header(await sign_in(api, email, again, OWN))
    assert (await api.client.get("/api/jobs", headers=after)).status_code == 200
    assert (await api.client.get("/api/jobs", headers=before)).status_code == 401
    resets = rows(database_url, "SELECT actor_role FROM audit_entry WHERE action = 'account.password_reset'")
    assert resets == [("system",), ("system",)]
    async with api.api.database.transaction() as connection:
        assert await verify(connection) >= 6


async def test_a_one_time_password_is_good_for_one_of_two_who_use_it_at_once(api: RunningApi, desk: Desk) -> None:
    once = await desk.password("add", MINJI, "--name", "Minji", "--role", "recruiter")
    replies = await asyncio.gather(*(sign_in(api, MINJI, once, f"{OWN} {number}") for number in range(2)))
    assert sorted(reply.status_code for reply in replies) == [200, 401]


async def test_who_is_shut_out_is_out_at_once_and_can_be_let_in_again(
    api: RunningApi, desk: Desk, accounts: dict[str, dict[str, str]]
) -> None:
    email, password = accounts["recruiter"]["email"], accounts["recruiter"]["password"]
    before = header(await sign_in(api, email, password))
    assert (await desk.run("disable", email)).returncode == 0
    assert (await api.client.get("/api/jobs", headers=before)).status_code == 401
    wrong = await sign_in(api, email, password)
    assert (wrong.status_code, wrong.json()["code"]) == (401, "bad_credentials")
    assert "let it in again first" in await desk.refused("reset-password", email)
    assert (await desk.run("enable", email)).returncode == 0
    assert (await sign_in(api, email, password)).status_code == 200
    assert (await api.client.get("/api/jobs", headers=before)).status_code == 401, "what has ended stays so"


async def test_the_last_administrator_stays(api: RunningApi, desk: Desk, accounts: dict[str, dict[str, str]]) -> None:
    first, second = accounts["admin"]["email"], "second@interview.internal"
    assert "last administrator" in await desk.refused("disable", first)
    await desk.password("add", second, "--name", "Second", "--role", "admin")
    done = await asyncio.gather(desk.run("disable", first), desk.run("disable", second))
    assert sorted(one.returncode for one in done) == [0, 1], "of two that go at the same time one stays"
    assert sum(line.count(" disabled ") for line in (await desk.run("list")).stdout.splitlines()) == 1


async def test_nonsense_changes_nothing(api: RunningApi, desk: Desk, database_url: str) -> None:
    before = rows(database_url, "SELECT * FROM account ORDER BY id")
    database = api.api.database
    for email, name, role, code in NONSENSE:
        with pytest.raises(Fault, match=code):
            await keeping.add(database, email=email, name=name, role=role)
    for change in (keeping.reset_password, keeping.disable, keeping.enable):
        with pytest.raises(Fault, match="account_unknown"):
            await change(database, "nobody@interview.internal")
        with pytest.raises(Fault, match="email_invalid"):
            await change(database, "'; DROP TABLE account; --@x")
    assert "has no account" in await desk.refused("reset-password", "nobody@interview.internal")
    without_role = await desk.run("add", "a@b", "--name", "N")
    assert (without_role.returncode, without_role.stdout) == (2, "")
    assert rows(database_url, "SELECT * FROM account ORDER BY id") == before


async def test_a_database_that_is_not_there_is_one_line(tmp_path: Path) -> None:
    done = await Desk("postgresql://nobody@127.0.0.1:1/none", tmp_path).run("list")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == "nothing was changed: head office's database does not answer; start head office first\n"
    missing = await asyncio.to_thread(coordinator, "account", "list", COORDINATOR_DATABASE_URL="")
    assert missing.returncode == 1
    assert missing.stderr.count("\n") == 1


def test_no_route_makes_or_changes_accounts() -> None:
    assert not [action for action in Action if action.value.startswith("account")]
