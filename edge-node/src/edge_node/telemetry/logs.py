"""Structured logs: one JSON object a line on stderr.

Personal data (names, what was said, e-mail) goes into no message and no key but those that begin with ``pii_``,
and those keys are dropped unless the operator turned them on. An exception's message may quote what it was about, so
it is such a key, too; its type, its code and where it was raised are not.
"""

import logging
import sys
import traceback
from collections.abc import MutableMapping
from typing import Any

import structlog

PII_PREFIX = "pii_"
GROUP_MOST = 8
"""Exceptions of one group that are told."""

Event = MutableMapping[str, Any]


def _drop_personal(_: Any, __: str, event: Event) -> Event:
    return {key: value for key, value in event.items() if not key.startswith(PII_PREFIX)}


def _part_exception(_: Any, __: str, event: Event) -> Event:
    """``exc_info`` becomes ``exception``, frames and types without messages, and ``pii_exception``, the whole."""
    given = event.pop("exc_info", None)
    error = given[1] if isinstance(given, tuple) else sys.exc_info()[1] if given is True else given
    if not isinstance(error, BaseException):
        return event
    event["exception"] = _without_messages(error)
    event["pii_exception"] = "".join(traceback.format_exception(error))
    return event


def _without_messages(error: BaseException) -> str:
    lines: list[str] = []
    seen: list[BaseException] = []
    while error not in seen:
        seen.append(error)
        frames = traceback.extract_tb(error.__traceback__)
        code = getattr(error, "code", "")
        name = f"{type(error).__module__}.{type(error).__qualname__}"
        lines += [f"{name} {code}".strip() if isinstance(code, str) else name]
        lines += [f"  {frame.filename}:{frame.lineno} in {frame.name}" for frame in frames]
        if isinstance(error, BaseExceptionGroup):
            inner = "\n".join(_without_messages(one) for one in error.exceptions[:GROUP_MOST])
            lines += [f"  | {line}" for line in inner.split("\n")]
        error = error.__cause__ or error.__context__ or error
    return "\n".join(lines)


class _Foreign(logging.Handler):
    """What libraries log, as one of our lines: the template they wrote; what they filled in may be about somebody."""

    def emit(self, record: logging.LogRecord) -> None:
        """Log one record."""
        structlog.get_logger(room="library").log(
            record.levelno,
            _template(record),
            logger=record.name,
            where=f"{record.module}.py:{record.lineno}",
            exc_info=record.exc_info,
            pii_message=record.getMessage(),
        )


def _template(record: logging.LogRecord) -> str:
    """The text before anything was filled in; one that came finished is named by its place alone.

    asyncio finishes its texts itself: a sentence of its own, then a line for everything that took part.
    """
    if record.args:
        return str(record.msg)
    return str(record.msg).partition("\n")[0] if record.name == "asyncio" else "a library's message"


def configure(process: str, *, level: str = "info", personal: bool = False) -> None:
    """Set up logging of this process; ``personal`` keeps the ``pii_`` keys."""
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            _part_exception,
            *([] if personal else [_drop_personal]),
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelName(level.upper())),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )
    structlog.contextvars.bind_contextvars(process=process)
    logging.basicConfig(level=logging.WARNING, handlers=[_Foreign()], force=True)


def get_logger(name: str) -> Any:
    """The logger of one room of the program."""
    return structlog.get_logger(room=name)
