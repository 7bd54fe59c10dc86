"""Continuous batching: many requests in one context, one thread that decodes.

Callers live on the event loop; the decode thread owns everything native. They meet in an inbox under a lock, and in
one bounded queue a request.
"""

import asyncio
import codecs
import contextlib
import itertools
import threading
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

from edge_node.language import metrics
from edge_node.language.context import Context, ContextFull
from edge_node.language.sampler import GrammarError, Sampler
from edge_node.language.scheduler import Job, Scheduler
from edge_node.language.template import BadMessages, ChatTemplate
from edge_node.language.weights import Weights
from edge_node.ports.failure import EngineError
from edge_node.ports.language import Generation, Message, Piece

# Small enough that a cancel or a live request waits a fraction of a second on a processor, large enough to be fast.
_CPU_BATCH_ROWS, _GPU_BATCH_ROWS = 128, 512
_PROMPT_CHARACTERS = 400_000


@dataclass(frozen=True)
class EngineSettings:
    """Sizes of an engine."""

    context_tokens: int
    """Cells of the key-value memory, shared by all sequences."""

    sequences: int
    """Requests generated at the same time."""

    threads: int
    gpu_layers: int = 0
    queue_limit: int = 32
    """Requests waiting or running; one more is refused with busy."""


@dataclass(eq=False)
class _Request:
    job: Job
    sampler: Sampler
    arrived: float
    deadline: float
    loop: asyncio.AbstractEventLoop
    out: "asyncio.Queue[Piece | EngineError]"
    decoder: codecs.IncrementalDecoder
    cancelled: bool = False

    def send(self, item: Piece | EngineError) -> None:
        # The caller's loop may be gone when its process stops; nobody waits for the piece then.
        with contextlib.suppress(RuntimeError):
            self.loop.call_soon_threadsafe(self.out.put_nowait, item)


