"""The coordinator's one kind of expected failure: a stable code, a sentence, an HTTP status."""

from collections.abc import Sequence
from typing import Any


class Fault(Exception):
    """Something the caller did wrong or must wait for.

    ``code`` is stable and for programs; ``message`` is English and holds no personal data; ``details`` is a list
    of JSON objects, one for each fault found; ``retry_after_seconds`` goes out as the Retry-After header.
    """

    def __init__(
        self,
        code: str,
        message: str,
        *,
        status: int = 400,
        details: Sequence[dict[str, Any]] | None = None,
        retry_after_seconds: int | None = None,
    ) -> None:
        super().__init__(f"{code}: {message}")
        self.code = code
        self.message = message
        self.status = status
        self.details = list(details) if details else None
        self.retry_after_seconds = retry_after_seconds
