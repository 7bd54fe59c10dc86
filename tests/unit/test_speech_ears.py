"""A final that left speech out is heard again, and less is never taken for more."""

from collections.abc import Callable
from dataclasses import dataclass, field

import pytest
from edge_node.ports.speech import TranscribedWord
from edge_node.speech.coverage import gaps, unheard_seconds
from edge_node.speech.ears import Ears
from edge_node.speech.hearing import Hearing
from edge_node.speech.line import Ticket
from fakes.scripted_sound import LoudnessVoice, Speech, silence

ANSWER = "we moved the report to a copy and the nightly stops ended"


@dataclass
class ScriptedEngine:
    """Leaves out ``lost`` words of the middle with a prompt, ``lost_without`` without one; ``stretched`` hides it."""

    speech: Speech
    lost: int = 0
    lost_without: int = 0
    stretched: bool = False
    asked: list[tuple[str, bool]] = field(default_factory=list)
    on_words: Callable[[], None] = lambda: None

    def words(
        self, pcm: bytes, *, prompt: str, aborted: Callable[[], bool], whole_context: bool = False
    ) -> list[TranscribedWord]:
        self.asked.append((prompt, whole_context))
        self.on_words()
        if aborted():
            return []
        words = self.speech.read(pcm)
        lost = self.lost if prompt else self.lost_without
        first = (len(words) - lost) // 2
        kept = words[:first] + words[first + lost :]
        if self.stretched and lost and kept:
            before = kept[first - 1]
            kept[first - 1] = TranscribedWord(before.text, before.start_ms, words[first + lost].start_ms, 0.9)
        return kept

    def glance(self, pcm: bytes, *, prompt: str, aborted: Callable[[], bool]) -> list[TranscribedWord]:
        raise NotImplementedError("only finals here")


def hear(engine: ScriptedEngine, text: str = ANSWER, *, ticket: Ticket | None = None) -> str:
    pcm = silence(0.6) + engine.speech.sound(text) + silence(0.3)
    ears = Ears(lambda: engine, LoudnessVoice())
    return ears.hear(Hearing(pcm, "en", False, "Kafka"), ticket or Ticket("", False)).text


@pytest.mark.parametrize("stretched", [False, True])
@pytest.mark.parametrize("lost", [6, 12])
def test_lost_words_are_found_by_a_second_look_without_the_prompt(lost: int, stretched: bool) -> None:
    engine = ScriptedEngine(Speech(), lost=lost, stretched=stretched)
    assert hear(engine) == ANSWER
    assert engine.asked == [("Kafka", False), ("", True)]


def test_a_whole_transcript_costs_one_look() -> None:
    engine = ScriptedEngine(Speech())
    assert hear(engine) == ANSWER
    assert engine.asked == [("Kafka", False)]


def test_the_better_of_two_looks_is_kept() -> None:
    engine = ScriptedEngine(Speech(), lost=5, lost_without=9)
    assert len(hear(engine).split()) == 12 - 5
    engine = ScriptedEngine(Speech(), lost=9, lost_without=5)
    assert len(hear(engine).split()) == 12 - 5


def test_a_dropped_final_takes_no_second_look() -> None:
    ticket = Ticket("", False)
    engine = ScriptedEngine(Speech(), lost=12, on_words=lambda: setattr(ticket, "dropped", True))
    assert hear(engine, ticket=ticket) == ""
    assert len(engine.asked) == 1


def test_pauses_are_no_gaps_in_what_was_heard() -> None:
    speech = Speech()
    pcm = speech.sound("first") + silence(2) + speech.sound("second") + silence(1)
    words = speech.read(pcm)
    assert gaps(words, len(pcm) // 32) == [(500, 2100), (2800, 3600)]
    assert unheard_seconds(LoudnessVoice(), pcm, words) == 0
    assert unheard_seconds(LoudnessVoice(), pcm, ()) == pytest.approx(0.6, abs=0.07)
