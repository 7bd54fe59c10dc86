"""What the camera showed, from a node to the reviewer: with the candidate's consent only, and every look is kept."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from coordinator.db.unit_of_work import Database
from coordinator.ingest.intake import Intake
from coordinator_api import RunningApi, migrated_accounts, running_api, with_candidate
from edge_node.core.interview import events as e
from edge_node.core.interview.camera_events import ObservationNoted, PresenceObserved
from edge_node.journal.codec import Place, encode
from edge_node.uplink.codec import encode_batch
from record_path import planned_interview, rows

SEEN: tuple[e.Event, ...] = (
    PresenceObserved(1_000, 31_000, 30, 6, 0, 30_000),
    ObservationNoted("looking_away", 20_000, 27_000, 7, 98, "device_check"),
    ObservationNoted("face_absent", 4_000, 9_000, 5, 100),
    PresenceObserved(41_000, 61_000, 10, 0, 0, 15_000),
    ObservationNoted("of_a_newer_node", 50_000, 50_000, 1, 100),
    ObservationNoted("emotion_happy", 42_000, 52_000, 6, 90),
)


@pytest.fixture
def accounts(database_url: str, tmp_path: Path) -> dict[str, dict[str, str]]:
    return migrated_accounts(database_url, tmp_path)


@pytest.fixture
async def api(database_url: str, hub_nats: str, accounts: dict[str, dict[str, str]]) -> AsyncIterator[RunningApi]:
    async with running_api(database_url, hub_nats) as running:
        yield running


async def taken_in(database_url: str, facts: tuple[e.Event, ...], epoch: str) -> str:
    """An interview of these facts, as a node would have sent it."""
    interview_id = planned_interview(database_url)
    database = Database(database_url, connections_max=2)
    await database.open()
    sent = [encode(Place("n1", epoch, interview_id, n, n * 10, 0), fact) for n, fact in enumerate(facts, start=1)]
    outcome = await Intake(database).take("n1", encode_batch("n1", epoch, 1, sent))
    await database.close()
    assert (outcome.kept, outcome.dead) == (len(facts), 0)
    return interview_id


async def test_reviewers_see_what_was_noted_and_that_they_looked_is_kept(
    api: RunningApi, accounts: dict[str, dict[str, str]], database_url: str
) -> None:
    consent = e.ConsentGiven(("interview", "observation"), "2")
    interview_id = await taken_in(database_url, (e.InterviewOpened("k", "en"), consent, *SEEN), "e1")
    url = f"/api/interviews/{interview_id}/integrity"
    recruiter = await api.sign_in(accounts["recruiter"])
    reply = await api.client.get(url, headers=recruiter)
    shown: dict[str, Any] = reply.json()
    assert (shown["consented"], shown["pictures"], shown["sampled_percent"]) == (True, 40, 75)
    assert [(one["kind"], one["start_ms"], one["baseline"]) for one in shown["observations"]] == [
        ("face_absent", 4_000, ""),
        ("looking_away", 20_000, "device_check"),
        ("of_a_newer_node", 50_000, ""),
    ]
    looks = "SELECT actor_role, subject FROM audit_entry WHERE action = 'interview.integrity'"
    assert rows(database_url, looks) == [("recruiter", f"interview:{interview_id}")]

    candidate = await api.sign_in(with_candidate(database_url, accounts)["candidate"])
    assert (await api.client.get(url, headers=candidate)).status_code == 403
    assert (await api.client.get(url)).status_code == 401
    assert len(rows(database_url, looks)) == 1
    whole = await api.client.get(f"/api/interviews/{interview_id}", headers=recruiter)
    assert whole.status_code == 200
    assert not any(word in whole.text for word in ("looking_away", "face_absent", "pictures"))


@pytest.mark.parametrize("purposes", [(), ("interview",), ("interview", "recording")])
async def test_without_consent_nothing_is_shown_whatever_a_node_sent(
    api: RunningApi, accounts: dict[str, dict[str, str]], database_url: str, purposes: tuple[str, ...]
) -> None:
    facts = (e.InterviewOpened("k", "en"), e.ConsentGiven(purposes, "2"), *SEEN)
    interview_id = await taken_in(database_url, facts, "e1")
    recruiter = await api.sign_in(accounts["recruiter"])
    reply = await api.client.get(f"/api/interviews/{interview_id}/integrity", headers=recruiter)
    nothing = {"consented": False, "pictures": 0, "sampled_percent": None, "observations": [], "emotions": []}
    assert reply.json() == nothing


@pytest.mark.parametrize(
    ("consents", "shown"),
    [
        ([("interview", "observation", "emotion")], ["emotion_happy"]),
        ([("interview", "observation")], []),
        ([("interview", "observation", "emotion"), ("interview", "observation")], []),
        ([("interview", "emotion")], []),
    ],
    ids=["agreed", "not asked or not agreed", "taken back", "to that alone"],
)
async def test_what_a_face_expressed_is_shown_apart_and_only_with_its_own_consent(
    api: RunningApi,
    accounts: dict[str, dict[str, str]],
    database_url: str,
    consents: list[tuple[str, ...]],
    shown: list[str],
) -> None:
    first, *later = (e.ConsentGiven(purposes, "3") for purposes in consents)
    interview_id = await taken_in(database_url, (e.InterviewOpened("k", "en"), first, *SEEN, *later), "e1")
    recruiter = await api.sign_in(accounts["recruiter"])
    reply = (await api.client.get(f"/api/interviews/{interview_id}/integrity", headers=recruiter)).json()
    assert [one["kind"] for one in reply["emotions"]] == shown
    assert "emotion" not in str([one["kind"] for one in reply["observations"]])
    whole = await api.client.get(f"/api/interviews/{interview_id}", headers=recruiter)
    assert "emotion_happy" not in whole.text


async def test_a_consent_taken_back_hides_what_was_noted_before(
    api: RunningApi, accounts: dict[str, dict[str, str]], database_url: str
) -> None:
    agreed, taken_back = e.ConsentGiven(("interview", "observation"), "2"), e.ConsentGiven(("interview",), "2")
    facts = (e.InterviewOpened("k", "en"), agreed, *SEEN, taken_back)
    interview_id = await taken_in(database_url, facts, "e1")
    recruiter = await api.sign_in(accounts["recruiter"])
    reply = await api.client.get(f"/api/interviews/{interview_id}/integrity", headers=recruiter)
    assert (reply.json()["consented"], reply.json()["observations"]) == (False, [])
