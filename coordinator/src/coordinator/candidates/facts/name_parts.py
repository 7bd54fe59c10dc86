"""Whether two parts of a line are one name. Pure."""

import re

from coordinator.candidates.facts import words

_INSTITUTE = re.compile(r"\b(?:institute|laborator(?:y|ies)|centre|center)\b", re.IGNORECASE)
_BODY = re.compile(r"\b(?:academy of|university of|universit\w*$|national council|society$)", re.IGNORECASE)
_UNIVERSITY = re.compile(r"^(?:the )?(?:[\w'’-]+ ){0,3}(?:university|college)(?: of(?: [\w'’-]+){1,3})?$", re.I)
_AND = re.compile(r"\S\s(?:and|&)\s\S")


def is_campus(text: str, between: str) -> bool:
    """Whether what follows says which university it is: "University of Texas at Austin"."""
    return between.strip() == "at" and _UNIVERSITY.match(text) is not None


def is_of(text: str, whole: str) -> bool:
    """Whether ``text`` is an institute of ``whole``: "Institute of Physics, Academy of Sciences" is one name."""
    return _INSTITUTE.search(text) is not None and _BODY.search(whole) is not None


def is_last_of_several(text: str, last: str) -> bool:
    """Whether a name that lists what a firm does goes on: "Heating, Cooling and Refrigeration Services"."""
    return _AND.search(last) is not None and not words.names_a_title(text) and not words.names_a_title(last)
