"""The numbers of the database's advisory locks, in one place: two parts under one number would wait for each other."""

from enum import IntEnum, unique


@unique
class LockKey(IntEnum):
    """Who holds what: the schema's change, the audit trail's end, the reading of the hub's stream, who is known,
    whether a candidate is there already.
    """

    MIGRATION = 7_405_118_220_431_901
    AUDIT = 7_405_118_220_431_902
    READER = 7_405_118_220_431_903
    IDENTITY = 7_405_118_220_431_904
    CANDIDATES = 7_405_118_220_431_905
