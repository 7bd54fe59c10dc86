"""The hash that ties an audit entry to the one before it. Pure."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

FIRST_PREVIOUS = "0" * 64

Detail = Mapping[str, str | int | bool | None]


@dataclass(frozen=True)
class Entry:
    """One thing somebody did. ``subject`` is "kind:id"; neither it nor ``detail`` holds personal data."""

    number: int
    at: datetime
    actor_id: str | None
    actor_role: str
    action: str
    subject: str
    detail: Detail


def entry_hash(entry: Entry, previous_hash: str) -> str:
    """sha256, hexadecimal, of the entry and the hash before it."""
    content = [
        entry.number,
        entry.at.astimezone(UTC).isoformat(timespec="microseconds"),
        entry.actor_id,
        entry.actor_role,
        entry.action,
        entry.subject,
        dict(entry.detail),
        previous_hash,
    ]
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
