"""The folder that holds who this node is: mode 700, each file 600, each replaced whole or not at all."""

import base64
import binascii
import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from edge_node.identity.keys import LinkKey, PageKey
from edge_node.private_files import write_private

FOLDER = "identity"
_SEED = re.compile(r"-----BEGIN USER NKEY SEED-----\s+(\S+)")
_JWT = re.compile(r"-----BEGIN NATS USER JWT-----\s+(\S+)")


class NotEnrolled(Exception):
    """There is no complete identity here; the message says what to do."""


class IssuedUnfit(ValueError):
    """What was issued does not belong to this node's keys or name."""


@dataclass(frozen=True)
class Issued:
    """What the coordinator issues: all of it public."""

    user_jwt: str
    page_certificate: str
    link_authority: str
    page_authority: str


@dataclass(frozen=True)
class Term:
    """When the link's credentials were issued and when they end, Unix seconds by the coordinator's clock."""

    issued: int
    expires: int


class IdentityStore:
    """Reads and writes one node's identity below its data folder."""

    def __init__(self, data_dir: Path) -> None:
        self.folder = data_dir / FOLDER
        self.credentials_file = self.folder / "link.creds"
        self.link_authority_file = self.folder / "link-ca.pem"
        self.page_authority_file = self.folder / "page-ca.pem"
        self.page_file = self.folder / "page.pem"
        """The room page's certificate followed by its key."""

    def enrolled(self) -> bool:
        """Whether there is an identity to start with."""
        files = (self.credentials_file, self.link_authority_file, self.page_file)
        return all(path.is_file() for path in files)

    def keys(self) -> tuple[LinkKey, PageKey]:
        """The keys; raises NotEnrolled."""
        try:
            seed = _SEED.search(self.credentials_file.read_text())
            if seed is None:
                raise ValueError("no seed")
            return LinkKey.from_seed(seed[1]), PageKey.from_pem(self.page_file.read_text())
        except (OSError, ValueError):
            raise NotEnrolled("this node has no identity: run `edge-node enrol`") from None

    def term(self) -> Term:
        """How long the link's credentials are good; raises NotEnrolled."""
        try:
            token = _JWT.search(self.credentials_file.read_text())
            if token is None:
                raise ValueError("no JWT")
            claims = _claims(token[1])
            return Term(int(claims["iat"]), int(claims["exp"]))
        except (OSError, ValueError, KeyError, TypeError):
            raise NotEnrolled("this node has no identity: run `edge-node enrol`") from None

    def keep(self, node_id: str, link: LinkKey, page: PageKey, issued: Issued) -> None:
        """Write everything, the credentials last; raises IssuedUnfit and then changes nothing, or OSError."""
        try:
            claims = _claims(issued.user_jwt)
            fits = claims["sub"] == link.public and claims["name"] == node_id and int(claims["exp"]) > 0
            fits = fits and page.fits(issued.page_certificate)
        except (ValueError, KeyError, TypeError):
            raise IssuedUnfit("what the coordinator issued cannot be read") from None
        if not fits or "BEGIN CERTIFICATE" not in issued.link_authority:
            raise IssuedUnfit("what the coordinator issued is not for this node's keys")
        self.folder.mkdir(parents=True, exist_ok=True)
        self.folder.chmod(0o700)
        write_private(self.link_authority_file, issued.link_authority)
        write_private(self.page_authority_file, issued.page_authority)
        write_private(self.page_file, issued.page_certificate + page.pem)
        credentials = (
            f"-----BEGIN NATS USER JWT-----\n{issued.user_jwt}\n------END NATS USER JWT------\n\n"
            f"-----BEGIN USER NKEY SEED-----\n{link.seed}\n------END USER NKEY SEED------\n"
        )
        write_private(self.credentials_file, credentials)


def _claims(token: str) -> dict[str, Any]:
    """What a JWT says. Not verified: the hub verifies it, and this node only asks when its own ends."""
    try:
        body = token.split(".")[1]
        found = json.loads(base64.urlsafe_b64decode(body + "=" * (-len(body) % 4)))
    except (IndexError, binascii.Error, ValueError):
        raise ValueError("not a JWT") from None
    if not isinstance(found, dict):
        raise ValueError("not a JWT")
    return found
