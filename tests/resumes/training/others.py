"""What else stands in a made-up resume, much of it dated too and none of it a job."""

from dataclasses import replace

from training import entries
from training import wordlists as words
from training.people import DateStyle, Post
from training.resume import Frame, Printer


def print_all(printer: Printer) -> None:
    """Print the whole resume, its sections in an order at random."""
    draw, look = printer.draw, printer.look
    left = draw.choice([36.0, 50.0, 62.0])
    wide = Frame(left, 595.0 - left, 50.0)
    _top(printer, wide)
    kinds = ["experience", "education", "skills"]
    more = ["summary", "certificates", "languages", "projects", "activities", "awards"]
    kinds += [kind for kind in more if draw.random() < 0.4]
    front = [kind for kind in kinds if kind == "summary"]
    rest = [kind for kind in kinds if kind != "summary"]
    if draw.random() < 0.55:
        draw.shuffle(rest)
    kinds = front + rest
    if look.frame in ("left", "right", "side"):
        small = {"skills", "languages", "certificates", "awards"} | ({"education"} if draw.random() < 0.3 else set())
        bar = 165.0
        aside = (
            Frame(left, left + bar - 15, wide.y)
            if look.frame != "right"
            else Frame(595.0 - left - bar + 15, 595.0 - left, wide.y)
        )
        main = (
            Frame(left + bar, 595.0 - left, wide.y)
            if look.frame != "right"
            else Frame(left, 595.0 - left - bar, wide.y)
        )
        for kind in kinds:
            _section(printer, aside if kind in small else main, kind)
        return
    for kind in kinds:
        _section(printer, wide, kind)


def _top(printer: Printer, frame: Frame) -> None:
    draw, body = printer.draw, printer.style.body
    named = printer.person.name
    size = body + draw.choice([3, 8, 12, 16])
    if draw.random() < 0.15 and not printer.korean:
        named = named.upper()
    printer.sheet.put(frame.y, frame.x, [(named, draw.random() < 0.6)], size)
    frame.y += size * 1.5
    if draw.random() < 0.5:
        role = words.korean_title(draw) if printer.korean else words.title(draw)
        printer.lines(frame, [role])
    mail = f"{draw.choice(words.FIRST).lower()}.{draw.randint(1, 99)}@example.test"
    phone = "010-5555-0" + str(draw.randint(100, 999)) if printer.korean else f"+44 20 5550 {draw.randint(1000, 9999)}"
    town = draw.choice(words.KO_PLACES) if printer.korean else words.place(draw)
    if draw.random() < 0.5:
        printer.lines(frame, [draw.choice([" | ", " · ", ", ", "   "]).join((mail, phone, town))])
    else:
        printer.lines(frame, [mail, phone, town])
    frame.y += body


def _section(printer: Printer, frame: Frame, kind: str) -> None:
    printer.heading(frame, kind)
    {
        "experience": printer.experience,
        "education": lambda one: _education(printer, one),
        "skills": lambda one: _skills(printer, one),
        "summary": lambda one: _summary(printer, one),
        "certificates": lambda one: _certificates(printer, one),
        "languages": lambda one: _languages(printer, one),
        "projects": lambda one: _dated(printer, one, words.KO_PROJECTS if printer.korean else words.PROJECTS),
        "activities": lambda one: _dated(printer, one, words.KO_CLUBS if printer.korean else words.CLUBS),
        "awards": lambda one: _awards(printer, one),
    }[kind](frame)


def _like_jobs(printer: Printer, frame: Frame, things: list[tuple[str, str]], years: list[tuple[int, int]]) -> None:
    """Schools or projects in the very print of the jobs."""
    draw = printer.draw
    duty = words.korean_duty if printer.korean else words.duty
    for number, ((named, role), (start, end)) in enumerate(zip(things, years, strict=True), 1):
        place = draw.choice(words.KO_PLACES) if printer.korean else words.place(draw)
        told = [duty(draw) for _ in range(draw.choice([0, 0, 0, 1, 2]))]
        post = Post(named, role, (start, 3), (end, 2), place, "", told)
        style = replace(printer.style, kinds=0.0, about="", labelled=False)
        frame.y = entries.put(printer.sheet, draw, style, post, number, frame.x, frame.right, frame.y)


def _education(printer: Printer, frame: Frame) -> None:
    draw, dates = printer.draw, printer.style.dates
    if draw.random() < 0.45:
        schools = printer.person.schools
        _like_jobs(printer, frame, [one[:2] for one in schools], [one[2:] for one in schools])
        return
    form = draw.choice(
        ["{s}, {d}|{t}", "{s}|{d}|{t}", "{t} {s} {d}", "{d}, {s}|{t}", "{s} {d} ({t})", "{t}\n{s} {d}", "{d}\n{s}\n{t}"]
    )
    single = draw.random() < 0.2
    for school, degree, start, end in printer.person.schools:
        span = str(end) if single else dates.span((start, 3), (end, 2), total=False)
        for row in form.format(s=school, d=degree, t="\0" if "|{t}" in form else span).split("\n"):
            text = row.replace("|\0", "").replace("|", draw.choice([", ", " – ", " | "]))
            printer.lines(frame, [text])
        if "|{t}" in form:
            printer.right_of(frame, span)
        frame.y += printer.style.gap / 2


