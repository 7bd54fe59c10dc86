"""The learned labeller of resumes: its chain, its words, and how jobs are put together."""

import hashlib
import random
from importlib import resources
from itertools import product
from math import exp

import pytest
from coordinator.candidates.facts.employment import Job
from coordinator.candidates.facts.extract import is_in
from coordinator.candidates.facts.labelling import labeller
from coordinator.candidates.facts.labelling.chain import Chain, WeightsDamaged
from coordinator.candidates.facts.labelling.combined import employments
from coordinator.candidates.facts.labelling.employments import Named, Said, entries
from coordinator.candidates.facts.labelling.labeller import opinion
from coordinator.candidates.facts.labelling.tokens import stretches, tokens
from coordinator.candidates.facts.model import Row, rows_of
from coordinator.candidates.schemas import Line
from coordinator.candidates.sections import Part


def printed(*said: str) -> list[Row]:
    """Lines one below the other; "B:" before those in bold."""
    return rows_of(
        [
            Line(
                text.removeprefix("B:"), 50, 60 + 15 * place, 50 + 5 * len(text), 72 + 15 * place, 10, text[:2] == "B:"
            )
            for place, text in enumerate(said)
        ]
    )


def jobs(*said: str) -> list[tuple[str, str, str, str]]:
    """Employer, title, first and last date of each job in lines under a heading of experience."""
    rows = printed("B:Experience", *said)
    found = employments(rows, [Part("experience", "Experience", 1, len(rows))])
    return [told(job) for job in found]


def told(job: Job) -> tuple[str, str, str, str]:
    return (
        job.employer.text if job.employer else "",
        job.title.text if job.title else "",
        job.first.point.value if job.first else "",
        job.last.point.value if job.last else "",
    )


def test_the_firm_may_stand_above_the_title_or_below_it() -> None:
    assert jobs(
        "B:Data Engineer",
        "Ostermere Analytics, Leeds",
        "March 2020 – Present",
        "• Built pipelines on AWS for 14 clinics",
        "B:Analyst",
        "Quarwick, York",
        "May 2016 – February 2020",
        "• Wrote monthly reports",
    ) == [
        ("Ostermere Analytics", "Data Engineer", "2020-03", "present"),
        ("Quarwick", "Analyst", "2016-05", "2020-02"),
    ]
    assert jobs(
        "B:㈜온결테크 (2020.03 ~ 현재)",
        "플랫폼팀 / 과장",
        "- 결제 시스템 구축",
        "B:별마루 (2016.05 ~ 2020.02)",
        "개발팀 / 대리",
        "- 정산 자동화",
    ) == [("㈜온결테크", "과장", "2020-03", "present"), ("별마루", "대리", "2016-05", "2020-02")]


def test_titles_under_one_firm_have_it_as_their_employer() -> None:
    found = jobs(
        "B:Fenwick Insurance Group, Hull",
        "Claims Manager, March 2021 – Present",
        "• Managed eleven handlers",
        "Senior Claims Handler, June 2018 – February 2021",
        "• Trained four starters",
        "B:Harbour Mutual, Goole",
        "Claims Handler, January 2015 – May 2018",
        "• Motor claims",
    )
    assert [(employer, start) for employer, _, start, _ in found] == [
        ("Fenwick Insurance Group", "2021-03"),
        ("Fenwick Insurance Group", "2018-06"),
        ("Harbour Mutual", "2015-01"),
    ]


def test_a_date_in_a_sentence_is_no_job() -> None:
    found = jobs(
        "B:Ostermere Analytics – Data Engineer – 2020 – Present",
        "• Moved the warehouse from 2021 to 2022 with two partners",
        "• Member of the regional working group (2021 – 2023)",
    )
    assert [employer for employer, *_ in found] == ["Ostermere Analytics"]


def test_what_is_not_sure_is_left_out() -> None:
    labels = ("BE", "BT", "F", "IE", "IT", "O", "P", "S")
    unsure = Chain(labels, {"k=period": ((6, 0.1),), "p=E": ((0, 0.1),)}, tuple((0.0,) * 8 for _ in labels))
    rows = printed("B:Experience", "Harbour Bank 2019 – 2020")
    part = Part("experience", "Experience", 1, 2)
    assert employments(rows, [part]) != []
    assert all(one.sure < 0.4 for one in opinion(rows, ["heading", "experience"], frozenset((0,)), unsure).jobs)
    assert employments(rows, [part], unsure) == []


