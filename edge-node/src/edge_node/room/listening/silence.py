"""A silence that is running out, shown on the page: how long until the next question, so that nobody has to guess."""

from edge_node.core.audio import SAMPLE_RATE_HZ
from edge_node.core.dialogue.endpoint import EndpointState
from edge_node.core.dialogue.turn import Floor, Turn
from edge_node.core.dialogue.utterance import samples
from edge_node.core.dialogue.waiting import EndpointRules, silence_ends
from edge_node.room.page import Page

SHOWN_AFTER_SECONDS = 1.0
"""A shorter pause is none that anybody wonders about."""

_SILENT = (EndpointState.ASKED, EndpointState.COMPLETE, EndpointState.INCOMPLETE)


class SilenceShown:
    """Follows one visit's turns. Tells the page once a silence, again when its end moves, and when it is over."""

    def __init__(self, page: Page, rules: EndpointRules) -> None:
        self._page = page
        self._rules = rules
        self._until_sample = 0

    def follow(self, turn: Turn) -> None:
        """The turn as it is after one more step."""
        until_sample = self._ends(turn)
        if until_sample == self._until_sample:
            return
        self._until_sample = until_sample
        self._page.silence(max(0, until_sample - turn.at_sample) / SAMPLE_RATE_HZ)

    def _ends(self, turn: Turn) -> int:
        """Where the silence ends the turn; 0 while there is none to show."""
        endpoint = turn.endpoint
        if turn.floor is not Floor.CANDIDATE or endpoint is None or endpoint.state not in _SILENT:
            return 0
        if turn.at_sample - endpoint.last_sample < samples(SHOWN_AFTER_SECONDS):
            return 0
        return silence_ends(endpoint, self._rules)
