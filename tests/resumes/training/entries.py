"""How one resume sets its jobs: which words stand in which line, what divides them, where the dates are."""

import random
from dataclasses import dataclass

from training import wordlists as vocabulary
from training.people import DateStyle, Post
from training.sheet import Part, Sheet, width, wrapped

BETWEEN = {
    False: [", ", ", ", ", ", ", ", " | ", " – ", " — ", " · ", " at ", " @ ", " / ", " (", ": ", " • ", " - ", ". "],
    True: [" / ", " | ", " · ", ", ", ", ", " ", " ", " ", " ", " (", " - ", "|", " – ", "/", " : "],
}
LABELS = {
    False: {
        "E": ["Company", "Employer", "Organisation", "Company name", "Name of employer"],
        "T": ["Position", "Role", "Title", "Job title", "Position held"],
        "D": ["Period", "Dates", "Duration", "From – to", "Date"],
        "P": ["Location", "Place"],
        "K": ["Department", "Team"],
        "W": ["Responsibilities", "Main duties", "Description"],
    },
    True: {
        "E": ["회사명", "회사", "근무처", "직장명", "기관명", "근무회사"],
        "T": ["직위", "직급", "직책", "직급/직책", "담당", "직무", "포지션"],
        "D": ["기간", "근무기간", "재직기간", "근무 기간"],
        "P": ["근무지", "소재지"],
        "K": ["부서", "소속", "부서명"],
        "W": ["담당업무", "주요업무", "업무내용"],
    },
}


@dataclass(frozen=True)
class Style:
    """What is drawn once for a resume."""

    rows: tuple[str, ...]
    """Fields of each line: E employer, T title, P place, K department, D dates."""
    right: str
    """A field set at the right margin of its line, "" for none."""
    between: tuple[str, ...]
    side: bool
    labelled: bool
    labels: dict[str, str]
    grouped: bool
    bold: str
    size: dict[str, float]
    bullet: str
    prefix: str
    dates: DateStyle
    gap: float
    leading: float
    body: float
    hang: float
    apart: str
    """"stacked": the last date under the first, "labels": each with a label of its own, "": together."""
    kinds: float
    stop: bool
    about: str
    """What is said of the firm: "after" its name, "told" after a full stop, "below" in its own line, "" nothing."""


def style(draw: random.Random, korean: bool) -> Style:
    """A way to set jobs, at random."""
    fields = ["E", "T"] if draw.random() < (0.68 if korean else 0.5) else ["T", "E"]
    if draw.random() < 0.05:
        fields = ["E"]
    if draw.random() < (0.45 if korean else 0.06):
        fields.insert(draw.choice([1, 1, 1, len(fields)]), "K")
    if draw.random() < (0.12 if korean else 0.5):
        where = fields.index("E") + 1 if draw.random() < 0.75 else len(fields)
        fields.insert(where, "P")
    rows: list[str] = []
    for field in fields:
        if rows and draw.random() < (0.4 if field == "T" and not korean else 0.6):
            rows[-1] += field
        else:
            rows.append(field)
    side = draw.random() < 0.2
    right = ""
    if not side:
        spot = draw.random()
        line = draw.randrange(len(rows)) if draw.random() < 0.35 else 0
        if spot < 0.45:
            rows[line] += "D"
            right = "D"
        elif spot < 0.66:
            rows[line] = rows[line] + "D" if draw.random() < 0.7 else "D" + rows[line]
        else:
            rows.insert(draw.choice([0, 1, len(rows), len(rows)]), "D")
            if draw.random() < 0.25 and "P" in fields:
                rows = [row.replace("P", "") if row != "D" else "DP" for row in rows]
    rows = [row for row in rows if row]
    if not right and draw.random() < 0.15 and "P" in fields:
        right = "P"
    labels = {field: draw.choice(said) for field, said in LABELS[korean].items()}
    body = draw.choice([8.5, 9.0, 9.5, 10.0, 10.5, 11.0])
    bold = draw.choice(["E", "T", "E", "T", "ET", "", "D", "first", "first"])
    larger = draw.choice([0.0, 0.0, 1.0, 2.0])
    return Style(
        tuple(rows),
        right,
        tuple(draw.choice(BETWEEN[korean]) for _ in range(4)),
        side,
        draw.random() < 0.1,
        labels,
        draw.random() < 0.3,
        bold,
        {field: body + (larger if field in bold or (bold == "first" and field in rows[0]) else 0) for field in "ETPKD"},
        draw.choice(["• ", "- ", "– ", "▪ ", "· ", "", "○ ", "* "]),
        draw.choice(["", "", "", "", "", "", "• ", "{n}. ", "■ ", "▶ ", "● "]),
        DateStyle.drawn(draw, korean),
        draw.choice([3.0, 6.0, 9.0, 12.0]),
        draw.choice([1.25, 1.35, 1.45, 1.6]),
        body,
        draw.choice([0.0, 8.0, 12.0, 18.0]),
        draw.choice(["stacked", "labels", *[""] * 8]) if side or korean else "",
        draw.choice([0.0, 0.0, 0.0, 0.0, 0.7]),
        not korean and draw.random() < 0.06,
        draw.choice(["after", "told", "below", *[""] * 9]),
    )


