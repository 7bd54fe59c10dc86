"""Becoming known: new keys, one request with the one-time token, the answer on disk."""

import ipaddress
import ssl
from pathlib import Path
from urllib.parse import urlsplit

import httpx

from edge_node.identity.codec import Refused, issued_from_json
from edge_node.identity.keys import LinkKey, PageKey
from edge_node.identity.store import IdentityStore

TIMEOUT_SECONDS = 30.0
ANSWER_BYTES_MOST = 65_536


class CoordinatorUnreachable(Exception):
    """No answer, or not one of the coordinator's; the message says why."""


def enrol(
    store: IdentityStore, coordinator_url: str, node_id: str, token: str, *, authority_file: Path | None = None
) -> None:
    """Enrol and keep what is issued; what was there before stays until then.

    ``authority_file``: whom to trust for the coordinator's HTTPS, where that is not an authority of the system's.
    Raises CoordinatorUnreachable, Refused, IssuedUnfit, ValueError for an address that would show the token to
    others, OSError.
    """
    check_address(coordinator_url)
    link, page = LinkKey.generate(), PageKey.generate()
    body = {"node_id": node_id, "token": token, "user_key": link.public, "page_request": page.request(node_id)}
    verify = ssl.create_default_context(cafile=authority_file) if authority_file else True
    try:
        # No proxy of the environment's: the token goes to the coordinator and nobody else.
        with httpx.Client(
            base_url=coordinator_url, timeout=TIMEOUT_SECONDS, verify=verify, trust_env=False, follow_redirects=False
        ) as http:
            answer = http.post("/api/enrolments", json=body)
    except httpx.HTTPError as error:
        raise CoordinatorUnreachable(f"{coordinator_url}: {type(error).__name__}: {error}") from None
    if len(answer.content) > ANSWER_BYTES_MOST:
        raise CoordinatorUnreachable(f"{coordinator_url} answered with too much")
    try:
        said = answer.json()
    except ValueError:
        raise CoordinatorUnreachable(f"{coordinator_url} answered {answer.status_code}, not in JSON") from None
    if answer.is_error:
        code, message = (str(said.get(key, "")) for key in ("code", "message")) if isinstance(said, dict) else ("", "")
        raise Refused(code or str(answer.status_code), message)
    store.keep(node_id, link, page, issued_from_json(said))


def check_address(coordinator_url: str) -> None:
    """Raises ValueError for an address that is none, or that would carry the token over a network in the clear."""
    parts = urlsplit(coordinator_url)
    host = parts.hostname or ""
    if parts.scheme not in ("http", "https") or not host:
        raise ValueError(f"{coordinator_url} is not the address of a coordinator (https://HOST)")
    if parts.scheme == "http" and not _is_loopback(host):
        raise ValueError(f"{coordinator_url}: only https keeps the token from others on the way")


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
