"""How the interview so far is shortened: bounded, in steps, and nothing made up."""

from edge_node.core.interview.earlier import CUT, Exchange, condensed, recent
from edge_node.core.interview.events import TurnMode
from edge_node.core.interview.session import answer, evolve
from edge_node.core.interview.supposed import agreed, supposed_brief
from fakes.walked_interview import ANSWERS, Walk, kit
from hypothesis import given
from hypothesis import strategies as st

EXCHANGES = st.lists(
    st.builds(
        Exchange,
        st.text("q ?", min_size=1, max_size=60),
        st.just("Planning"),
        st.text("a b", max_size=900),
    ),
    max_size=30,
)


@given(EXCHANGES, st.sampled_from((0, 300, 900, 4000)))
def test_it_never_takes_more_than_it_may(exchanges: list[Exchange], characters: int) -> None:
    kept = condensed(exchanges, characters)
    assert sum(len(e.question) + len(e.about) + len(e.answer) for e in kept) <= characters
    for one, whole in zip(kept, exchanges[len(exchanges) - len(kept) :], strict=True):
        assert one.question == whole.question
        assert whole.answer.startswith(one.answer.removesuffix(CUT))


def test_most_exchanges_only_add_to_what_was_there() -> None:
    exchanges = [Exchange(f"Question {n}?", "Planning", f"answer {n} " * 20) for n in range(40)]
    added = 0
    for count in range(1, len(exchanges)):
        before, after = condensed(exchanges[:count], 4000), condensed(exchanges[: count + 1], 4000)
        added += after[: len(before)] == before
    assert added > 25


@given(st.text("ab c", max_size=3000), st.sampled_from((150, 700)))
def test_the_end_of_a_long_answer_is_read_from_a_place_that_moves_seldom(text: str, characters: int) -> None:
    assert len(recent(text, characters)) <= characters
    assert text.endswith(recent(text, characters))
    if len(text) <= characters:
        assert recent(text, characters) == text


def test_the_place_moves_seldom() -> None:
    words = " ".join(f"word{n}" for n in range(2000))
    starts = {len(words[:end]) - len(recent(words[:end], 700)) for end in range(1000, 3000)}
    assert len(starts) <= 8


def test_what_two_captions_agree_on() -> None:
    assert agreed("I moved the store", "I moved the stock list") == "I moved the"
    assert agreed("", "I moved") == ""
    assert agreed("I moved the store and", "I moved the store") == "I moved the store"


def test_a_supposed_answer_gives_the_brief_the_real_one_would_give() -> None:
    walk = Walk(kit("en"))
    walk.enter()
    walk.ask()
    supposed = supposed_brief(walk.state, ANSWERS["en"][0])
    assert supposed is not None
    state = walk.state
    for event in answer(state, ANSWERS["en"][0], TurnMode.SPOKEN, 0, 0):
        state = evolve(state, event)
    assert supposed.answer == state.turns[-1].text
    assert supposed_brief(walk.state, "") is None
    assert supposed_brief(Walk(kit("en")).state, "Hello there, this is me.") is None
