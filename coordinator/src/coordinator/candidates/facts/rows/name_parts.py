"""Whether two parts of a line are one name. Pure."""

import re

from coordinator.candidates.facts import words

_INSTITUTE = re.compile(r"\b(?:institute|laborator(?:y|ies)|centre|center)\b", re.IGNORECASE)
_BODY = re.compile(r"\b(?:academy of|university of|universit\w*$|national council|society$)", re.IGNORECASE)
_UNIVERSITY = re.compile(r"^(?:the )?(?:[\w'’-]+ ){0,3}(?:university|college)(?: of(?: [\w'’-]+){1,3})?$", re.I)
_AND = re.compile(r"\S\s(?:and|&)\s\S")
_COUNTY = re.compile(r"(?:Co\.?|County) [A-Z]\w+$")


def is_campus(text: str, between: str) -> bool:
    """Whether what follows says which university it is: "University of Texas at Austin"."""
    return between.strip() == "at" and _UNIVERSITY.match(text) is not None


def is_of(text: str, whole: str) -> bool:
    """Whether ``text`` is an institute of ``whole``: "Institute of Physics, Academy of Sciences" is one name."""
    return _INSTITUTE.search(text) is not None and _BODY.search(whole) is not None


def is_last_of_several(text: str, last: str) -> bool:
    """Whether a name that lists what a firm does goes on: "Heating, Cooling and Refrigeration Services"."""
    return _AND.search(last) is not None and not words.names_a_title(text) and not words.names_a_title(last)


def without_town(text: str) -> str:
    """A firm's name without the town behind it, and county, state or country: "Tuam School, Tuam, Co. Galway"."""
    named = text.removesuffix(",").split(", ")
    if text.endswith(",") and len(named) > 1:
        # The margin has broken off the state: what stands before it is the town.
        named = named[:-1]
    elif len(named) > 1 and (words.is_region(named[-1]) or _COUNTY.match(named[-1])):
        named = named[: -2 if len(named) > 2 and not words.ends_in_legal_form(", ".join(named[:-1])) else -1]
    elif len(named) > 1 and words.is_place(named[-1]):
        named = named[:-1]
    return ", ".join(named)
