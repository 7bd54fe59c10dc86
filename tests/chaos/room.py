"""Kill -9 of each process of the node while a rehearsed candidate answers: the interview goes on where it was."""

import argparse
import asyncio
import os
import signal
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

HIT_QUESTION = "skill-q1.1"
"""Hit while this is answered: two answers lie before it, the closing after it."""

HIT_EARLIER = {"language": "skill-q1"}
"""Hit where the follow-up to that very answer is its next work."""

INTO_ANSWER_SECONDS = 2.5
PROCESSES = ("speech", "language", "vision", "kiosk", "uplink", "review", "nats-node", "room", "voice-engine")
PROGRAMS = {"nats-node": "nats-node", "voice-engine": "node-speech"}
"""Name of a process -> the supervisor's program it is or is a child of, where it is not ``node-NAME``."""

HEARD_AGAIN_MOST_SECONDS = 10.0
UP_AGAIN_MOST_SECONDS = 60.0
EXPLAINED = {
    "heard_again_s": (
        "seconds to the interviewer's next audible sample at the candidate's ear, counted from the kill; where the"
        " line held and the interviewer waited for the rest of the answer, from the answer's last audible sample"
    ),
    "caught_up_s": "seconds from the candidate seeing the end to the closing being committed at the coordinator",
    "transcript_equal": (
        "every answer before the question that was hit has the words (lower case, no punctuation) it has in an"
        " undisturbed run, and the questions up to and with it have the same ids. Two undisturbed runs are held:"
        " the candidate's sound is the same in all, but a recogniser may hear a word otherwise when the sound comes"
        " through the line a few milliseconds earlier; undisturbed.answers_that_differ names where it did"
    ),
    "kept": "the answers the coordinator had at the moment of the kill are in the final transcript, letter for letter",
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which processes to kill, and how many interviews to compare with."""
    parser.add_argument(
        "--undisturbed", type=int, default=2, metavar="N", help="interviews without a kill (default: 2)"
    )
    parser.add_argument("--only", action="append", choices=PROCESSES, help="kill this one only; may be repeated")


def run(options: argparse.Namespace) -> dict[str, Any]:
    """The undisturbed interviews, then one for each process."""
    return asyncio.run(_run(tuple(options.only or PROCESSES), max(1, options.undisturbed)))


@dataclass
class _Struck:
    """What a kill did. Times are seconds of the event loop's clock."""

    killed_at: float = 0.0
    up_again_s: float | None = None
    had: dict[str, str] = field(default_factory=dict)
    """What the coordinator had then: turn id to text."""


async def _run(names: tuple[str, ...], undisturbed: int) -> dict[str, Any]:
    from edge_node.rehearsal.persona import load
    from edge_node.rehearsal.voice import render_all

    from chaos._rehearsed import CANDIDATE, Recruiter, installation, say, transcript

    persona = load(str(CANDIDATE))
    say("rendering the candidate's answers, once for every interview")
    sounds = await render_all(persona, lambda _, __: None)
    async with installation() as system, Recruiter.signed_in(system) as recruiter:
        await recruiter.node_ready()
        calm = []
        for _ in range(undisturbed):
            say("an undisturbed interview")
            calm.append(await _interview(system, recruiter, persona, sounds, None))
        heard = [transcript(one["detail"]) for one in calm]
        results = {}
        for name in names:
            await recruiter.node_ready()
            say(f"an interview in which {name} is killed")
            hit = HIT_EARLIER.get(name, HIT_QUESTION)
            found = await _interview(system, recruiter, persona, sounds, name)
            results[name] = _judged(found, heard, hit)
            say(f"  {results[name]}")
    everything = [*calm, *results.values()]
    return {
        "ok": all(one["completed"] for one in calm) and all(one["ok"] for one in results.values()),
        **{key: sum(one[key] for one in everything) for key in ("sent", "committed", "missing", "duplicates")},
        "out_of_order": sum(one["out_of_order"] for one in everything),
        "caught_up_s": max(one["caught_up_s"] for one in everything),
        "heard_again_s": max((one["heard_again_s"] or float("inf") for one in results.values()), default=0.0),
        "undisturbed": {
            "questions": calm[0]["questions"],
            "turn_gap_s": [one["turn_gap_s"] for one in calm],
            "answers_that_differ": [place[0][0] for place in zip(*heard, strict=False) if len(_wordings(place)) > 1],
        },
        "processes": results,
        "explained": EXPLAINED,
    }


async def _interview(system: Any, recruiter: Any, persona: Any, sounds: Any, name: str | None) -> dict[str, Any]:
    """Hold one interview, killing ``name`` in mid-answer; the figures, not yet judged."""
    from chaos._rehearsed import hold, record, turns

    interview_id, code = await recruiter.new_interview()
    struck = _Struck()
    strikes: list[asyncio.Task[None]] = []

    def on_step(step: Any) -> None:
        answering = step["question_id"] if step["step"] == "answering" else ""
        if name and not strikes and answering == HIT_EARLIER.get(name, HIT_QUESTION):
            striking = _strike(system.supervisor, name, struck, recruiter, interview_id)
            strikes.append(asyncio.create_task(striking, name=f"kill {name}"))

    held = await hold(system.room_url, code, persona, sounds, on_step)
    if strikes:
        await strikes[0]
    detail = await recruiter.reviewed(interview_id)
    kept = await record(system, interview_id)
    gaps = [turn.turn_gap_ms for turn in held.report.turns if turn.turn_gap_ms is not None]
    told = turns(detail)
    return {
        "kept": all(told.get(turn_id) == text for turn_id, text in struck.had.items()),
        "completed": held.report.outcome == "closed" and detail["close_reason"] == "completed",
        "struck": bool(strikes),
        "error": held.report.error,
        "questions": [entry["question"]["id"] for entry in detail["transcript"]],
        "reconnects": held.report.reconnects,
        "seconds": held.report.seconds,
        "turn_gap_s": [round(gap / 1000, 2) for gap in gaps],
        "heard_again_s": _heard_again(held, struck) if strikes else None,
        "up_again_s": struck.up_again_s,
        "sent": kept.sent,
        "committed": kept.committed,
        "missing": kept.missing,
        "duplicates": kept.duplicates,
        "out_of_order": kept.out_of_order,
        "caught_up_s": round(max(0.0, kept.closing_at - held.over_at_unix), 2),
        "detail": detail,
    }


def _heard_again(held: Any, struck: _Struck) -> float | None:
    """See :data:`EXPLAINED`."""
    reconnecting = held.first("reconnecting", struck.killed_at)
    heard = held.first("heard", reconnecting or struck.killed_at)
    if heard is None:
        return None
    if reconnecting is not None:
        return round(heard - struck.killed_at, 2)
    gap = next((step for at, step in held.steps if step["step"] == "gap" and at >= struck.killed_at), None)
    return round(gap["turn_gap_ms"] / 1000, 2) if gap else round(heard - struck.killed_at, 2)


async def _strike(supervisor: Any, name: str, struck: _Struck, recruiter: Any, interview_id: str) -> None:
    """Kill in mid-answer, then wait until the process is ready again."""
    from chaos._rehearsed import turns

    await asyncio.sleep(INTO_ANSWER_SECONDS)
    struck.had = turns(await recruiter.detail(interview_id) or {"transcript": []})
    program = supervisor.programs[PROGRAMS.get(name, f"node-{name}")]
    pid = _child(program.pid, name) if name == "voice-engine" else program.pid
    loop = asyncio.get_running_loop()
    restarts = program.restarts
    struck.killed_at = loop.time()
    os.kill(pid, signal.SIGKILL)
    if name == "voice-engine":
        return  # its parent starts it for the next text to speak
    async with asyncio.timeout(UP_AGAIN_MOST_SECONDS):
        while program.restarts == restarts or not program.ready.is_set():
            await asyncio.sleep(0.05)
    struck.up_again_s = round(loop.time() - struck.killed_at, 2)


def _child(parent: int, name: str) -> int:
    """Process id of the child of ``parent`` that runs ``name``."""
    for child in Path(f"/proc/{parent}/task/{parent}/children").read_text().split():
        if name in Path(f"/proc/{child}/cmdline").read_text():
            return int(child)
    raise RuntimeError(f"{name} does not run")


def _judged(found: dict[str, Any], calm: list[list[tuple[str, list[str]]]], hit: str) -> dict[str, Any]:
    """The figures of a disturbed interview against the undisturbed ones'."""
    from chaos._rehearsed import transcript

    told = transcript(found.pop("detail"))
    ids = [question for question, _ in calm[0]]
    place = ids.index(hit)
    same_questions = [question for question, _ in told][: place + 1] == ids[: place + 1]
    differ = [question for question, said in told if [question, said] not in [list(one) for run in calm for one in run]]
    equal = same_questions and not set(differ) & set(ids[:place])
    heard = found["heard_again_s"]
    whole = found["missing"] == found["duplicates"] == found["out_of_order"] == 0 < found["sent"]
    in_time = heard is not None and heard <= HEARD_AGAIN_MOST_SECONDS
    return {
        "ok": bool(found["struck"] and found["kept"] and found["completed"] and equal and in_time and whole),
        "hit_at": hit,
        **found,
        "transcript_equal": equal,
        "answers_that_differ": differ,
    }


def _wordings(place: tuple[tuple[str, list[str]], ...]) -> set[str]:
    return {" ".join(said) for _, said in place}
