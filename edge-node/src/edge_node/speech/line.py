"""Who is heard next: finals in order, then the newest partial; a partial nobody needs any more is dropped."""

from dataclasses import dataclass, field


@dataclass(eq=False, slots=True)
class Ticket:
    """One request's place in the line."""

    stream: str
    """Requests of one stream supersede each other's waiting partials; empty for none."""

    partial: bool
    dropped: bool = field(default=False)
    """Set once nobody needs the result any more; a running engine stops when it sees it."""


class LineFull(Exception):
    """Too many finals wait."""


class Line:
    """The line in front of one engine. Pure: it neither waits nor runs anything."""

    def __init__(self, *, finals: int = 8, partials: int = 4) -> None:
        self._finals_max = finals
        self._partials_max = partials
        self._finals: list[Ticket] = []
        self._partials: list[Ticket] = []
        self.running: Ticket | None = None

    def join(self, ticket: Ticket) -> list[Ticket]:
        """Put ``ticket`` into the line; returns the partials it drops. Raises LineFull."""
        if not ticket.partial:
            if len(self._finals) >= self._finals_max:
                raise LineFull
            self._finals.append(ticket)
            if self.running is not None and self.running.partial:
                self.running.dropped = True
        dropped = [waiting for waiting in self._partials if ticket.stream and waiting.stream == ticket.stream]
        if ticket.partial:
            room = self._partials_max - (len(self._partials) - len(dropped))
            others = [waiting for waiting in self._partials if waiting not in dropped]
            dropped += others[: max(0, 1 - room)]
        for waiting in dropped:
            waiting.dropped = True
            self._partials.remove(waiting)
        if ticket.partial:
            self._partials.append(ticket)
        return dropped

    def leave(self, ticket: Ticket) -> None:
        """Take ``ticket`` out: its caller is gone. A running one is only marked."""
        ticket.dropped = True
        for waiting in (self._finals, self._partials):
            if ticket in waiting:
                waiting.remove(ticket)

    def take(self) -> Ticket | None:
        """Start the next ticket, if the engine is free and somebody waits."""
        if self.running is not None:
            return None
        if self._finals:
            self.running = self._finals.pop(0)
        elif self._partials:
            self.running = self._partials.pop()
        return self.running

    def done(self) -> None:
        """The running ticket is finished."""
        self.running = None
