"""Postgres: the pool, the unit of work, the schema's migrations."""
