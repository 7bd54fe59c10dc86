"""A candidate's voice in the order it was spoken: at once where no packet is missing, and past one that never comes.

aiortc's own buffer lets a voice wait for two packets more than it needs, drops those before a missing one with it, and
stays a third of a second behind from the first loss on. On a lossy line that cost twice what the line had lost.
"""

from aiortc.jitterbuffer import JitterFrame
from aiortc.rtp import RtpPacket

from edge_node.telemetry.logs import get_logger

HELD_PACKETS = 8
"""So many, 160 ms, may come before the one they wait for: its way was longer, or it is lost."""

RESTART_PACKETS = 100
"""A number that far from the one expected begins another count."""

_NUMBERS = 1 << 16

log = get_logger("media")


class Reordering:
    """Packets in as they come, out in order (RFC 3550, sequence numbers)."""

    def __init__(self, held: int = HELD_PACKETS) -> None:
        self._most = held
        self._source: int | None = None
        self._next = 0
        self._held: dict[int, RtpPacket] = {}
        self.late = 0
        """Packets that came when their turn was over."""

        self.missing = 0
        """Packets that were not there at their turn."""

    def add(self, packet: RtpPacket) -> list[RtpPacket]:
        """The packets whose turn it now is; none while one before them may still come."""
        ahead = (packet.sequence_number - self._next) % _NUMBERS
        behind = _NUMBERS - ahead
        if packet.ssrc != self._source or min(ahead, behind) > RESTART_PACKETS:
            out = self._release(max(self._held, default=-1) + 1)
            self._source, self._next = packet.ssrc, (packet.sequence_number + 1) % _NUMBERS
            return [*out, packet]
        if behind <= RESTART_PACKETS:
            self.late += 1
            return []
        self._held.setdefault(ahead, packet)
        out = self._release(0)
        while self._held and max(self._held) >= self._most:
            first = min(self._held)
            self.missing += first
            out += self._release(first)
        return out

    def _release(self, first: int) -> list[RtpPacket]:
        """What is held below ``first``, and from there up to the next one missing; places count from the next."""
        end = first
        while end in self._held:
            end += 1
        out = [self._held.pop(place) for place in sorted(self._held) if place < end]
        self._held = {place - end: packet for place, packet in self._held.items()}
        self._next = (self._next + end) % _NUMBERS
        return out


class _AtOnce:
    """``aiortc.jitterbuffer.JitterBuffer`` for a voice that comes in order: a packet is a frame."""

    def add(self, packet: RtpPacket) -> tuple[bool, JitterFrame]:
        return False, JitterFrame(data=packet._data, timestamp=packet.timestamp)  # type: ignore[attr-defined]  # set by aiortc


def take_in_order(receiver: object, packets: Reordering) -> None:
    """Let an audio receiver take what it receives through ``packets``; aiortc has no setting for it."""
    buffer, handler = "_RTCRtpReceiver__jitter_buffer", "_handle_rtp_packet"
    if not hasattr(receiver, buffer) or not hasattr(receiver, handler):
        log.warning("aiortc's buffer not found; a lost packet costs more than itself")
        return
    handle = getattr(receiver, handler)

    async def in_order(packet: RtpPacket, arrival_time_ms: int) -> None:
        for one in packets.add(packet):
            await handle(one, arrival_time_ms)

    setattr(receiver, buffer, _AtOnce())
    setattr(receiver, handler, in_order)
