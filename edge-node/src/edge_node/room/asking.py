"""Follow-up questions from the language model, within the deadline of a live interview."""

import asyncio
from dataclasses import dataclass

from edge_node.core.interview.follow_up import FollowUpBrief
from edge_node.core.interview.prompts import Prompt, follow_up_prompt
from edge_node.ports.clock import Clock
from edge_node.ports.failure import EngineError
from edge_node.ports.language import DeadlineClass, Generation, LanguageModel, Message
from edge_node.room.rules import RoomRules
from edge_node.room.speaking import closing


@dataclass(frozen=True, slots=True)
class Proposal:
    """What came of asking the model; ``text`` is None when nothing did, and ``reason`` then says why."""

    text: str | None
    reason: str
    prompt_version: str
    seed: int
    language_ms: int


class Asker:
    """Asks the model for one question at a time. ``profile`` is the language engine's."""

    def __init__(self, model: LanguageModel, clock: Clock, rules: RoomRules, *, profile: str) -> None:
        self._model = model
        self._clock = clock
        self._rules = rules
        self._profile = profile

    async def propose(self, brief: FollowUpBrief, seed: int) -> Proposal:
        """A proposal, or the reason why there is none, at the deadline at the latest."""
        prompt = follow_up_prompt(brief, self._profile)
        began = self._clock.monotonic()
        text: str | None = None
        reason = ""
        try:
            async with asyncio.timeout(self._rules.follow_up_deadline_seconds):
                text = await self._generate(prompt, seed)
            if text is None:
                reason = "cut_off"
        except TimeoutError:
            reason = "late"
        except EngineError as error:
            reason = error.code
        language_ms = round((self._clock.monotonic() - began) * 1000)
        return Proposal(text, reason, prompt.version, seed, language_ms)

    async def _generate(self, prompt: Prompt, seed: int) -> str | None:
        """The whole text, or None for one that did not come to its end."""
        pieces = self._model.generate(
            Generation(
                messages=tuple(Message(role, text) for role, text in prompt.messages),
                max_tokens=prompt.max_tokens,
                deadline_class=DeadlineClass.LIVE,
                timeout_seconds=self._rules.follow_up_deadline_seconds,
                grammar=prompt.grammar,
                temperature=prompt.temperature,
                seed=seed,
            )
        )
        text, finish_reason = "", ""
        async with closing(pieces):
            async for piece in pieces:
                text += piece.text
                if piece.last:
                    finish_reason = piece.finish_reason
        return text if finish_reason == "stop" else None
