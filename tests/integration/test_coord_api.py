"""Doors, logins, jobs and errors over HTTP, on a real database and hub."""

import re
import time
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from coordinator.api.factory import RouteWithoutDoor
from coordinator.auth.rbac import ALLOWED, Action, Role
from coordinator.auth.tokens import Caller
from coordinator.fault import Fault
from coordinator_api import RunningApi, job, migrated_accounts, running_api, with_candidate


@pytest.fixture
def accounts(database_url: str, tmp_path: Path) -> dict[str, dict[str, str]]:
    return migrated_accounts(database_url, tmp_path)


@pytest.fixture
async def api(database_url: str, hub_nats: str, accounts: dict[str, dict[str, str]]) -> AsyncIterator[RunningApi]:
    async with running_api(database_url, hub_nats) as running:
        yield running


@pytest.fixture
async def recruiter(api: RunningApi, accounts: dict[str, dict[str, str]]) -> dict[str, str]:
    return await api.sign_in(accounts["recruiter"])


def count(database_url: str, table: str) -> int:
    with psycopg.connect(database_url) as connection:
        row = connection.execute(f"SELECT count(*) FROM {table}".encode()).fetchone()
    assert row is not None
    return int(row[0])


async def test_every_route_with_every_role_and_without_a_login(
    api: RunningApi, accounts: dict[str, dict[str, str]], database_url: str
) -> None:
    accounts = with_candidate(database_url, accounts)
    headers = {role: await api.sign_in(accounts[role.value]) for role in Role}
    described = {(method.upper(), path) for path, item in api.app.openapi()["paths"].items() for method in item}
    table: dict[tuple[str, str], Action | None] = api.app.state.doors
    assert described <= set(table)
    for method, path in sorted(described):
        address = re.sub(r"\{[^}]+\}", str(uuid4()), path)
        action = table[method, path]
        if action is None:
            continue
        without = await api.client.request(method, address)
        assert (without.status_code, without.json()["code"]) == (401, "token_missing"), (method, path)
        for role in Role:
            reply = await api.client.request(method, address, headers=headers[role])
            if action in ALLOWED[role]:
                assert reply.status_code not in (401, 403), (method, path, role)
            else:
                assert (reply.status_code, reply.json()["code"]) == (403, "forbidden"), (method, path, role)


def test_what_a_role_may_do_is_this_table() -> None:
    assert ALLOWED[Role.ADMIN] == set(Action)
    assert set(Action) - ALLOWED[Role.RECRUITER] == {
        Action.DEAD_LETTERS_INSPECT,
        Action.DEAD_LETTERS_SETTLE,
        Action.NODES_ENROL,
        Action.NODES_REVOKE,
        Action.PLAYBOOKS_READ,
        Action.PLAYBOOKS_RUN,
        Action.RECORDINGS_ERASE,
    }
    assert ALLOWED[Role.CANDIDATE] == {Action.ME_READ}


async def test_a_login_says_who_one_is(api: RunningApi, recruiter: dict[str, str]) -> None:
    me = await api.client.get("/api/me", headers=recruiter)
    assert me.status_code == 200
    assert me.json()["role"] == "recruiter"
    assert me.headers["cache-control"] == "no-store"
    assert me.headers["x-content-type-options"] == "nosniff"
    assert len(me.headers["x-request-id"]) == 32


async def test_forged_foreign_and_expired_tokens_are_refused(
    api: RunningApi, accounts: dict[str, dict[str, str]]
) -> None:
    caller = Caller(uuid4(), Role.ADMIN, "Nobody")
    tokens = api.api.tokens
    good = tokens.issue(caller, now=datetime.now(UTC))
    head, body, signature = good.split(".")
    old = tokens.issue(caller, now=datetime.now(UTC) - tokens.life - timedelta(seconds=5))
    for token, code in ((f"{head}.{body}.{signature[::-1]}", "token_invalid"), (old, "token_expired")):
        reply = await api.client.get("/api/jobs", headers={"Authorization": f"Bearer {token}"})
        assert (reply.status_code, reply.json()["code"]) == (401, code)


