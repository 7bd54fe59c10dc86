"""A language model that answers from a script, and takes part in the real interface."""

from collections.abc import AsyncIterator, Callable

from edge_node.ports.failure import EngineError
from edge_node.ports.language import DeadlineClass, Generation, Piece

DIGEST = "d" * 64

Script = Callable[[Generation], str | EngineError]


class ScriptedLanguage:
    """Implements ``ports.language.LanguageModel``; keeps every request, those to be read ahead apart."""

    def __init__(self, script: Script) -> None:
        self._script = script
        self.requests: list[Generation] = []
        self.ahead: list[Generation] = []

    async def generate(self, request: Generation) -> AsyncIterator[Piece]:
        if request.deadline_class is DeadlineClass.AHEAD:
            self.ahead.append(request)
            yield Piece("", last=True, finish_reason="read", model_digest=DIGEST)
            return
        self.requests.append(request)
        answer = self._script(request)
        if isinstance(answer, EngineError):
            raise answer
        half = len(answer) // 2
        yield Piece(answer[:half])
        yield Piece(answer[half:])
        yield Piece("", last=True, finish_reason="stop", model_digest=DIGEST)
