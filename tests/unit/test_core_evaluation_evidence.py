"""Quotes found and not found: white space, Unicode forms, Hangul, word borders."""

import unicodedata

import pytest
from edge_node.core.evaluation.evidence import Quote, find, verify
from edge_node.core.interview.events import TurnMode, TurnTaken
from hypothesis import given, settings
from hypothesis import strategies as st

NFD = unicodedata.normalize("NFD", "결제 서비스를 맡았습니다. 카페도요.")


@pytest.mark.parametrize(
    ("quote", "text", "found"),
    [
        ("added a replica", "I added a replica.", "added a replica"),
        ("added a  replica", "I added\n a\treplica.", "added\n a\treplica"),
        (" added a replica ", "I added a replica.", "added a replica"),
        ("결제 서비스", NFD, unicodedata.normalize("NFD", "결제 서비스")),
        (unicodedata.normalize("NFD", "서비스를 맡았습니다"), "결제 서비스를 맡았습니다.", "서비스를 맡았습니다"),
        ("서비스", "결제 서비스를 맡았습니다.", "서비스"),
        ("café bar", "the cafe\u0301 bar", "cafe\u0301 bar"),
        ("two hundred", "Two, two hundred.", "two hundred"),
        ("a a b", "a a a b", "a a b"),
    ],
)
def test_a_quote_is_found_where_it_stands(quote: str, text: str, found: str) -> None:
    span = find(quote, text)
    assert span is not None
    assert text[span.start : span.end] == found


@pytest.mark.parametrize(
    ("quote", "text"),
    [
        ("", "anything"),
        ("  ", "any thing"),
        ("added a replica", "I Added a replica."),
        ("added the replica", "I added a replica."),
        ("replica a added", "added a replica"),
        ("cat", "concatenate"),
        ("10 rows", "110 rows"),
        ("cafe", "cafe\u0301"),
        ("가", "각"),
        ("가", unicodedata.normalize("NFD", "각")),
        ("서비스는", "서비스를"),
        ("I led a team of 12", "I led a team of 2"),
        ("do not agree", "don't agree"),
    ],
)
def test_what_was_not_said_is_not_found(quote: str, text: str) -> None:
    assert find(quote, text) is None


_said = st.lists(
    st.sampled_from(["the", "replica", "결제", "서비스를", "\u1112\u1161\u11ab", "e\u0301", "é", "12"]), min_size=1
)


@settings(deadline=None)
@given(_said, _said, _said, st.sampled_from([" ", "\n", " \t "]), st.sampled_from(["NFC", "NFD"]))
def test_any_run_of_words_is_found_in_any_form(
    before: list[str], quoted: list[str], after: list[str], blank: str, form: str
) -> None:
    text = blank.join([*before, *quoted, *after])
    span = find(unicodedata.normalize(form, " ".join(quoted)), text)  # type: ignore[arg-type]
    assert span is not None
    cut = unicodedata.normalize("NFC", text[span.start : span.end]).split()
    assert cut == unicodedata.normalize("NFC", " ".join(quoted)).split()


def test_only_quotes_of_the_turn_they_name_are_kept_and_each_stretch_once() -> None:
    turns = (
        TurnTaken("t1", "q1", "I added  a read replica. It helped.", TurnMode.SPOKEN, 0, 1),
        TurnTaken("t2", "q2", "We tested it for a week.", TurnMode.SPOKEN, 2, 3),
    )
    verified = verify(
        [
            Quote("t1", "I added a read replica."),
            Quote("t1", "“a read replica”"),
            Quote("t2", "“We tested it”"),
            Quote("t2", "I added a read replica."),
            Quote("t9", "We tested it for a week."),
            Quote("t2", "a week"),
            Quote("t1", "I removed a read replica."),
        ],
        turns,
        "en",
    )
    assert [(e.turn_id, e.quote) for e in verified.evidence] == [
        ("t1", "I added  a read replica."),
        ("t2", "We tested it"),
    ]
    assert all(turns[int(e.turn_id[1]) - 1].text[e.start_char : e.end_char] == e.quote for e in verified.evidence)
    assert verified.refused == 4


def test_an_answer_given_twice_is_evidence_once() -> None:
    text = "I measured the orders of each hour. Then I moved the report."
    turns = [TurnTaken(turn_id, "q1", text, TurnMode.SPOKEN, 0, 1) for turn_id in ("t1", "t2")]
    first, second = "I measured the orders of each hour.", "Then I moved the report."
    verified = verify([Quote("t1", first), Quote("t2", first), Quote("t2", second)], turns, "en")
    assert [(e.turn_id, e.quote) for e in verified.evidence] == [("t1", first), ("t2", second)]
    assert verified.refused == 0
