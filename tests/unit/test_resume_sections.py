"""Sections of resumes: the rules, and the learned chain that mends what they do not know."""

import hashlib
import random
from importlib import resources
from typing import Any

import pytest
from coordinator.candidates.facts.labelling import labeller, sectioned
from coordinator.candidates.facts.labelling.chain import Chain, WeightsDamaged
from coordinator.candidates.facts.labelling.sectioned import mended
from coordinator.candidates.headings import Headings
from coordinator.candidates.schemas import Line
from coordinator.candidates.sections import Part, parts

BODY = 10.0


def printed(*said: str) -> list[Line]:
    """Lines one below the other; "#" before headings, "##" before the name."""
    made: list[Line] = []
    y = 40.0
    for text in said:
        size = 20.0 if text.startswith("##") else 14.0 if text.startswith("#") else BODY
        y += 12.0 if size > BODY else 0.0
        words = text.lstrip("# ")
        made.append(Line(words, 50, y, 50 + len(words) * size / 2, y + size * 1.2, size, size > BODY))
        y += size * 1.4
    return made


def kinds(lines: list[Line], language: str = "en") -> list[tuple[str, str]]:
    looks = Headings.of(lines)
    return [(part.kind, part.title) for part in mended(lines, looks, parts(lines, looks, language))][1:]


ENGLISH = (
    "## Greta Okafor",
    "greta@example.test | +44 20 5550 1234 | Leeds",
    "# Where the hours went",
    "Data Engineer, Ostermere Analytics",
    "March 2020 – Present",
    "• Built pipelines on AWS for 14 clinics",
    "Analyst, Quarwick Ltd",
    "May 2016 – February 2020",
    "• Wrote monthly reports",
    "# Education",
    "University of Leeds, BSc Computer Science",
    "2012 – 2016",
    "# Skills",
    "Python, SQL, Tableau, Excel",
)


def test_a_heading_in_words_of_its_own_opens_what_stands_below_it() -> None:
    assert kinds(printed(*ENGLISH)) == [
        ("experience", "Where the hours went"),
        ("education", "Education"),
        ("skills", "Skills"),
    ]


def test_usual_headings_stay_what_their_words_say() -> None:
    lines = printed(
        "## 한지우",
        "jiwoo@example.test 010-5555-0123",
        "# 경력사항",
        "㈜온결테크 (2020.03 ~ 현재)",
        "플랫폼팀 / 과장",
        "# 학력사항",
        "한빛대학교 컴퓨터공학과 2012.03 ~ 2016.02",
        "# 자격증",
        "정보처리기사 (2015.11)",
        "# 보유기술",
        "Java, Spring, MySQL",
    )
    assert [kind for kind, _ in kinds(lines, "ko")] == ["experience", "education", "certificates", "skills"]


def test_every_line_stays_in_one_section_or_opens_one() -> None:
    draw = random.Random(11)
    letters = "가나다 한빛㈜ Acme Skills 경력 2019.03~현재 – | \t()[]:,·•\U0001f600"
    for _ in range(40):
        said = ["".join(draw.choice(letters) for _ in range(draw.randint(1, 40))) for _ in range(draw.randint(1, 25))]
        lines = printed(*(draw.choice(("", "", "# ")) + (text.strip() or "x") for text in said))
        looks = Headings.of(lines)
        found = mended(lines, looks, parts(lines, looks, "ko"))
        covered = [place for part in found for place in range(part.first, part.last)]
        assert covered == sorted(set(covered))
        opened = {part.first - 1 for part in found if part.first}
        assert set(range(len(lines))) - set(covered) <= opened
    assert mended([], Headings.of(printed("x")), []) == []


def test_what_the_chain_is_not_sure_of_stays_as_the_rules_have_it() -> None:
    lines = printed(*ENGLISH)
    looks = Headings.of(lines)
    labels = ("b:experience", "b:skills", "h:experience", "h:skills")
    unsure = Chain(labels, {}, tuple((0.0,) * 4 for _ in labels))
    by_rules = parts(lines, looks, "en")
    assert mended(lines, looks, by_rules, unsure) == by_rules
    strong = Chain(labels, {"w=hours": ((2, 9.0),)}, tuple((0.0,) * 4 for _ in labels))
    found = mended(lines, looks, by_rules, strong)
    assert Part("experience", "Where the hours went", 3, 9) in found


@pytest.mark.parametrize(("module", "name"), [(sectioned, "sections.weights.gz"), (labeller, "employments.weights.gz")])
def test_weights_that_are_not_the_program_s_own_are_refused(module: Any, name: str) -> None:
    content = (resources.files("coordinator.candidates.facts.labelling") / name).read_bytes()
    digest = module.DIGEST
    assert hashlib.sha256(content).hexdigest() == digest
    assert name == module.WEIGHTS
    assert Chain.from_bytes(content, digest).labels
    with pytest.raises(WeightsDamaged):
        Chain.from_bytes(content + b"\0", digest)
