"""Keys, claims and certificates: what is made is what a nats-server and a browser expect, and nothing else is read."""

import base64
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from coordinator.keys import authorities, claims, keyring
from coordinator.keys.authorities import Authority, RequestRefused
from coordinator.keys.nkey import Credentials, KeyPair, KeyUnreadable, Kind, public_bytes, verified
from cryptography import x509
from cryptography.x509.oid import ExtendedKeyUsageOID
from edge_node.identity.keys import LinkKey, PageKey
from hypothesis import given
from hypothesis import strategies as st
from interview_proto import subjects

NOW = datetime(2026, 1, 1, tzinfo=UTC)
SECONDS = int(NOW.timestamp())


def test_a_key_has_the_text_form_every_nats_tool_knows() -> None:
    """The pair of the NATS documentation; the seed in two pieces, so that it is not taken for a leaked one."""
    seed = "SUACSSL3UAHUDXKFSNVUZRF5UHPMWZ6BFDTJ7M" + "6USDXIEDNPPQYYYCU3VY"
    public = "UDXU4RCSJNZOIQHZNWXHXORDPRTGNJAHAHFRGZNEEJCPQTT2M7NLCNF4"
    assert KeyPair.from_seed(seed, Kind.USER).public == LinkKey.from_seed(seed).public == public
    assert KeyPair.from_seed(seed, Kind.USER).seed == seed
    assert seed not in repr(KeyPair.from_seed(seed, Kind.USER))
    assert [KeyPair.generate(kind).public[0] for kind in (Kind.OPERATOR, Kind.ACCOUNT)] == ["O", "A"]


@pytest.mark.parametrize("kind", list(Kind))
def test_a_seed_gives_its_key_back_and_fits_its_kind_only(kind: Kind) -> None:
    key = KeyPair.generate(kind)
    assert KeyPair.from_seed(key.seed, kind).public == key.public
    for other in set(Kind) - {kind}:
        with pytest.raises(KeyUnreadable):
            KeyPair.from_seed(key.seed, other)
        with pytest.raises(KeyUnreadable):
            public_bytes(key.public, other)


def test_node_and_coordinator_write_the_same_key_alike() -> None:
    link = LinkKey.generate()
    assert KeyPair.from_seed(link.seed, Kind.USER).public == link.public
    assert LinkKey.from_seed(link.seed).public == link.public
    with pytest.raises(ValueError, match="seed"):
        LinkKey.from_seed(link.public)


@given(st.text(max_size=80))
def test_no_text_is_taken_for_a_key_by_accident(text: str) -> None:
    for read in (lambda: public_bytes(text, Kind.USER), lambda: KeyPair.from_seed(text, Kind.USER)):
        with pytest.raises(KeyUnreadable):
            read()
    with pytest.raises(KeyUnreadable):
        Credentials.from_text(text)
    with pytest.raises(KeyUnreadable):
        claims.decode(text)


