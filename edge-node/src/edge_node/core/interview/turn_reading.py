"""How a turn is read at its own question, and whether its words were heard clearly."""

from edge_node.core.interview.events import QuestionAsked, TurnMode, TurnTaken
from edge_node.core.interview.plan import Kit
from edge_node.core.interview.reading import Reading, read
from edge_node.core.interview.text import words

CLEARLY_HEARD = 0.65
"""Mean word probability, [0, 1], from which a spoken answer may be quoted. Answers heard well have 0.85 and more, words
made of sounds nobody understood about 0.5.
"""


def read_turn(kit: Kit, question: QuestionAsked, turn: TurnTaken) -> Reading:
    """How ``turn`` is read as an answer to ``question``."""
    stage = next((s for s in kit.stages if s.stage_id == question.stage_id), None)
    personal = stage is not None and not stage.competency_id
    return read(turn.text, kit.language, about(kit, question), personal=personal)


def about(kit: Kit, question: QuestionAsked) -> tuple[str, ...]:
    """Texts an answer to ``question`` shares words with, the question first."""
    stage = next((s for s in kit.stages if s.stage_id == question.stage_id), None)
    if stage is None:
        return ()
    competency = kit.competency(stage.competency_id) if stage.competency_id else None
    rubric = (competency.name, competency.definition, *(a.text for a in competency.anchors)) if competency else ()
    sources = tuple(source.text for source in question.sources)
    return (question.text, stage.title, kit.job_title, kit.company_name, *sources, *rubric)


def heard_clearly(turn: TurnTaken) -> bool:
    """Whether the recogniser was sure enough of the turn's words; what was typed is always clear.

    Speech of which no word was understood is kept as a mark without words; silence has nothing to hear.
    """
    if turn.mode is TurnMode.TYPED:
        return True
    if turn.text.strip() and not words(turn.text):
        return False
    return not turn.words or sum(word.probability for word in turn.words) / len(turn.words) >= CLEARLY_HEARD
