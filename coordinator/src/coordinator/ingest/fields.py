"""A message of the wire as plain values: names as in the schema, enums as lower-case words."""

from collections.abc import Callable
from functools import cache
from operator import attrgetter
from typing import Any

from google.protobuf.descriptor import Descriptor, FieldDescriptor
from google.protobuf.message import Message

_ENUM_PREFIXES = {"kind": "QUESTION_KIND_", "mode": "TURN_MODE_"}

_LEFT = frozenset({"words"})
"""Fields that stay in the envelope: nothing is written of them, and they are most of what is said."""

Read = Callable[[Any], Any]


def plain(message: Message) -> dict[str, Any]:
    """Every field of ``message``, those at their default too, but for the words of an answer."""
    fields: dict[str, Any] = _reader(message.DESCRIPTOR)(message)
    return fields


@cache
def _reader(descriptor: Descriptor) -> Read:
    """Reads messages of one kind; every fact goes through here, so all is looked up beforehand."""
    fields = [field for field in descriptor.fields if field.name not in _LEFT]
    names = [field.name for field in fields]
    converted = [(field.name, read) for field in fields if (read := _conversion(field))]
    if len(names) == 1:
        only = names[0]
        conversion = dict(converted).get(only)
        return lambda message: {only: conversion(getattr(message, only)) if conversion else getattr(message, only)}
    values = attrgetter(*names)

    def read_all(message: Any) -> dict[str, Any]:
        found = dict(zip(names, values(message), strict=True))
        for name, convert in converted:
            found[name] = convert(found[name])
        return found

    return read_all


def _conversion(field: FieldDescriptor) -> Read | None:
    """What makes a field's value a plain one; None for one that is."""
    match field.type:
        case FieldDescriptor.TYPE_MESSAGE:
            one: Read | None = _reader(field.message_type)
        case FieldDescriptor.TYPE_ENUM:
            one = _words(field)
        case _:
            one = None
    if not field.is_repeated:
        return one
    if one is None:
        return list
    return lambda values: [one(value) for value in values]


def _words(field: FieldDescriptor) -> Read:
    prefix = _ENUM_PREFIXES.get(field.name, "")
    assert field.enum_type is not None
    words = {value.number: value.name.removeprefix(prefix).lower() for value in field.enum_type.values}
    # A number this version has no word for stays a number; the table's own check refuses it.
    return lambda value: words.get(value, value)
