"""JSON as Postgres can keep it."""

import json
from typing import Any


def as_json(value: Any) -> str:
    """``value`` without NUL characters, which Postgres refuses; each replaced by one, so that places in a text hold."""
    text = json.dumps(value)
    return json.dumps(_storable(value)) if "\\u0000" in text else text


def _storable(value: Any) -> Any:
    if isinstance(value, str):
        return value.replace("\0", "\N{REPLACEMENT CHARACTER}")
    if isinstance(value, list):
        return [_storable(item) for item in value]
    if isinstance(value, dict):
        return {name: _storable(item) for name, item in value.items()}
    return value
