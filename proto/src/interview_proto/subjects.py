"""Every subject, stream, bucket and durable name of the system, once.

Two domains meet over a leafnode link: a node's own server (domain ``edge-<node>``) and the hub (domain ``hub``).
Local subjects (``journal.``, ``engine.``, ``room.``) never cross the link; ``ev.``, ``rpc.`` and ``cmd.`` do.
"""

import base64
import re

_TOKEN = re.compile(r"^[A-Za-z0-9_-]{1,64}$")


def _token(value: str) -> str:
    """Return ``value`` if it can stand alone in a subject; raises ValueError otherwise."""
    if not _TOKEN.match(value):
        raise ValueError(f"not a subject token: {value!r} (letters, digits, - and _, 1 to 64)")
    return value


HUB_DOMAIN = "hub"


def edge_domain(node_id: str) -> str:
    """JetStream domain of a node's own server."""
    return f"edge-{_token(node_id)}"


# The node's journal -----------------------------------------------------------------------------------------
JOURNAL_STREAM = "JOURNAL"
JOURNAL_SUBJECTS = "journal.>"


def journal(interview_id: str) -> str:
    """Local subject of one interview's facts."""
    return f"journal.{_token(interview_id)}"


# Between the processes of one node --------------------------------------------------------------------------
TRANSCRIBE = "engine.speech.transcribe"
SYNTHESIZE = "engine.speech.synthesize"
GENERATE = "engine.language.generate"
WATCH = "engine.vision.watch"
ROOM_CLAIM = "room.claim"
ROOM_CONSENT = "room.consent"
ROOM_OFFER = "room.offer"
ROOM_STATE = "room.state"
ROOM_DRAIN = "room.drain"
ENGINE_QUEUE = "engines"


def health(process: str) -> str:
    """Local subject on which a process answers a health request."""
    return f"health.{_token(process)}"


# Node to hub ------------------------------------------------------------------------------------------------
EVENTS_STREAM = "EVENTS"
EVENTS_SUBJECTS = "ev.*.batch"
INGEST_DURABLE = "ingest"


def event_batch(node_id: str) -> str:
    """Subject a node's forwarder publishes batches to."""
    return f"ev.{_token(node_id)}.batch"


def position_request(node_id: str) -> str:
    """Subject on which the coordinator answers how far it has committed this node's journal."""
    return f"rpc.{_token(node_id)}.position"


POSITION_REQUESTS = "rpc.*.position"
HEARTBEATS = "rpc.*.heartbeat"


def heartbeat(node_id: str) -> str:
    """Subject of a node's heartbeat (core NATS, at most once)."""
    return f"rpc.{_token(node_id)}.heartbeat"


# Hub to node ------------------------------------------------------------------------------------------------
def kits_bucket(node_id: str) -> str:
    """Key-value bucket of one node's kits; key = interview id. Mirrored to the node."""
    return f"kits-{_token(node_id)}"


def kits_durable(node_id: str) -> str:
    """Durable consumer at the hub that a node's mirror of its kits is bound to."""
    return f"mirror-{_token(node_id)}"


def kits_delivery(node_id: str) -> str:
    """Subject the durable delivers a node's kits on."""
    return f"mir.{_token(node_id)}.kits"


FILES_BUCKET = "files"
"""Object bucket at the hub: weights and whatever else is too large for a kit. Nodes only read it."""

FILES_STREAM = f"OBJ_{FILES_BUCKET}"
FILES_READ = f"$JS.{HUB_DOMAIN}.API.DIRECT.GET.{FILES_STREAM}"
"""Subject on which the hub hands out single messages of the bucket."""


def file_facts(name: str) -> str:
    """Subject of what the hub knows of a file: size, digest, where its chunks are."""
    return f"$O.{FILES_BUCKET}.M.{base64.urlsafe_b64encode(name.encode()).decode()}"


def file_chunks(content_id: str) -> str:
    """Subject of a file's chunks, in order."""
    return f"$O.{FILES_BUCKET}.C.{_token(content_id)}"


# The link ---------------------------------------------------------------------------------------------------
def node_inbox(node_id: str) -> str:
    """Inbox prefix of a node's connections that cross the link; the hub lets replies to no other through."""
    return f"_INBOX_{_token(node_id)}"


def node_publish_allow(node_id: str) -> list[str]:
    """What a node's leaf user may publish at the hub: facts, requests, what its kits' mirror needs, reads of files."""
    bucket, durable = f"KV_{kits_bucket(node_id)}", kits_durable(node_id)
    return [
        event_batch(node_id),
        f"rpc.{_token(node_id)}.>",
        f"$JS.FC.{bucket}.>",
        f"$JS.{HUB_DOMAIN}.API.CONSUMER.RESET.{bucket}.{durable}",
        FILES_READ,
    ]


def node_subscribe_allow(node_id: str) -> list[str]:
    """What a node's leaf user may hear from the hub: replies to itself, commands, and its kits."""
    return [
        f"cmd.{_token(node_id)}.>",
        f"{node_inbox(node_id)}.>",
        kits_delivery(node_id),
        "$JSC.R.*",
    ]


# Inside the coordinator -------------------------------------------------------------------------------------
EMBED = "core.embed"
EMBED_QUEUE = "embedders"


def interview_changed(interview_id: str) -> str:
    """Core NATS notice that an interview's projections changed; carries no data."""
    return f"core.changed.{_token(interview_id)}"


INTERVIEWS_CHANGED = "core.changed.*"
