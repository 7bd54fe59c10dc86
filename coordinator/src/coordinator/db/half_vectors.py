"""How vectors travel to Postgres: in ``halfvec``'s own binary form, two bytes a number and nothing to parse."""

import psycopg
from pgvector import HalfVector
from psycopg.adapt import Dumper
from psycopg.pq import Format


class _Binary(Dumper):
    # No type's number: each database has its own, so statements say ``%b::halfvec``.
    format = Format.BINARY

    def dump(self, obj: HalfVector) -> bytes:
        return bytes(obj.to_binary())


def register(connection: psycopg.AsyncConnection[object]) -> None:
    """Let ``connection`` take ``pgvector.HalfVector`` where a statement says ``%b::halfvec``."""
    connection.adapters.register_dumper(HalfVector, _Binary)
