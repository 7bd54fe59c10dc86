"""Why answers on a competency could not be read, where that is no fault of what was said."""

from edge_node.core.evaluation.rubric import turns_meant
from edge_node.core.interview.reading import Reading
from edge_node.core.interview.state import State
from edge_node.core.interview.text import hangul_share, words
from edge_node.core.interview.turn_reading import heard_clearly, read_turn

NOT_HEARD_CLEARLY = "not_heard_clearly"
OTHER_LANGUAGE = "other_language"

_FEWEST_WORDS = 4
"""A shorter turn tells no language: a name, a product, "okay"."""

_OTHER = {"en": lambda share: share >= 0.5, "ko": lambda share: share < 0.1}
"""By the interview's language: shares of Hangul among the letters, [0, 1], of which an answer is in another one."""


def in_other_language(text: str, language: str) -> bool:
    """Whether ``text`` is in another language than the interview's ``language``, as its script tells."""
    return len(words(text)) >= _FEWEST_WORDS and _OTHER[language](hangul_share(text))


def unread(state: State, competency_id: str) -> str:
    """not_heard_clearly or other_language where at least half of what was said on the competency was so, else ""."""
    said = [t for t in turns_meant(state, competency_id) if t.text.strip()]
    weights = {t.turn_id: max(len(words(t.text)), _FEWEST_WORDS) for t in said}
    whole = sum(weights.values())
    unclear = sum(weights[t.turn_id] for t in said if not heard_clearly(t))
    foreign = sum(
        weights[t.turn_id] for t in said if heard_clearly(t) and in_other_language(t.text, state.kit.language)
    )
    if not said or 2 * (unclear + foreign) < whole:
        return ""
    return NOT_HEARD_CLEARLY if unclear >= foreign else OTHER_LANGUAGE


def answered(state: State, competency_id: str) -> bool:
    """Whether anything was said on the competency that is more than silence or a refusal."""
    asked = {q.question_id: q for q in state.questions}
    return any(
        read_turn(state.kit, asked[t.question_id], t) not in (Reading.SILENCE, Reading.REFUSAL, Reading.REPEAT)
        for t in turns_meant(state, competency_id)
    )
