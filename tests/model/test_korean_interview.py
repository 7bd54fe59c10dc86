"""A whole Korean interview from kit to report, with and without a model: nothing in it is English by accident."""

import json
import re
from collections.abc import Iterator
from itertools import cycle, product
from pathlib import Path
from random import Random

import pytest
from coordinator.corpora.service import shipped_questions
from coordinator.dispatch import codec, grounding, naming
from coordinator.dispatch import kit as dispatched
from coordinator.jobs.templates import shipped
from edge_node.core.interview import session
from edge_node.core.interview.events import InterviewClosed
from edge_node.core.interview.follow_up import Code as CheckCode
from edge_node.core.interview.follow_up import FollowUpBrief
from edge_node.core.interview.plan import Kit
from edge_node.core.interview.prompts import follow_up_prompt
from edge_node.core.interview.reading import Reading
from edge_node.core.interview.review_events import CompetencyAbstained, CompetencyRated, RatingRepeated, SummaryWritten
from edge_node.core.interview.signals import FACETS
from edge_node.core.interview.wording import lead_in
from edge_node.ports.failure import EngineError
from edge_node.ports.language import DeadlineClass, Generation
from edge_node.review.asking import Asker
from edge_node.review.reviewer import Reviewer
from edge_node.uplink.codec import decode_kit
from evaluation_set import give, load
from fakes.memory_journal import MemoryJournal
from fakes.scripted_language import ScriptedLanguage
from fakes.walked_interview import Walk

ROOT = Path(__file__).parents[2]
TERMS = re.compile(r"\bAI\b")
"""Latin words a Korean interview may show."""

ITEM = naming.Named(naming.NamedAs.QUOTE, ("고객사 마흔 곳의 배송 일정을 한 화면에서 보도록 바꾸었습니다",))


def _kit(template_id: str) -> Kit:
    """A kit as the coordinator sends it and the node reads it, by a shipped template."""
    template = next(t for t in shipped() if (t.id, t.language) == (template_id, "ko"))
    spare = [q for q in shipped_questions() if q["language"] == "ko" and q["family"] == "any"]
    stages = []
    for stage in template.stages:
        kind = "closing" if stage.closing else "competency" if stage.competency_id else "opening"
        fitting = [spare.pop(n) for n in [i for i, q in enumerate(spare) if q["stage"] == kind][:3][::-1]]
        item = ITEM if stage.id == "experience" else None
        questions = tuple(
            dispatched.Question(
                f"{stage.id}-q{n}",
                grounding.with_item(text, item, "ko"),
                (dispatched.Source("kit", f"{stage.id}/{n}", text),),
            )
            for n, text in enumerate(stage.questions, start=1)
        )
        fallbacks = tuple(
            dispatched.Question(f"{stage.id}-f{n}", q["text"], (dispatched.Source("corpus", q["seed_key"], q["text"]),))
            for n, q in enumerate(fitting, start=1)
        )
        stages.append(
            dispatched.Stage(
                stage.id, stage.title, stage.competency_id or "", questions, stage.follow_up_depth,
                stage.time_budget_seconds, fallbacks, stage.closing,
            )
        )  # fmt: skip
    made = dispatched.Kit(
        kit_id="kit-1",
        interview_id="interview-1",
        language="ko",
        company_name="한결오피스",
        job_title="영업 담당자",
        candidate_name="김하늘",
        competencies=tuple(
            dispatched.Competency(
                c.id, c.name, c.definition, tuple(dispatched.Anchor(a.level, a.text) for a in c.anchors), c.weight
            )
            for c in template.competencies
        ),
        stages=tuple(stages),
        rubric_version="rubric-1",
        vocabulary=(),
        created_unix_ms=1,
    )
    dispatched.check(made)
    return decode_kit(codec.encode(made, dispatched.JoinCode("salt", "0" * 64, 4_000_000_000_000)))


def _held(plan: Kit, texts: Iterator[str], *, proposes: bool) -> Walk:
    walk = Walk(plan)
    walk.enter()
    for _ in range(40):
        walk.ask(_asks if proposes else lambda _: None, reason="unavailable")
        if walk.state.closed:
            return walk
        give(walk, next(texts))
    raise AssertionError("the interview does not end")


def _asks(brief: FollowUpBrief) -> str:
    """What the starter's grammar lets it say: the first of each choice."""
    grammar = follow_up_prompt(brief).grammar
    asking = re.findall(r'"([^"]+)"', next(x for x in grammar.splitlines() if x.startswith("asking")))
    return f"{brief.phrases[0]}에 대해 말씀해 주셨는데, {asking[0]}"


def _everybody() -> list[str]:
    part = load("ko")
    texts = [answer.text for answer in (*part.answers, *part.protected)]
    # Mixed, so that what is no answer meets every kind of stage.
    Random(5).shuffle(texts)
    return texts


def _picks(request: Generation) -> str | EngineError:
    if request.deadline_class is DeadlineClass.SUMMARY:
        return "지원자는 센서에 먼지가 쌓이는 것이 원인이라고 말했다."
    if '\\"level\\"' in request.grammar:
        return json.dumps({"level": 3, "rationale": "She is great and did it."})
    said = re.findall(r"^(t\d+): (.+)$", request.messages[-1].text, re.MULTILINE)
    return json.dumps([{"turn": turn, "quote": sentence} for turn, sentence in said[:4]], ensure_ascii=False)


