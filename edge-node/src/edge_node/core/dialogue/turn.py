"""Who holds the floor. Voice, endpointing and barge-in under one state with one transition function."""

from dataclasses import dataclass, field, replace
from enum import StrEnum

from edge_node.core.dialogue import barge_in, endpointing, utterance
from edge_node.core.dialogue.barge_in import BargeIn, BargeInRules, BargeInState
from edge_node.core.dialogue.endpoint import (
    DoneSaid,
    Ended,
    Endpoint,
    EndpointInput,
    EndpointOutcome,
    EndpointState,
    EndReason,
    Judged,
    Listened,
    Resumed,
    ThinkingAsked,
    TypingSeen,
    Unanswered,
    Worded,
)
from edge_node.core.dialogue.speaker import Speaker
from edge_node.core.dialogue.utterance import Voice, VoiceRules, VoiceState, samples
from edge_node.core.dialogue.waiting import EndpointRules


@dataclass(frozen=True, slots=True)
class DialogueRules:
    """Every wait of the dialogue."""

    voice: VoiceRules = field(default_factory=VoiceRules)
    endpoint: EndpointRules = field(default_factory=EndpointRules)
    barge_in: BargeInRules = field(default_factory=BargeInRules)


class Floor(StrEnum):
    """Who holds it."""

    NOBODY = "nobody"
    INTERVIEWER = "interviewer"
    CANDIDATE = "candidate"
    RETURNED = "returned"
    """The candidate fell silent and the turn ended, but speaking again before it is kept takes it back."""


@dataclass(frozen=True, slots=True)
class Turn:
    """The floor, and what is known of the candidate's voice."""

    floor: Floor = Floor.NOBODY
    voice: Voice = Voice()
    endpoint: Endpoint | None = None
    barge: BargeIn | None = None
    """None while the interviewer does not yield (greeting, goodbye)."""

    at_sample: int = 0
    speaker: Speaker = Speaker()
    """How the candidate pauses, as the turns kept so far tell."""

    guard_until_sample: int = 0
    """Until then a sound that begins may be the interviewer's last word coming back."""


@dataclass(frozen=True, slots=True)
class Heard:
    """One window of 512 samples with its P(speech) in [0, 1]; ``at_sample`` is its end."""

    probability: float
    at_sample: int


@dataclass(frozen=True, slots=True)
class InterviewerBegan:
    """The interviewer's sound begins; ``yields`` when it may be interrupted."""

    yields: bool


@dataclass(frozen=True, slots=True)
class FloorGiven:
    """The interviewer is done; the candidate's turn. ``patience`` scales the silence that ends it.

    ``no_answer_seconds``: silence that counts as no answer; 0 for that of the rules.
    """

    patience: float = 1.0
    no_answer_seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class TurnKept:
    """The turn that ended is kept and can no longer go on, or nobody shall speak."""


@dataclass(frozen=True, slots=True)
class BargedIn:
    """The interviewer must stop; the candidate began at ``since_sample``."""

    since_sample: int


TurnInput = Heard | InterviewerBegan | FloorGiven | TurnKept | Judged | Worded | ThinkingAsked | TypingSeen | DoneSaid
TurnOutcome = EndpointOutcome | BargedIn
Step = tuple[Turn, tuple[TurnOutcome, ...]]


def step(turn: Turn, rules: DialogueRules, given: TurnInput) -> Step:
    """The one transition function."""
    match given:
        case Heard(probability, at_sample):
            return _heard(turn, rules, probability, at_sample)
        case InterviewerBegan(yields):
            barge = BargeIn(turn.at_sample) if yields else None
            return replace(turn, floor=Floor.INTERVIEWER, endpoint=None, barge=barge), ()
        case FloorGiven(patience, no_answer_seconds):
            return _given(turn, rules, patience, no_answer_seconds), ()
        case TurnKept():
            return replace(turn, floor=Floor.NOBODY, endpoint=None, barge=None, speaker=_learned(turn)), ()
        case _:
            return _endpoint(turn, rules, given)


def _learned(turn: Turn) -> Speaker:
    """The speaker after the turn that is kept; a silence before the first word is no pause."""
    endpoint = turn.endpoint
    if endpoint is None or not endpoint.spoken:
        return turn.speaker
    return turn.speaker.after(endpoint.pauses, endpoint.longest_pause_samples / samples(1.0))


def _heard(turn: Turn, rules: DialogueRules, probability: float, at_sample: int) -> Step:
    guarded = turn.floor is Floor.CANDIDATE and at_sample <= turn.guard_until_sample
    if guarded and turn.voice.state is VoiceState.QUIET:
        probability = 0.0
    voice = utterance.hear(turn.voice, rules.voice, probability, at_sample)
    turn = replace(turn, voice=voice, at_sample=at_sample)
    match turn.floor:
        case Floor.CANDIDATE:
            return _endpoint(turn, rules, Listened(voice, at_sample))
        case Floor.INTERVIEWER if turn.barge:
            return _over_interviewer(turn, rules, turn.barge, probability)
        case Floor.RETURNED if turn.endpoint and voice.active:
            going_on = endpointing.resumed(turn.endpoint, voice)
            return replace(turn, floor=Floor.CANDIDATE, endpoint=going_on), (Resumed(voice.since_sample),)
        case _:
            return turn, ()


def _given(turn: Turn, rules: DialogueRules, patience: float, no_answer_seconds: float) -> Turn:
    guard_until_sample = turn.guard_until_sample
    if turn.floor is Floor.INTERVIEWER:
        guard_until_sample = turn.at_sample + samples(rules.barge_in.guard_seconds)
    return replace(
        turn,
        floor=Floor.CANDIDATE,
        endpoint=Endpoint(turn.at_sample, patience=patience, no_answer_seconds=no_answer_seconds, speaker=turn.speaker),
        barge=None,
        guard_until_sample=guard_until_sample,
    )


def _over_interviewer(turn: Turn, rules: DialogueRules, barge: BargeIn, probability: float) -> Step:
    barge = barge_in.hear(barge, rules.barge_in, probability, turn.at_sample)
    if barge.state is not BargeInState.YIELDED:
        return replace(turn, barge=barge), ()
    endpoint = Endpoint(
        given_sample=turn.at_sample,
        state=EndpointState.SPEAKING,
        first_sample=barge.since_sample,
        last_sample=barge.heard_sample,
    )
    # The interrupting speech is an utterance already, whatever the slower rule for a first word says.
    voice = Voice(VoiceState.SPEAKING, barge.since_sample, barge.heard_sample)
    # Perhaps a thought was cut off: nothing learned so far is good enough.
    turn = replace(turn, floor=Floor.CANDIDATE, voice=voice, endpoint=endpoint, barge=None, speaker=Speaker())
    return turn, (BargedIn(barge.since_sample),)


def _endpoint(turn: Turn, rules: DialogueRules, given: EndpointInput) -> Step:
    if turn.endpoint is None or turn.floor is not Floor.CANDIDATE:
        return turn, ()
    endpoint, outcomes = endpointing.step(turn.endpoint, rules.endpoint, given)
    floor: Floor = turn.floor
    for outcome in outcomes:
        match outcome:
            case Ended(reason=EndReason.SILENCE):
                floor = Floor.RETURNED
            case Ended() | Unanswered():
                floor = Floor.NOBODY
    return replace(turn, floor=floor, endpoint=endpoint), outcomes
