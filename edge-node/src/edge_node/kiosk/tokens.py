"""Room tokens: a short-lived JWT that lets one page, and no other, hold one interview."""

import secrets
from dataclasses import dataclass
from pathlib import Path

import jwt

from edge_node.private_files import make_once

ALGORITHM = "HS256"
AUDIENCE = "room"
KEY_BYTES = 32
DEFAULT_LIFETIME_SECONDS = 3 * 3600
"""The longest interview and a pause to repair a line."""


@dataclass(frozen=True, slots=True)
class Ticket:
    """What a page may hold: one interview, as long as no later join code was used for it."""

    interview_id: str
    kit_id: str
    """The kit whose join code was given."""


class TokenError(Exception):
    """``code`` is token_invalid or token_expired."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def load_key(path: Path, *, create: bool) -> str:
    """The signing key in ``path``; makes one (mode 600) when it may and there is none.

    Raises OSError when there is none, ValueError for one shorter than 32 characters.
    """
    found = make_once(path, secrets.token_hex(KEY_BYTES).encode()) if create else path.read_bytes()
    key = found.decode().strip()
    if len(key) < KEY_BYTES:
        raise ValueError(f"the room token key in {path} is shorter than {KEY_BYTES} characters")
    return key


class RoomTokens:
    """Issues and checks room tokens. Time comes in, in Unix seconds."""

    def __init__(self, key: str, node_id: str, lifetime_seconds: int = DEFAULT_LIFETIME_SECONDS) -> None:
        self._key = key
        self._node_id = node_id
        self._lifetime_seconds = lifetime_seconds

    def issue(self, ticket: Ticket, now: float) -> str:
        """A token for the one who gave the code of the ticket's kit."""
        claims = {
            "iss": self._node_id,
            "aud": AUDIENCE,
            "sub": ticket.interview_id,
            "kit": ticket.kit_id,
            "iat": int(now),
            "exp": int(now) + self._lifetime_seconds,
        }
        return jwt.encode(claims, self._key, algorithm=ALGORITHM)

    def ticket(self, token: str, now: float) -> Ticket:
        """What a token is for; raises TokenError."""
        try:
            claims = jwt.decode(
                token,
                self._key,
                algorithms=[ALGORITHM],
                audience=AUDIENCE,
                issuer=self._node_id,
                options={"require": ["sub", "kit", "aud", "iss", "exp"], "verify_exp": False, "verify_iat": False},
            )
            expires, ticket = float(claims["exp"]), Ticket(str(claims["sub"]), str(claims["kit"]))
        except (jwt.InvalidTokenError, TypeError, ValueError):
            raise TokenError("token_invalid") from None
        if now >= expires:
            raise TokenError("token_expired")
        return ticket