async def test_wrong_passwords_look_alike_and_are_limited(api: RunningApi, accounts: dict[str, dict[str, str]]) -> None:
    email = accounts["recruiter"]["email"]
    seconds: dict[str, float] = {}
    for who in (email, "nobody@interview.internal"):
        started = time.perf_counter()
        reply = await api.client.post("/api/auth/login", json={"email": who, "password": "wrong"})
        seconds[who] = time.perf_counter() - started
        assert (reply.status_code, reply.json()["code"]) == (401, "bad_credentials")
    # A hash is made either way: answering for an unknown e-mail takes no tenth of the time of a known one.
    assert seconds["nobody@interview.internal"] > seconds[email] / 10
    statuses = []
    for _ in range(10):
        reply = await api.client.post("/api/auth/login", json={"email": email, "password": "wrong"})
        statuses.append(reply.status_code)
    assert statuses[-1] == 429
    assert reply.json()["code"] == "too_many_tries"
    assert 0 < int(reply.headers["retry-after"]) <= 300
    # The right password does not help while the pause lasts.
    right = {"email": email, "password": accounts["recruiter"]["password"]}
    assert (await api.client.post("/api/auth/login", json=right)).status_code == 429


async def test_too_many_requests_of_one_address_are_refused(
    database_url: str, hub_nats: str, accounts: dict[str, dict[str, str]]
) -> None:
    async with running_api(database_url, hub_nats, rate={"requests_per_minute": 5}) as running:
        statuses = [(await running.client.get("/api/me")).status_code for _ in range(6)]
        assert statuses == [401] * 5 + [429]
        assert (await running.client.get("/healthz")).status_code == 200


@pytest.mark.parametrize("role", ["", "interview_fleet"])
async def test_playbooks_count_as_switched_on_where_a_runner_is_to_be(
    database_url: str, hub_nats: str, accounts: dict[str, dict[str, str]], role: str
) -> None:
    async with running_api(database_url, hub_nats, playbooks={"database_role": role}) as running:
        desk = (await running.client.get("/api/playbooks", headers=await running.sign_in(accounts["admin"]))).json()
    assert (desk["switched_on"], desk["runner_seen_at"]) == (bool(role), None)


async def test_a_job_is_stored_whole(api: RunningApi, recruiter: dict[str, str]) -> None:
    made = await api.client.post("/api/jobs", json=job(), headers=recruiter)
    assert made.status_code == 201, made.text
    stored = (await api.client.get(f"/api/jobs/{made.json()['id']}", headers=recruiter)).json()
    assert stored == made.json()
    assert [stage["id"] for stage in stored["stages"]] == ["opening", "design", "closing"]
    assert [question["id"] for question in stored["stages"][1]["questions"]] == ["design-q1", "design-q2"]
    assert [anchor["level"] for anchor in stored["competencies"][0]["anchors"]] == [1, 2, 3]
    assert stored["corpus_questions"] == 1
    again = await api.client.post("/api/jobs", json=job(title="Another"), headers=recruiter)
    assert again.json()["company_id"] == made.json()["company_id"]
    assert again.json()["rubric_version"] == made.json()["rubric_version"]
    assert len((await api.client.get("/api/jobs", headers=recruiter)).json()) == 2


async def test_a_job_can_start_from_every_shipped_template(api: RunningApi, recruiter: dict[str, str]) -> None:
    templates = (await api.client.get("/api/jobs/templates", headers=recruiter)).json()
    assert [(t["id"], t["language"]) for t in templates][:2] == [("standard", "en"), ("standard", "ko")]
    assert len(templates) == 4
    for template in templates:
        plan = {name: template[name] for name in ("language", "competencies", "stages")}
        body = {"company_name": "A", "title": template["name"], "family": "any", **plan}
        made = await api.client.post("/api/jobs", json=body, headers=recruiter)
        assert made.status_code == 201, made.text
        assert sum(c["weight"] for c in made.json()["competencies"]) == 100
        stored = (await api.client.get(f"/api/jobs/{made.json()['id']}", headers=recruiter)).json()
        assert stored == made.json()