def test_a_changed_character_anywhere_in_claims_is_noticed() -> None:
    signer = KeyPair.generate(Kind.ACCOUNT)
    token = claims.encode({"type": "user"}, signer, subject="U", name="n", now=SECONDS)
    assert claims.decode(token)["nats"] == {"type": "user", "version": 2}
    places = [0, token.index(".") + 5, len(token) // 2, len(token) - 5]
    for place in places:
        changed = token[:place] + ("A" if token[place] != "A" else "B") + token[place + 1 :]
        with pytest.raises(KeyUnreadable):
            claims.decode(changed)
    assert not verified(signer.public, Kind.ACCOUNT, b"other", signer.sign(b"content"))


def test_a_node_may_speak_of_itself_only() -> None:
    accounts = claims.Accounts("S", "C", "N", "X")
    (signer,) = claims.nodes_account(accounts, {})["signing_keys"]
    template = signer["template"]
    assert template["allowed_connection_types"] == ["LEAFNODE"]
    for subject in (*template["pub"]["allow"], *template["sub"]["allow"]):
        # Replies to a mirror's own requests carry a random name instead; files are for every node.
        assert subjects.ANY_NODE in subject or subject in ("$JSC.R.*", subjects.FILES_READ), subject
    assert claims.nodes_account(accounts, {})["limits"].get("streams") is None, "no JetStream beside the links"
    assert "revocations" not in claims.nodes_account(accounts, {})
    assert claims.nodes_account(accounts, {"U1": 5})["revocations"] == {"U1": 5}


def test_keys_are_made_once_private_and_brought_up_to_date(tmp_path: Path) -> None:
    folder = tmp_path / "identity"
    ring = keyring.prepare(folder, ("hub.example", "10.0.0.1"), now=NOW)
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    assert all(path.stat().st_mode & 0o777 == 0o600 for path in folder.iterdir())
    assert folder.stat().st_mode & 0o777 == 0o700
    keyring.prepare(folder, ("hub.example", "10.0.0.1"), now=NOW + timedelta(days=1))
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before
    assert authorities.names((folder / "hub.pem").read_text()) == ["hub.example", "10.0.0.1"]

    # Without the operator's own key, which may lie in a safe, and after the hub was told of a revocation.
    (folder / "operator.seed").unlink()
    ring.keep_nodes_jwt(ring.nodes_jwt({"U1": 7}, now=SECONDS))
    later = keyring.prepare(folder, ("hub.example",), now=NOW + timedelta(days=400))
    assert later.accounts == ring.accounts
    assert claims.decode((folder / "nodes.jwt").read_text())["nats"]["revocations"] == {"U1": 7}
    assert authorities.names((folder / "hub.pem").read_text()) == ["hub.example"]
    assert not (folder / "operator.seed").exists()


def test_a_certificate_names_what_the_coordinator_says_and_ends_in_time() -> None:
    authority = Authority.create("Pages", now=NOW)
    key = authorities.requested_key(PageKey.generate().request("the-hub"))
    made = authority.issue(key, ["node-1", "10.0.0.7"], now=NOW, expires=NOW + timedelta(days=30))
    certificate = x509.load_pem_x509_certificate(made.encode())
    assert authorities.names(made) == ["node-1", "10.0.0.7"]
    assert authorities.expiry(made) == NOW + timedelta(days=30)
    assert certificate.not_valid_before_utc < NOW
    basic = certificate.extensions.get_extension_for_class(x509.BasicConstraints).value
    assert not basic.ca
    certificate.verify_directly_issued_by(x509.load_pem_x509_certificate(authority.certificate_pem.encode()))


@pytest.mark.parametrize(
    "bad", ["", "x", "-----BEGIN CERTIFICATE REQUEST-----\nAAAA\n-----END CERTIFICATE REQUEST-----"]
)
def test_what_is_no_signing_request_is_refused(bad: str) -> None:
    with pytest.raises(RequestRefused):
        authorities.requested_key(bad)


def test_a_signing_request_with_one_byte_changed_is_refused() -> None:
    pem = PageKey.generate().request("node-1")
    der = base64.b64decode("".join(pem.splitlines()[1:-1]))
    for place in range(len(der)):
        changed = der[:place] + bytes([der[place] ^ 0x0A]) + der[place + 1 :]
        text = base64.encodebytes(changed).decode()
        with pytest.raises(RequestRefused):
            authorities.requested_key(f"-----BEGIN CERTIFICATE REQUEST-----\n{text}-----END CERTIFICATE REQUEST-----\n")


def test_only_a_member_of_the_hub_may_dial_the_others(tmp_path: Path) -> None:
    members = {"hub-2": ["10.0.0.12", "hub-2"]}
    keyring.prepare(tmp_path, ["localhost"], members=members)
    uses = {}
    for name in ("hub.pem", keyring.member_certificate("hub-2")):
        certificate = x509.load_pem_x509_certificate((tmp_path / name).read_bytes())
        uses[name] = set(certificate.extensions.get_extension_for_class(x509.ExtendedKeyUsage).value)
    assert uses["hub.pem"] == {ExtendedKeyUsageOID.SERVER_AUTH}
    assert uses["member-hub-2.pem"] == {ExtendedKeyUsageOID.SERVER_AUTH, ExtendedKeyUsageOID.CLIENT_AUTH}
    first = (tmp_path / "member-hub-2.pem").read_text()
    keyring.prepare(tmp_path, ["localhost"], members=members)
    assert (tmp_path / "member-hub-2.pem").read_text() == first
    keyring.prepare(tmp_path, ["localhost"], members={"hub-2": ["10.0.0.99", "hub-2"]})
    assert (tmp_path / "member-hub-2.pem").read_text() != first
