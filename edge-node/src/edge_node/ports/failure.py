"""How one room of the program tells another that it cannot."""


class EngineError(Exception):
    """A request to another process failed.

    ``code`` is stable: busy, late, bad_request, unavailable, cancelled or internal.
    """

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(f"{code}: {detail}" if detail else code)
        self.code = code
        self.detail = detail

    @property
    def retryable(self) -> bool:
        """Whether the same request may succeed later."""
        return self.code in ("busy", "late", "unavailable")
