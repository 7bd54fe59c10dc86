"""Keeping one visit's sound, where the candidate agreed to that; the interview goes on whatever becomes of it."""

from edge_node.core.audio import AudioFrame
from edge_node.core.interview.consent import Purpose
from edge_node.core.interview.events import RecordingStopped
from edge_node.ports.recording import Recorder, Recording
from edge_node.room.ledger import Ledger
from edge_node.room.page import Page


class Keeping:
    """One visit's recording, or none: without a recorder, a microphone or the candidate's consent nothing is kept."""

    def __init__(self, recorder: Recorder | None, ledger: Ledger, page: Page, *, microphone: bool) -> None:
        state = ledger.state
        self._ledger = ledger
        self._page = page
        self._closed = False
        self._recording: Recording | None = None
        if recorder and microphone and Purpose.RECORDING in state.purposes:
            self._recording = recorder.begin(ledger.kit.interview_id, state.visit)

    def hear(self, frame: AudioFrame, origin_ms: int) -> None:
        """Take a frame of the microphone; ``origin_ms``: interview time of the visit's sample 0."""
        if self._recording and not self._closed:
            self._recording.hear(frame, origin_ms)

    async def run(self) -> None:
        """Keep the fact when the recording ends by itself, and tell the candidate. Raises JournalError."""
        if self._recording:
            reason = await self._recording.stopped()
            self._page.recording_ended()
            await self._ledger.keep(lambda _: [RecordingStopped(reason)])

    async def close(self) -> None:
        """End it; what was heard is on disk then, also for whoever asks for the end while it is under way."""
        self._closed = True
        if self._recording:
            await self._recording.close()
