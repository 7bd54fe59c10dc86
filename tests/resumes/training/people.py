"""Made-up careers: who worked where as what from when to when."""

import random
from dataclasses import dataclass, field

from training import wordlists as words


@dataclass
class Post:
    """One job; ``start`` and ``end`` as (year, month), ``end`` None for now."""

    employer: str
    title: str
    start: tuple[int, int]
    end: tuple[int, int] | None
    place: str
    department: str
    duties: list[str]
    projects: list[tuple[str, tuple[int, int], tuple[int, int]]] = field(default_factory=list)


@dataclass
class Person:
    """A career and all beside it."""

    korean: bool
    name: str
    posts: list[Post]
    skills: list[str]
    schools: list[tuple[str, str, int, int]]


def person(draw: random.Random) -> Person:
    """Somebody at random, newest job first."""
    korean = draw.random() < 0.5
    year, month = 2026, draw.randint(1, 6)
    posts: list[Post] = []
    now: tuple[int, int] | None = None if draw.random() < 0.6 else (2025, draw.randint(1, 12))
    if now:
        year, month = now
    employer = ""
    many = draw.random() < 0.12
    stays = draw.choice([0.05, 0.15, 0.4])
    for _ in range(draw.choice([1, 2, 2, 3, 3, 3, 4, 4, 5])):
        length = draw.randint(4, 70)
        start_month = year * 12 + month - 1 - length
        start = (start_month // 12, start_month % 12 + 1)
        promoted = bool(posts) and draw.random() < stays
        if not promoted:
            employer = words.korean_firm(draw) if korean and draw.random() < 0.95 else words.firm(draw)
        title = words.korean_title(draw) if korean and draw.random() < 0.92 else words.title(draw)
        duty = words.korean_duty if korean and draw.random() < 0.93 else words.duty
        posts.append(
            Post(
                employer,
                title,
                start,
                now if not posts else (year, month),
                draw.choice(words.KO_PLACES) if korean else words.place(draw),
                draw.choice(words.KO_DEPT)
                if korean
                else f"{draw.choice(words.TITLE_WORK)} {draw.choice(['Department', 'Team', 'Division'])}",
                [duty(draw) for _ in range(draw.choice([0, 1, 1, 2, 2, 3, 3, 4, 5]))],
            )
        )
        for _ in range(draw.randint(1, 3) if many else int(draw.random() < 0.12)):
            begin = (start[0], start[1])
            finish = (min(start[0] + 1, year), 12)
            named = draw.choice(words.KO_PROJECTS if korean else words.PROJECTS)
            posts[-1].projects.append((named, begin, finish))
        gap = draw.choice([0, 0, 1, 1, 2, 7, 20])
        before = start_month - gap
        year, month = before // 12, before % 12 + 1
    skills = draw.sample(words.KO_SKILLS if korean else words.SKILLS, draw.randint(3, 12))
    schools = []
    finish = posts[-1].start[0]
    for _ in range(draw.choice([1, 1, 2])):
        if korean:
            school = draw.choice(words.KO_SCHOOLS).format(s=draw.choice(words.KO_STEM + words.KO_PLACES[:8]).split()[0])
            schools.append((school, draw.choice(words.KO_MAJORS), finish - 4, finish))
        else:
            town = draw.choice(words.PLACES)
            schools.append((draw.choice(words.SCHOOLS).format(p=town), draw.choice(words.DEGREES), finish - 3, finish))
        finish -= 4
    return Person(korean, words.name(draw, korean and draw.random() < 0.95), posts, skills, schools)


def value(date: tuple[int, int] | None, months: bool) -> str:
    """A date as the reader states it."""
    if date is None:
        return "present"
    return f"{date[0]}-{date[1]:02d}" if months else str(date[0])


_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


@dataclass(frozen=True)
class DateStyle:
    """How one resume writes its dates."""

    form: str
    to: str
    now: str
    total: str
    """How a length of time is added, "" for not."""

    @staticmethod
    def drawn(draw: random.Random, korean: bool) -> "DateStyle":
        """At random."""
        if korean:
            form = draw.choice(
                [
                    "{y}.{m:02d}",
                    "{y}.{m:02d}",
                    "{y}.{m:02d}",
                    "{y}. {m:02d}",
                    "{y}-{m:02d}",
                    "{y}년 {m}월",
                    "{y}/{m:02d}",
                    "{y}.{m:02d}.01",
                    "{y}. {m}.",
                    "{y}.{m}",
                    "{y}년 {m:02d}월",
                    "{y}",
                    "'{s:02d}.{m:02d}",
                ]
            )
            now = draw.choice(["현재", "현재", "재직중", "재직 중", "Present"])
            total = draw.choice(["", "", "", "({a}년 {b}개월)", "{a}년 {b}개월"])
        else:
            form = draw.choice(
                [
                    "{n} {y}",
                    "{n} {y}",
                    "{k} {y}",
                    "{k} {y}",
                    "{m:02d}/{y}",
                    "{y}",
                    "{y}",
                    "{y}-{m:02d}",
                    "{y}.{m:02d}",
                    "{k}. {y}",
                    "{m:02d}.{y}",
                    "{k} {y}",
                    "{k} '{s:02d}",
                ]
            )
            now = draw.choice(["Present", "present", "now", "today", "Current", "Present"])
            total = draw.choice(["", "", "", "", "({a} yrs {b} mos)", "({a} years)"])
        return DateStyle(
            form,
            draw.choice(
                [" – ", " - ", "–", " ~ ", " — ", "-", " to ", " until ", " – "]
                if not korean
                else [" ~ ", "~", " - ", " – ", "–"]
            ),
            now,
            total,
        )

    @property
    def months(self) -> bool:
        """Whether it says the month."""
        return any(part in self.form for part in ("{m", "{n", "{k"))

    def one(self, date: tuple[int, int] | None) -> str:
        """One date."""
        if date is None:
            return self.now
        year, month = date
        long = _MONTHS[month - 1]
        return self.form.format(y=year, m=month, n=long, k=long[:3], s=year % 100)

    def span(self, start: tuple[int, int], end: tuple[int, int] | None, *, total: bool = True) -> str:
        """From one to the other."""
        to = " - " if self.to == "-" and "-" in self.form else self.to
        said = f"{self.one(start)}{to}{self.one(end)}"
        if not self.total or not total:
            return said
        last = end or (2026, 6)
        months = max((last[0] - start[0]) * 12 + last[1] - start[1], 1)
        return f"{said} {self.total.format(a=months // 12 or 1, b=months % 12 or 1)}"
