"""Files for nodes, in the hub's object store: put in by an operator, read by nodes chunk by chunk."""

import base64
from dataclasses import dataclass
from pathlib import Path

from interview_proto import subjects
from nats.errors import Error as NatsError
from nats.js.api import ObjectStoreConfig, StorageType
from nats.js.errors import BucketNotFoundError, NotFoundError, ObjectNotFoundError
from nats.js.object_store import ObjectStore

from coordinator.bus.hub import Hub
from coordinator.fault import Fault

TIMEOUT_SECONDS = 30.0


@dataclass(frozen=True, slots=True)
class StoredFile:
    """One file at the hub."""

    name: str
    size: int
    sha256: str
    """Hexadecimal."""


class Files:
    """The hub's files, each held by ``replicas`` servers.

    Every method raises Fault hub_unavailable (503) without the hub.
    """

    def __init__(self, hub: Hub, *, replicas: int = 1) -> None:
        self._hub = hub
        self._replicas = replicas

    async def put(self, path: Path, name: str) -> StoredFile:
        """Store the file at ``path`` under ``name``; one that was there is replaced. Raises OSError."""
        try:
            store = await self._store()
            with path.open("rb") as content:
                made = await store.put(name, content)
        except (NatsError, TimeoutError) as error:
            raise Fault("hub_unavailable", f"{name} was not stored: {type(error).__name__}", status=503) from error
        return StoredFile(name, int(made.size or 0), _hex(made.digest or ""))

    async def stored(self) -> list[StoredFile]:
        """Every file, by name."""
        try:
            found = await (await self._store()).list(ignore_deletes=True)
        except NotFoundError:
            return []
        except (NatsError, TimeoutError) as error:
            raise Fault("hub_unavailable", type(error).__name__, status=503) from error
        made = [StoredFile(one.name or "", int(one.size or 0), _hex(one.digest or "")) for one in found]
        return sorted(made, key=lambda one: one.name)

    async def delete(self, name: str) -> None:
        """Remove a file; raises Fault file_unknown (404)."""
        try:
            await (await self._store()).delete(name)
        except (NotFoundError, ObjectNotFoundError):
            raise Fault("file_unknown", f"the hub has no file {name!r}", status=404) from None
        except (NatsError, TimeoutError) as error:
            raise Fault("hub_unavailable", type(error).__name__, status=503) from error

    async def _store(self) -> ObjectStore:
        jetstream = self._hub.client.jetstream(timeout=TIMEOUT_SECONDS)
        try:
            return await jetstream.object_store(subjects.FILES_BUCKET)
        except BucketNotFoundError:
            config = ObjectStoreConfig(storage=StorageType.FILE, replicas=self._replicas)
            return await jetstream.create_object_store(subjects.FILES_BUCKET, config)


def _hex(digest: str) -> str:
    """``SHA-256=<base64url>`` as hexadecimal."""
    text = digest.partition("=")[2]
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)).hex()
