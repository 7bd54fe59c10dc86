"""Planned questions that ask a candidate about a trait the law protects. Pure.

Narrower than the list a node holds a model to: a nurse may be asked about illness at work, nobody about their own.
Each sentence is held to both languages, whatever the job's: a question may be written in either.
"""

import re

from coordinator.jobs.protected import english, korean

_SENTENCE_END = re.compile(r"(?<=[.!?。？！])\s+|\n+")


def asks_for_protected(question: str) -> bool:
    """Whether any sentence of ``question`` asks the candidate about a protected trait, in either language."""
    return any(english.asks(each) or korean.asks(each) for each in _SENTENCE_END.split(" ".join(question.split())))
