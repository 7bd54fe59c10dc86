"""Interviews: made and sent in one step, read back whole."""

import uuid
from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager
from datetime import UTC, datetime
from typing import Any, Protocol
from uuid import UUID

from coordinator.audit.repository import Actor, append
from coordinator.auth.tokens import Caller
from coordinator.db.unit_of_work import Database
from coordinator.fault import Fault
from coordinator.interviews import repository
from coordinator.interviews.arrival import ArrivalRules
from coordinator.interviews.codec import words_of
from coordinator.interviews.schemas import (
    Abstention,
    Asked,
    Created,
    Integrity,
    Interview,
    InterviewSummary,
    KitFacts,
    KitStage,
    NewCode,
    NewInterview,
    Observation,
    Question,
    Rated,
    Rating,
    Recording,
    Summary,
    Turn,
    TurnGap,
)
from coordinator.scoring import aggregate

LISTED_MOST = 500
CAMERA = "observation"
"""Purpose of the consent that a program looks at the camera's picture."""

EMOTION = "emotion"
"""Purpose of the consent that it guesses what the face expresses; also how the kinds of those guesses begin."""

Changes = Callable[[UUID], AbstractAsyncContextManager[Callable[[float], Awaitable[bool]]]]
"""Opens a watch on one interview; the callable waits up to so many seconds and says whether it changed."""


class Assembled(Protocol):
    """A kit ready to be stored."""

    @property
    def kit_id(self) -> str: ...  # noqa: D102 - a field of the kit, told there
    @property
    def language(self) -> str: ...  # noqa: D102 - a field of the kit, told there
    @property
    def rubric_version(self) -> str: ...  # noqa: D102 - a field of the kit, told there
    @property
    def resume_id(self) -> UUID | None: ...  # noqa: D102 - a field of the kit, told there
    @property
    def kit(self) -> dict[str, Any]: ...  # noqa: D102 - a field of the kit, told there


class Kits(Protocol):
    """Makes kits and sends them."""

    async def assemble(self, interview_id: UUID, job_id: UUID, candidate_id: UUID) -> Assembled:
        """A kit; raises Fault."""
        ...

    async def send(self, node_id: str, kit: dict[str, Any]) -> tuple[str, int]:
        """Send a kit under a fresh join code; the code, and its end in unix milliseconds. Raises Fault."""
        ...


