"""What can be set of each concern of the node: one class a concern, each field with unit, bound and meaning."""

from pathlib import Path
from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator


class Section(BaseModel):
    """Frozen; an unknown key is refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class MediaSettings(Section):
    """WebRTC."""

    udp_port_first: int = Field(50000, ge=1024, le=65535, description="First UDP port of the media range.")
    udp_port_last: int = Field(50050, ge=1024, le=65535, description="Last UDP port of the media range.")
    addresses: tuple[str, ...] = Field(
        (), description="Host addresses to bind; empty: every address of the machine but loopback."
    )
    advertised_host: str = Field("", description="Address to announce instead (1:1 NAT); empty: the bound one.")


class DialogueSettings(Section):
    """When an answer is over, and when the interviewer yields. Seconds."""

    speech_threshold: float = Field(0.5, ge=0, le=1, description="P(speech) from which a window is speech.")
    speech_start_seconds: float = Field(0.25, gt=0, description="Speech needed before an utterance begins.")
    check_silence_seconds: float = Field(0.2, gt=0, description="Silence before the end-of-turn model is asked.")
    complete_threshold: float = Field(0.5, ge=0, le=1, description="P(complete) from which a turn ends.")
    short_silence_seconds: float = Field(
        1.2, gt=0, description="Silence that ends a turn when its melody and its last word both say that it is over."
    )
    likely_silence_seconds: float = Field(3.4, gt=0, description="The same when one of them does.")
    long_silence_seconds: float = Field(3.6, gt=0, description="Silence that ends any other turn.")
    closing_patience: float = Field(
        0.6, gt=0, le=2, description="Scales these silences after the closing question: a short answer is expected."
    )
    adapt_after_turns: int = Field(
        3, ge=0, description="Answers after which the silences follow how long this candidate pauses; 0 for never."
    )
    no_answer_seconds: float = Field(20.0, gt=0, description="Silence after a question before it is repeated.")
    longest_turn_seconds: float = Field(900.0, gt=0, description="Longest turn kept in memory.")
    thinking_seconds: float = Field(30.0, gt=0, description="Silence allowed after the candidate asked for time.")
    acknowledge_seconds: float = Field(
        4.0, ge=0, description="Waiting for the model after which a word bridges it, not twice in a row; 0 for never."
    )
    return_seconds: float = Field(900.0, gt=0, description="Wait for a candidate whose connection was lost.")
    barge_in_seconds: float = Field(0.7, gt=0, description="Speech over the interviewer that stops it.")

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        waits = (self.check_silence_seconds, self.short_silence_seconds, self.likely_silence_seconds)
        if list((*waits, self.long_silence_seconds)) != sorted((*waits, self.long_silence_seconds)):
            raise ValueError("check, short, likely and long silence_seconds must not decrease in this order")
        return self


class LanguageSettings(Section):
    """The language model."""

    room_context_tokens: int = Field(2048, ge=512, description="Tokens of one interview's prompt and answer.")
    context_tokens: int = Field(
        0, ge=0, description="Tokens of the whole key-value memory; 0: those of a room for every sequence."
    )
    sequences: int = Field(
        0, ge=0, le=64, description="Conversations held in that memory; 0: one for each room and two more."
    )
    saved_state_megabytes: int = Field(
        256, ge=0, description="Main memory for conversations that had to leave the key-value memory."
    )
    threads: int = Field(1, ge=1, description="Processor threads; never more than free cores.")
    gpu_layers: int = Field(0, ge=-1, description="Layers on the GPU; -1 for all.")
    follow_up_deadline_seconds: float = Field(8.0, gt=0, description="After this a fallback is asked.")


class SpeechSettings(Section):
    """Hearing and speaking."""

    threads: int = Field(1, ge=1, description="Processor threads of one recogniser.")
    partial_every_seconds: float = Field(1.2, gt=0, description="Least time between two partial captions.")
    final_timeout_seconds: float = Field(30.0, gt=0, description="Deadline of a final transcript.")
    kept_seconds: float = Field(
        300.0, ge=0, description="Sound of texts said before, kept in the room process's memory (96 kB a second)."
    )
    synthesis_timeout_seconds: float = Field(30.0, gt=0, description="Deadline of one spoken text.")


class VisionSettings(Section):
    """Seeing."""

    enabled: bool = Field(True, description="Whether pictures are sampled at all.")
    frames_per_second: float = Field(1.0, gt=0, le=5, description="Pictures sampled per second and room.")
    emotion: bool = Field(
        False,
        description="Policy switch: ask candidates whether a program may guess what their face expresses, apart from"
        " every other consent, and note that of those who agree, never for a rating. Needs `edge-node models pull"
        " --role emotion`. Inferring emotions at work is prohibited in the European Union (Regulation (EU) 2024/1689,"
        " AI Act, Article 5(1)(f)), and a recruiting interview counts as that; leave it off there.",
    )
    provider: Literal["cpu", "cuda"] = Field(
        "cpu", description="Where onnxruntime makes that guess; `cuda` needs a build of it for CUDA."
    )


class DiskSettings(Section):
    """Room for the record on the disk under ``data_dir``, where the node's server must keep its store too."""

    reserve_megabytes: int = Field(128, ge=0, description="Kept aside for running interviews when the disk fills up.")
    headroom_megabytes: int = Field(512, ge=0, description="Free beside the reserve before an interview is opened.")


class RecordingSettings(Section):
    """The candidate's voice; kept only of candidates who agree to it, each for themselves."""

    allowed: bool = Field(False, description="Whether candidates are asked for a recording at all.")
    megabytes_most: int = Field(4096, ge=1, description="Disk all recordings on the node may take.")
    kept_days: float = Field(7.0, ge=0, description="Days a recording stays on the node once head office has it.")


class ReviewSettings(Section):
    """After the interview."""

    answer_timeout_seconds: float = Field(180.0, gt=0, description="Deadline of one answer of the model.")
    patience_seconds: float = Field(
        180.0, ge=0, description="Waiting for a dead or busy model, all of one interview together; then it abstains."
    )
    repeats: int = Field(3, ge=1, le=9, description="Ratings of each competency, each with another seed.")
    widest_spread: int = Field(
        1, ge=0, le=9, description="Levels the repeats may lie apart; further apart the competency is not rated."
    )
    minimum_quotes: int = Field(2, ge=1, le=4, description="Verified quotes a rating needs.")


class TracesSettings(Section):
    """Traces of turns and of calls of the language model."""

    kept_megabytes: int = Field(16, ge=0, description="Kept of each process in the data folder; 0: nothing.")
    endpoint: str = Field(
        "",
        pattern=r"^(|https?://\S+)$",
        description="OTLP/HTTP endpoint to post them to, the whole URL ending in `/v1/traces`; empty: none.",
    )
    personal_data: bool = Field(False, description="Keep what was sent to the model and what it answered.")


class PullSettings(Section):
    """Releases that the node fetches itself (`edge-node pull`), in a branch that lets nobody in."""

    group: Literal["", "canary", "first", "rest"] = Field(
        "", description="Its rollout group: head office tells the canaries of a release first. Empty: it fetches none."
    )
    programs_dir: Path = Field(
        Path("/opt/interview"), description="Where the installer lies, and its word on what became of a release."
    )
    signers_file: Path = Field(
        Path("/etc/interview/bundle-signers"), description="Who may sign bundles (OpenSSH's allowed signers)."
    )
    megabytes_most: int = Field(8192, ge=1, description="Largest bundle the node fetches.")
    every_seconds: float = Field(30.0, gt=0, le=3600, description="Seconds between two questions to head office.")
