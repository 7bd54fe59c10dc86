"""What of a log may leave the node. What is not known to be harmless stays: nothing is searched for and cut out alone.

A line of our own is kept key by key: numbers, and short code-like values of keys that hold codes. Sentences cannot get
through, whoever wrote them, but those the program's own source holds: what its lines say. Of other programs' lines only
a nats-server's and the frames of a traceback are kept.
"""

import json
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

KEPT_KEYS = frozenset(
    {
        "address", "bytes", "code", "committed", "context_tokens", "count", "dropped", "engines", "error",
        "event", "exception", "facts", "first", "forecast_bytes", "free_bytes", "got", "host", "interview_id",
        "keys", "language", "last", "level", "lock", "logger", "method", "milliseconds", "model", "node_id",
        "part", "pid", "played_seconds", "port", "problems", "process", "profile", "program", "prompt",
        "reason", "release", "reserve_bytes", "returncode", "room", "route", "sent", "sequence", "sequences", "state",
        "status", "subject", "task", "tasks", "texts", "timestamp", "tls", "unheard_ms", "version", "wanted", "wave",
        "where", "words",
    }
)  # fmt: skip
"""Keys that hold codes, counts and places in the program."""

REMOVED = "<removed>"
_LITERAL = re.compile(r"\"([^\"\\{}\n]{2,120})\"")
_CODE = re.compile(r"[A-Za-z0-9_.:/+-]{1,80}")
_TIME = re.compile(r"\d{4}-\d\d-\d\d[T ][\d:.+Z-]{5,25}")
_FRAME = re.compile(r"[ |]*(File \"[^\"]+\", line \d+, in \S+|\S+\.py:\d+ in \S+|[\w.]+(Error|Exception|Group)( \w+)?)")
_NATS = re.compile(r"\[\d+\] \d{4}/\d\d/\d\d [\d:.]+ \[[A-Z]{3}\] .*")
_UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
_SECRET = re.compile(
    r"eyJ[\w-]{8,}(\.[\w-]+)*"  # JWT
    r"|\bS[UAONCX][A-Z2-7]{40,}"  # NKey seed
    r"|-----BEGIN[^-]*-----"  # PEM
    r"|(?<=://)[^/@\s]+(?=@)"  # user and password in a URL
    r"|\b(?=[A-Za-z+_-]*\d)[A-Za-z0-9+_-]{32,}={0,2}"  # keys, tokens, hashes; names of metrics hold no digit
    r"|[\w.+-]+@[\w-]+(\.[\w-]+)+"  # e-mail
)


def said_by(package: Path) -> frozenset[str]:
    """Every short string literal in the sources of ``package``: nothing in them is about a person. Raises OSError."""
    return frozenset(
        literal for source in package.rglob("*.py") for literal in _LITERAL.findall(source.read_text(encoding="utf-8"))
    )


def _tells(text: str) -> bool:
    """Whether finding ``text`` tells of a person: a number or two Latin letters stand in any figures."""
    return len(text) >= 2 and not text.isdigit() and not (text.isascii() and len(text) < 3)


def _pattern(text: str) -> str:
    """A Latin word as a whole; Korean also where a particle follows it."""
    escaped = re.escape(text)
    if not text.isascii():
        return escaped
    return (r"(?<!\w)" if text[0].isalnum() else "") + escaped + (r"(?!\w)" if text[-1].isalnum() else "")


class Redactor:
    """Redacts the logs of one bundle.

    ``personal``: names and secrets of this node that must not stand in any value. ``events``: what a line may say.
    """

    def __init__(self, personal: Iterable[str] = (), events: Iterable[str] = ()) -> None:
        self._events = frozenset(events)
        known = {text for text in personal if _tells(text)}
        # As they would stand in JSON, too.
        known |= {json.dumps(text, ensure_ascii=False)[1:-1] for text in known}
        longest_first = sorted(known, key=len, reverse=True)
        self._personal = re.compile("|".join(map(_pattern, longest_first))) if known else None
        self._interviews: dict[str, str] = {}

    def line(self, raw: str) -> str | None:
        """The line as it may leave, or None for one of which nothing may."""
        try:
            event = json.loads(raw)
        except ValueError:
            return self._foreign(raw)
        if not isinstance(event, dict):
            return None
        kept = {key: self._value(key, value) for key, value in event.items() if key in KEPT_KEYS}
        if not kept:
            return None
        told = json.dumps(kept, ensure_ascii=False)
        return self.text(told) if self.leaks(told) else told

    def text(self, text: str) -> str:
        """``text`` without secrets, names and interviews' ids."""
        text = _UUID.sub(lambda found: self._interview(found[0]), text)
        text = _SECRET.sub(REMOVED, text)
        return self._personal.sub(REMOVED, text) if self._personal else text

    def leaks(self, text: str) -> bool:
        """Whether something personal or secret that is known to this node stands in ``text``."""
        return bool(self._personal and self._personal.search(text))

    def _value(self, key: str, value: Any) -> Any:
        if value is None or isinstance(value, bool | int | float):
            return value
        if isinstance(value, list):
            return [self._value(key, one) for one in value[:50]]
        if not isinstance(value, str):
            return REMOVED
        if key == "exception":
            return "\n".join(line for line in self.text(value).splitlines() if _FRAME.fullmatch(line))
        if key == "timestamp":
            return value if _TIME.fullmatch(value) else REMOVED
        value = self.text(value)
        if key == "event":
            return value if value in self._events else REMOVED
        return value if value == REMOVED or _CODE.fullmatch(value.replace(REMOVED, "x")) else REMOVED

    def _foreign(self, raw: str) -> str | None:
        line = raw.rstrip("\n")
        return self.text(line) if _NATS.fullmatch(line) or _FRAME.fullmatch(line) else None

    def _interview(self, interview_id: str) -> str:
        return self._interviews.setdefault(interview_id, f"id-{len(self._interviews) + 1}")
