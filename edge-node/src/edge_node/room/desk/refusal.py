"""Why a desk turns somebody away."""

from edge_node.core.interview.session import State


class DeskError(Exception):
    """Refused; ``code`` is what the page words: code_unknown, code_used, interview_closed, consent_missing, rooms_full,
    token_invalid, bad_offer, no_free_port or room_unavailable; for an interview that is not open yet also what the
    node lacks: draining, disk_full, clock_wrong, model_missing, model_damaged or models_unchecked. held_elsewhere:
    another room process has it; for the kiosk, which asks there.
    """

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def may_enter(state: State) -> None:
    """Pass a candidate who has agreed and whose interview is not over; raises DeskError."""
    if state.closed:
        raise DeskError("interview_closed")
    if not state.consented:
        raise DeskError("consent_missing")
