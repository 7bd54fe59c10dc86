# SPDX-License-Identifier: GPL-3.0-or-later
"""The voice program's own pure parts (this file imports it, so it is under its licence)."""

from hypothesis import given
from hypothesis import strategies as st
from voice_engine.protocol import MAGIC, Decoder, encode
from voice_engine.sentences import LONGEST_CHARACTERS, early_pieces, sentences


def test_sentences_end_where_a_reader_would_stop() -> None:
    text = 'Mr. Kim uses e.g. Rust, vs. Go. Why? "Because it is fast." He said so…  Yes!'
    assert sentences(text) == [
        "Mr. Kim uses e.g. Rust, vs. Go.",
        "Why?",
        '"Because it is fast."',
        "He said so…",
        "Yes!",
    ]
    assert sentences("안녕하세요. 저는 김민수입니다.") == ["안녕하세요.", "저는 김민수입니다."]
    assert sentences(" \n ") == []


def test_a_long_first_sentence_starts_with_a_clause() -> None:
    text = "Thank you for telling me about the billing service, and now I would like to hear how you tested it. Go on."
    first, *rest = early_pieces(text)
    assert first == "Thank you for telling me about the billing service,"
    assert " ".join([first, *rest]) == text
    assert early_pieces("What did you do first?") == ["What did you do first?"]


@given(st.text(alphabet=st.sampled_from('ab ,.!?"\n가나'), max_size=1500))
def test_nothing_is_lost_and_nothing_is_long(text: str) -> None:
    for cut in (sentences, early_pieces):
        found = cut(text)
        assert "".join("".join(found).split()) == "".join(text.split())
        assert all(0 < len(piece) <= LONGEST_CHARACTERS for piece in found)


@given(st.lists(st.binary(max_size=40)), st.integers(1, 9))
def test_messages_are_found_between_garbage(garbage: list[bytes], step: int) -> None:
    sent, stream = [], b""
    for number, noise in enumerate(garbage):
        message = ({"id": str(number)}, bytes([number % 256]) * number)
        sent.append(message)
        stream += noise.replace(MAGIC, b"").rstrip(b"VOX") + encode(*message)
    decoder = Decoder()
    found = [message for at in range(0, len(stream), step) for message in decoder.feed(stream[at : at + step])]
    assert found == sent


def test_a_false_magic_word_costs_no_message() -> None:
    decoder = Decoder()
    stream = MAGIC + b"\xff" * 8 + MAGIC + b"\0\0\0\1\0\0\0\0{" + encode({"id": "1"})
    assert list(decoder.feed(stream)) == [({"id": "1"}, b"")]
