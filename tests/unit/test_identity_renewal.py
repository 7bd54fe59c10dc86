"""When a node renews its credentials, what it takes for an answer, and what it does without one. At virtual time."""

import asyncio
from datetime import UTC, datetime
from pathlib import Path

import pytest
from coordinator.keys import authorities, keyring
from edge_node.identity.enrolment import check_address
from edge_node.identity.keys import LinkKey, PageKey
from edge_node.identity.renewal import Renewer, due_in
from edge_node.identity.store import IdentityStore, Issued, IssuedUnfit, NotEnrolled, Term
from edge_node.ports.failure import EngineError
from fakes.virtual_time import run_virtual
from interview_proto.v1 import identity_pb2

DAY = 86_400
START = 1_800_000_000


class Office:
    """A coordinator that issues for a week, by real keys; ``fails`` is raised instead while it is set."""

    def __init__(self, folder: Path, now: float = START) -> None:
        self.ring = keyring.prepare(folder / "keys", ("localhost",))
        self.fails: Exception | None = None
        self.refuses = ""
        self.started = now
        self.asked: list[float] = []

    def now(self) -> float:
        """The wall clock, which goes with the loop's time."""
        return self.started + asyncio.get_running_loop().time()

    def issue(self, user_key: str, request: str, now: float, *, name: str = "node-1") -> Issued:
        moment = datetime.fromtimestamp(now, UTC)
        page_key = authorities.requested_key(request)
        certificate = self.ring.pages.issue(page_key, [name], now=moment, expires=moment.replace(year=2100))
        token = self.ring.node_jwt(name, user_key, now=int(now), expires=int(now) + 7 * DAY)
        return Issued(token, certificate, self.ring.link_authority_pem, self.ring.pages.certificate_pem)

    def enrolled(self, folder: Path, now: float) -> IdentityStore:
        store, link, page = IdentityStore(folder), LinkKey.generate(), PageKey.generate()
        store.keep("node-1", link, page, self.issue(link.public, page.request("node-1"), now))
        return store

    async def ask(self, raw: bytes, _: float) -> bytes:
        self.asked.append(self.now())
        if self.fails:
            raise self.fails
        if self.refuses:
            return identity_pb2.RenewalReply(refused=self.refuses).SerializeToString()
        request = identity_pb2.RenewalRequest.FromString(raw)
        made = self.issue(request.user_key, request.page_request_pem, self.now())
        return identity_pb2.RenewalReply(
            user_jwt=made.user_jwt,
            page_certificate_pem=made.page_certificate,
            link_authority_pem=made.link_authority,
            page_authority_pem=made.page_authority,
        ).SerializeToString()


async def live(office: Office, store: IdentityStore, days: float) -> None:
    """Let a node's renewer run for so long."""
    renewer = Renewer(store, "node-1", office.ask, wall_clock=office.now)
    task = asyncio.create_task(renewer.run())
    await asyncio.sleep(days * DAY)
    assert not task.done(), "the renewer goes on whatever happens"
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


def test_credentials_are_renewed_at_half_their_life_again_and_again(tmp_path: Path) -> None:
    office = Office(tmp_path)

    async def month() -> None:
        store = office.enrolled(tmp_path / "node", office.now())
        key = store.keys()[0].public
        await live(office, store, 28)
        # Every 3.5 days; each look is an hour after the last at the most.
        gaps = [later - earlier for earlier, later in zip(office.asked, office.asked[1:], strict=False)]
        assert len(office.asked) == 7
        assert all(3.5 * DAY <= gap <= 3.5 * DAY + 3601 for gap in gaps)
        assert store.term().expires > office.now() + 3 * DAY
        assert store.keys()[0].public == key, "the key stays what it was"

    run_virtual(month())


def test_a_link_that_is_away_for_days_is_tried_again_and_nothing_is_lost(tmp_path: Path) -> None:
    office = Office(tmp_path)
    office.fails = EngineError("unavailable")

    async def away() -> None:
        store = office.enrolled(tmp_path / "node", office.now())
        before = store.credentials_file.read_text()
        await live(office, store, 6)
        assert store.credentials_file.read_text() == before
        # Backs off to one try in five minutes at the most.
        assert 2.5 * DAY / 300 - 10 < len(office.asked) < 2.5 * DAY / 150 + 20
        office.fails = None
        await live(office, store, 0.1)
        assert store.term().expires > office.now() + 6 * DAY

    run_virtual(away())


@pytest.mark.parametrize("code", ["node_revoked", "key_refused", "unreadable", "too_many_tries"])
def test_a_refusal_leaves_everything_as_it_is(tmp_path: Path, code: str) -> None:
    office = Office(tmp_path)
    office.refuses = code

    async def refused() -> None:
        store = office.enrolled(tmp_path / "node", office.now() - 5 * DAY)
        before = {path.name: path.read_bytes() for path in store.folder.iterdir()}
        await live(office, store, 0.5)
        assert office.asked
        assert {path.name: path.read_bytes() for path in store.folder.iterdir()} == before

    run_virtual(refused())


def test_a_node_that_was_never_enrolled_waits(tmp_path: Path) -> None:
    office = Office(tmp_path)
    run_virtual(live(office, IdentityStore(tmp_path / "node"), 2))
    assert office.asked == []
    with pytest.raises(NotEnrolled):
        IdentityStore(tmp_path / "node").keys()


def test_what_is_issued_for_others_is_not_kept(tmp_path: Path) -> None:
    office = Office(tmp_path)
    store = office.enrolled(tmp_path / "node", START)
    before = {path.name: path.read_bytes() for path in store.folder.iterdir()}
    link, page = store.keys()
    good = office.issue(link.public, page.request("node-1"), START)
    others = [
        office.issue(LinkKey.generate().public, page.request("node-1"), START),
        office.issue(link.public, PageKey.generate().request("node-1"), START),
        office.issue(link.public, page.request("node-1"), START, name="node-2"),
        Issued("", good.page_certificate, good.link_authority, good.page_authority),
        Issued(good.user_jwt, "no certificate", good.link_authority, good.page_authority),
        Issued(good.user_jwt, good.page_certificate, "", good.page_authority),
    ]
    for issued in others:
        with pytest.raises(IssuedUnfit):
            store.keep("node-1", link, page, issued)
    assert {path.name: path.read_bytes() for path in store.folder.iterdir()} == before
    assert store.folder.stat().st_mode & 0o777 == 0o700
    assert all(path.stat().st_mode & 0o777 == 0o600 for path in store.folder.iterdir())


def test_when_renewal_is_due() -> None:
    term = Term(issued=START, expires=START + 100 * DAY)
    assert due_in(term, START) == 50 * DAY
    assert due_in(term, START + 49 * DAY) == DAY
    assert due_in(term, START + 99 * DAY) == 0
    assert due_in(term, START + 200 * DAY) == 0
    assert due_in(term, START - DAY) == 0, "a clock before the issue is wrong: better early than never"


@pytest.mark.parametrize("url", ["http://office.example", "http://10.0.0.1:8080", "ftp://x", "office", "https://", ""])
def test_a_token_never_travels_in_the_clear(url: str) -> None:
    with pytest.raises(ValueError, match=r"https|address"):
        check_address(url)


@pytest.mark.parametrize("url", ["https://office.example", "http://127.0.0.1:80", "http://localhost", "http://[::1]:1"])
def test_https_and_this_machine_may_carry_a_token(url: str) -> None:
    check_address(url)