class InterviewService:
    """Makes, sends and reads interviews. ``room_url`` stands in for nodes that do not announce one."""

    def __init__(
        self,
        database: Database,
        kits: Kits,
        changes: Changes,
        *,
        room_url: str = "",
        arrival: ArrivalRules | None = None,
    ) -> None:
        self._database = database
        self._kits = kits
        self._room_url = room_url
        self._arrival = arrival or ArrivalRules()
        self.changes = changes

    async def create(self, new: NewInterview, caller: Caller) -> Created:
        """Assemble the kit, store the interview and send the kit, or nothing of it.

        Raises Fault job_unknown, candidate_unknown, node_unknown (404), node_revoked (409), kit_invalid,
        language_differs (422), hub_unavailable, embedder_unavailable (503).
        """
        interview_id = uuid.uuid4()
        async with self._database.transaction() as connection:
            if await repository.node_room_url(connection, new.node_id) is None:
                raise Fault("node_unknown", "no node of this name has reported yet", status=404)
            if await repository.node_is_revoked(connection, new.node_id):
                raise Fault("node_revoked", "the node is shut out: no kit would reach it", status=409)
        made = await self._kits.assemble(interview_id, new.job_id, new.candidate_id)
        if new.language not in (None, made.language):
            raise Fault("language_differs", f"the job's questions are in {made.language!r}", status=422)
        async with self._database.transaction() as connection:
            row = repository.NewRow(
                interview_id,
                new.job_id,
                new.candidate_id,
                made.resume_id,
                new.node_id,
                made.language,
                made.kit_id,
                made.kit,
                made.rubric_version,
                caller.account_id,
            )
            await repository.insert(connection, row)
            room_url = await repository.node_room_url(connection, new.node_id) or self._room_url
            actor = Actor(str(caller.account_id), caller.role.value)
            detail = {"kit_id": made.kit_id, "node_id": new.node_id}
            await append(connection, actor, "interview.create", f"interview:{interview_id}", detail)
            # Last before the commit: when the hub does not take the kit, no row stays.
            code, expires = await self._kits.send(new.node_id, made.kit)
            await repository.set_code_expiry(connection, interview_id, expires)
        return Created(interview_id=interview_id, join_code=code, join_code_expires_at=_at(expires), room_url=room_url)

    async def new_code(self, interview_id: UUID, caller: Caller) -> NewCode:
        """A fresh join code; the one before ends. Raises Fault interview_unknown (404), interview_closed (409)."""
        async with self._database.transaction() as connection:
            row = await repository.locked(connection, interview_id)
            if row is None:
                raise Fault("interview_unknown", "there is no such interview", status=404)
            if row["status"] in ("closed", "reviewed"):
                raise Fault("interview_closed", "the interview is over", status=409)
            # A kit's code lets in once: the same kit under another id lets a candidate who lost the page in again.
            kit = {**row["kit"], "kit_id": uuid.uuid4().hex}
            await repository.set_kit(connection, interview_id, kit["kit_id"], kit)
            actor = Actor(str(caller.account_id), caller.role.value)
            detail = {"kit_id": kit["kit_id"], "node_id": row["node_id"]}
            await append(connection, actor, "interview.join_code", f"interview:{interview_id}", detail)
            code, expires = await self._kits.send(row["node_id"], kit)
            await repository.set_code_expiry(connection, interview_id, expires)
        room_url = row["room_url"] or self._room_url
        return NewCode(join_code=code, join_code_expires_at=_at(expires), room_url=room_url)

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
                    "score": _score(head, rated.get(head["interview_id"], [])),
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
            if CAMERA not in consents:
                return Integrity(consented=False, pictures=0, sampled_percent=None, observations=[], emotions=[])
            sampled = await repository.sampled(connection, interview_id)
            observed = [
                Observation.model_validate(row) for row in await repository.observations(connection, interview_id)
            ]
        guessed = [one for one in observed if one.kind.startswith(EMOTION)]
        return Integrity(
            consented=True,
            pictures=sampled["pictures"],
            sampled_percent=_percent(sampled),
            observations=[one for one in observed if one not in guessed],
            emotions=guessed if EMOTION in consents else [],
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
        agreed = "recording" in consents and head["close_reason"] != "declined"
        answered: dict[str, list[Turn]] = {}
        for turn in turns:
            answered.setdefault(turn["question_id"], []).append(
                Turn.model_validate(
                    {
                        **turn,
                        "words": words_of(turn["envelope"]),
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
                "competencies": _competencies(head["kit"], ratings),
                "summary": Summary.model_validate(summary) if summary else None,
                "score": _score(head, ratings),
                "events": moments["events"],
                "turn_gaps": [TurnGap.model_validate(gap) for gap in gaps],
            }
        )


def _percent(sampled: dict[str, Any]) -> int | None:
    looked_ms = int(sampled["sampled_ms"] or 0)
    span_ms = int(sampled["last_ms"] or 0) - int(sampled["first_ms"] or 0)
    return min(100, round(100 * looked_ms / span_ms)) if looked_ms and span_ms > 0 else None


def _at(unix_ms: int) -> datetime:
    return datetime.fromtimestamp(unix_ms / 1000, UTC)


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


def _competencies(kit: dict[str, Any], rows: list[dict[str, Any]]) -> list[Rated]:
    by_id = {row["competency_id"]: row for row in rows}
    found: list[Rated] = []
    for competency in kit["competencies"]:
        row = by_id.get(competency["competency_id"])
        anchors = {anchor["level"]: anchor["text"] for anchor in competency["anchors"]}
        rating = abstention = None
        if row and row["level"] is not None:
            extra = {"levels": len(anchors), "anchor_text": anchors.get(row["level"], "")}
            rating = Rating.model_validate({**row, **extra})
        elif row:
            abstention = Abstention.model_validate({**row, "reason": row["abstention_reason"]})
        found.append(
            Rated(
                id=competency["competency_id"],
                name=competency["name"],
                definition=competency["definition"],
                weight=competency.get("weight"),
                rating=rating,
                abstention=abstention,
            )
        )
    return found


def _score(head: dict[str, Any], rows: list[dict[str, Any]]) -> float | None:
    """The aggregate of judged levels once the review is done; before that, what is missing is not an abstention."""
    if head["status"] != "reviewed":
        return None
    by_id = {row["competency_id"]: row["level"] for row in rows if aggregate.judged(row["prompt_version"])}
    results = []
    weights = {c["competency_id"]: float(c["weight"]) for c in head["kit"]["competencies"] if c.get("weight")}
    for competency in head["kit"]["competencies"]:
        levels, level = len(competency["anchors"]), by_id.get(competency["competency_id"])
        fits = level is not None and level <= levels
        results.append(aggregate.Rated(competency["competency_id"], level if fits else None, levels))
    return aggregate.aggregate(results, weights)
