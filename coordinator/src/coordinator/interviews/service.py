"""Interviews, read back whole."""

from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager
from typing import Any
from uuid import UUID

from coordinator.audit.repository import Actor, append
from coordinator.auth.tokens import Caller
from coordinator.consent import Purpose
from coordinator.db.unit_of_work import Database
from coordinator.fault import Fault
from coordinator.interviews import repository
from coordinator.interviews.arrival import ArrivalRules
from coordinator.interviews.codec import words_of
from coordinator.interviews.hearing import heard_clearly
from coordinator.interviews.results import competencies, score
from coordinator.interviews.review_schemas import Summary
from coordinator.interviews.schemas import (
    Integrity,
    Interview,
    InterviewSummary,
    KitFacts,
    KitStage,
    Observation,
    Recording,
)
from coordinator.interviews.transcript_schemas import Asked, Question, Turn, TurnGap

LISTED_MOST = 500
EMOTIONS = "emotion_"
"""How the kinds of observations begin that are guesses of an expression."""

Changes = Callable[[UUID], AbstractAsyncContextManager[Callable[[float], Awaitable[bool]]]]
"""Opens a watch on one interview; the callable waits up to so many seconds and says whether it changed."""


class InterviewService:
    """Reads interviews. ``room_url`` stands in for nodes that do not announce one."""

    def __init__(
        self,
        database: Database,
        changes: Changes,
        *,
        room_url: str = "",
        arrival: ArrivalRules | None = None,
    ) -> None:
        self._database = database
        self._room_url = room_url
        self._arrival = arrival or ArrivalRules()
        self.changes = changes

    async def interviews(self) -> list[InterviewSummary]:
        """The newest interviews, 500 at the most."""
        async with self._database.transaction() as connection:
            heads = await repository.heads(connection, LISTED_MOST)
            rows = await repository.ratings(connection, [head["interview_id"] for head in heads])
        rated: dict[UUID, list[dict[str, Any]]] = {}
        for row in rows:
            rated.setdefault(row["interview_id"], []).append(row)
        return [
            InterviewSummary.model_validate(
                {
                    **head,
                    **self._arrival.of_list(head),
                    "score": score(head, rated.get(head["interview_id"], [])),
                }
            )
            for head in heads
        ]

    async def integrity(self, interview_id: UUID, caller: Caller) -> Integrity:
        """What the camera showed, where the candidate agreed to that; who looked is kept. Raises Fault (404)."""
        async with self._database.transaction() as connection:
            if await repository.head(connection, interview_id) is None:
                raise Fault("interview_unknown", "there is no such interview", status=404)
            actor = Actor(str(caller.account_id), caller.role.value)
            await append(connection, actor, "interview.integrity", f"interview:{interview_id}", {})
            consents = await repository.consents(connection, interview_id)
            if Purpose.OBSERVATION not in consents:
                return Integrity(consented=False, pictures=0, sampled_percent=None, observations=[], emotions=[])
            sampled = await repository.sampled(connection, interview_id)
            observed = [
                Observation.model_validate(row) for row in await repository.observations(connection, interview_id)
            ]
        guessed = [one for one in observed if one.kind.startswith(EMOTIONS)]
        return Integrity(
            consented=True,
            pictures=sampled["pictures"],
            sampled_percent=_percent(sampled),
            observations=[one for one in observed if one not in guessed],
            emotions=guessed if Purpose.EMOTION in consents else [],
        )

    async def interview(self, interview_id: UUID) -> Interview:
        """Everything known of one interview, at one moment; raises Fault interview_unknown (404)."""
        async with self._database.transaction() as connection:
            # One snapshot for all that follows.
            await connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            head = await repository.head(connection, interview_id)
            if head is None:
                raise Fault("interview_unknown", "there is no such interview", status=404)
            ratings = await repository.ratings(connection, [interview_id])
            questions = await repository.questions(connection, interview_id)
            turns = await repository.turns(connection, interview_id)
            gaps = await repository.gaps(connection, interview_id)
            summary = await repository.summary(connection, interview_id)
            consents = await repository.consents(connection, interview_id)
            moments = await repository.moments(connection, interview_id)
            recorded = await repository.recorded(connection, interview_id)
            erased_at = await repository.recording_erased_at(connection, interview_id)
        agreed = Purpose.RECORDING in consents and head["close_reason"] != "declined"
        answered: dict[str, list[Turn]] = {}
        for turn in turns:
            answered.setdefault(turn["question_id"], []).append(
                Turn.model_validate(
                    {
                        **turn,
                        "words": (said := words_of(turn["envelope"])),
                        "heard_clearly": turn["mode"] == "typed" or heard_clearly(turn["text"], said),
                        "has_audio": agreed and _heard(turn, recorded),
                    }
                )
            )
        return Interview.model_validate(
            {
                **head,
                **self._arrival.of_detail(head, moments),
                "room_url": head["room_url"] or self._room_url,
                "consents": consents,
                "recording": Recording(
                    agreed=agreed,
                    seconds=sum(end_ms - start_ms for start_ms, end_ms in recorded) // 1000,
                    stopped=head["recording_stopped"],
                    erased_at=erased_at,
                ),
                "kit": _kit_facts(head["kit"]),
                "transcript": [
                    Asked(question=Question.model_validate(q), turns=answered.get(q["id"], [])) for q in questions
                ],
                "competencies": competencies(head["kit"], ratings),
                "summary": Summary.model_validate(summary) if summary else None,
                "score": score(head, ratings),
                "events": moments["events"],
                "turn_gaps": [TurnGap.model_validate(gap) for gap in gaps],
            }
        )


def _percent(sampled: dict[str, Any]) -> int | None:
    looked_ms = int(sampled["sampled_ms"] or 0)
    span_ms = int(sampled["last_ms"] or 0) - int(sampled["first_ms"] or 0)
    return min(100, round(100 * looked_ms / span_ms)) if looked_ms and span_ms > 0 else None


def _heard(turn: dict[str, Any], recorded: list[tuple[int, int]]) -> bool:
    """Whether some of a spoken answer lies in what was recorded."""
    spoken = turn["mode"] == "spoken"
    return spoken and any(start < turn["end_ms"] and end > turn["start_ms"] for start, end in recorded)


def _kit_facts(kit: dict[str, Any]) -> KitFacts:
    stages = [
        KitStage(
            id=stage["stage_id"],
            title=stage["title"],
            competency_id=stage["competency_id"] or None,
            questions=len(stage["questions"]),
            fallbacks=len(stage["fallbacks"]),
        )
        for stage in kit["stages"]
    ]
    return KitFacts(kit_id=kit["kit_id"], rubric_version=kit["rubric_version"], stages=stages)
