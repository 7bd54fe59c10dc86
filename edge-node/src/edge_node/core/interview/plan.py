"""The kit: everything a node needs to hold one interview alone."""

from dataclasses import dataclass
from enum import StrEnum


class PlanError(ValueError):
    """A kit that cannot be held; the message says what is missing."""


class QuestionKind(StrEnum):
    """Where a question came from."""

    PLANNED = "planned"
    FOLLOW_UP = "follow_up"
    FALLBACK = "fallback"
    CLOSING = "closing"


@dataclass(frozen=True, slots=True)
class Source:
    """A passage a question rests on."""

    kind: str
    """resume, job, company_ideal, turn, corpus or kit."""

    reference: str
    text: str


@dataclass(frozen=True, slots=True)
class PlannedQuestion:
    """A question written before the interview."""

    question_id: str
    text: str
    sources: tuple[Source, ...] = ()


@dataclass(frozen=True, slots=True)
class Anchor:
    """One level of a behaviourally anchored rating scale (Smith & Kendall 1963)."""

    level: int
    """1 (lowest) upwards, without gaps."""

    text: str


@dataclass(frozen=True, slots=True)
class Competency:
    """What an interview looks for evidence of."""

    competency_id: str
    name: str
    definition: str
    anchors: tuple[Anchor, ...]


@dataclass(frozen=True, slots=True)
class Stage:
    """A part of the interview with one purpose."""

    stage_id: str
    title: str
    competency_id: str
    """Empty for a stage that rates nothing."""

    questions: tuple[PlannedQuestion, ...]
    follow_up_depth: int = 1
    """Follow-ups at the most after each planned question, [0, 3]."""

    time_budget_seconds: int = 180
    fallbacks: tuple[PlannedQuestion, ...] = ()
    """Retrieved from the corpus, best first."""

    closing: bool = False


@dataclass(frozen=True, slots=True)
class JoinCode:
    """What a node needs to verify a join code without the link."""

    salt: str
    sha256_hex: str
    """sha256 of ``"<salt>:<code>"``."""

    expires_unix_ms: int


@dataclass(frozen=True, slots=True)
class EngineNeed:
    """An engine the interview cannot be held without; ``language`` is empty where the role knows none."""

    role: str
    language: str = ""


@dataclass(frozen=True, slots=True)
class Needs:
    """What must be in place before the interview is opened."""

    engines: tuple[EngineNeed, ...]
    disk_bytes: int
    """Bytes its record may take on disk, at the most."""


SPOKEN = ("stt", "tts")
"""Roles that serve one language each."""

ANY_LANGUAGE = ("language", "vad", "end_of_turn")
DISK_BYTES = 16 * 1024 * 1024
"""Of a kit that does not say: an hour's transcript with word times, many times over."""


def usual_needs(language: str) -> Needs:
    """What a kit of ``language`` needs that does not say so itself."""
    spoken = tuple(EngineNeed(role, language) for role in SPOKEN)
    return Needs((*spoken, *(EngineNeed(role) for role in ANY_LANGUAGE)), DISK_BYTES)


@dataclass(frozen=True, slots=True)
class Kit:
    """Everything one interview needs; raises PlanError when it could not be held."""

    kit_id: str
    interview_id: str
    language: str
    """"en" or "ko"."""

    company_name: str
    job_title: str
    candidate_name: str
    competencies: tuple[Competency, ...]
    stages: tuple[Stage, ...]
    rubric_version: str
    join_code: JoinCode
    vocabulary: tuple[str, ...] = ()
    created_unix_ms: int = 0
    needs: Needs | None = None

    def __post_init__(self) -> None:
        if not self.stages:
            raise PlanError("the kit has no stages")
        if self.language not in ("en", "ko"):
            raise PlanError(f"the kit's language is {self.language!r}; en or ko is needed")
        known = {c.competency_id for c in self.competencies}
        seen: set[str] = set()
        for stage in self.stages:
            if not stage.questions:
                raise PlanError(f"stage {stage.stage_id!r} has no question")
            if stage.competency_id and stage.competency_id not in known:
                raise PlanError(f"stage {stage.stage_id!r} names an unknown competency {stage.competency_id!r}")
            if stage.stage_id in seen:
                raise PlanError(f"stage {stage.stage_id!r} stands twice")
            if not 0 <= stage.follow_up_depth <= 3:
                raise PlanError(f"stage {stage.stage_id!r}: follow_up_depth must be 0 to 3")
            seen.add(stage.stage_id)
        for competency in self.competencies:
            levels = [a.level for a in competency.anchors]
            if levels != list(range(1, len(levels) + 1)) or len(levels) < 2:
                raise PlanError(f"competency {competency.competency_id!r}: anchors must be levels 1, 2, ...")

    @property
    def needed(self) -> Needs:
        """What the node must have for it, as it says or as usual."""
        return self.needs or usual_needs(self.language)

    def stage(self, stage_id: str) -> Stage:
        """The stage of that id; raises KeyError."""
        for stage in self.stages:
            if stage.stage_id == stage_id:
                return stage
        raise KeyError(stage_id)

    def competency(self, competency_id: str) -> Competency:
        """The competency of that id; raises KeyError."""
        for competency in self.competencies:
            if competency.competency_id == competency_id:
                return competency
        raise KeyError(competency_id)
