"""Interviews in a whole installation, spoken over UDP, and its engines asked alone afterwards: raw figures of turns."""

import asyncio
import re
import sys
import time
from dataclasses import dataclass, field
from typing import Any

import soxr
from chaos._rehearsed import Recruiter, hold, installation
from edge_node.bus.local import Bus, connect
from edge_node.core.audio import SAMPLE_RATE_HZ
from edge_node.language.client import LanguageClient
from edge_node.ports.language import DeadlineClass, Generation, Message
from edge_node.rehearsal import persona as personas
from edge_node.rehearsal.report import Report, Turn
from edge_node.rehearsal.sound import RATE_HZ, Samples
from edge_node.rehearsal.voice import render_all
from edge_node.speech.client import BusSynthesizer, BusTranscriber
from edge_node.speech.transcript_filter import plain
from provisioning.all_in_one import AllInOne
from provisioning.demo.play import CASTS

from bench._talks import Talk

ALONE = 6
"""Requests to each engine alone."""

QUESTION_TOKENS = 24
PART_NAMES = ("end_of_turn_ms", "stt_ms", "llm_first_sentence_ms", "tts_first_audio_ms")


@dataclass
class Raw:
    """What was measured in one language. Milliseconds."""

    turns: list[dict[str, int]] = field(default_factory=list)
    """Each timed turn: turn_gap_ms, and the parts the journal has of it."""

    caption_lags: list[int] = field(default_factory=list)
    """From a caption's last word leaving the candidate's mouth to the caption on the page."""

    pairs: list[tuple[str, str]] = field(default_factory=list)
    """Script and stored transcript of each answer."""

    yielded: list[int] = field(default_factory=list)
    """From the first sample spoken over the interviewer to its last sample heard."""

    alone: dict[str, list[int]] = field(default_factory=lambda: {"stt": [], "llm": [], "tts": []})


def say(text: str) -> None:
    """A progress line."""
    sys.stderr.write(f"turn: {text}\n")


async def measured(language: str, interviews: int, *, short: bool) -> Raw:
    """``interviews`` rehearsed interviews of the demo's cast; every spoken turn counts. Needs the built web pages.

    ``short``: of four answers instead of the demo's eight or ten; in English only.
    """
    cast, raw = CASTS[language], Raw()
    persona = personas.load(cast.persona)
    sounds = await render_all(persona, lambda _, __: None)
    async with installation() as system, Recruiter.signed_in(system, None if short else cast) as recruiter:
        bus = await _node_bus(system)
        try:
            words = {text: await _word_times(bus, sound, language) for text, sound in sounds.items()}
            for number in range(interviews):
                await recruiter.node_ready()
                interview_id, code = await recruiter.new_interview()
                # In the last one the candidate also speaks over the third question.
                habits = {"typed_question": "0", "interrupt_question": "3" if number == interviews - 1 else "0"}
                say(f"interview {number + 1} of {interviews} ({language})")
                held = await hold(system.room_url, code, personas.with_habits(persona, habits), sounds)
                if held.report.outcome != "closed":
                    raise RuntimeError(f"the rehearsed interview did not end: {held.report.error}")
                detail = await _closed(recruiter, interview_id)
                _take(raw, held.report, detail, words)
            say("the engines alone")
            await _alone(bus, raw, language, sounds, [entry["question"]["text"] for entry in detail["transcript"]])
        finally:
            await bus.close()
    return raw


async def _closed(recruiter: Recruiter, interview_id: str) -> Any:
    """The interview as the coordinator has it once its closing arrived; its review need not be waited for."""
    async with asyncio.timeout(60):
        while True:
            detail = await recruiter.detail(interview_id)
            if detail and detail["close_reason"]:
                return detail
            await asyncio.sleep(0.3)


async def _node_bus(system: AllInOne) -> Bus:
    token = (system.options.data / "secrets" / "node.token").read_text().strip()
    return await connect(system.node_environment()["EDGE_NODE_NATS_URL"], process="bench", token=token)


def pcm_16k(sound: Samples) -> bytes:
    """A candidate's sound (int16 [n], 48 kHz) as the room hears it: s16le, 16 kHz."""
    return bytes(soxr.resample(sound, RATE_HZ, SAMPLE_RATE_HZ).astype("<i2").tobytes())


