"""The facts of one interview of usual length, for runs that need many: as long, as wordy and as mixed as real ones."""

from collections.abc import Iterator

from edge_node.core.interview import events as e
from edge_node.core.interview.camera_events import PresenceObserved
from edge_node.core.interview.plan import QuestionKind, Source
from edge_node.core.interview.review_events import (
    CompetencyAbstained,
    CompetencyRated,
    Evidence,
    ReviewCompleted,
    SummaryWritten,
)

SPOKEN = (
    "we moved the order service off one database because every deploy locked it for minutes and the night shift kept"
    " calling so I drew the tables that changed together and cut along them while the old paths still answered reads"
)
WORDS = tuple(SPOKEN.split())
STAGES = 5
QUESTIONS_A_STAGE = 2
PASSAGE = "Led the split of a monolith into four services; kept the release every week while it ran. "


def facts() -> list[e.Event]:
    """One interview from its opening to its review, in order."""
    return list(_facts())


def _facts() -> Iterator[e.Event]:
    yield e.InterviewOpened("kit-1", "en", (e.EngineUsed("language", "starter", "starter", "ab" * 32),))
    yield e.ConsentGiven(("interview", "recording"), "2026-01")
    yield e.CandidateJoined(1, True, True)
    for stage in range(1, STAGES + 1):
        yield e.StageEntered(f"s{stage}")
        for place in range(QUESTIONS_A_STAGE):
            yield from _exchange(f"s{stage}", f"s{stage}-q{place}", place > 0, stage * 60_000 + place * 30_000)
    yield e.InterviewClosed("completed")
    for number in range(1, STAGES):
        turn_id = f"t-s{number}-q0"
        quotes = (_quote(turn_id, 0, 6), _quote(turn_id, 8, 15))
        rationale = "Describes a trade-off that was weighed, with what it cost and what came of it afterwards."
        yield CompetencyRated(f"c{number}", 3, rationale, quotes, 1, "p3", "r1", "cd" * 32)
    yield CompetencyAbstained("c0", "too_little_evidence", 2, "p3", "r1", "cd" * 32)
    yield SummaryWritten(" ".join(WORDS[:24]), (_quote("t-s1-q0", 2, 9),), "p3", "cd" * 32)
    yield ReviewCompleted(STAGES - 1, 1)


def _exchange(stage: str, question: str, follow_up: bool, at_ms: int) -> Iterator[e.Event]:
    kind = QuestionKind.FOLLOW_UP if follow_up else QuestionKind.PLANNED
    sources = (Source("resume", "passage-7", PASSAGE * 2), Source("job", "passage-2", PASSAGE))
    text = "You split a service out of a larger system. What did you give up to get there, and who noticed?"
    yield e.QuestionAsked(question, stage, kind, text, sources, "", "p3", 7, 900 if follow_up else 0)
    turn_id = f"t-{question}"
    words = tuple(
        e.Word(word, at_ms + n * 300, at_ms + n * 300 + 250, 0.5 + (n * 37 % 50) / 101) for n, word in enumerate(WORDS)
    )
    yield e.TurnTaken(turn_id, question, SPOKEN, e.TurnMode.SPOKEN, at_ms, at_ms + len(WORDS) * 300, words)
    yield e.TurnTimed(turn_id, 700, 420, 1100, 240)
    yield PresenceObserved(at_ms, at_ms + 30_000, 30, 1, 0)


def _quote(turn_id: str, first: int, last: int) -> Evidence:
    quote = " ".join(WORDS[first:last])
    start = SPOKEN.index(quote)
    return Evidence(turn_id, quote, start, start + len(quote))
