"""What is believed of what a recogniser says."""

import pytest
from edge_node.ports.speech import TranscribedWord
from edge_node.speech.transcript_filter import believed, loop_start


def words(text: str, probability: float = 0.9) -> list[TranscribedWord]:
    return [TranscribedWord(word, 100 * n, 100 * n + 90, probability) for n, word in enumerate(text.split())]


def kept(text: str, probability: float = 0.9, voiced_seconds: float = 3.0) -> str:
    return " ".join(word.text for word in believed(words(text, probability), voiced_seconds=voiced_seconds))


@pytest.mark.parametrize("text", ["(water running)", "[BLANK_AUDIO]", "*sighs*", "♪ la la ♪", "...", "[Music] (dog)"])
def test_asides_are_not_speech(text: str) -> None:
    assert kept(text) == ""


def test_an_aside_inside_speech_is_cut_out_alone() -> None:
    assert kept("I measured [typing sounds] and then I fixed it.") == "I measured and then I fixed it."


@pytest.mark.parametrize("text", ["you", "Thank you.", "Thanks for watching!", "감사합니다."])
def test_phrases_typical_of_silence_need_speech_behind_them(text: str) -> None:
    assert kept(text, probability=0.9, voiced_seconds=0.2) == ""
    assert kept(text, probability=0.2, voiced_seconds=0.5) == ""
    assert kept(text, probability=0.35, voiced_seconds=0.5) == text


def test_a_blip_of_speech_needs_a_sure_recogniser() -> None:
    assert kept("Yes.", probability=0.4, voiced_seconds=0.2) == ""
    assert kept("Yes.", probability=0.8, voiced_seconds=0.2) == "Yes."
    assert kept("No.", probability=0.3, voiced_seconds=0.32) == "No."
    assert kept("Probably the database.", probability=0.4) == "Probably the database."


def test_a_loop_is_cut_after_its_first_turn() -> None:
    assert kept("We had to wait we had to wait we had to wait we had to wait") == "We had to wait"
    assert kept("좋은 요요요요요요요요요요요요 끝") == "좋은"


def test_people_may_repeat_themselves() -> None:
    said = "No, no, no, that was, that was not the cause, very very slow."
    assert loop_start(said.split()) is None
    assert kept(said) == said
