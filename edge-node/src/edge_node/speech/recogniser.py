"""Speech to text for every room of the node: one engine and one thread per language, a short line before each."""

import asyncio
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor

from edge_node.core.audio import seconds
from edge_node.ports.failure import EngineError
from edge_node.ports.speech import Transcript, VoiceActivity
from edge_node.speech.ears import Ears, EngineLoader
from edge_node.speech.hearing import LONGEST_SECONDS, Hearing
from edge_node.speech.line import Line, LineFull, Ticket


class _Lane:
    """One language: its ears in a thread of their own, and the line before them."""

    def __init__(self, load: EngineLoader, detector: VoiceActivity, language: str) -> None:
        self.ears = Ears(load, detector)
        self.thread = ThreadPoolExecutor(1, thread_name_prefix=f"hear-{language}")
        self.line = Line()
        self.turns: dict[Ticket, asyncio.Future[None]] = {}


class Recogniser:
    """Hears. Finals go before partials; a waiting partial gives way to a newer request of its stream."""

    def __init__(
        self,
        engines: Mapping[str, EngineLoader],
        detector: Callable[[], VoiceActivity],
        *,
        wait_seconds: float = 30.0,
    ) -> None:
        self._lanes = {language: _Lane(load, detector(), language) for language, load in engines.items()}
        self._wait_seconds = wait_seconds

    @property
    def languages(self) -> frozenset[str]:
        """Languages it hears."""
        return frozenset(self._lanes)

    async def warm(self, language: str) -> None:
        """Load the engine of ``language`` and run it once, so that the first answer is not the slow one."""
        lane = self._lane(language)
        await asyncio.get_running_loop().run_in_executor(lane.thread, lane.ears.warm)

    def _lane(self, language: str) -> _Lane:
        lane = self._lanes.get(language)
        if lane is None:
            raise EngineError("bad_request", f"no recogniser for language {language!r}")
        return lane

    async def transcribe(self, hearing: Hearing) -> Transcript:
        """What was heard; raises EngineError: bad_request, busy, cancelled (a partial gave way) or late."""
        lane = self._lane(hearing.language)
        if len(hearing.pcm) % 2 or seconds(len(hearing.pcm) // 2) > LONGEST_SECONDS:
            raise EngineError("bad_request", f"16-bit samples, at most {LONGEST_SECONDS:.0f} s")
        ticket = Ticket(hearing.stream, hearing.partial)
        await self._turn(lane, ticket)
        loop = asyncio.get_running_loop()
        work = loop.run_in_executor(lane.thread, lane.ears.hear, hearing, ticket)
        work.add_done_callback(lambda _: self._finished(lane))
        try:
            # The engine stops at its next look at the ticket: a caller who leaves must not free the lane before that.
            transcript = await asyncio.shield(work)
        except asyncio.CancelledError:
            ticket.dropped = True
            raise
        if ticket.dropped:
            raise EngineError("cancelled", "a final came first")
        return transcript

    async def _turn(self, lane: _Lane, ticket: Ticket) -> None:
        turn: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        lane.turns[ticket] = turn
        try:
            for dropped in lane.line.join(ticket):
                waiting = lane.turns.get(dropped)
                if waiting is not None and not waiting.done():
                    waiting.set_exception(EngineError("cancelled", "a newer request of the stream came"))
            self._next(lane)
            async with asyncio.timeout(self._wait_seconds):
                await turn
        except LineFull:
            raise EngineError("busy", "the recogniser's line is full") from None
        except BaseException as error:
            lane.line.leave(ticket)
            if lane.line.running is ticket:
                self._finished(lane)
            if isinstance(error, TimeoutError):
                raise EngineError("late", "waited too long in the recogniser's line") from None
            raise
        finally:
            del lane.turns[ticket]

    def _finished(self, lane: _Lane) -> None:
        lane.line.done()
        self._next(lane)

    def _next(self, lane: _Lane) -> None:
        ticket = lane.line.take()
        if ticket is None:
            return
        turn = lane.turns.get(ticket)
        if turn is not None and not turn.done():
            turn.set_result(None)

    async def close(self) -> None:
        """Stop the threads; running work ends first."""
        for lane in self._lanes.values():
            if lane.line.running is not None:
                lane.line.running.dropped = True
            await asyncio.to_thread(lane.thread.shutdown, wait=True, cancel_futures=True)
