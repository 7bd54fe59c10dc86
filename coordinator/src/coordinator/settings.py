"""Every setting of the coordinator, in one frozen tree; the only reader of the environment.

Variables are named ``COORDINATOR_<FIELD>`` with ``__`` between levels, e.g. ``COORDINATOR_RESUME__PAGES_MAX``.
Secrets are files, named by a setting.
"""

from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field
from pydantic_settings import BaseSettings, SettingsConfigDict


class _Section(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class SessionSettings(_Section):
    """Signing in."""

    token_minutes: int = Field(60, ge=1, le=720, description="Minutes a login lasts.")
    issuer: str = Field("coordinator", description="Issuer written into and asked of a login token.")
    audience: str = Field("dashboard", description="Audience written into and asked of a login token.")
    tries: int = Field(10, ge=1, description="Failed logins of one e-mail or address before a pause.")
    tries_window_seconds: int = Field(300, ge=1, description="Seconds over which failed logins are counted.")


class ResumeSettings(_Section):
    """What a resume file may be, and what reading it may cost."""

    bytes_max: int = Field(10 * 1024 * 1024, ge=1024, description="Largest file, bytes.")
    pages_max: int = Field(50, ge=1, description="Most pages.")
    reader_seconds: int = Field(30, ge=1, description="Processor and wall seconds of the reading child.")
    reader_megabytes: int = Field(1024, ge=128, description="Address space of the reading child, MiB.")
    readers: int = Field(2, ge=1, le=16, description="Files read at the same time.")


class EmbeddingSettings(_Section):
    """Vectors."""

    model_file: Path | None = Field(None, description="The embedding model (GGUF); the embedder needs it.")
    timeout_seconds: float = Field(60.0, gt=0, description="Deadline of one request to the embedder.")
    queue_max: int = Field(64, ge=1, description="Requests waiting at one embedder before it says busy.")
    texts_per_request: int = Field(16, ge=1, le=256, description="Most texts in one request.")


class RateSettings(_Section):
    """Requests per client address."""

    requests_per_minute: int = Field(600, ge=1, description="Requests of one address a minute.")
    addresses_max: int = Field(10_000, ge=1, description="Addresses remembered at once.")


class IdentitySettings(_Section):
    """Who nodes are."""

    keys_dir: Path | None = Field(None, description="The installation's keys; none: no node can be enrolled here.")
    hub_names: tuple[str, ...] = Field(
        ("localhost", "127.0.0.1"), min_length=1, description="Names and addresses under which nodes reach the hub."
    )
    web_names: tuple[str, ...] = Field(
        (), description="Names of the API's own certificate (web.pem, by the room pages' authority); none: not made."
    )
    hub_members: dict[Annotated[str, Field(pattern=r"^[A-Za-z0-9_.-]{1,64}$")], tuple[str, ...]] = Field(
        default_factory=dict,
        description="Servers of a hub of three by name, each with the names and addresses under which it is reached.",
    )
    token_minutes: int = Field(15, ge=1, le=60, description="Minutes an enrolment token can be used.")
    credential_hours: float = Field(
        720, gt=0, le=8760, description="Hours a node's credentials are good; it renews them after half of that."
    )
    page_certificate_days: int = Field(
        397, ge=1, le=825, description="Days a room page's certificate is good; renewed with the credentials."
    )


class PlaybookSettings(_Section):
    """The runner of playbooks (`coordinator provision-runner`)."""

    folder: Path = Field(
        Path("/etc/interview/fleet"), description="IT's own: `inventory`, and `bundles` with their .json beside them."
    )
    state_dir: Path = Field(Path("var/coordinator/playbooks"), description="What runs leave; made when missing.")
    playbook_dir: Path = Field(
        Path("provisioning"), description="The installed playbook: ansible.cfg, playbooks, roles."
    )
    signers_file: Path = Field(
        Path("/etc/interview/bundle-signers"), description="Who may sign bundles (OpenSSH's allowed signers)."
    )
    deadline_minutes: float = Field(480, gt=0, le=2880, description="Minutes after which a run is stopped.")
    database_role: str = Field(
        "",
        pattern=r"^[a-z_][a-z0-9_]{0,62}$|^$",
        description="The runner's own role at the database; `coordinator migrate` gives it what it needs. Empty: none.",
    )


class Settings(BaseSettings):
    """The coordinator."""

    model_config = SettingsConfigDict(env_prefix="COORDINATOR_", env_nested_delimiter="__", frozen=True, extra="forbid")

    database_url: str = Field("", description="Postgres URL without a password, or empty when a file holds it.")
    database_url_file: Path | None = Field(None, description="File with the whole Postgres URL.")
    database_connections: int = Field(8, ge=1, le=100, description="Connections of one process.")
    nats_url: str = Field("nats://127.0.0.1:4223", description="The hub's nats-servers, with commas between.")
    nats_replicas: int = Field(1, ge=1, le=5, description="Servers that hold each stream of the hub: 1, or 3 of three.")
    nats_credentials_file: Path | None = Field(
        None, description="Credentials of the coordinator's user at the hub (`coordinator identity` makes them)."
    )
    nats_domain: str = Field("hub", pattern=r"^[A-Za-z0-9_-]{1,64}$", description="JetStream domain of the hub.")
    signing_key_file: Path = Field(
        Path("var/coordinator/signing.key"), description="Key that signs logins; made (mode 600) when missing."
    )
    recording_key_file: Path = Field(
        Path("var/coordinator/recording.key"),
        description="Key around the keys of recordings; made (mode 600) when first needed. Lost, none can be heard.",
    )
    metrics_port: int = Field(0, ge=0, le=65535, description="Loopback port of one process's own figures; 0: none.")
    http_host: str = Field("127.0.0.1", description="Address the API listens on.")
    http_port: int = Field(8080, ge=0, le=65535, description="Port the API listens on.")
    tls_certificate_file: Path | None = Field(None, description="File with the API's certificate chain (PEM).")
    tls_key_file: Path | None = Field(None, description="File with its key (PEM); none: in the certificate's file.")
    figures_url: str = Field(
        "",
        pattern=r"^(http://[^/\s]+)?$",
        description="Prometheus that takes nodes' own figures, e.g. http://127.0.0.1:9090; empty: none are taken.",
    )
    dashboard_dir: Path = Field(Path("dashboards/recruiter/dist"), description="The built recruiter dashboard.")
    room_url: str = Field("", description="Room page's URL for nodes that do not announce their own.")
    join_code_minutes: int = Field(24 * 60, ge=1, description="Minutes a join code can be used.")
    late_seconds: float = Field(60.0, gt=0, description="Delay of a fact from which an interview is shown as late.")
    clock_error_seconds: float = Field(5.0, gt=0, description="Error from which a node's clock is shown as wrong.")
    log_level: str = Field("info", pattern="^(debug|info|warning|error)$", description="Least level logged.")
    log_personal_data: bool = Field(False, description="Keep keys marked as personal in logs.")
    session: SessionSettings = SessionSettings()
    resume: ResumeSettings = ResumeSettings()
    embedding: EmbeddingSettings = EmbeddingSettings()
    rate: RateSettings = RateSettings()
    identity: IdentitySettings = IdentitySettings()
    playbooks: PlaybookSettings = PlaybookSettings()


def load() -> Settings:
    """Settings from the environment; raises pydantic.ValidationError with every fault at once."""
    return Settings()


def read_secret(path: Path | None) -> str:
    """The secret in a file, without the line end; empty when no file is named. Raises OSError."""
    return path.read_text().strip() if path else ""


def database_url(settings: Settings) -> str:
    """The Postgres URL; raises ValueError when neither setting names one."""
    url = read_secret(settings.database_url_file) or settings.database_url
    if not url:
        raise ValueError("set COORDINATOR_DATABASE_URL_FILE (a file with the Postgres URL) or COORDINATOR_DATABASE_URL")
    return url


def embedding_model_file(settings: Settings) -> Path:
    """The embedding model; raises FileNotFoundError when none is named or it is not there."""
    path = settings.embedding.model_file
    if path is None or not path.is_file():
        raise FileNotFoundError(
            f"no embedding model at {path}: run `edge-node models pull` and set COORDINATOR_EMBEDDING__MODEL_FILE"
        )
    return path
