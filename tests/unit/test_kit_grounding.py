from coordinator.dispatch import grounding
from coordinator.dispatch.join_code import ALPHABET, make
from coordinator.dispatch.naming import Named, NamedAs

PASSAGES = [
    "Nuri Logistics, backend engineer, 2021 to 2026.\nRebuilt the parcel tracking service in Python and PostgreSQL.",
    "• Cut the slowest query from nine seconds to under one second with a partial index.\n• Led on-call.",
]


def test_the_item_that_says_most_is_quoted_and_none_twice() -> None:
    wanted = "Technical skill. Which technical query or index work are you proud of?"
    assert grounding.best_item(PASSAGES, wanted) == (
        1,
        "Cut the slowest query from nine seconds to under one second with a partial index.",
    )
    taken = [PASSAGES[1].splitlines()[0].removeprefix("• ")]
    assert grounding.best_item(PASSAGES, wanted, taken) == (
        0,
        "Rebuilt the parcel tracking service in Python and PostgreSQL.",
    )
    assert grounding.best_item(["Led on-call."], wanted) is None


def test_questions_about_experience_are_found_in_both_languages() -> None:
    assert grounding.asks_for_experience("Skill", "", "What are you proud of?")
    assert grounding.asks_for_experience("", "", "가장 기억에 남는 프로젝트는 무엇입니까?")
    assert not grounding.asks_for_experience("Closing", "", "Anything to add?")


def test_an_item_stands_in_its_place_or_leads_in() -> None:
    item = Named(NamedAs.QUOTE, ("Led a team",))
    assert grounding.with_item("Tell me about {resume}.", item, "en") == 'Tell me about "Led a team".'
    assert grounding.with_item("Tell me about {resume}.", None, "en") == "Tell me about your recent work."
    led = grounding.with_item("What did you do?", Named(NamedAs.QUOTE, ("Led a team.",)), "en")
    assert led == 'Your resume mentions: "Led a team". With that in mind: What did you do?'
    korean = Named(NamedAs.QUOTE, ("팀을 이끌었음",))
    assert grounding.with_item("무엇을 하셨습니까?", korean, "ko").startswith('이력서에서 "팀을 이끌었음"')
    assert grounding.with_item("Why?", None, "ko") == "Why?"


def test_names_come_first_and_everyday_words_not_at_all() -> None:
    words = grounding.vocabulary(("Mina Park", "", "Engineer"), ("The PostgreSQL and NATS with PostgreSQL",))
    assert words == ("Mina Park", "Engineer", "PostgreSQL", "NATS")


def test_a_join_code_can_be_read_out_and_only_its_hash_leaves() -> None:
    made = [make(7) for _ in range(200)]
    codes = {code for code, _ in made}
    assert len(codes) == 200
    assert all(len(code) == 8 and set(code) <= set(ALPHABET) for code in codes)
    assert not set("ILOU") & set(ALPHABET)
    assert all(code not in repr(sealed) and sealed.expires_unix_ms == 7 for code, sealed in made)
    assert len({sealed.salt for _, sealed in made}) == 200
