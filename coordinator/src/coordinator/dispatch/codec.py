"""A kit and its join code -> ``interview.v1.Kit``."""

from collections.abc import Iterable

from interview_proto.v1 import assignment_pb2, events_pb2

from coordinator.dispatch.kit import JoinCode, Kit, Needs, Question


def _questions(questions: Iterable[Question]) -> list[assignment_pb2.PlannedQuestion]:
    return [
        assignment_pb2.PlannedQuestion(
            question_id=question.question_id,
            text=question.text,
            sources=[
                events_pb2.Source(kind=source.kind, reference=source.reference, text=source.text)
                for source in question.sources
            ],
        )
        for question in questions
    ]


def _needs(needs: Needs) -> assignment_pb2.Needs:
    engines = [assignment_pb2.EngineNeed(role=need.role, language=need.language) for need in needs.engines]
    return assignment_pb2.Needs(engines=engines, disk_bytes=needs.disk_bytes)


def encode(kit: Kit, code: JoinCode) -> bytes:
    """The kit as the node gets it."""
    return assignment_pb2.Kit(
        kit_id=kit.kit_id,
        interview_id=kit.interview_id,
        language=kit.language,
        company_name=kit.company_name,
        job_title=kit.job_title,
        candidate_name=kit.candidate_name,
        competencies=[
            assignment_pb2.Competency(
                competency_id=competency.competency_id,
                name=competency.name,
                definition=competency.definition,
                anchors=[assignment_pb2.Anchor(level=a.level, text=a.text) for a in competency.anchors],
            )
            for competency in kit.competencies
        ],
        stages=[
            assignment_pb2.Stage(
                stage_id=stage.stage_id,
                title=stage.title,
                competency_id=stage.competency_id,
                questions=_questions(stage.questions),
                follow_up_depth=stage.follow_up_depth,
                time_budget_seconds=stage.time_budget_seconds,
                fallbacks=_questions(stage.fallbacks),
                closing=stage.closing,
            )
            for stage in kit.stages
        ],
        rubric_version=kit.rubric_version,
        join_code=assignment_pb2.JoinCode(
            salt=code.salt, sha256_hex=code.sha256_hex, expires_unix_ms=code.expires_unix_ms
        ),
        vocabulary=kit.vocabulary,
        created_unix_ms=kit.created_unix_ms,
        needs=_needs(kit.needs) if kit.needs else None,
    ).SerializeToString()
