"""Codes, tries, tokens, exposure: who may come in, at given times."""

import hashlib
import stat
from pathlib import Path

import jwt
import pytest
from edge_node.kiosk.join_codes import Tries, find, normalise
from edge_node.kiosk.server import ExposureError, check_exposure
from edge_node.kiosk.tokens import RoomTokens, Ticket, TokenError, load_key
from fakes.fixed_kits import small_kit

KEY = "k" * 64
TICKET = Ticket("i-1", "kit-1")


@pytest.mark.parametrize("typed", ["ABCD1234", "abcd-1234", " ab cd 12-34 ", "abcd\u20131234"])
def test_a_code_is_found_however_it_is_typed(typed: str) -> None:
    kits = [small_kit("other", "ZZZZ9999"), small_kit("wanted", "ABCD1234")]
    found = find(kits, typed)
    assert found is not None
    assert found.interview_id == "wanted"


def test_the_hash_is_the_agreed_one() -> None:
    kit = small_kit("i", "ABCD1234")
    assert kit.join_code.sha256_hex == hashlib.sha256(b"salt:" + normalise("abcd-1234").encode()).hexdigest()
    assert find([kit], "ABCD1235") is None


def test_tries_run_out_come_back_and_are_counted_by_address() -> None:
    tries = Tries(at_most=3, window_seconds=60, addresses=2)
    for now in (0.0, 1.0, 2.0):
        assert tries.wait_seconds("a", now) == 0
        tries.failed("a", now)
    assert tries.wait_seconds("a", 2.5) == 58
    assert tries.wait_seconds("b", 2.5) == 0
    assert tries.wait_seconds("a", 60.0) == 0
    for address in ("b", "c"):
        tries.failed(address, 3.0)
    assert len(tries._failed) == 2


def test_a_token_is_good_for_its_interview_until_it_expires() -> None:
    tokens = RoomTokens(KEY, "node-1", lifetime_seconds=100)
    token = tokens.issue(TICKET, 1000.0)
    assert tokens.ticket(token, 1099.0) == TICKET
    with pytest.raises(TokenError, match="token_expired"):
        tokens.ticket(token, 1100.0)


@pytest.mark.parametrize(
    "token",
    [
        "",
        "a.b.c",
        RoomTokens("x" * 64, "node-1").issue(TICKET, 1000.0),
        RoomTokens(KEY, "node-2").issue(TICKET, 1000.0),
        jwt.encode({"iss": "node-1", "aud": "dashboard", "sub": "i-1", "kit": "kit-1", "exp": 9999}, KEY, "HS256"),
        jwt.encode({"iss": "node-1", "aud": "room", "sub": "i-1", "kit": "kit-1"}, KEY, "HS256"),
        jwt.encode({"iss": "node-1", "aud": "room", "sub": "i-1", "kit": "kit-1", "exp": 9999}, KEY, "HS512"),
        jwt.encode({"iss": "node-1", "aud": "room", "sub": "i-1", "kit": "kit-1", "exp": 9999}, None, "none"),
        jwt.encode({"iss": "node-1", "aud": "room", "sub": "i-1", "exp": 9999}, KEY, "HS256"),
    ],
    ids=[
        "empty",
        "garbage",
        "other key",
        "other node",
        "other audience",
        "no expiry",
        "other algorithm",
        "unsigned",
        "no kit",
    ],
)
def test_a_foreign_token_is_refused(token: str) -> None:
    with pytest.raises(TokenError, match="token_invalid"):
        RoomTokens(KEY, "node-1").ticket(token, 1000.0)


def test_the_key_is_made_once_and_private(tmp_path: Path) -> None:
    path = tmp_path / "data" / "key"
    key = load_key(path, create=True)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert load_key(path, create=True) == key
    assert len(key) == 64
    with pytest.raises(OSError, match="missing"):
        load_key(tmp_path / "missing", create=False)
    path.write_text("short")
    with pytest.raises(ValueError, match="shorter"):
        load_key(path, create=False)


def test_plain_http_stays_on_this_machine() -> None:
    for host in ("127.0.0.1", "::1", "localhost"):
        check_exposure(host, tls=False, allow_plain=False)
    check_exposure("0.0.0.0", tls=True, allow_plain=False)
    check_exposure("0.0.0.0", tls=False, allow_plain=True)
    for host in ("0.0.0.0", "::", "10.1.2.3", "room.example"):
        with pytest.raises(ExposureError):
            check_exposure(host, tls=False, allow_plain=False)
