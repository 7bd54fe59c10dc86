"""Login tokens: HS256 JWTs of short life, signed with a key only this coordinator's processes can read."""

import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import jwt

from coordinator.auth.rbac import Role
from coordinator.fault import Fault
from coordinator.private_files import make_once

ALGORITHM = "HS256"
KEY_BYTES = 48


@dataclass(frozen=True)
class Caller:
    """Who makes a request."""

    account_id: UUID
    role: Role
    name: str
    series: int = 0
    """Which of the account's logins it is one of; ending logins begins another series."""


def signing_key(path: Path) -> str:
    """The key in ``path``; a new random one (mode 600) when the file is missing. Raises OSError."""
    return make_once(path, secrets.token_urlsafe(KEY_BYTES).encode()).decode().strip()


class Tokens:
    """Makes and checks login tokens."""

    def __init__(self, key: str, *, issuer: str, audience: str, life: timedelta) -> None:
        self._key = key
        self._issuer = issuer
        self._audience = audience
        self.life = life

    def issue(self, caller: Caller, *, now: datetime) -> str:
        """A token for ``caller`` that ends ``life`` after ``now``."""
        claims = {
            "sub": str(caller.account_id),
            "role": caller.role.value,
            "name": caller.name,
            "series": caller.series,
            "iss": self._issuer,
            "aud": self._audience,
            "iat": now,
            "exp": now + self.life,
        }
        return jwt.encode(claims, self._key, algorithm=ALGORITHM)

    def check(self, token: str) -> Caller:
        """Who the token speaks for; raises Fault token_expired or token_invalid (401)."""
        try:
            claims = jwt.decode(
                token,
                self._key,
                algorithms=[ALGORITHM],
                issuer=self._issuer,
                audience=self._audience,
                options={"require": ["exp", "iat", "iss", "aud", "sub"]},
            )
            return Caller(UUID(claims["sub"]), Role(claims["role"]), str(claims["name"]), int(claims.get("series", 0)))
        except jwt.ExpiredSignatureError:
            raise Fault("token_expired", "the login has ended; sign in again", status=401) from None
        except (jwt.InvalidTokenError, KeyError, TypeError, ValueError):
            raise Fault("token_invalid", "not a valid login", status=401) from None


def utc_now() -> datetime:
    """The wall clock, with its zone."""
    return datetime.now(UTC)