async def _word_times(bus: Bus, sound: Samples, language: str) -> list[tuple[str, int]]:
    """The sound's words as the recogniser hears them alone, with the milliseconds at which each ends."""
    heard = await BusTranscriber(bus).transcribe(
        pcm_16k(sound), language=language, partial=False, prompt="", timeout_seconds=60
    )
    return [(plain(word.text), word.end_ms) for word in heard.words]


def _take(raw: Raw, report: Report, detail: Any, words: dict[str, list[tuple[str, int]]]) -> None:
    spoken = {turn.question_id: turn for turn in report.turns if turn.mode == "spoken" and not turn.superseded}
    parts = {entry["turn_id"]: entry for entry in detail["turn_gaps"]}
    for entry in detail["transcript"]:
        turn, told = spoken.get(entry["question"]["id"]), entry["turns"]
        if turn is None or not told:
            continue
        raw.pairs.append((turn.script_text, " ".join(one["text"] for one in told)))
        timed = parts.get(told[-1]["turn_id"])
        if turn.turn_gap_ms is not None and timed:
            raw.turns.append({"turn_gap_ms": turn.turn_gap_ms, **{name: timed[name] for name in PART_NAMES}})
        if turn.yielded_after_ms is not None:
            raw.yielded.append(turn.yielded_after_ms)
        raw.caption_lags += _caption_lags(report, turn, words[turn.script_text])


def _caption_lags(report: Report, turn: Turn, words: list[tuple[str, int]]) -> list[int]:
    began, ended = turn.first_speech_sent_at, turn.last_speech_sent_at
    if began is None or ended is None:
        return []
    lags = []
    for caption in report.partials:
        if not began <= caption["at"] <= ended + 3:
            continue
        since_ms = (caption["at"] - began) * 1000
        said = plain(str(caption["text"])).split()
        ends = [end for at, (word, end) in enumerate(words) if end <= since_ms and _matches(said, words, at, word)]
        if ends:
            lags.append(round(since_ms - ends[-1]))
    return lags


def _matches(said: list[str], words: list[tuple[str, int]], at: int, word: str) -> bool:
    """Whether the caption's last words are those at ``at``: two of them, since one alone comes again and again."""
    before = words[at - 1][0] if at else ""
    return len(said) >= 2 and at > 0 and said[-1] == word and said[-2] == before


async def _alone(bus: Bus, raw: Raw, language: str, sounds: dict[str, Samples], questions: list[str]) -> None:
    """The same work with nobody else about: an answer, a question after reading ahead, a question's first sound."""
    for sound in list(sounds.values())[:ALONE]:
        heard = await BusTranscriber(bus).transcribe(
            pcm_16k(sound), language=language, partial=False, prompt="", timeout_seconds=60
        )
        raw.alone["stt"].append(heard.engine_ms)
    talk, model = Talk(7, 0), LanguageClient(bus)
    for _ in range(ALONE):
        talk.next_turn()
        async for _ in model.generate(_request(talk, talk.answer_words - 4, 0)):
            pass
        began = time.perf_counter()
        async for _ in model.generate(_request(talk, None, QUESTION_TOKENS)):
            pass
        raw.alone["llm"].append(_since_ms(began))
    for question in questions[:ALONE]:
        began = time.perf_counter()
        # The other speaker: the room's voice keeps what it said before.
        pieces = BusSynthesizer(bus).synthesize(re.sub(r"\s+", " ", question), language=language, timeout_seconds=30)
        async for _ in pieces:
            raw.alone["tts"].append(_since_ms(began))
            break
        await pieces.aclose()


def _request(talk: Talk, words: int | None, tokens: int) -> Generation:
    return Generation(
        messages=tuple(Message(role, text) for role, text in talk.heard(words)),
        max_tokens=tokens,
        deadline_class=DeadlineClass.LIVE if tokens else DeadlineClass.AHEAD,
        timeout_seconds=30,
        conversation=talk.name,
    )


def _since_ms(began: float) -> int:
    return round((time.perf_counter() - began) * 1000)
