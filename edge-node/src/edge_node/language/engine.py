"""Continuous batching: many requests in one context, one thread that decodes.

Callers live on the event loop; the decode thread owns everything native. They meet in an inbox under a lock, and in
one bounded queue a request.
"""

import asyncio
import threading
import time
from collections.abc import AsyncIterator
from pathlib import Path

from edge_node.language import metrics
from edge_node.language.context import Context, ContextFull, Interrupted
from edge_node.language.engine_settings import EngineSettings
from edge_node.language.jobs import Job
from edge_node.language.request import Intake, Outbox, Request
from edge_node.language.sampler import GrammarError
from edge_node.language.scheduler import Scheduler
from edge_node.language.shelf import Shelf
from edge_node.language.slots import Slots
from edge_node.language.weights import Weights
from edge_node.models.fit import CPU_BATCH_ROWS, GPU_BATCH_ROWS
from edge_node.ports.failure import EngineError
from edge_node.ports.language import Generation, Piece

# For work nobody waits for. On a processor a live request ends such a batch; on a GPU it waits for it.
_CPU_PATIENT_ROWS, _GPU_PATIENT_ROWS = 32, 64


class Engine:
    """A LanguageModel on llama.cpp. Loads in the constructor (seconds); :meth:`run` decodes until it is cancelled."""

    def __init__(self, weights_file: Path, digest: str, settings: EngineSettings) -> None:
        self._weights = Weights(weights_file, gpu_layers=settings.gpu_layers)
        self._vocabulary = self._weights.vocabulary
        self._context = Context(
            self._weights,
            context_tokens=settings.context_tokens,
            sequences=settings.sequences,
            batch_rows=GPU_BATCH_ROWS if settings.gpu_layers else CPU_BATCH_ROWS,
            threads=settings.threads,
        )
        self._patient_rows = _GPU_PATIENT_ROWS if settings.gpu_layers else _CPU_PATIENT_ROWS
        cells = self._context.context_tokens
        self._intake = Intake(self._weights, longest=min(cells, self._weights.trained_context))
        self._shelf = Shelf(settings.saved_bytes)
        self._slots = Slots(self._context, self._shelf, count=settings.sequences, context_tokens=cells)
        self._scheduler = Scheduler(self._slots, context_tokens=cells)
        self._digest = digest
        self._queue_limit = settings.queue_limit
        self._outbox = Outbox()
        self._lock = threading.Condition()
        self._inbox: list[Request] = []
        self._open: dict[Job, Request] = {}
        self._accepted = 0
        self._stopping = False

    async def run(self) -> None:
        """Decode until cancelled; raises what killed the decode thread. Frees the weights at the end."""
        work = asyncio.get_running_loop().run_in_executor(None, self._decode_until_stopped)
        try:
            await asyncio.shield(work)
        finally:
            with self._lock:
                self._stopping = True
                self._lock.notify()
            await asyncio.wait([work])

    async def generate(self, request: Generation) -> AsyncIterator[Piece]:
        """Stream pieces; raises EngineError: busy, bad_request, late, unavailable or internal."""
        accepted = self._accept(request)
        try:
            while True:
                item = await accepted.out.get()
                if isinstance(item, EngineError):
                    metrics.REFUSED.labels(item.code).inc()
                    raise item
                yield item
                if item.last:
                    return
        finally:
            accepted.cancelled = True
            with self._lock:
                self._lock.notify()

    def _accept(self, request: Generation) -> Request:
        arrived = time.monotonic()
        with self._lock:
            if self._stopping:
                raise EngineError("unavailable", "stopping")
            if self._accepted >= self._queue_limit:
                metrics.REFUSED.labels("busy").inc()
                raise EngineError("busy", f"{self._accepted} requests")
            self._accepted += 1
        try:
            made = self._intake.take(request, arrived)
        except EngineError as error:
            with self._lock:
                self._accepted -= 1
            metrics.REFUSED.labels(error.code).inc()
            raise
        with self._lock:
            self._inbox.append(made)
            if made.job.urgency == 0:
                self._context.interrupt()
            self._lock.notify()
        return made

    # The decode thread ------------------------------------------------------------------------------------------
    def _decode_until_stopped(self) -> None:
        try:
            while self._take_in():
                self._drop_ended()
                self._admit()
                self._step()
                self._outbox.hand_over()
        finally:
            with self._lock:
                self._stopping = True
                left, self._inbox = self._inbox, []
            for request in [*self._open.values(), *left]:
                request.close()
                self._outbox.put(request, EngineError("unavailable", "the language process stopped"))
            self._outbox.hand_over()
            self._open.clear()
            self._context.close()
            self._weights.close()

    def _take_in(self) -> bool:
        """Wait for work and take what is new; False when it is time to stop."""
        with self._lock:
            while not self._inbox and not self._open and not self._stopping:
                self._lock.wait()
            if self._stopping:
                return False
            fresh, self._inbox = self._inbox, []
            self._context.go_on()
        for request in fresh:
            if request.job.conversation:
                self._end_reading(request.job.conversation)
            self._open[request.job] = request
            self._scheduler.add(request.job)
        return True

    def _end_reading(self, conversation: str) -> None:
        """What was read ahead for a conversation is out of date once it sends something newer."""
        for request in list(self._open.values()):
            if request.job.reads_only and request.job.conversation == conversation:
                self._finish(request, "cancelled")

    def _drop_ended(self) -> None:
        now = time.monotonic()
        for request in list(self._open.values()):
            if request.cancelled:
                self._end(request, None)
            elif now >= request.deadline:
                self._end(request, EngineError("late", "language model"))

    def _admit(self) -> None:
        for job in self._scheduler.admit():
            request = self._open[job]
            if job.generated == 0 and job.slot:
                request.reused_tokens = len(job.slot.decoded)
                metrics.QUEUE_SECONDS.labels(request.deadline_class).observe(time.monotonic() - request.arrived)
        for found, tokens in self._slots.reused.items():
            metrics.REUSED_TOKENS.labels(found).inc(tokens)
        self._slots.reused.clear()
        metrics.WAITING.set(self._scheduler.waiting)
        metrics.USED_TOKENS.set(self._slots.used)
        metrics.SAVED_BYTES.set(self._shelf.bytes_held)
        self._finish_reading()

    def _finish_reading(self) -> None:
        for job in self._scheduler.read():
            self._finish(self._open[job], "read")

    def _step(self) -> None:
        batch = self._scheduler.next_batch(self._context.batch_rows, self._patient_rows)
        if not batch:
            return
        try:
            self._context.decode([row for _, row in batch], interruptible=batch[0][0].urgency > 0)
        except Interrupted:
            metrics.INTERRUPTED.inc()
            return
        except ContextFull:
            if not self._scheduler.shed():
                self._end(self._open[batch[0][0]], EngineError("internal", "context full"))
            return
        metrics.BATCH_ROWS.observe(len(batch))
        metrics.BATCH_SEQUENCES.observe(len({job for job, _ in batch}))
        self._scheduler.decoded(batch)
        for index, (job, row) in enumerate(batch):
            if row.wants_logits:
                self._advance(self._open[job], index)
        self._finish_reading()

    def _advance(self, request: Request, row: int) -> None:
        job = request.job
        assert request.sampler is not None
        try:
            token = request.sampler.sample(self._context.logits(row))
        except GrammarError as error:
            self._end(request, EngineError("internal", str(error)))
            return
        if job.generated == 0:
            metrics.FIRST_TOKEN_SECONDS.labels(request.deadline_class).observe(time.monotonic() - request.arrived)
        if self._vocabulary.ends(token):
            self._finish(request, "stop")
            return
        job.tokens.append(token)
        metrics.GENERATED_TOKENS.inc()
        text = request.decoder.decode(self._vocabulary.piece(token))
        if text:
            self._outbox.put(request, Piece(text))
        if job.generated >= job.max_tokens:
            self._finish(request, "length")

    def _finish(self, request: Request, reason: str) -> None:
        job = request.job
        # A character that the length cut in two is left out: its first bytes are still in the decoder.
        tokens = (job.prompt_tokens, job.generated)
        self._end(request, Piece("", True, reason, *tokens, self._digest, request.reused_tokens))

    def _end(self, request: Request, last: Piece | EngineError | None) -> None:
        self._scheduler.remove(request.job)
        del self._open[request.job]
        request.close()
        prompt_tokens = metrics.READ_AHEAD_TOKENS if request.job.reads_only else metrics.PROMPT_TOKENS
        prompt_tokens.inc(request.job.prompt_tokens)
        with self._lock:
            self._accepted -= 1
        if last is not None:
            self._outbox.put(request, last)
