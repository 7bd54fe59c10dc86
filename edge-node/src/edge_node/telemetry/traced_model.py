"""The language model with a span for each call, by OpenTelemetry's conventions for generative AI."""

import json
import secrets
import time
from collections.abc import AsyncGenerator
from typing import Any

from edge_node.ports.failure import EngineError
from edge_node.ports.language import DeadlineClass, Generation, LanguageModel, Piece
from edge_node.telemetry import traces
from edge_node.telemetry.traces import CLIENT, Span

OPERATION = "chat"
PROVIDER = "llama.cpp"


class TracedModel:
    """A LanguageModel around another. ``model`` is its name."""

    def __init__(self, inner: LanguageModel, model: str) -> None:
        self._inner = inner
        self._model = model

    async def generate(self, request: Generation) -> AsyncGenerator[Piece, None]:
        """As the model; the span is kept when the last piece came, it failed, or nobody reads on."""
        # Reading ahead comes with every few words and answers nothing: it would bury the calls that do.
        pieces = self._inner.generate(request)
        call = None if request.deadline_class is DeadlineClass.AHEAD else _Call(request, self._model)
        try:
            async for piece in pieces:
                if call:
                    call.piece(piece)
                yield piece
        except EngineError as error:
            if call:
                call.error = error.code
            raise
        finally:
            aclose = getattr(pieces, "aclose", None)
            if aclose:
                await aclose()
            if call:
                call.keep()


class _Call:
    def __init__(self, request: Generation, model: str) -> None:
        self._request = request
        self._model = model
        self._here = traces.here()
        self._began_ns = time.time_ns()
        self._first_ns = 0
        self._last: Piece | None = None
        self._text = ""
        self.error = ""

    def piece(self, piece: Piece) -> None:
        self._first_ns = self._first_ns or time.time_ns()
        if traces.tracer().personal:
            self._text += piece.text
        if piece.last:
            self._last = piece

    def keep(self) -> None:
        request, here = self._request, self._here
        conversation = request.conversation or secrets.token_hex(8)
        trace = here.trace_id or traces.trace_id(conversation)
        parent = here.parent_id or traces.span_id(conversation)
        attributes: dict[str, Any] = {
            "gen_ai.operation.name": OPERATION,
            "gen_ai.provider.name": PROVIDER,
            "gen_ai.request.model": self._model,
            "gen_ai.request.max_tokens": request.max_tokens,
            "gen_ai.request.temperature": float(request.temperature),
            "gen_ai.request.seed": request.seed,
            "language.deadline_class": request.deadline_class.name.lower(),
            **here.attributes,
        }
        error = self.error
        if self._last:
            attributes |= {
                "gen_ai.response.model": self._last.model_digest or self._model,
                "gen_ai.response.finish_reasons": [self._last.finish_reason],
                "gen_ai.usage.input_tokens": self._last.prompt_tokens,
                "gen_ai.usage.output_tokens": self._last.generated_tokens,
                "gen_ai.usage.cache_read.input_tokens": self._last.reused_tokens,
            }
        elif not error:
            error = "cancelled"
        if self._first_ns:
            attributes["gen_ai.response.time_to_first_chunk"] = (self._first_ns - self._began_ns) / 1e9
        if traces.tracer().personal:
            sent = [{"role": one.role, "parts": [{"type": "text", "content": one.text}]} for one in request.messages]
            attributes["pii_gen_ai.input.messages"] = json.dumps(sent, ensure_ascii=False)
            attributes["pii_gen_ai.output.messages"] = self._text
        name = f"{OPERATION} {self._model}"
        number = secrets.token_hex(8)
        ended_ns = time.time_ns()
        traces.tracer().keep(Span(name, trace, number, parent, self._began_ns, ended_ns, attributes, CLIENT, error))