def _is_korean(text: str) -> bool:
    return bool(re.search("[가-힣]", text)) and not re.search("[A-Za-z]{2,}", TERMS.sub("", text))


@pytest.mark.parametrize(("template", "proposes"), list(product(("standard", "career_change"), (True, False))))
def test_all_a_candidate_hears_is_korean(template: str, proposes: bool) -> None:
    plan = _kit(template)
    walk = _held(plan, cycle(_everybody()), proposes=proposes)
    heard = [session.opening_words(plan), session.welcome_back_words(plan), session.closing_words(plan)]
    heard += [q.spoken for q in walk.state.questions]
    assert not [text for text in heard if not _is_korean(text)]
    assert walk.state.closed_reason == "completed"
    kinds = {q.kind.value for q in walk.state.questions}
    assert {"planned", "fallback", "closing"} <= kinds
    assert ("follow_up" in kinds) is proposes


def test_the_fifteen_steps_are_walked_in_order() -> None:
    strong = [a.text for a in load("ko").answers if a.kind == "middle"]
    walk = _held(_kit("standard"), cycle(strong), proposes=True)
    stages = list(dict.fromkeys(q.stage_id for q in walk.state.questions))
    assert stages == [s.stage_id for s in walk.state.kit.stages]
    assert len(walk.state.questions) == 15


@pytest.mark.parametrize("model", ["picks", "dead"])
@pytest.mark.parametrize("profile", ["starter", "production"])
async def test_all_a_recruiter_reads_is_korean(profile: str, model: str) -> None:
    plan = _kit("standard")
    strong = [a.text for a in load("ko").answers if a.kind in ("strong", "middle", "refusal")]
    walk = _held(plan, cycle(strong), proposes=True)
    journal = MemoryJournal(walk.recorded)
    script = ScriptedLanguage(_picks if model == "picks" else lambda _: EngineError("unavailable"))
    asker = Asker(script, timeout_seconds=5, patience_seconds=0)
    await Reviewer(journal, asker, profile).review(plan, walk.recorded)
    events = [fact.event for fact in journal.facts]
    outcomes = [e for e in events if isinstance(e, CompetencyRated | CompetencyAbstained)]
    assert len(outcomes) == len(plan.competencies) == 6
    assert any(isinstance(o, CompetencyRated) for o in outcomes) is (model == "picks")
    (summary,) = [e for e in events if isinstance(e, SummaryWritten)]
    read = [summary.text, *(f.text for f in (*summary.strengths, *summary.improvements))]
    read += [e.rationale for e in events if isinstance(e, CompetencyRated | RatingRepeated) and e.rationale]
    read += [source.text for q in walk.state.questions for source in q.sources]
    read += [stage.title for stage in plan.stages]
    read += [text for c in plan.competencies for text in (c.name, c.definition, *(a.text for a in c.anchors))]
    assert not [text for text in read if not _is_korean(text)]
    if model == "picks":
        assert summary.strengths or summary.improvements


def test_every_code_a_recruiter_may_meet_has_its_words_in_both_languages() -> None:
    codes = {f"reading.{reading}" for reading in Reading}
    codes |= {f"facet.{facet}" for facet in FACETS}
    codes |= {f"fallback.{code}" for code in CheckCode.__args__}  # type: ignore[attr-defined]
    codes |= {
        f"fallback.{code}" for code in ("late", "unavailable", "busy", "cut_off", "thin", "nonsense", "off_topic")
    }
    codes |= {f"fallback.{code}" for code in ("not_clearly_heard", "nothing_to_name")}
    codes |= {
        f"abstention.{c}"
        for c in (
            "not_answered",
            "no_evidence",
            "too_little_evidence",
            "not_heard_clearly",
            "other_language",
            "unstable",
            "model_unavailable",
        )
    }
    codes |= {f"closed.{reason}" for reason in ("completed", "candidate_left", "declined", "out_of_time")}
    for language in ("en", "ko"):
        folder = ROOT / "dashboards/recruiter/src/shared/i18n"
        files = (path for path in folder.glob("*.ts") if language in path.stem.split("-"))
        text = "".join(path.read_text(encoding="utf-8") for path in files)
        assert not sorted(code for code in codes if f'"{code}":' not in text)


def test_every_lead_in_exists_in_both_languages_and_is_in_its_own() -> None:
    for reading, goes_on in product(Reading, (True, False)):
        english, korean = (lead_in(reading, language, goes_on=goes_on) for language in ("en", "ko"))
        assert bool(english) == bool(korean)
        if korean:
            assert _is_korean(korean)
            assert not re.search("[가-힣]", english)


def test_an_interview_that_nobody_answers_still_ends_and_rates_nothing() -> None:
    walk = _held(_kit("standard"), cycle([""]), proposes=False)
    assert isinstance(walk.recorded[-1].event, InterviewClosed)
    assert len(walk.state.questions) == 9
