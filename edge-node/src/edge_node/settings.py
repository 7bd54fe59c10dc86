"""Every setting of the node, in one frozen tree whose branches are the sections; the only reader of the environment.

Variables are named ``EDGE_NODE_<FIELD>`` with ``__`` between levels, e.g. ``EDGE_NODE_MEDIA__UDP_PORT_FIRST``.
Secrets are files, named by a setting.
"""

import math
from pathlib import Path
from typing import Self

from pydantic import Field, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from edge_node.settings_sections import (
    DialogueSettings,
    DiskSettings,
    LanguageSettings,
    MediaSettings,
    PullSettings,
    RecordingSettings,
    ReviewSettings,
    SpeechSettings,
    TracesSettings,
    VisionSettings,
)

PROCESSES = ("kiosk", "room", "speech", "language", "vision", "review", "uplink")
PULL = "pull"
"""A process of nodes that fetch releases themselves; what it does is told to head office, so it has no figures."""

ROOM = "room"


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
