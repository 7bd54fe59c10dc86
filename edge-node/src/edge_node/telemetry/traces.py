"""Traces of turns and of calls of the language model, as OpenTelemetry has them.

A span is one line of OTLP/JSON in a file of the node's data folder, bounded by two files that take turns; with an
endpoint, the same lines are posted there. An interview is one trace, its number made from the interview's id; a turn
is a span whose number is made from the turn's id, so that processes meet without telling each other. Attributes hold
codes and counts; what was said is only in keys that begin with ``pii_``, and only where the operator turned them on.
"""

import contextlib
import hashlib
import json
import os
import time
from collections.abc import Iterator, Mapping
from contextvars import ContextVar
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from edge_node.telemetry.logs import PII_PREFIX, get_logger

Attributes = Mapping[str, "str | int | float | bool | list[str]"]
SCOPE = "edge_node"
INTERNAL, CLIENT = 1, 3
"""Kinds of spans, by OTLP's numbers."""

ERROR = 2
"""Status code of a span that failed."""

log = get_logger("traces")


@dataclass(frozen=True)
class Span:
    """Something that took time. Times are Unix nanoseconds by the wall clock."""

    name: str
    trace_id: str
    span_id: str
    parent_id: str
    start_ns: int
    end_ns: int
    attributes: Attributes = field(default_factory=dict)
    kind: int = INTERNAL
    error: str = ""
    """Code of what went wrong; empty when nothing did."""


def trace_id(interview_id: str) -> str:
    """The trace an interview is; 32 hexadecimal digits."""
    return hashlib.sha256(interview_id.encode()).hexdigest()[:32]


def span_id(*parts: str) -> str:
    """The number of a span that others can work out, too; 16 hexadecimal digits."""
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]


@dataclass(frozen=True)
class _About:
    trace_id: str
    parent_id: str
    attributes: Mapping[str, Any]


_NOBODY = _About("", "", {})
_about: ContextVar[_About] = ContextVar("trace_about", default=_NOBODY)


@contextlib.contextmanager
def about(interview_id: str, part: str) -> Iterator[None]:
    """What is traced inside belongs to this part (a turn's id, or ``review``) of the interview."""
    token = _about.set(_About(trace_id(interview_id), span_id(interview_id, part), _about.get().attributes))
    try:
        yield
    finally:
        _about.reset(token)


@contextlib.contextmanager
def marked(**attributes: str | int) -> Iterator[None]:
    """Calls of the model inside carry these attributes."""
    here = _about.get()
    token = _about.set(_About(here.trace_id, here.parent_id, {**here.attributes, **attributes}))
    try:
        yield
    finally:
        _about.reset(token)


def here() -> _About:
    """What is being traced about, in this task."""
    return _about.get()


class Tracer:
    """Writes spans. ``most_bytes``: of both files together; ``personal`` keeps the ``pii_`` keys."""

    def __init__(self, folder: Path | None, process: str, node_id: str, *, most_bytes: int, personal: bool) -> None:
        self._path = folder / f"{process}.jsonl" if folder else None
        self._resource = {"service.name": "edge-node", "service.instance.id": node_id, "process.role": process}
        self._most_bytes = most_bytes
        self.personal = personal
        self.listeners: list[Any] = []
        """Called with each line; must not block."""

    def keep(self, *spans: Span) -> None:
        """Write spans of one moment. A disk that takes none costs the trace, never the interview."""
        if not spans:
            return
        line = json.dumps(self._request(spans), ensure_ascii=False, separators=(",", ":"))
        if self._path and self._most_bytes:
            try:
                self._write(self._path, line)
            except OSError as error:
                log.warning("trace not kept", error=error.strerror)
        for listener in self.listeners:
            listener(line)

    def _write(self, path: Path, line: str) -> None:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with contextlib.suppress(FileNotFoundError):
            if path.stat().st_size + len(line) > self._most_bytes // 2:
                path.replace(path.with_suffix(".1.jsonl"))
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        with os.fdopen(handle, "a", encoding="utf-8") as file:
            file.write(line + "\n")

    def _request(self, spans: tuple[Span, ...]) -> dict[str, Any]:
        """An ``ExportTraceServiceRequest`` in OTLP's JSON."""
        scope = {"scope": {"name": SCOPE}, "spans": [self._span(span) for span in spans]}
        return {"resourceSpans": [{"resource": {"attributes": _attributes(self._resource)}, "scopeSpans": [scope]}]}

    def _span(self, span: Span) -> dict[str, Any]:
        kept = {k: v for k, v in span.attributes.items() if self.personal or not k.startswith(PII_PREFIX)}
        if span.error:
            kept["error.type"] = span.error
        made: dict[str, Any] = {
            "traceId": span.trace_id,
            "spanId": span.span_id,
            "name": span.name,
            "kind": span.kind,
            "startTimeUnixNano": str(span.start_ns),
            "endTimeUnixNano": str(span.end_ns),
            "attributes": _attributes(kept),
        }
        if span.parent_id:
            made["parentSpanId"] = span.parent_id
        if span.error:
            made["status"] = {"code": ERROR}
        return made


def _attributes(values: Mapping[str, Any]) -> list[dict[str, Any]]:
    return [{"key": key, "value": _value(value)} for key, value in values.items()]


def _value(value: Any) -> dict[str, Any]:
    if isinstance(value, bool):
        return {"boolValue": value}
    if isinstance(value, int):
        return {"intValue": str(value)}
    if isinstance(value, float):
        return {"doubleValue": value}
    if isinstance(value, list):
        return {"arrayValue": {"values": [_value(one) for one in value]}}
    return {"stringValue": str(value)}


_tracer = Tracer(None, "none", "none", most_bytes=0, personal=False)


def configure(folder: Path | None, process: str, node_id: str, *, most_bytes: int, personal: bool) -> Tracer:
    """Set up tracing of this process and return its tracer; without a folder nothing is written."""
    global _tracer  # noqa: PLW0603 - as logs are: one a process, set once at its start
    _tracer = Tracer(folder, process, node_id, most_bytes=most_bytes, personal=personal)
    return _tracer


def tracer() -> Tracer:
    """The tracer of this process."""
    return _tracer


def interview(interview_id: str, lasted_ms: int, attributes: Attributes) -> None:
    """Keep the span of a whole interview, which ends now."""
    end_ns = time.time_ns()
    number = span_id(interview_id)
    begun_ns = end_ns - lasted_ms * 1_000_000
    kept = {"interview.id": interview_id, **attributes}
    _tracer.keep(Span("interview", trace_id(interview_id), number, "", begun_ns, end_ns, kept))


def turn(
    interview_id: str, turn_id: str, parts_ms: Mapping[str, int], *, ended_seconds_ago: float, attributes: Attributes
) -> None:
    """Keep a turn gap: from the candidate's last speech to the first sound, its parts one after the other."""
    end_ns = time.time_ns() - round(ended_seconds_ago * 1e9)
    at_ns = end_ns - sum(parts_ms.values()) * 1_000_000
    trace, number = trace_id(interview_id), span_id(interview_id, turn_id)
    place = {"interview.id": interview_id, "interview.turn.id": turn_id}
    spans = [Span("turn", trace, number, span_id(interview_id), at_ns, end_ns, {**place, **attributes})]
    for name, milliseconds in parts_ms.items():
        spans.append(
            Span(name, trace, span_id(interview_id, turn_id, name), number, at_ns, at_ns + milliseconds * 1_000_000)
        )
        at_ns += milliseconds * 1_000_000
    _tracer.keep(*spans)