@pytest.mark.parametrize(
    ("changes", "faults"),
    [
        ({"stages": []}, {"stages_missing", "competency_without_stage", "stage_unknown"}),
        ({"competencies": []}, {"competency_unknown"}),
        (
            {
                "competencies": [
                    {"id": "design", "name": "D", "anchors": [{"level": 1, "text": "a"}, {"level": 3, "text": "b"}]}
                ]
            },
            {"anchors_with_gaps"},
        ),
    ],
)
async def test_a_job_nobody_can_be_interviewed_for_leaves_nothing(
    api: RunningApi, recruiter: dict[str, str], database_url: str, changes: dict[str, Any], faults: set[str]
) -> None:
    reply = await api.client.post("/api/jobs", json=job(**changes), headers=recruiter)
    assert (reply.status_code, reply.json()["code"]) == (422, "kit_invalid")
    assert {detail["fault"] for detail in reply.json()["details"]} == faults
    assert count(database_url, "job") == count(database_url, "company") == 0


async def test_a_company_exists_once(api: RunningApi, recruiter: dict[str, str]) -> None:
    body = {"name": "Harbour Freight Lines", "ideal": "People who finish what they begin."}
    assert (await api.client.post("/api/companies", json=body, headers=recruiter)).status_code == 201
    again = await api.client.post("/api/companies", json=body, headers=recruiter)
    assert (again.status_code, again.json()["code"]) == (409, "company_exists")
    assert [company["name"] for company in (await api.client.get("/api/companies", headers=recruiter)).json()] == [
        body["name"]
    ]


async def test_errors_have_one_shape_and_repeat_no_input(api: RunningApi) -> None:
    reply = await api.client.post(
        "/api/auth/login", json={"email": "someone@example.test", "password": {"a": "s3cret"}}
    )
    assert (reply.status_code, reply.json()["code"]) == (422, "invalid")
    assert "s3cret" not in reply.text
    assert (await api.client.get("/api/nowhere")).json()["code"] == "not_found"


async def test_what_the_database_cannot_keep_is_refused_and_leaves_nothing(
    api: RunningApi, recruiter: dict[str, str], database_url: str
) -> None:
    nul = {"email": "some\0one@example.test", "password": "wrong"}
    for path, body in (("/api/jobs", job(title="Back\0end")), ("/api/auth/login", nul)):
        reply = await api.client.post(path, json=body, headers=recruiter)
        assert (reply.status_code, reply.json()["code"]) == (422, "invalid"), path
    assert count(database_url, "job") == count(database_url, "company") == 0


async def test_a_route_without_a_door_keeps_the_program_from_starting(
    api: RunningApi, monkeypatch: pytest.MonkeyPatch
) -> None:
    from coordinator.jobs import endpoints

    honest = endpoints.router

    def careless(service: Any) -> Any:
        routes = honest(service)

        @routes.get("/open-by-mistake")
        async def open_by_mistake() -> None: ...

        return routes

    monkeypatch.setattr(endpoints, "router", careless)
    with pytest.raises(RouteWithoutDoor, match="open-by-mistake"):
        api.api.application()


async def test_health_names_what_is_missing(api: RunningApi) -> None:
    assert (await api.client.get("/healthz")).json() == {"ready": True, "problems": []}
    await api.api.hub.close()
    reply = await api.client.get("/healthz")
    assert (reply.status_code, reply.json()) == (503, {"ready": False, "problems": ["hub_unavailable"]})


async def test_connections_cut_by_the_database_are_replaced(
    api: RunningApi, recruiter: dict[str, str], database_url: str
) -> None:
    with psycopg.connect(database_url, autocommit=True) as connection:
        connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
    assert (await api.client.get("/api/jobs", headers=recruiter)).status_code == 200
    with pytest.raises(Fault, match="database_unavailable"):
        async with api.api.database.transaction() as cut:
            await cut.execute("SELECT pg_terminate_backend(pg_backend_pid())")
    assert (await api.client.get("/healthz")).status_code == 200