class Engine:
    """A LanguageModel on llama.cpp. Loads in the constructor (seconds); :meth:`run` decodes until it is cancelled."""

    def __init__(self, weights_file: Path, digest: str, settings: EngineSettings) -> None:
        self._weights = Weights(weights_file, gpu_layers=settings.gpu_layers)
        vocabulary = self._weights.vocabulary
        self._vocabulary = vocabulary
        self._template = ChatTemplate(self._weights.chat_template, begin=vocabulary.begin_text, end=vocabulary.end_text)
        self._context = Context(
            self._weights,
            context_tokens=settings.context_tokens,
            sequences=settings.sequences,
            batch_rows=_GPU_BATCH_ROWS if settings.gpu_layers else _CPU_BATCH_ROWS,
            threads=settings.threads,
        )
        self._longest = min(self._context.context_tokens, self._weights.trained_context)
        self._scheduler = Scheduler(
            self._context, slots=settings.sequences, context_tokens=self._context.context_tokens
        )
        self._digest = digest
        self._queue_limit = settings.queue_limit
        self._numbers = itertools.count(1)
        self._lock = threading.Condition()
        self._inbox: list[_Request] = []
        self._open: dict[Job, _Request] = {}
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

    def _accept(self, request: Generation) -> _Request:
        arrived = time.monotonic()
        if request.max_tokens < 1 or request.timeout_seconds <= 0:
            raise EngineError("bad_request", "max_tokens and timeout must be positive")
        with self._lock:
            if self._stopping:
                raise EngineError("unavailable", "stopping")
            if self._accepted >= self._queue_limit:
                metrics.REFUSED.labels("busy").inc()
                raise EngineError("busy", f"{self._accepted} requests")
            self._accepted += 1
        try:
            made = self._prepare(request, arrived)
        except (EngineError, GrammarError, BadMessages) as error:
            with self._lock:
                self._accepted -= 1
            metrics.REFUSED.labels("bad_request").inc()
            raise error if isinstance(error, EngineError) else EngineError("bad_request", str(error)) from error
        with self._lock:
            self._inbox.append(made)
            self._lock.notify()
        return made

    def _prepare(self, request: Generation, arrived: float) -> _Request:
        if sum(len(message.text) for message in request.messages) > _PROMPT_CHARACTERS:
            raise EngineError("bad_request", "prompt too long")
        clean = [Message(one.role, self._vocabulary.without_control(one.text)) for one in request.messages]
        prompt = self._vocabulary.tokens(self._template.render(clean))
        if len(prompt) + request.max_tokens > self._longest:
            detail = f"{len(prompt)} prompt and {request.max_tokens} answer tokens, at most {self._longest}"
            raise EngineError("bad_request", detail)
        sampler = Sampler(self._vocabulary, grammar=request.grammar, temperature=request.temperature, seed=request.seed)
        job = Job(next(self._numbers), int(request.deadline_class), len(prompt), request.max_tokens, prompt)
        out: asyncio.Queue[Piece | EngineError] = asyncio.Queue(request.max_tokens + 2)
        decoder = codecs.getincrementaldecoder("utf-8")("replace")
        deadline = arrived + request.timeout_seconds
        return _Request(job, sampler, arrived, deadline, asyncio.get_running_loop(), out, decoder)

    # The decode thread ------------------------------------------------------------------------------------------
    def _decode_until_stopped(self) -> None:
        try:
            while self._take_in():
                self._drop_ended()
                before = self._scheduler.reused_tokens
                self._scheduler.admit()
                metrics.REUSED_TOKENS.inc(self._scheduler.reused_tokens - before)
                metrics.WAITING.set(self._scheduler.waiting)
                self._step()
        finally:
            with self._lock:
                self._stopping = True
                left, self._inbox = self._inbox, []
            for request in [*self._open.values(), *left]:
                request.sampler.close()
                request.send(EngineError("unavailable", "the language process stopped"))
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
        for request in fresh:
            self._open[request.job] = request
            self._scheduler.add(request.job)
        return True

    def _drop_ended(self) -> None:
        now = time.monotonic()
        for request in list(self._open.values()):
            if request.cancelled:
                self._end(request, None)
            elif now >= request.deadline:
                self._end(request, EngineError("late", "language model"))

    def _step(self) -> None:
        batch = self._scheduler.next_batch(self._context.batch_rows)
        if not batch:
            return
        try:
            self._context.decode([row for _, row in batch])
        except ContextFull:
            if not self._scheduler.shed():
                self._end(self._open[batch[0][0]], EngineError("internal", "context full"))
            return
        metrics.BATCH_ROWS.observe(len(batch))
        self._scheduler.decoded(batch)
        for index, (job, row) in enumerate(batch):
            if row.wants_logits:
                self._advance(self._open[job], index)

    def _advance(self, request: _Request, row: int) -> None:
        job = request.job
        try:
            token = request.sampler.sample(self._context.logits(row))
        except GrammarError as error:
            self._end(request, EngineError("internal", str(error)))
            return
        if job.generated == 0:
            metrics.FIRST_TOKEN_SECONDS.labels(str(job.deadline_class)).observe(time.monotonic() - request.arrived)
        if self._vocabulary.ends(token):
            self._finish(request, "stop")
            return
        job.tokens.append(token)
        metrics.GENERATED_TOKENS.inc()
        text = request.decoder.decode(self._vocabulary.piece(token))
        if text:
            request.send(Piece(text))
        if job.generated >= job.max_tokens:
            self._finish(request, "length")

    def _finish(self, request: _Request, reason: str) -> None:
        job = request.job
        # A character that the length cut in two is left out: its first bytes are still in the decoder.
        self._end(request, Piece("", True, reason, job.prompt_tokens, job.generated, self._digest))

    def _end(self, request: _Request, last: Piece | EngineError | None) -> None:
        self._scheduler.remove(request.job)
        del self._open[request.job]
        request.sampler.close()
        metrics.PROMPT_TOKENS.inc(request.job.prompt_tokens)
        with self._lock:
            self._accepted -= 1
        if last is not None:
            request.send(last)