def put(
    sheet: Sheet,
    draw: random.Random,
    said: Style,
    post: Post,
    number: int,
    x: float,
    right: float,
    y: float,
    skip: str = "",
) -> float:
    """Print one job's head and duties; returns where the next thing stands. ``skip``: fields said above already."""
    words = {
        "E": post.employer,
        "T": post.title,
        "P": post.place if draw.random() < 0.9 else "",
        "K": post.department if draw.random() < 0.88 else "",
        "D": said.dates.span(post.start, post.end),
    }
    korean = any("\uac00" <= letter <= "\ud7a3" for letter in post.department)
    if words["T"] and draw.random() < said.kinds:
        words["Q"] = draw.choice(vocabulary.KINDS[korean])
    about = draw.choice(vocabulary.ABOUT[korean])
    if said.about == "after":
        words["A"] = f" ({about})"
    elif said.about == "told" and post.duties:
        words["A"] = f". {post.duties[0].rstrip('.')}."
    for field in skip:
        words[field] = ""
    left = x
    if said.side:
        date_lines = wrapped(words["D"], said.size["D"], 88.0) if draw.random() < 0.3 else [words["D"]]
        if said.apart == "stacked":
            to = said.dates.to.strip()
            date_lines = [f"{said.dates.one(post.start)} {to}", said.dates.one(post.end)]
            if said.leading > 1.4:
                date_lines = [said.dates.one(post.start), f"{to} {said.dates.one(post.end)}"]
        for number_of, line in enumerate(date_lines):
            sheet.put(y + number_of * said.body * said.leading, x, [(line, said.bold == "D")], said.size["D"])
        words["D"] = ""
        left = x + max(100.0, said.body * 11.5)
    elif said.apart == "labels":
        starts, ends = ("입사일", "퇴사일") if korean else ("From", "To")
        words["D"] = f"{starts}: {said.dates.one(post.start)} {ends}: {said.dates.one(post.end)}"
    top = y
    for place, row in enumerate(said.rows):
        parts, last = _row(said, row, words, place == 0)
        if said.prefix and place == 0 and parts:
            parts.insert(0, (said.prefix.format(n=number), parts[0][1]))
        size = max((said.size[field] for field in row), default=said.body)
        indent = 10.0 if said.prefix and place else 0.0
        if parts and said.stop and place == len(said.rows) - 1:
            parts.append((".", False))
        if parts:
            sheet.put(y, left + indent, parts, size)
        if last:
            sheet.put(y, right - width(last[0], said.size["D"]), [last], said.size["D"])
        if parts or last:
            y += size * said.leading
    if said.side:
        y = max(y, top + said.body * said.leading)
    if said.about == "below":
        sheet.put(y, left, [(about, False)], said.body)
        y += said.body * said.leading
    return _below(sheet, draw, said, post, left, right, y) + said.gap


def _row(said: Style, row: str, words: dict[str, str], first: bool) -> tuple[list[Part], Part | None]:
    parts: list[Part] = []
    last: Part | None = None
    closing = ""
    for place, field in enumerate(one for one in row if words[one]):
        bold = field in said.bold or (said.bold == "first" and first)
        text = words[field]
        if said.labelled:
            text = f"{said.labels[field]}{' : ' if said.leading > 1.4 else ': '}{text}"
        if field == said.right:
            last = (text, bold)
            continue
        if place and parts:
            between = said.between[place % 4] if not said.labelled else " | "
            if field == "D" and between in (" at ", " @ ", ". "):
                between = " ("
            if field == "P" and between in (" at ", " @ ", ". ", ": "):
                between = ", "
            parts.append((between + closing, False) if not closing else (f"{closing}{between}", False))
            closing = ")" if between == " (" else ""
        parts.append((text, bold))
        if field == "E" and words.get("A") and not closing:
            parts.append((words["A"], False))
        if field == "T" and words.get("Q"):
            parts.append(
                (f"{said.between[3] if said.between[3] in (', ', ' · ', ' | ', ' ') else ' · '}{words['Q']}", False)
            )
    if closing:
        parts.append((closing, False))
    return parts, last


def _below(sheet: Sheet, draw: random.Random, said: Style, post: Post, x: float, right: float, y: float) -> float:
    inner = x + said.hang
    lines: list[tuple[float, str]] = []
    if said.bullet:
        for duty in post.duties:
            for place, line in enumerate(wrapped(duty, said.body, right - inner - 12)):
                lines.append((inner, f"{said.bullet}{line}") if place == 0 else (inner + 10, line))
    elif post.duties:
        lines += [(inner, line) for line in wrapped(" ".join(post.duties), said.body, right - inner)]
    if said.labelled and lines:
        lines.insert(0, (x, f"{said.labels['W']}: "))
    for name, start, end in post.projects:
        span = said.dates.span(start, end, total=False)
        if said.labels["W"] in ("담당업무", "Main duties"):
            # Projects told line by line, as statements of a career do.
            korean = said.labels["W"] == "담당업무"
            names = ("프로젝트", "기간", "역할") if korean else ("Project", "Dates", "Role")
            role = draw.choice(["개발", "기획", "설계", "PM"] if korean else ["developer", "lead", "design", "PM"])
            lines += [(inner, f"{names[0]}: {name}"), (inner, f"{names[1]}: {span}"), (inner, f"{names[2]}: {role}")]
            continue
        form = draw.choice(["{b}{p} ({d})", "{b}{p} {d}", "{b}{p} | {d}", "{b}[{p}] {d}", "{b}{d} {p}"])
        lines.append((inner, form.format(b=said.bullet or "- ", p=name, d=span)))
    for left, text in lines:
        sheet.put(y, left, [(text, False)], said.body)
        y += said.body * said.leading
    return y
