"""What the labeller is told of a resume's rows to find where its sections begin and what they are of. Pure."""

import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from statistics import median

from coordinator.candidates.dates import is_mostly_dates, periods, points
from coordinator.candidates.facts.items import TONGUES
from coordinator.candidates.facts.labelling.marks import sense
from coordinator.candidates.facts.person import EMAIL, PHONE
from coordinator.candidates.headings import Headings, hint, known_kind, print_of, tidy
from coordinator.candidates.schemas import Line
from coordinator.candidates.sections import BULLET, Part

SHORT = 40
_TEST = re.compile(
    r"toeic|toefl|opic|ielts|jlpt|hsk|토익|토플|오픽|\b[abc][12]\b|native|fluent|원어민|회화", re.IGNORECASE
)
_PAPER = re.compile(
    r"기사$|기능사|면허|자격|[1-3]급|certif|licen[sc]e|diploma|\b(?:cpa|pmp|acca|cfa|prince2|itil|aws)\b", re.IGNORECASE
)
_AWARD = re.compile(r"award|prize|medal|scholarship|fellow|수상|대상|금상|은상|우수상|장려상|표창|장학", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]+")


@lru_cache(maxsize=8192)
def _content(text: str) -> tuple[str, ...]:
    """What the words of a row speak of, whatever its print."""
    said = []
    if EMAIL.search(text) or PHONE.search(text) and not periods(text):
        said.append("contact")
    if periods(text):
        said.append("period")
    elif points(text):
        said.append("point")
    if is_mostly_dates(text):
        said.append("dates")
    for name, pattern in (("test", _TEST), ("paper", _PAPER), ("award", _AWARD)):
        if pattern.search(text):
            said.append(name)
    if any(TONGUES.match(word) for word in text.split()[:3]):
        said.append("tongue")
    whole = "".join(sorted({letter for part in re.split(r"[,|·/\t(]", text)[:6] for letter in sense(part.strip())}))
    said += [f"sense{letter}" for letter in whole if letter in "TESGD"]
    divided = len(re.findall(r"[,·|/•]", text))
    said.append(f"divided{min(divided, 4)}")
    if BULLET.match(text):
        said.append("bullet")
    if re.search(r"[.。]$|다\.?$|요\.?$|음$|함$", text.strip()) and len(text) > 20:
        said.append("sentence")
    length = len(text)
    said.append(f"length{sum(length >= step for step in (8, 20, 45, 80))}")
    return tuple(said)


def row_attributes(lines: Sequence[Line], looks: Headings, parts: Sequence[Part]) -> list[list[str]]:
    """For each row what is said of it; ``parts`` are the sections by the rules."""
    body = median(line.size for line in lines) if lines else 1.0
    by_rules = rule_states(len(lines), parts)
    prints = [print_of(line) for line in lines]
    counted = Counter(prints)
    short = Counter(one for one, line in zip(prints, lines, strict=True) if len(line.text) <= SHORT)
    known = Counter(one for one, line in zip(prints, lines, strict=True) if known_kind(line.text) is not None)
    made: list[list[str]] = []
    for place, line in enumerate(lines):
        text = line.text.strip()
        kind = (known_kind(text) or "-") if len(text) <= SHORT else "long"
        guess = hint(text) if len(text) <= SHORT else "long"
        size = round(line.size / body * 10)
        own = prints[place]
        often = counted[own]
        usual = "1" if often == 1 else "few" if often <= 4 else "some" if often <= 12 else "many"
        look = f"{min(max(size, 7), 16)}|{line.bold}|{text.isupper()}"
        alone = short[own] / often > 0.9
        heads = "0" if not known[own] else "1" if known[own] / often < 0.35 else "2"
        said = [
            f"rule={by_rules[place]}",
            f"known={kind}",
            f"hint={guess}",
            f"known={kind}|{heads}|{usual}",
            f"hint={guess}|{heads}|{usual}|{alone}",
            f"look={look}",
            f"print={usual}|{alone}|{heads}",
            f"body={own == looks.body}|{own in looks.prints}|{own in looks.sure}",
            f"row={line.heads_row}|{line.spans}|{line.opens_column}|{bool(line.cells)}",
            f"gap={_gap(lines, place)}",
            f"gap={_gap(lines, place)}|{usual}|{alone}",
            f"colon={text[-1:] in ':：'}",
            f"first={min(place, 3)}",
        ]
        said += [f"c={one}" for one in _content(text)]
        for step in (-1, 1, 2):
            other = place + step
            if 0 <= other < len(lines):
                near = lines[other].text.strip()
                same = prints[other] == own
                said += [f"c{step}={one}" for one in _content(near)]
                said.append(f"same{step}={same}")
                if abs(step) == 1:
                    said.append(f"known{step}={known_kind(near) or '-'}")
            else:
                said.append(f"none{step}")
        if len(text) <= SHORT:
            low = tidy(text).lower()
            said += [f"w={word}" for word in _WORD.findall(low)[:6]]
            if any("\uac00" <= letter <= "\ud7a3" for letter in low):
                tight = low.replace(" ", "")
                said += [f"g={tight[index : index + 2]}" for index in range(len(tight) - 1)]
        made.append(said)
    return made


def rule_states(count: int, parts: Sequence[Part]) -> list[str]:
    """Of each row "h:" and the kind for a row that opens a section by the rules, "b:" and the kind for one in it."""
    states = ["h:other"] * count
    for part in parts:
        states[part.first : part.last] = [f"b:{part.kind}"] * (part.last - part.first)
        if part.first and states[part.first - 1].startswith("h:"):
            states[part.first - 1] = f"h:{part.kind}"
    return states


def _gap(lines: Sequence[Line], place: int) -> str:
    if place == 0:
        return "first"
    gap = (lines[place].y0 - lines[place - 1].y1) / max(lines[place].size, 1.0)
    return "back" if gap < -1 else "tight" if gap < 0.45 else "loose" if gap < 1.1 else "wide"