def named(*said: tuple[Said, int]) -> list[Named]:
    return [Named(says, place * 3, place * 3 + 2, row, 0.9) for place, (says, row) in enumerate(said)]


def order(said: list[Named], told: frozenset[int] = frozenset()) -> list[str]:
    """Of each entry the numbers of what belongs to it."""
    return [
        "".join(str(said.index(one)) for one in (entry.employer, entry.title, entry.dates) if one)
        for entry in entries(said, frozenset(), told)
    ]


def test_what_stands_in_the_same_order_belongs_together() -> None:
    assert order(named(("T", 0), ("E", 1), ("D", 1), ("T", 2), ("E", 3), ("D", 3))) == ["102", "435"]
    assert order(named(("D", 0), ("E", 0), ("T", 1), ("D", 4), ("E", 4), ("T", 5)), frozenset((2, 3))) == ["120", "453"]
    assert order(named(("E", 0), ("T", 1), ("D", 1), ("T", 4), ("D", 4)), frozenset((2, 3))) == ["012", "34"]


def test_nothing_belongs_together_over_a_heading() -> None:
    said = named(("E", 0), ("D", 2))
    assert len(entries(said, frozenset((1,)), frozenset())) == 2


def test_garbage_is_read_without_an_error_and_yields_only_words_of_the_text() -> None:
    draw = random.Random(7)
    letters = "가나다 한빛㈜(주)Acme Ltd. 2019.03~현재 – | \t()[]:,·•\u200b\U0001f600\x0b٣"
    for _ in range(60):
        said = ["".join(draw.choice(letters) for _ in range(draw.randint(1, 90))) for _ in range(draw.randint(1, 12))]
        rows = rows_of([Line(text, draw.random() * 500, draw.random() * 800, 590, 800, 10, False) for text in said])
        text = "\n".join(said)
        for job in employments(rows, [Part("experience", "", 0, len(rows))]):
            for piece in (job.employer, job.title):
                assert piece is None or is_in(piece.span, text)
    assert employments([], []) == []
    endless = rows_of([Line("Acme Ltd. 2019 – 2020 " * 5000, 0, 0, 590, 10, 10, False)] * 2)
    assert isinstance(employments(endless, [Part("experience", "", 0, 2)]), list)


def test_legal_forms_and_dates_are_not_divided() -> None:
    rows = printed("(주)한빛테크 | Hanul Co., Ltd. 2019.03 ~ 2020.02", "2018.01 ~", "2019.04 대리")
    found = tokens(rows)
    assert [part.text for part in stretches(found, rows)][:2] == ["(주)한빛테크", "Hanul Co., Ltd."]
    assert [token.kind for token in found if token.kind in ("period", "point")] == ["period", "point", "point"]


def small() -> Chain:
    return Chain(
        ("A", "B", "O"),
        {"x": ((0, 0.7), (2, -0.2)), "y": ((1, 1.1),), "z": ((2, 0.4), (0, -0.5))},
        ((0.2, -0.4, 0.1), (0.5, 0.0, -0.3), (-0.1, 0.3, 0.6)),
    )


def test_the_chain_weighs_all_rows_of_labels() -> None:
    chain, things = small(), [["x"], ["y", "z"], [], ["x", "unknown"]]
    scores = chain.scores(things)
    paths = list(product(range(3), repeat=len(things)))
    weights = {
        path: exp(
            sum(scores[place][label] for place, label in enumerate(path))
            + sum(chain.moves[one][other] for one, other in zip(path, path[1:], strict=False))
        )
        for path in paths
    }
    total = sum(weights.values())
    likely = chain.likely(things)
    for place in range(len(things)):
        for number, label in enumerate(chain.labels):
            share = sum(weight for path, weight in weights.items() if path[place] == number) / total
            assert likely[place][label] == pytest.approx(share)
    assert chain.best(things) == [chain.labels[label] for label in max(paths, key=weights.__getitem__)]
    assert (chain.best([]), chain.likely([])) == ([], [])


def test_weights_that_are_not_the_program_s_own_are_refused() -> None:
    content = (resources.files("coordinator.candidates.facts.labelling") / labeller.WEIGHTS).read_bytes()
    assert hashlib.sha256(content).hexdigest() == labeller.DIGEST
    assert Chain.from_bytes(content, labeller.DIGEST).labels == labeller.chain().labels
    with pytest.raises(WeightsDamaged):
        Chain.from_bytes(content + b"\0", labeller.DIGEST)
