"""From a request as it came to tokens and a sampler, or a refusal."""

import asyncio
import codecs
import contextlib
import itertools
from dataclasses import dataclass

from edge_node.language.jobs import Job
from edge_node.language.sampler import GrammarError, Sampler
from edge_node.language.template import BadMessages, ChatTemplate
from edge_node.language.weights import Weights
from edge_node.ports.failure import EngineError
from edge_node.ports.language import DeadlineClass, Generation, Message, Piece

_PROMPT_CHARACTERS = 400_000


@dataclass(eq=False)
class Request:
    """One accepted request; its pieces go to the caller's loop by way of the outbox."""

    job: Job
    sampler: Sampler | None
    """None for a prompt that is only read."""

    arrived: float
    deadline: float
    loop: asyncio.AbstractEventLoop
    out: "asyncio.Queue[Piece | EngineError]"
    decoder: codecs.IncrementalDecoder
    deadline_class: str
    cancelled: bool = False
    reused_tokens: int = 0

    def close(self) -> None:
        """Free what is native."""
        if self.sampler:
            self.sampler.close()


class Outbox:
    """What the decode thread has to say, handed over once a batch: waking a loop costs more than saying it."""

    def __init__(self) -> None:
        self._waiting: list[tuple[Request, Piece | EngineError]] = []

    def put(self, request: Request, item: Piece | EngineError) -> None:
        """Keep a piece, or why there will be none, for ``request``'s caller."""
        self._waiting.append((request, item))

    def hand_over(self) -> None:
        """Wake the loops of those something waits for."""
        waiting, self._waiting = self._waiting, []
        for loop in {request.loop for request, _ in waiting}:
            mine = [(request, item) for request, item in waiting if request.loop is loop]
            # The caller's loop may be gone when its process stops; nobody waits for the piece then.
            with contextlib.suppress(RuntimeError):
                loop.call_soon_threadsafe(_deliver, mine)


def _deliver(items: list[tuple[Request, Piece | EngineError]]) -> None:
    for request, item in items:
        request.out.put_nowait(item)


class Intake:
    """Makes requests for one model. ``longest``: tokens of prompt and answer together, at the most."""

    def __init__(self, weights: Weights, *, longest: int) -> None:
        self._vocabulary = weights.vocabulary
        self.template = ChatTemplate(
            weights.chat_template, begin=self._vocabulary.begin_text, end=self._vocabulary.end_text
        )
        self._longest = longest
        self._numbers = itertools.count(1)

    def take(self, request: Generation, arrived: float) -> Request:
        """Raises EngineError bad_request. ``arrived`` is monotonic."""
        try:
            return self._made(request, arrived)
        except (GrammarError, BadMessages) as error:
            raise EngineError("bad_request", str(error)) from error

    def _made(self, request: Generation, arrived: float) -> Request:
        ahead = request.deadline_class is DeadlineClass.AHEAD
        if request.timeout_seconds <= 0 or request.max_tokens < 0 or (request.max_tokens == 0) is not ahead:
            raise EngineError("bad_request", "max_tokens and timeout must be positive (0 tokens for reading ahead)")
        if sum(len(message.text) for message in request.messages) > _PROMPT_CHARACTERS:
            raise EngineError("bad_request", "prompt too long")
        clean = [Message(one.role, self._vocabulary.without_control(one.text)) for one in request.messages]
        # Reading ahead stops short of the last token: it may become another one when the text goes on.
        prompt = (
            self._vocabulary.tokens(self.template.render_begun(clean))[:-1]
            if ahead
            else self._vocabulary.tokens(self.template.render(clean))
        )
        if len(prompt) + request.max_tokens > self._longest:
            detail = f"{len(prompt)} prompt and {request.max_tokens} answer tokens, at most {self._longest}"
            raise EngineError("bad_request", detail)
        sampler = None if ahead else self._sampler(request)
        kind = request.deadline_class
        job = Job(next(self._numbers), kind.urgency, len(prompt), request.max_tokens, prompt, request.conversation)
        return Request(
            job,
            sampler,
            arrived,
            arrived + request.timeout_seconds,
            asyncio.get_running_loop(),
            asyncio.Queue(request.max_tokens + 2),
            codecs.getincrementaldecoder("utf-8")("replace"),
            kind.name.lower(),
        )

    def _sampler(self, request: Generation) -> Sampler:
        return Sampler(self._vocabulary, grammar=request.grammar, temperature=request.temperature, seed=request.seed)
