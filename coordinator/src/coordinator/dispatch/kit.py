"""The kit as the coordinator makes it: everything a node needs to hold one interview alone. Pure."""

from dataclasses import asdict, dataclass
from typing import Any

from coordinator.fault import Fault


@dataclass(frozen=True, slots=True)
class Source:
    """A passage a question rests on; ``kind`` is resume, job, company_ideal, corpus or kit."""

    kind: str
    reference: str
    text: str


@dataclass(frozen=True, slots=True)
class Question:
    """A question written before the interview."""

    question_id: str
    text: str
    sources: tuple[Source, ...] = ()


@dataclass(frozen=True, slots=True)
class Anchor:
    """One level of a rating scale; 1 is the lowest."""

    level: int
    text: str


@dataclass(frozen=True, slots=True)
class Competency:
    """What an interview looks for evidence of."""

    competency_id: str
    name: str
    definition: str
    anchors: tuple[Anchor, ...]
    weight: float | None = None
    """Percent of the score; None where all weigh alike. Stays at the coordinator, where scores are made."""


@dataclass(frozen=True, slots=True)
class Stage:
    """A part of the interview; ``competency_id`` is empty where nothing is rated."""

    stage_id: str
    title: str
    competency_id: str
    questions: tuple[Question, ...]
    follow_up_depth: int
    time_budget_seconds: int
    fallbacks: tuple[Question, ...]
    closing: bool


@dataclass(frozen=True, slots=True)
class EngineNeed:
    """An engine the interview cannot be held without; ``language`` is empty where the role knows none."""

    role: str
    language: str = ""


@dataclass(frozen=True, slots=True)
class Needs:
    """What a node must have in place before it opens the interview."""

    engines: tuple[EngineNeed, ...]
    disk_bytes: int
    """Bytes the record may take on the node's disk, at the most."""


RECORD_BYTES = 4 * 1024 * 1024
RECORD_BYTES_A_MINUTE = 64 * 1024
"""A minute of speech with word times takes about 10 kB."""


def needs_of(language: str, time_budget_seconds: int) -> Needs:
    """What an interview in ``language`` of that length needs."""
    spoken = tuple(EngineNeed(role, language) for role in ("stt", "tts"))
    others = tuple(EngineNeed(role) for role in ("language", "vad", "end_of_turn"))
    return Needs((*spoken, *others), RECORD_BYTES + RECORD_BYTES_A_MINUTE * (time_budget_seconds // 60 + 1))


@dataclass(frozen=True, slots=True)
class Kit:
    """One interview's kit, without its join code. ``needs`` is None in one stored before kits said so."""

    kit_id: str
    interview_id: str
    language: str
    company_name: str
    job_title: str
    candidate_name: str
    competencies: tuple[Competency, ...]
    stages: tuple[Stage, ...]
    rubric_version: str
    vocabulary: tuple[str, ...]
    created_unix_ms: int
    needs: Needs | None = None


@dataclass(frozen=True, slots=True)
class JoinCode:
    """What a node needs to check a join code: sha256 of "<salt>:<code>" and when it ends."""

    salt: str
    sha256_hex: str
    expires_unix_ms: int


def check(kit: Kit) -> Kit:
    """The kit, if it can be held; raises Fault kit_invalid (422) with every fault in details."""
    faults: list[dict[str, str]] = []
    if not kit.stages:
        faults.append({"where": "stages", "fault": "stages_missing", "message": "a kit needs at least one stage"})
    known = {competency.competency_id for competency in kit.competencies}
    for stage in kit.stages:
        where = f"stages.{stage.stage_id}"
        if not stage.questions:
            faults.append({"where": where, "fault": "questions_missing", "message": "a stage needs a question"})
        if stage.competency_id and stage.competency_id not in known:
            faults.append({"where": where, "fault": "competency_unknown", "message": "no such competency"})
    for competency in kit.competencies:
        levels = [anchor.level for anchor in competency.anchors]
        if len(levels) < 2 or levels != list(range(1, len(levels) + 1)):
            where = f"competencies.{competency.competency_id}"
            faults.append({"where": where, "fault": "anchors_with_gaps", "message": "levels must run 1, 2, ..."})
    if faults:
        raise Fault("kit_invalid", "nobody can be interviewed with this kit", status=422, details=faults)
    return kit


def to_json(kit: Kit) -> dict[str, Any]:
    """The kit as it is stored beside the interview."""
    return asdict(kit)


def _questions(items: list[dict[str, Any]]) -> tuple[Question, ...]:
    return tuple(
        Question(item["question_id"], item["text"], tuple(Source(**source) for source in item["sources"]))
        for item in items
    )


def _needs(stored: dict[str, Any] | None) -> Needs | None:
    if stored is None:
        return None
    return Needs(tuple(EngineNeed(**item) for item in stored["engines"]), stored["disk_bytes"])


def from_json(stored: dict[str, Any]) -> Kit:
    """The kit as it was stored."""
    return Kit(
        **{
            **stored,
            "competencies": tuple(
                Competency(**{**item, "anchors": tuple(Anchor(**anchor) for anchor in item["anchors"])})
                for item in stored["competencies"]
            ),
            "stages": tuple(
                Stage(
                    **{
                        **item,
                        "questions": _questions(item["questions"]),
                        "fallbacks": _questions(item["fallbacks"]),
                    }
                )
                for item in stored["stages"]
            ),
            "vocabulary": tuple(stored["vocabulary"]),
            "needs": _needs(stored.get("needs")),
        }
    )
