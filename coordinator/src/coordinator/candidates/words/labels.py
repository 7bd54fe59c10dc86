"""Words that stand above a column or before a colon, and what they say of what follows. Pure."""

import re
from typing import Literal, cast

from coordinator.candidates.words.vocabulary import VOCABULARY

Field = Literal[
    "name",
    "employer",
    "title",
    "period",
    "start",
    "end",
    "institution",
    "degree",
    "skill",
    "level",
    "certificate",
    "issuer",
    "date",
    "language",
    "score",
    "duties",
    "department",
    "place",
    "project",
    "other",
    "year",
    "month",
]

LABEL_CHARACTERS_MAX = 40
_CLIENT = re.compile(
    r"(?:(?:key|selected|main|end|major|주요)\s)?(?:clients?|customer|engagement|project|assignment|고객사?|발주처|프로젝트|과제|사업)"
    r"(?:\s?(?:name|명))?(?:\s?#?\d{1,2})?",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?:입학|졸업|입사|퇴사|취득|시작|종료)?(?:년|년도|연도)$|(?:from|to|start|end)?(?:year|yyyy)$")
_MONTH = re.compile(r"(?:입학|졸업|입사|퇴사|취득|시작|종료)?월$|(?:from|to|start|end)?(?:month|mm)$")


def _key(text: str) -> str:
    return re.sub(r"[\s:：*·_./,-]+", "", text).lower()


_FIELDS: dict[str, Field] = {}
for _field, _listed in VOCABULARY["labels"].items():
    for _word in _listed:
        _FIELDS.setdefault(_key(_word), cast("Field", _field))


_REMARKS = frozenset(map(_key, VOCABULARY["words"]["remarks"]))


def is_remark(text: str) -> bool:
    """Whether a label before a colon says more of an employment than who, what, when and where: its pay, its hours."""
    return _key(text) in _REMARKS


def field_of(text: str) -> Field | None:
    """What a label says of the text it stands with; None for what is no label."""
    return _FIELDS.get(_key(text)) if 0 < len(text) <= LABEL_CHARACTERS_MAX else None


def fields_of(text: str) -> list[Field]:
    """What a label says, of each part where it names two things: "회사명 / 직위"; empty for what is no label."""
    whole = field_of(text)
    if whole is not None:
        return [whole]
    parts = [field_of(part.strip()) for part in re.split(r"[/·,|]|\band\b|및", text)]
    return [field for field in parts if field is not None] if len(parts) == 2 and None not in parts else []


def is_column_label(text: str) -> bool:
    """Whether ``text`` is a usual label of a column."""
    return field_of(text) is not None


def head(cells: list[str]) -> list[Field | None] | None:
    """What each column of a table holds when ``cells`` are its head: at least two labels and hardly anything else."""
    filled = [cell for cell in cells if cell.strip()]
    fields: list[Field | None] = [next(iter(fields_of(cell.strip())), None) for cell in cells]
    for place, (one, after) in enumerate(zip(cells, cells[1:], strict=False)):
        # Columns of years and of months, side by side, are dates in two halves.
        if _YEAR.match(_key(one)) and _MONTH.match(_key(after)):
            fields[place : place + 2] = ["year", "month"]
    known = [field for field in fields if field is not None]
    return fields if len(known) >= 2 and len(known) * 3 >= len(filled) * 2 else None


def is_client(text: str) -> bool:
    """Whether a label says that what it stands before is a client or a project."""
    return _CLIENT.fullmatch(text.strip()) is not None


def is_before_colon(text: str) -> bool:
    """Whether ``text`` before a colon is a label, and no name."""
    return field_of(text) is not None or is_remark(text) or is_client(text)


def field_before_colon(text: str) -> Field | None:
    """What a label before a colon says of what follows."""
    return field_of(text) or ("other" if is_remark(text) else None)
