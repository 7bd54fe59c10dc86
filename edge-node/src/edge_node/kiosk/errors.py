"""Every way the kiosk says no: one stable code, one HTTP status, one English sentence."""

from edge_node.ports.failure import EngineError

STATUS = {
    "bad_request": 400,
    "bad_offer": 400,
    "token_invalid": 401,
    "token_expired": 401,
    "consent_missing": 403,
    "code_unknown": 404,
    "not_found": 404,
    "method_not_allowed": 405,
    "code_used": 409,
    "interview_closed": 409,
    "code_expired": 410,
    "too_large": 413,
    "too_many_tries": 429,
    "internal": 500,
    "node_not_ready": 503,
    "draining": 503,
    "disk_full": 503,
    "clock_wrong": 503,
    "model_missing": 503,
    "model_damaged": 503,
    "models_unchecked": 503,
    "no_free_port": 503,
    "room_unavailable": 503,
    "rooms_full": 503,
}
MESSAGE = {
    "bad_request": "The request is not understood.",
    "bad_offer": "The browser's connection offer cannot be answered.",
    "token_invalid": "Please enter your code again.",
    "token_expired": "Your time to come back is over; please ask for a new code.",
    "consent_missing": "The interview needs your consent first.",
    "code_unknown": "This code is not known here.",
    "not_found": "There is nothing here.",
    "method_not_allowed": "This cannot be done here.",
    "code_used": "This code was already used.",
    "interview_closed": "This interview is over.",
    "code_expired": "This code has expired.",
    "too_large": "The request is too large.",
    "too_many_tries": "Too many tries; please wait.",
    "internal": "Something went wrong on this machine.",
    "node_not_ready": "The interview room is not ready.",
    "draining": "This machine is about to be serviced and opens no new interview.",
    "disk_full": "This machine's disk is full; it opens no new interview.",
    "clock_wrong": "This machine's clock is wrong; it opens no new interview.",
    "model_missing": "This machine lacks a part the interview needs.",
    "model_damaged": "A part the interview needs is damaged on this machine.",
    "models_unchecked": "This machine is still checking its parts; please try again in a minute.",
    "no_free_port": "No connection is free; please try again.",
    "room_unavailable": "The interview room does not answer; please try again.",
    "rooms_full": "All interview rooms are taken; please try again later.",
}
HELD_ELSEWHERE = "held_elsewhere"
"""A room process's answer for an interview that another one holds; it may be about to end."""

_UNAVAILABLE = ("busy", "late", "unavailable", "cancelled", HELD_ELSEWHERE)


class KioskError(Exception):
    """An answer other than success; ``code`` is a key of :data:`STATUS`."""

    def __init__(self, code: str, *, retry_after_seconds: int = 0) -> None:
        super().__init__(code)
        self.code = code
        self.status = STATUS[code]
        self.message = MESSAGE[code]
        self.retry_after_seconds = retry_after_seconds


def from_room(error: EngineError, *, unavailable: str = "room_unavailable") -> KioskError:
    """What a failed request to the room process means to the page; an unknown code is ``internal``."""
    if error.code in _UNAVAILABLE:
        return KioskError(unavailable)
    return KioskError(error.code if error.code in STATUS else "internal")
