"""Every setting of the node, in one frozen tree; the only reader of the environment.

Variables are named ``EDGE_NODE_<FIELD>`` with ``__`` between levels, e.g. ``EDGE_NODE_MEDIA__UDP_PORT_FIRST``.
Secrets are files, named by a setting.
"""

import math
from pathlib import Path
from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

PROCESSES = ("kiosk", "room", "speech", "language", "vision", "review", "uplink")
PULL = "pull"
"""A process of nodes that fetch releases themselves; what it does is told to head office, so it has no figures."""

ROOM = "room"


class _Section(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class MediaSettings(_Section):
    """WebRTC."""

    udp_port_first: int = Field(50000, ge=1024, le=65535, description="First UDP port of the media range.")
    udp_port_last: int = Field(50050, ge=1024, le=65535, description="Last UDP port of the media range.")
    addresses: tuple[str, ...] = Field(
        (), description="Host addresses to bind; empty: every address of the machine but loopback."
    )
    advertised_host: str = Field("", description="Address to announce instead (1:1 NAT); empty: the bound one.")


class DialogueSettings(_Section):
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


class LanguageSettings(_Section):
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


class SpeechSettings(_Section):
    """Hearing and speaking."""

    threads: int = Field(1, ge=1, description="Processor threads of one recogniser.")
    partial_every_seconds: float = Field(1.2, gt=0, description="Least time between two partial captions.")
    final_timeout_seconds: float = Field(30.0, gt=0, description="Deadline of a final transcript.")
    kept_seconds: float = Field(
        300.0, ge=0, description="Sound of texts said before, kept in the room process's memory (96 kB a second)."
    )
    synthesis_timeout_seconds: float = Field(30.0, gt=0, description="Deadline of one spoken text.")


class VisionSettings(_Section):
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


class DiskSettings(_Section):
    """Room for the record on the disk under ``data_dir``, where the node's server must keep its store too."""

    reserve_megabytes: int = Field(128, ge=0, description="Kept aside for running interviews when the disk fills up.")
    headroom_megabytes: int = Field(512, ge=0, description="Free beside the reserve before an interview is opened.")


class RecordingSettings(_Section):
    """The candidate's voice; kept only of candidates who agree to it, each for themselves."""

    allowed: bool = Field(False, description="Whether candidates are asked for a recording at all.")
    megabytes_most: int = Field(4096, ge=1, description="Disk all recordings on the node may take.")
    kept_days: float = Field(7.0, ge=0, description="Days a recording stays on the node once head office has it.")


class ReviewSettings(_Section):
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


class TracesSettings(_Section):
    """Traces of turns and of calls of the language model."""

    kept_megabytes: int = Field(16, ge=0, description="Kept of each process in the data folder; 0: nothing.")
    endpoint: str = Field(
        "",
        pattern=r"^(|https?://\S+)$",
        description="OTLP/HTTP endpoint to post them to, the whole URL ending in `/v1/traces`; empty: none.",
    )
    personal_data: bool = Field(False, description="Keep what was sent to the model and what it answered.")


class PullSettings(_Section):
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


class Settings(BaseSettings):
    """The node."""

    model_config = SettingsConfigDict(env_prefix="EDGE_NODE_", env_nested_delimiter="__", frozen=True, extra="forbid")

    node_id: str = Field(
        "node-1", pattern=r"^[a-z0-9][a-z0-9-]{0,62}$", description="Name in subjects and certificates."
    )
    display_name: str = Field("", description="Name people see; empty: the node id.")
    data_dir: Path = Field(Path("var/node"), description="Everything the node keeps.")
    models_dir: Path = Field(Path("var/models"), description="Weights made ready by `edge-node models pull`.")
    model_profile: str = Field("starter", description="Profile of the model manifest: starter or production.")
    nats_url: str = Field("nats://127.0.0.1:4222", description="The node's own server; loopback only.")
    nats_token_file: Path | None = Field(None, description="File with the token of the node's own server.")
    http_host: str = Field("127.0.0.1", description="Address the kiosk listens on.")
    http_port: int = Field(8443, ge=0, le=65535, description="Port the kiosk listens on.")
    tls_certificate_file: Path | None = Field(None, description="File with the kiosk's certificate chain (PEM).")
    tls_key_file: Path | None = Field(None, description="File with the certificate's key (PEM).")
    allow_plain_http: bool = Field(
        False, description="Serve plain HTTP beyond loopback; only behind a proxy that speaks TLS."
    )
    public_url: str = Field("", description="URL of the room page as a candidate opens it; empty: host and port.")
    room_page_dir: Path = Field(Path("dashboards/room/dist"), description="The built room page.")
    room_token_key_file: Path | None = Field(None, description="File with the key that signs room tokens.")
    rooms_max: int = Field(2, ge=1, le=51, description="Interviews at the same time.")
    room_processes: int = Field(
        1,
        ge=1,
        le=16,
        description="Processes that hold interviews, each with its share of the media ports: `room`, `room-2` and so"
        " on. One that dies takes no other's interviews with it; another process goes on with its own.",
    )
    metrics_first_port: int = Field(
        0,
        ge=0,
        le=65500,
        description="First of the loopback ports on which the processes tell their figures, in the order kiosk, room,"
        " speech, language, vision, review, uplink, room-2 and so on; 0: none.",
    )
    log_level: str = Field("info", pattern="^(debug|info|warning|error)$", description="Least level logged.")
    log_personal_data: bool = Field(False, description="Keep keys marked as personal in logs.")
    media: MediaSettings = MediaSettings()
    dialogue: DialogueSettings = DialogueSettings()
    language: LanguageSettings = LanguageSettings()
    speech: SpeechSettings = SpeechSettings()
    vision: VisionSettings = VisionSettings()
    review: ReviewSettings = ReviewSettings()
    disk: DiskSettings = DiskSettings()
    recording: RecordingSettings = RecordingSettings()
    traces: TracesSettings = TracesSettings()
    pull: PullSettings = PullSettings()

    @property
    def name(self) -> str:
        """The name people see."""
        return self.display_name or self.node_id

    @property
    def rooms(self) -> tuple[str, ...]:
        """Names of the processes that hold interviews, the first one's as where there is only one."""
        return (ROOM, *(f"{ROOM}-{number}" for number in range(2, self.room_processes + 1)))

    @property
    def processes(self) -> tuple[str, ...]:
        """Names of all processes of this node, in the order of their ports of figures."""
        return (*PROCESSES, *self.rooms[1:])

    def metrics_port(self, process: str) -> int:
        """The loopback port of one process's figures; 0: none."""
        told = self.metrics_first_port and process in self.processes
        return self.metrics_first_port + self.processes.index(process) if told else 0

    def udp_ports(self, room: str) -> range:
        """The media ports that are one room process's own; those of two never meet."""
        ports = range(self.media.udp_port_first, self.media.udp_port_last + 1)
        number, share = self.rooms.index(room), len(ports) // self.room_processes
        return ports if self.room_processes == 1 else ports[number * share : (number + 1) * share]

    def rooms_limit(self, room: str) -> int:
        """Interviews one room process may hold: as many as the node while its ports last, one of which stays free for
        a page that comes back while its lost connection still has one.
        """
        return self.rooms_max if self.room_processes == 1 else min(self.rooms_max, len(self.udp_ports(room)) - 1)

    @model_validator(mode="after")
    def _shared_out(self) -> Self:
        if self.media.udp_port_first > self.media.udp_port_last:
            raise ValueError("media.udp_port_first lies beyond media.udp_port_last")
        if self.room_processes == 1:
            return self
        if self.room_processes > self.rooms_max:
            raise ValueError(f"{self.room_processes} room_processes for {self.rooms_max} rooms_max: one would be idle")
        fair = math.ceil(self.rooms_max / self.room_processes)
        for room in self.rooms:
            if len(self.udp_ports(room)) < fair + 1:
                raise ValueError(
                    f"{self.room_processes} room_processes get {len(self.udp_ports(room))} UDP ports each, and"
                    f" {self.rooms_max} rooms_max need {fair + 1}: widen media.udp_port_first to udp_port_last"
                )
        return self


def load() -> Settings:
    """Settings from the environment; raises pydantic.ValidationError with every fault at once."""
    return Settings()


def read_secret(path: Path | None) -> str:
    """The secret in a file, without the line end; empty when no file is named. Raises OSError."""
    return path.read_text().strip() if path else ""
