"""What the page says, taken to whom it concerns."""

from edge_node.ports.media import Peer
from edge_node.room.listening.listening import Listening
from edge_node.room.page import DoneSpeaking, Leave, Page, Ping, RepeatQuestion, Thinking, TypedAnswer, Typing
from edge_node.room.signals import LeaveWanted, RepeatWanted, Signals, TimeWanted, Typed
from edge_node.telemetry.logs import get_logger

log = get_logger("room")


class MessageReader:
    """Reads one peer's messages."""

    def __init__(self, page: Page, listening: Listening, signals: Signals) -> None:
        self._page = page
        self._listening = listening
        self._signals = signals

    async def run(self, peer: Peer) -> None:
        """Read until the peer is gone."""
        async for message in peer.messages():
            match self._page.understand(message):
                case TypedAnswer(text):
                    self._signals.put(Typed(text))
                case DoneSpeaking():
                    self._listening.done()
                case RepeatQuestion():
                    self._signals.put(RepeatWanted())
                case Thinking():
                    self._give_time()
                case Typing():
                    self._listening.typing()
                case Leave():
                    self._signals.put(LeaveWanted())
                case Ping() as ping:
                    self._page.pong(ping)
                case None:
                    pass
        if self._page.ignored or self._signals.dropped:
            log.info("messages ignored", dropped=self._signals.dropped, **self._page.ignored)

    def _give_time(self) -> None:
        seconds = self._listening.thinking()
        if not seconds:
            return
        if not self._listening.expects_sound:
            self._signals.put(TimeWanted())
        self._page.time_given(seconds)
