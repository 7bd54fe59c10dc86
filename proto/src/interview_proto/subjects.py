"""Every subject, stream, bucket and durable name of the system, once.

Two domains meet over a leafnode link: a node's own server (domain ``edge-<node>``) and the hub (domain ``hub``).
Local subjects (``journal.``, ``engine.``, ``room.``) never cross the link; ``ev.``, ``rpc.`` and ``mir.`` do.
"""

import base64
import re

_TOKEN = re.compile(r"^[A-Za-z0-9_-]{1,64}$")

ANY_NODE = "{{name()}}"
"""Stands for a node's name in the hub's template of what nodes may do; the hub puts in the name it has signed."""


def _token(value: str) -> str:
    """Return ``value`` if it can stand alone in a subject; raises ValueError otherwise."""
    if value != ANY_NODE and not _TOKEN.match(value):
        raise ValueError(f"not a subject token: {value!r} (letters, digits, - and _, 1 to 64)")
    return value


HUB_DOMAIN = "hub"

HUB_API = "hubapi"
"""Where nodes reach the few calls of the hub's JetStream they may make; the API prefix of a mirror's source."""


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
ROOM_LOOK = "room.look"
ROOM_CONSENT = "room.consent"
ROOM_OFFER = "room.offer"
ROOM_STATE = "room.state"
ROOM_DRAIN = "room.drain"
ENGINE_QUEUE = "engines"


ROOM_PROCESS = "room"
"""Name of a node's first room process; further ones are ``room-2``, ``room-3`` and so on."""


def of_room(subject: str, process: str) -> str:
    """Where one room process serves what the first one serves on ``subject``."""
    return subject if process == ROOM_PROCESS else f"{subject}.{_token(process)}"


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


def renewal_request(node_id: str) -> str:
    """Subject on which the coordinator issues a node's next credentials to the node itself."""
    return f"rpc.{_token(node_id)}.renewal"


def recording_request(node_id: str) -> str:
    """Subject on which a node hands over recordings, segment by segment."""
    return f"rpc.{_token(node_id)}.recording"


def release_request(node_id: str) -> str:
    """Subject on which a node that fetches releases itself asks which it is to run, and says how far it is."""
    return f"rpc.{_token(node_id)}.release"


NODE_REQUESTS = "rpc.>"
POSITION_REQUESTS = "rpc.*.position"
RENEWAL_REQUESTS = "rpc.*.renewal"
RECORDING_REQUESTS = "rpc.*.recording"
RELEASE_REQUESTS = "rpc.*.release"
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
FILES_READ = f"{HUB_API}.DIRECT.GET.{FILES_STREAM}"
"""Subject on which nodes are handed single messages of the bucket."""


def release_file(bundle_id: str) -> str:
    """Name of a release's bundle in the bucket."""
    return f"release-{_token(bundle_id)}.bundle"


def file_facts(name: str) -> str:
    """Subject of what the hub knows of a file: size, digest, where its chunks are."""
    return f"$O.{FILES_BUCKET}.M.{base64.urlsafe_b64encode(name.encode()).decode()}"


def file_chunks(content_id: str) -> str:
    """Subject of a file's chunks, in order."""
    return f"$O.{FILES_BUCKET}.C.{_token(content_id)}"


DELIVERIES = "mir.>"
"""Everything the hub delivers to mirrors on nodes."""


# The link ---------------------------------------------------------------------------------------------------
CONSUMER_RESETS = "$JS.API.CONSUMER.RESET.*.*"
"""The hub's own subject of a mirror's call to go on from its place."""

FILE_READS = f"$JS.API.DIRECT.GET.{FILES_STREAM}"
"""The hub's own subject of a read of files."""

FLOW_CONTROL = "$JS.FC.>"
"""A mirror's acknowledgements."""


def node_inbox(node_id: str) -> str:
    """Inbox prefix of a node's connections that cross the link; the hub lets replies to no other through."""
    return f"_INBOX_{_token(node_id)}"


def node_publish_allow(node_id: str) -> list[str]:
    """What a node's link may publish at the hub: facts, requests, what its kits' mirror needs, reads of files."""
    bucket, durable = f"KV_{kits_bucket(node_id)}", kits_durable(node_id)
    return [
        event_batch(node_id),
        f"rpc.{_token(node_id)}.>",
        f"$JS.FC.{bucket}.>",
        f"{HUB_API}.CONSUMER.RESET.{bucket}.{durable}",
        FILES_READ,
    ]


def node_subscribe_allow(node_id: str) -> list[str]:
    """What a node's link may hear from the hub: replies to itself, and its kits."""
    return [
        f"{node_inbox(node_id)}.>",
        f"mir.{_token(node_id)}.>",
        "$JSC.R.*",
    ]


# Inside the coordinator -------------------------------------------------------------------------------------
EMBED = "core.embed"
EMBED_QUEUE = "embedders"


def interview_changed(interview_id: str) -> str:
    """Core NATS notice that an interview's projections changed; carries no data."""
    return f"core.changed.{_token(interview_id)}"


INTERVIEWS_CHANGED = "core.changed.*"
