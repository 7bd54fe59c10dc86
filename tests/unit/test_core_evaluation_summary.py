"""A summary claims nothing its quotes do not say."""

import pytest
from edge_node.core.evaluation import summary
from edge_node.core.interview.review_events import CompetencyAbstained, CompetencyRated, Evidence
from fakes.walked_interview import kit

QUOTE = "I added a read replica and moved the reports to a nightly batch."
KOREAN = "읽기 전용 복제본을 추가하고 보고서를 야간 배치로 옮겼습니다."
RATED = CompetencyRated("solving", 3, "r", (Evidence("t1", QUOTE, 0, len(QUOTE)),), 0, "p", "r", "d")
ABSTAINED = CompetencyAbstained("working", "no_evidence", 0, "p", "r", "d")


@pytest.mark.parametrize(
    ("sentence", "language", "verdict"),
    [
        ("The candidate added a read replica and moved reports to a nightly batch.", "en", True),
        ("The candidate said they moved the reports.", "en", True),
        ("The candidate led twelve engineers across three countries.", "en", False),
        ("The candidate added 4 read replicas.", "en", False),
        ("The candidate added a replica at Google.", "en", False),
        ("The candidate is excellent and should certainly be hired quickly.", "en", False),
        ("지원자는 복제본을 추가했다.", "en", False),
        ("지원자는 복제본을 추가하고 보고서를 옮겼다.", "ko", True),
        ("지원자는 열두 명의 개발자를 이끌었다.", "ko", False),
    ],
)
def test_a_sentence_is_kept_only_with_support(sentence: str, language: str, verdict: bool) -> None:
    assert summary.supported(sentence, [KOREAN if language == "ko" else QUOTE], language) is verdict


def test_supported_sentences_are_kept_and_the_gap_is_named() -> None:
    found = summary.findings(kit(), [RATED, ABSTAINED])
    proposal = "The candidate added a read replica. The candidate is a born leader of large organisations."
    written = summary.conclude(kit(), found, proposal, "summary/1-en", "d")
    assert written.text == "The candidate added a read replica. Not rated: Collaboration."
    assert written.evidence == RATED.evidence
    assert (written.prompt_version, written.model_digest) == ("summary/1-en", "d")


@pytest.mark.parametrize("proposal", [None, "The candidate is a born leader of large organisations."])
def test_without_support_the_quotes_themselves_are_listed(proposal: str | None) -> None:
    written = summary.conclude(kit(), summary.findings(kit(), [RATED, ABSTAINED]), proposal, "summary/1-en", "d")
    assert written.text == f"Problem solving: “{QUOTE}” Not rated: Collaboration."
    assert written.prompt_version == summary.LISTED
    assert not written.model_digest


def test_an_interview_without_evidence_is_summed_up_without_a_claim() -> None:
    written = summary.conclude(kit("ko"), summary.findings(kit("ko"), [ABSTAINED]), None, "", "")
    assert written.evidence == ()
    assert written.text == "근거가 부족하거나 평가하지 못한 역량: 문제 해결, 협업."
