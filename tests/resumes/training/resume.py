"""A whole made-up resume on pages, and what a person reads in it."""

import random
from dataclasses import dataclass
from typing import Any

from coordinator.candidates.layout import Page
from coordinator.candidates.vocabulary import VOCABULARY

from training import entries
from training import wordlists as words
from training.people import Person, person, value
from training.sheet import Sheet, width, wrapped

DESIGN = ("plain", "plain", "bold", "bold", "large", "large", "upper", "color", "spaced")


@dataclass(frozen=True)
class Look:
    """How one resume prints its headings and frames."""

    design: str
    heading_size: float
    color: int
    mark: str
    ruled: bool
    odd: float
    english: bool
    table: bool
    frame: str


@dataclass
class Frame:
    """A column to print in."""

    x: float
    right: float
    y: float


class Printer:
    """Prints one person."""

    def __init__(self, draw: random.Random) -> None:
        self.draw = draw
        self.person: Person = person(draw)
        self.korean = self.person.korean
        self.style = entries.style(draw, self.korean)
        self.sheet = Sheet()
        body = self.style.body
        self.look = Look(
            draw.choice(DESIGN),
            body + draw.choice([0.0, 1.0, 2.0, 3.0, 5.0]),
            draw.choice([0, 0x1A5276, 0x7B241C, 0x196F3D, 0x555555]),
            draw.choice(["", "", "", "", "■ ", "{n}. ", "[]", "# ", "◆ "]),
            draw.random() < 0.5,
            draw.choice([0.0, 0.0, 0.0, 0.2, 0.5, 0.9]),
            self.korean and draw.random() < 0.15,
            draw.random() < 0.14,
            draw.choice(["one", "one", "one", "one", "left", "right", "side"]),
        )
        self.kinds: list[str] = []
        self.number = 0

    def heading(self, frame: Frame, kind: str) -> None:
        """Open a section."""
        draw, look = self.draw, self.look
        korean = self.korean and not look.english
        known = [word for word in VOCABULARY["headings"][kind] if any(c >= "\uac00" for c in word) == korean]
        odd = [word for word in words.ODD.get(kind, []) if any(c >= "\uac00" for c in word) == korean]
        text = draw.choice(odd) if odd and draw.random() < look.odd else draw.choice(known[:40])
        if draw.random() < look.odd * 0.7:
            text = draw.choice(words.FRAMES_KO if korean else words.FRAMES).format(draw.choice(known))
        if not korean:
            text = (
                text.upper() if look.design == "upper" else text.title() if draw.random() < 0.6 else text.capitalize()
            )
        if look.design == "spaced" and len(text) < 12:
            text = " ".join(text.upper())
        self.number += 1
        text = f"[{text}]" if look.mark == "[]" else look.mark.format(n=self.number) + text
        size = look.heading_size + (2 if look.design == "large" else 0)
        bold = look.design in ("bold", "large") or size < self.style.body + 1
        frame.y += self.style.body * 0.9
        self.sheet.state = f"h:{kind}"
        self.sheet.put(frame.y, frame.x, [(text, bold)], size, look.color)
        self.sheet.state = f"b:{kind}"
        frame.y += size * 1.5
        self.kinds.append(kind)

    def lines(self, frame: Frame, texts: list[str], indent: float = 0.0) -> None:
        """Plain text, wrapped."""
        for text in texts:
            for line in wrapped(text, self.style.body, frame.right - frame.x - indent):
                self.sheet.put(frame.y, frame.x + indent, [(line, False)], self.style.body)
                frame.y += self.style.body * self.style.leading

    def right_of(self, frame: Frame, text: str) -> None:
        """Text at the right margin of the line just printed."""
        y = frame.y - self.style.body * self.style.leading
        self.sheet.put(y, frame.right - width(text, self.style.body), [(text, False)], self.style.body)

    def experience(self, frame: Frame) -> None:
        """The jobs."""
        if self.look.table and not self.style.side:
            self._table(frame)
            return
        posts = self.person.posts
        for number, post in enumerate(posts, 1):
            skip = ""
            follows = number > 1 and posts[number - 2].employer == post.employer
            leads = number < len(posts) and posts[number].employer == post.employer
            if self.style.grouped and (follows or leads):
                if not follows:
                    self._employer_alone(frame, number - 1)
                skip = "EP"
            frame.y = entries.put(self.sheet, self.draw, self.style, post, number, frame.x, frame.right, frame.y, skip)

    def _employer_alone(self, frame: Frame, first: int) -> None:
        post = self.person.posts[first]
        bold = self.draw.random() < 0.7
        text = f"{post.employer}, {post.place}" if self.draw.random() < 0.4 else post.employer
        self.sheet.put(frame.y, frame.x, [(text, bold)], self.style.size["E"])
        if self.draw.random() < 0.4:
            same = [one for one in self.person.posts[first:] if one.employer == post.employer]
            whole = self.style.dates.span(same[-1].start, post.end)
            self.sheet.put(frame.y, frame.right - width(whole, self.style.body), [(whole, False)], self.style.body)
        frame.y += self.style.size["E"] * self.style.leading

    def _table(self, frame: Frame) -> None:
        draw, body = self.draw, self.style.body
        columns = [*draw.sample(["D", "E", "T"], 3)]
        if draw.random() < 0.5:
            columns.insert(draw.randint(1, 3), "K" if self.korean else "P")
        if draw.random() < 0.4:
            columns.append("W")
        if draw.random() < 0.2:
            place = columns.index("D")
            columns[place : place + 1] = ["S", "F"]
        ruled = draw.random() < 0.6
        step = (frame.right - frame.x) / len(columns)
        height = body * 1.9
        rows = []
        if draw.random() < 0.7:
            ends = {"S": "입사일", "F": "퇴사일"} if self.korean else {"S": "From", "F": "To"}
            rows.append([(self.style.labels | ends)[column] for column in columns])
        for post in self.person.posts:
            said = {"E": post.employer, "T": post.title, "P": post.place, "K": post.department}
            said["D"] = self.style.dates.span(post.start, post.end, total=False)
            said["S"], said["F"] = self.style.dates.one(post.start), self.style.dates.one(post.end)
            said["W"] = post.duties[0][: int(step / body * 1.5)] if post.duties else ""
            rows.append([said[column] for column in columns])
        top = frame.y
        for row in rows:
            for place, cell in enumerate(row):
                room = step - 8
                for number, line in enumerate(wrapped(cell, body, room)[:2]):
                    self.sheet.put(frame.y + 2 + number * body * 1.2, frame.x + place * step + 4, [(line, False)], body)
            frame.y += height if all(width(cell, body) < step - 8 for cell in row) else height + body * 1.2
            if ruled:
                self.sheet.rule(frame.x, frame.y, frame.right, frame.y)
        if ruled:
            self.sheet.rule(frame.x, top, frame.right, top)
            for place in range(len(columns) + 1):
                self.sheet.rule(frame.x + place * step, top, frame.x + place * step, frame.y)
        frame.y += body

    def known(self) -> dict[str, Any]:
        """What a person reads."""
        months = self.style.dates.months
        has_title = self.look.table or any("T" in row for row in self.style.rows)
        jobs = [
            {
                "employer": post.employer,
                "title": post.title if has_title else "",
                "start": value(post.start, months),
                "end": value(post.end, months),
            }
            for post in self.person.posts
        ]
        return {
            "language": "ko" if self.korean else "en",
            "name": self.person.name,
            "sections": list(dict.fromkeys(self.kinds)),
            "employments": jobs,
            "skills": self.person.skills,
            "institutions": [school for school, _, _, _ in self.person.schools],
            "certificates": [],
            "languages": [],
        }


def resume(seed: int) -> tuple[list[Page], dict[str, Any]]:
    """A resume by its number: its pages and what is known of it; under "states" what its words are, by the words."""
    from training.others import print_all

    draw = random.Random(seed)
    printer = Printer(draw)
    print_all(printer)
    return printer.sheet.pages(), printer.known() | {"states": printer.sheet.states}


__all__ = ["Frame", "Printer", "resume", "words"]
