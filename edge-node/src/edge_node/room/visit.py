"""One visit of a candidate, and everything it is held with."""

from collections.abc import Sequence
from dataclasses import dataclass

from edge_node.core.interview.prompts import Prompt, follow_up_prompt
from edge_node.core.interview.supposed import supposed_brief
from edge_node.core.observation.baseline import Baseline
from edge_node.ports.clock import Clock
from edge_node.ports.media import Peer
from edge_node.room.conversation.conversation import Conversation
from edge_node.room.conversation.messages import MessageReader
from edge_node.room.engines import Engines
from edge_node.room.keeping import Keeping
from edge_node.room.ledger import Ledger
from edge_node.room.listening.listening import Listening
from edge_node.room.listening.scribe import Scribe
from edge_node.room.page import Page
from edge_node.room.replying.ahead import QuestionAhead
from edge_node.room.replying.asking import Asker
from edge_node.room.replying.early import EarlyReading
from edge_node.room.replying.speaking import Mouth
from edge_node.room.rules import RoomRules
from edge_node.room.signals import Said, Signals
from edge_node.room.watching import Watching


@dataclass(frozen=True, slots=True)
class Visit:
    """A connected candidate."""

    peer: Peer
    microphone: bool
    camera: bool


@dataclass(frozen=True, slots=True)
class Parts:
    """What one visit is held with. Nothing of it runs yet."""

    page: Page
    signals: Signals
    messages: MessageReader
    keeping: Keeping
    listening: Listening
    watching: Watching | None
    conversation: Conversation


def assemble(
    visit: Visit,
    ledger: Ledger,
    engines: Engines,
    clock: Clock,
    rules: RoomRules,
    *,
    baseline: Baseline | None,
    carried: Sequence[Said],
) -> Parts:
    """The parts of a visit the ledger has a join of.

    ``baseline``: how this person looks at the screen, once that is known; ``carried``: what was said of an answer
    before the connection was lost.
    """
    signals, page = Signals(), Page(visit.peer)
    mouth = Mouth(visit.peer, engines.synthesizer, clock, rules, language=ledger.kit.language)
    asker = Asker(engines.model, clock, rules, profile=engines.language_profile, conversation=ledger.kit.interview_id)
    ahead = QuestionAhead(asker, mouth, lambda: ledger.state, voices=engines.keeps_sound)
    keeping = Keeping(engines.recorder, ledger, page, microphone=visit.microphone)
    listening = Listening(
        peer=visit.peer,
        voice=engines.voice(),
        end_of_turn=engines.end_of_turn,
        scribe=_scribe(ledger, engines, clock, rules),
        early=_early(ledger, engines, ahead),
        page=page,
        ledger=ledger,
        clock=clock,
        rules=rules,
        signals=signals,
        keeping=keeping,
        microphone=visit.microphone,
        carried=carried,
    )
    watching = _watching(visit, page, ledger, engines, clock, rules, baseline)
    conversation = Conversation(
        peer=visit.peer,
        ledger=ledger,
        listening=listening,
        mouth=mouth,
        asker=asker,
        ahead=ahead,
        watching=watching,
        page=page,
        signals=signals,
        clock=clock,
        rules=rules,
    )
    return Parts(
        page=page,
        signals=signals,
        messages=MessageReader(page, listening, signals),
        keeping=keeping,
        listening=listening,
        watching=watching,
        conversation=conversation,
    )


def _scribe(ledger: Ledger, engines: Engines, clock: Clock, rules: RoomRules) -> Scribe:
    kit = ledger.kit
    vocabulary = kit.vocabulary if kit.language in engines.prompted_languages else ()
    return Scribe(engines.transcriber(), clock, rules, language=kit.language, vocabulary=vocabulary)


def _early(ledger: Ledger, engines: Engines, ahead: QuestionAhead) -> EarlyReading:
    def prompt(heard: str) -> Prompt | None:
        """What the model would be asked after the answer ``heard``; None when it would not be asked."""
        brief = supposed_brief(ledger.state, heard)
        return follow_up_prompt(brief, engines.language_profile) if brief else None

    return EarlyReading(engines.model, prompt, conversation=ledger.kit.interview_id, ahead=ahead)


def _watching(
    visit: Visit,
    page: Page,
    ledger: Ledger,
    engines: Engines,
    clock: Clock,
    rules: RoomRules,
    baseline: Baseline | None,
) -> Watching | None:
    if not (visit.camera and engines.watcher and rules.pictures_per_second and ledger.state.observable):
        return None
    return Watching(
        peer=visit.peer,
        watcher=engines.watcher,
        page=page,
        ledger=ledger,
        clock=clock,
        pictures_per_second=rules.pictures_per_second,
        baseline=baseline,
        emotions=rules.emotions,
    )
