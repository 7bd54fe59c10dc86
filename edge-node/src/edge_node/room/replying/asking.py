"""Follow-up questions from the language model, within the deadline of a live interview."""

import asyncio
from dataclasses import dataclass, replace

from edge_node.core.interview.events import RefusedProposal
from edge_node.core.interview.follow_up import FollowUpBrief, Refused, check
from edge_node.core.interview.prompts import Prompt, follow_up_prompt
from edge_node.core.interview.session import Asked
from edge_node.ports.clock import Clock
from edge_node.ports.failure import EngineError
from edge_node.ports.language import DeadlineClass, Generation, LanguageModel, Message, Piece
from edge_node.room.replying.speaking import closing
from edge_node.room.rules import RoomRules
from edge_node.telemetry import traces

TRIES_MOST = 2
"""Proposals asked for; a second one only when the first was refused early enough."""

SECOND_TRY_SHARE = 0.35
"""Share of the deadline, [0, 1], within which the first proposal must have come for a second to be asked for."""

SECOND_TEMPERATURE = 0.8


@dataclass(frozen=True, slots=True)
class Proposal:
    """What came of asking the model; ``text`` is None when nothing did, and ``reason`` then says why."""

    text: str | None
    reason: str
    asked: Asked


_NOTHING = Piece("")


@dataclass(frozen=True, slots=True)
class _Generated:
    text: str | None
    """None for one that did not come to its end."""

    last: Piece
    """What the model said of this call."""


class Asker:
    """Asks the model for one question at a time.

    ``profile`` is the language engine's; ``conversation`` names the interview, whose memory the engine keeps.
    """

    def __init__(
        self, model: LanguageModel, clock: Clock, rules: RoomRules, *, profile: str, conversation: str = ""
    ) -> None:
        self._conversation = conversation
        self._model = model
        self._clock = clock
        self._rules = rules
        self._profile = profile

    async def propose(
        self, brief: FollowUpBrief, seed: int, deadline_class: DeadlineClass = DeadlineClass.LIVE
    ) -> Proposal:
        """A proposal, or the reason why there is none, at the deadline at the latest.

        One that the checks refuse at once is asked for again with another seed while there is time; what was refused
        stays in the record.
        """
        prompt = follow_up_prompt(brief, self._profile)
        with traces.marked(**{"gen_ai.prompt.version": prompt.version}):
            return await self._proposed(brief, prompt, seed, deadline_class)

    async def _proposed(
        self, brief: FollowUpBrief, prompt: Prompt, seed: int, deadline_class: DeadlineClass
    ) -> Proposal:
        began = self._clock.monotonic()
        text: str | None = None
        reason, used, last = "", seed, _NOTHING
        refused: list[RefusedProposal] = []
        try:
            async with asyncio.timeout(self._rules.follow_up_deadline_seconds):
                for attempt in range(TRIES_MOST):
                    used = seed + 1000 * attempt
                    temperature = SECOND_TEMPERATURE if attempt else prompt.temperature
                    made = await self._fitting(brief, prompt, used, temperature, deadline_class)
                    text, last = made.text, made.last if made.last.last else last
                    reason = "" if text is not None else "cut_off"
                    verdict = check(text, brief) if text is not None else None
                    early = self._clock.monotonic() - began < SECOND_TRY_SHARE * self._rules.follow_up_deadline_seconds
                    if text is None or not isinstance(verdict, Refused) or not early or attempt + 1 == TRIES_MOST:
                        break
                    refused.append(RefusedProposal(text, verdict.code, used))
                    text, reason = None, verdict.code
        except TimeoutError:
            text, reason = None, "late"
        except EngineError as error:
            text, reason = None, error.code
        language_ms = round((self._clock.monotonic() - began) * 1000)
        tokens = (last.prompt_tokens, last.reused_tokens, last.generated_tokens)
        asked = Asked(prompt.version, used, language_ms, last.model_digest, tuple(refused), *tokens)
        return Proposal(text, reason, asked)

    async def _fitting(
        self, brief: FollowUpBrief, prompt: Prompt, seed: int, temperature: float, deadline_class: DeadlineClass
    ) -> _Generated:
        """Generate; without the interview so far where the model's context is too small for it."""
        try:
            return await self._generate(prompt, seed, temperature, deadline_class)
        except EngineError as error:
            if error.code != "bad_request" or not brief.earlier:
                raise
        shorter = follow_up_prompt(replace(brief, earlier=()), self._profile)
        return await self._generate(shorter, seed, temperature, deadline_class)

    async def _generate(
        self, prompt: Prompt, seed: int, temperature: float, deadline_class: DeadlineClass
    ) -> _Generated:
        pieces = self._model.generate(
            Generation(
                messages=tuple(Message(role, text) for role, text in prompt.messages),
                max_tokens=prompt.max_tokens,
                deadline_class=deadline_class,
                timeout_seconds=self._rules.follow_up_deadline_seconds,
                grammar=prompt.grammar,
                temperature=temperature,
                seed=seed,
                conversation=self._conversation,
            )
        )
        text, last = "", _NOTHING
        async with closing(pieces):
            async for piece in pieces:
                text += piece.text
                if piece.last:
                    last = piece
        return _Generated(text if last.finish_reason == "stop" else None, last)