def _skills(printer: Printer, frame: Frame) -> None:
    draw, skills = printer.draw, printer.person.skills
    form = draw.randrange(5)
    if form == 0:
        printer.lines(frame, [f"{printer.style.bullet}{skill}" for skill in skills])
    elif form == 1 and len(skills) > 3:
        half = len(skills) // 2
        names = ("기술", "도구") if printer.korean else ("Systems", "Other")
        printer.lines(frame, [f"{names[0]}: {', '.join(skills[:half])}", f"{names[1]}: {', '.join(skills[half:])}"])
    else:
        printer.lines(frame, [draw.choice([", ", " · ", " | ", " / "]).join(skills)])


def _summary(printer: Printer, frame: Frame) -> None:
    draw = printer.draw
    post = printer.person.posts[0]
    if printer.korean:
        texts = [
            f"{words.korean_duty(draw)} 경험을 바탕으로 {draw.choice(words.KO_DUTY_WHAT)} 분야에서 "
            f"{draw.randint(3, 15)}년간 일했습니다."
        ]
        if draw.random() < 0.3:
            texts.append(f"{post.employer}에서 {post.start[0]}년부터 {words.korean_duty(draw)}")
    else:
        texts = [f"{post.title} with {draw.randint(3, 20)} years of experience. {words.duty(draw)}"]
        if draw.random() < 0.3:
            texts.append(f"At {post.employer} since {post.start[0]}, {words.duty(draw).lower()}")
    printer.lines(frame, texts)


def _certificates(printer: Printer, frame: Frame) -> None:
    draw, dates = printer.draw, printer.style.dates
    held = draw.sample(words.KO_CERTS if printer.korean else words.CERTS, draw.randint(1, 3))
    issuers = (
        ["한국산업인력공단", "대한상공회의소", "도로교통공단"]
        if printer.korean
        else ["Google", "City & Guilds", "Red Cross", "Coursera"]
    )
    form = draw.choice(["{c} ({d})", "{c}, {d}", "{d} {c}", "{c}", "{c} | {i} | {d}", "{c}, {i}, {d}", "{d} {c} / {i}"])
    for one in held:
        printer.lines(
            frame,
            [form.format(c=one, i=draw.choice(issuers), d=dates.one((draw.randint(2005, 2024), draw.randint(1, 12))))],
        )


def _languages(printer: Printer, frame: Frame) -> None:
    draw = printer.draw
    if printer.korean:
        printer.lines(
            frame,
            [
                draw.choice(
                    ["영어 TOEIC 905점 (2022.03)", "영어 | OPIc | IH", "일본어 JLPT N2", "영어 비즈니스 회화 가능"]
                )
            ],
        )
    else:
        printer.lines(
            frame, draw.sample(["English (native)", "Spanish – fluent", "German, B2", "French: basic", "Hindi"], 2)
        )


def _dated(printer: Printer, frame: Frame, things: list[str]) -> None:
    """Projects and activities: named, dated, told of, by the same print as the jobs or their own."""
    draw, style = printer.draw, printer.style
    if draw.random() < 0.25:
        named = draw.sample(things, draw.randint(1, 2))
        roles = words.korean_title if printer.korean else words.title
        years = [(year, year + 2) for year in (draw.randint(2008, 2023) for _ in named)]
        _like_jobs(printer, frame, [(one, roles(draw)) for one in named], years)
        return
    dates = style.dates if draw.random() < 0.8 else DateStyle.drawn(draw, printer.korean)
    form = draw.choice(
        [
            "{n}|{d}",
            "{n} ({d})",
            "{d} {n}",
            "{n}, {r}|{d}",
            "{n}\n{r}, {d}",
            "{n} – {r} {d}",
            "{d}\n{n}",
            "{n}, {f}|{d}",
            "{n} ({f})|{d}",
        ]
    )
    bold = draw.random() < 0.5
    for one in draw.sample(things, draw.randint(1, 3)):
        year, month = draw.randint(2008, 2024), draw.randint(1, 12)
        end = None if draw.random() < 0.15 else (year + draw.choice([0, 0, 1, 2]), 12)
        role = (
            draw.choice(["팀장", "기획", "회원", "개발 총괄", "팀원"])
            if printer.korean
            else draw.choice(["volunteer", "lead", "member", "treasurer", "Developer", "Coach"])
        )
        client = words.korean_firm(draw) if printer.korean else words.firm(draw)
        span = dates.span((year, month), end, total=False)
        for number, row in enumerate(form.format(n=one, r=role, f=client, d="\0" if "|" in form else span).split("\n")):
            printer.sheet.put(frame.y, frame.x, [(row.replace("|\0", ""), bold and number == 0)], style.body)
            frame.y += style.body * style.leading
        if "|" in form:
            printer.right_of(frame, span)
        duty = words.korean_duty if printer.korean else words.duty
        for _ in range(draw.choice([0, 1, 1, 2])):
            printer.lines(frame, [f"{style.bullet}{duty(draw)}"], style.hang)
        frame.y += style.gap


def _awards(printer: Printer, frame: Frame) -> None:
    draw = printer.draw
    for _ in range(draw.randint(1, 2)):
        year = draw.randint(2006, 2024)
        if printer.korean:
            printer.lines(
                frame,
                [f"{year} {draw.choice(['우수사원상', '장려상', '공모전 대상'])} ({words.korean_firm(draw)})"],
            )
        else:
            printer.lines(
                frame,
                [f"{year} {draw.choice(['Employee of the year', 'Design award', 'Best paper'])}, {words.firm(draw)}"],
            )
