"""Passwords: how they are made, hashed and checked. Every function but the rule takes a noticeable time on purpose."""

import secrets

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from coordinator.fault import Fault

GENERATED_BYTES = 15
LEAST_CHARACTERS = 12
"""Of a password somebody chooses; length is what counts (NIST SP 800-63B asks for no mix of kinds)."""

MOST_CHARACTERS = 1024

# Memory for one hash: 46 MiB, argon2-cffi's RFC 9106 low-memory profile rounded down to what small machines bear.
_hasher = PasswordHasher(time_cost=2, memory_cost=47104, parallelism=1)


def generated() -> str:
    """A random password of 20 characters."""
    return secrets.token_urlsafe(GENERATED_BYTES)


def hashed(password: str) -> str:
    """As it is stored."""
    return _hasher.hash(password)


def matches(password_hash: str, password: str) -> bool:
    """Whether it is this password."""
    try:
        return _hasher.verify(password_hash, password)
    except (VerificationError, InvalidHashError):
        return False


def check_chosen(new: str, *, old: str, email: str) -> None:
    """Raise Fault password_unfit (422) for a new password that is too short, the old one, or the e-mail address."""
    if len(new) < LEAST_CHARACTERS:
        raise Fault("password_unfit", f"a password has at least {LEAST_CHARACTERS} characters", status=422)
    if new == old or new.strip().lower() in (email, email.partition("@")[0]):
        raise Fault("password_unfit", "neither the old password nor the e-mail address", status=422)
    if len(set(new)) <= LEAST_CHARACTERS // 4:
        raise Fault("password_unfit", "a password is more than the same few characters again", status=422)
