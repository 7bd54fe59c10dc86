"""Structured logs: one JSON object a line on stderr.

Personal data (names, what was said, e-mail) goes into no message and no key but those that begin with ``pii_``,
and those keys are dropped unless the operator turned them on.
"""

import logging
import sys
from collections.abc import MutableMapping
from typing import Any

import structlog

PII_PREFIX = "pii_"


def _drop_personal(_: Any, __: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    return {key: value for key, value in event.items() if not key.startswith(PII_PREFIX)}


def configure(process: str, *, level: str = "info", personal: bool = False) -> None:
    """Set up logging of this process; ``personal`` keeps the ``pii_`` keys."""
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            *([] if personal else [_drop_personal]),
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelName(level.upper())),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )
    structlog.contextvars.bind_contextvars(process=process)
    logging.basicConfig(level=logging.WARNING, stream=sys.stderr)


def get_logger(name: str) -> Any:
    """The logger of one part of the program."""
    return structlog.get_logger(part=name)
