"""Kits, batches, positions and heartbeats on the wire."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from google.protobuf.message import DecodeError
from interview_proto.v1 import assignment_pb2, envelope_pb2, events_pb2, node_pb2

from edge_node.core.interview.events import EngineUsed
from edge_node.core.interview.plan import (
    Anchor,
    Competency,
    EngineNeed,
    JoinCode,
    Kit,
    Needs,
    PlanError,
    PlannedQuestion,
    Source,
    Stage,
)
from edge_node.journal.codec import clock_message
from edge_node.journal.reader import digest
from edge_node.ports.clock import ClockReading


@dataclass(frozen=True, slots=True)
class Release:
    """Which release runs, which was to run, what became of it (active, rolled_back, failed) and why."""

    actual: str
    target: str
    state: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Presence:
    """What the node says of itself in a heartbeat; ``problems`` are stable codes, empty when ready."""

    engines: tuple[EngineUsed, ...] = ()
    rooms_open: int = 0
    rooms_max: int = 0
    problems: tuple[str, ...] = ()
    release: Release | None = None


def _questions(messages: Iterable[assignment_pb2.PlannedQuestion]) -> tuple[PlannedQuestion, ...]:
    return tuple(
        PlannedQuestion(m.question_id, m.text, tuple(Source(s.kind, s.reference, s.text) for s in m.sources))
        for m in messages
    )


def decode_kit(data: bytes) -> Kit:
    """The kit in a mirrored value; raises PlanError for bytes that are none or a kit that cannot be held."""
    try:
        message = assignment_pb2.Kit.FromString(data)
    except DecodeError as error:
        raise PlanError("the kit is not readable") from error
    return Kit(
        kit_id=message.kit_id,
        interview_id=message.interview_id,
        language=message.language,
        company_name=message.company_name,
        job_title=message.job_title,
        candidate_name=message.candidate_name,
        competencies=tuple(
            Competency(c.competency_id, c.name, c.definition, tuple(Anchor(a.level, a.text) for a in c.anchors))
            for c in message.competencies
        ),
        stages=tuple(
            Stage(
                stage_id=s.stage_id,
                title=s.title,
                competency_id=s.competency_id,
                questions=_questions(s.questions),
                follow_up_depth=s.follow_up_depth,
                time_budget_seconds=s.time_budget_seconds,
                fallbacks=_questions(s.fallbacks),
                closing=s.closing,
            )
            for s in message.stages
        ),
        rubric_version=message.rubric_version,
        join_code=JoinCode(message.join_code.salt, message.join_code.sha256_hex, message.join_code.expires_unix_ms),
        vocabulary=tuple(message.vocabulary),
        created_unix_ms=message.created_unix_ms,
        needs=_needs(message.needs) if message.HasField("needs") else None,
    )


def _needs(message: assignment_pb2.Needs) -> Needs:
    return Needs(tuple(EngineNeed(e.role, e.language) for e in message.engines), message.disk_bytes)


def _question_messages(questions: Iterable[PlannedQuestion]) -> list[assignment_pb2.PlannedQuestion]:
    return [
        assignment_pb2.PlannedQuestion(
            question_id=q.question_id,
            text=q.text,
            sources=[events_pb2.Source(kind=s.kind, reference=s.reference, text=s.text) for s in q.sources],
        )
        for q in questions
    ]


def _needs_message(needs: Needs) -> assignment_pb2.Needs:
    engines = [assignment_pb2.EngineNeed(role=need.role, language=need.language) for need in needs.engines]
    return assignment_pb2.Needs(engines=engines, disk_bytes=needs.disk_bytes)


def encode_kit(kit: Kit) -> bytes:
    """The wire form of a kit."""
    return assignment_pb2.Kit(
        kit_id=kit.kit_id,
        interview_id=kit.interview_id,
        language=kit.language,
        company_name=kit.company_name,
        job_title=kit.job_title,
        candidate_name=kit.candidate_name,
        competencies=[
            assignment_pb2.Competency(
                competency_id=c.competency_id,
                name=c.name,
                definition=c.definition,
                anchors=[assignment_pb2.Anchor(level=a.level, text=a.text) for a in c.anchors],
            )
            for c in kit.competencies
        ],
        stages=[
            assignment_pb2.Stage(
                stage_id=s.stage_id,
                title=s.title,
                competency_id=s.competency_id,
                questions=_question_messages(s.questions),
                follow_up_depth=s.follow_up_depth,
                time_budget_seconds=s.time_budget_seconds,
                fallbacks=_question_messages(s.fallbacks),
                closing=s.closing,
            )
            for s in kit.stages
        ],
        rubric_version=kit.rubric_version,
        join_code=assignment_pb2.JoinCode(
            salt=kit.join_code.salt,
            sha256_hex=kit.join_code.sha256_hex,
            expires_unix_ms=kit.join_code.expires_unix_ms,
        ),
        vocabulary=kit.vocabulary,
        created_unix_ms=kit.created_unix_ms,
        needs=_needs_message(kit.needs) if kit.needs else None,
    ).SerializeToString()


def encode_batch(
    node_id: str,
    journal_epoch: str,
    first_sequence: int,
    envelopes: Sequence[bytes],
    clock: ClockReading | None = None,
    *,
    replaces_epoch: str = "",
) -> bytes:
    """A contiguous run of the journal, beginning at ``first_sequence``, as one message; ``clock`` as it is sent."""
    return envelope_pb2.Batch(
        node_id=node_id,
        journal_epoch=journal_epoch,
        first_sequence=first_sequence,
        last_sequence=first_sequence + len(envelopes) - 1,
        envelopes=[_envelope(data) for data in envelopes],
        clock=clock_message(clock) if clock else None,
        last_digest=digest(envelopes[-1]),
        replaces_epoch=replaces_epoch,
    ).SerializeToString()


def _envelope(data: bytes) -> envelope_pb2.Envelope:
    try:
        return envelope_pb2.Envelope.FromString(data)
    except DecodeError:
        # Its place must be taken or everything behind it would wait for ever; the coordinator files it as unreadable
        # and the journal keeps the bytes.
        return envelope_pb2.Envelope()


@dataclass(frozen=True, slots=True)
class Position:
    """How far the coordinator has this journal: 0 before the first fact, and the digest of the fact there."""

    sequence: int
    digest: bytes


def encode_position_request(node_id: str, journal_epoch: str, replaces_epoch: str = "") -> bytes:
    """Asks the coordinator how far this journal is committed."""
    return envelope_pb2.PositionRequest(
        node_id=node_id, journal_epoch=journal_epoch, replaces_epoch=replaces_epoch
    ).SerializeToString()


def decode_position_reply(data: bytes) -> Position:
    """The answer; raises ValueError."""
    try:
        reply = envelope_pb2.PositionReply.FromString(data)
    except DecodeError as error:
        raise ValueError("not a position") from error
    return Position(reply.committed_sequence, reply.committed_digest)


def encode_heartbeat(
    presence: Presence,
    *,
    node_id: str,
    display_name: str,
    version: str,
    clock: ClockReading,
    kits_ready: Iterable[str],
    room_url: str,
) -> bytes:
    """What the node says of itself, every 2 s."""
    return node_pb2.Heartbeat(
        node_id=node_id,
        display_name=display_name,
        version=version,
        wall_time_unix_ms=clock.unix_ms,
        clock=clock_message(clock),
        engines=[
            events_pb2.EngineUsed(role=e.role, name=e.name, profile=e.profile, digest=e.digest)
            for e in presence.engines
        ],
        rooms_open=presence.rooms_open,
        rooms_max=presence.rooms_max,
        kits_ready=list(kits_ready),
        problems=presence.problems,
        room_url=room_url,
        release=_release(presence.release) if presence.release else None,
    ).SerializeToString()


def _release(release: Release) -> node_pb2.Release:
    return node_pb2.Release(actual=release.actual, target=release.target, state=release.state, reason=release.reason)
