"""What every room of the process hears, speaks, asks and sees with."""

from collections.abc import Callable
from dataclasses import dataclass

from edge_node.ports.language import LanguageModel
from edge_node.ports.recording import Recorder
from edge_node.ports.speech import EndOfTurn, Synthesizer, Transcriber, VoiceActivity
from edge_node.ports.vision import Watcher


@dataclass(frozen=True, slots=True)
class Engines:
    """The engines, as the composition root joins them."""

    voice: Callable[[], VoiceActivity]
    """Makes one for each visit."""

    end_of_turn: EndOfTurn
    transcriber: Callable[[], Transcriber]
    """Makes one for each visit: a newer request of one stream drops its waiting partials."""

    synthesizer: Synthesizer
    model: LanguageModel
    watcher: Watcher | None
    keeps_sound: bool = False
    """Whether the synthesizer keeps what it made: then the likely next question is voiced during the silence."""

    language_profile: str = "starter"
    prompted_languages: frozenset[str] = frozenset()
    """Languages whose recogniser is told the names to expect. Small models lose whole sentences by it (measured)."""
    recorder: Recorder | None = None
    """None where this node records nobody."""
