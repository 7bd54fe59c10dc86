"""When is an answer over? Several utterances with pauses make one turn; how long a pause ends it, :mod:`.waiting` says.

Nothing here reads a clock: time is a sample index at 16 kHz.
"""

from dataclasses import replace

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
    Paused,
    Resumed,
    Started,
    ThinkingAsked,
    TypingSeen,
    Unanswered,
    Worded,
)
from edge_node.core.dialogue.grammar import Grammar
from edge_node.core.dialogue.utterance import Voice, VoiceState, samples
from edge_node.core.dialogue.waiting import EndpointRules, silence_ends, window_seconds

Step = tuple[Endpoint, tuple[EndpointOutcome, ...]]


def step(endpoint: Endpoint, rules: EndpointRules, given: EndpointInput) -> Step:
    """The one transition function."""
    if endpoint.state is EndpointState.ENDED:
        return endpoint, ()
    match given:
        case Listened(voice, at_sample):
            return _listened(endpoint, rules, voice, at_sample)
        case Judged(probability, last_sample):
            if endpoint.state is not EndpointState.ASKED or last_sample != endpoint.last_sample:
                return endpoint, ()
            complete = probability >= rules.complete_threshold
            return replace(endpoint, state=EndpointState.COMPLETE if complete else EndpointState.INCOMPLETE), ()
        case Worded(grammar, last_sample):
            heard = endpoint.state is not EndpointState.SPEAKING and last_sample == endpoint.last_sample
            return replace(endpoint, grammar=grammar) if heard else endpoint, ()
        case ThinkingAsked(at_sample):
            return replace(endpoint, thinking_until_sample=at_sample + samples(rules.thinking_seconds)), ()
        case TypingSeen(at_sample):
            until = at_sample + samples(rules.no_answer_seconds)
            return replace(endpoint, thinking_until_sample=max(endpoint.thinking_until_sample, until)), ()
        case DoneSaid(at_sample):
            if not endpoint.spoken:
                return replace(endpoint, state=EndpointState.ENDED), (Unanswered(at_sample),)
            return _end(endpoint, EndReason.DONE, at_sample)


def _listened(endpoint: Endpoint, rules: EndpointRules, voice: Voice, at_sample: int) -> Step:
    if endpoint.spoken and at_sample - endpoint.first_sample >= samples(rules.longest_seconds):
        return _end(endpoint, EndReason.TOO_LONG, at_sample)
    if voice.active:
        return _spoken(endpoint, voice)
    if voice.state is VoiceState.STARTING:
        return endpoint, ()
    if endpoint.state is EndpointState.WAITING:
        if at_sample < silence_ends(endpoint, rules):
            return endpoint, ()
        return replace(endpoint, state=EndpointState.ENDED), (Unanswered(at_sample),)
    return _silent(endpoint, rules, at_sample)


def _spoken(endpoint: Endpoint, voice: Voice) -> Step:
    if endpoint.state is EndpointState.WAITING:
        going_on = replace(resumed(endpoint, voice), first_sample=voice.since_sample, longest_pause_samples=0, pauses=0)
        return going_on, (Started(voice.since_sample),)
    if endpoint.state is EndpointState.SPEAKING:
        if voice.state is VoiceState.TRAILING:
            return replace(endpoint, last_sample=voice.heard_sample), ()
        return replace(endpoint, last_sample=voice.heard_sample, thinking_until_sample=0), ()
    return resumed(endpoint, voice), (Resumed(voice.since_sample),)


def resumed(endpoint: Endpoint, voice: Voice) -> Endpoint:
    """The turn goes on after a pause: the witnesses are heard anew, and the pause is remembered."""
    return replace(
        endpoint,
        state=EndpointState.SPEAKING,
        last_sample=voice.heard_sample,
        thinking_until_sample=0,
        grammar=Grammar.UNKNOWN,
        longest_pause_samples=max(endpoint.longest_pause_samples, voice.since_sample - endpoint.last_sample),
        pauses=endpoint.pauses + 1,
    )


def _silent(endpoint: Endpoint, rules: EndpointRules, at_sample: int) -> Step:
    silence = at_sample - endpoint.last_sample
    if silence >= samples(window_seconds(endpoint, rules)) and at_sample >= endpoint.thinking_until_sample:
        return _end(endpoint, EndReason.SILENCE, at_sample)
    if endpoint.state in (EndpointState.SPEAKING, EndpointState.PAUSED):
        if silence >= samples(rules.check_seconds):
            return replace(endpoint, state=EndpointState.ASKED), (Paused(endpoint.last_sample),)
        return replace(endpoint, state=EndpointState.PAUSED), ()
    return endpoint, ()


def _end(endpoint: Endpoint, reason: EndReason, at_sample: int) -> Step:
    return replace(endpoint, state=EndpointState.ENDED), (Ended(reason, endpoint.last_sample, at_sample),)
