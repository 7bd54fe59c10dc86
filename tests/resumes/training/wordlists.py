"""Made-up names, firms, titles, places and sentences of resumes, English and Korean, put together at random."""

import random
import tomllib
from pathlib import Path

_READ = tomllib.loads((Path(__file__).parent / "wordlists.toml").read_text(encoding="utf-8"))


def _words(text: str) -> list[str]:
    return [" ".join(word.replace(";", ",").split()) for word in text.split(",") if word.strip()]


_LISTS = {name: _words(text) for name, text in _READ["lists"].items()}
ODD = {kind: _words(text) for kind, text in _READ["odd"].items()}
"""Headings that no list has."""

FIRST = _LISTS["first"]
LAST = _LISTS["last"]
KO_LAST = _LISTS["ko_last"]
KO_FIRST = _LISTS["ko_first"]
STEM = _LISTS["stem"]
TAIL = _LISTS["tail"]
PLAIN_FIRM = _LISTS["plain_firm"]
FIRM_END = _LISTS["firm_end"]
OTHER_FIRMS = _LISTS["other_firms"]
FOREIGN_FIRMS = _LISTS["foreign_firms"]
PLACES = _LISTS["places"]
REGIONS = _LISTS["regions"]
KO_PLACES = _LISTS["ko_places"]
TITLE_HEAD = _LISTS["title_head"]
TITLE_WORK = _LISTS["title_work"]
TITLE_END = _LISTS["title_end"]
TITLE_ODD = _LISTS["title_odd"]
KO_STEM = _LISTS["ko_stem"]
KO_TAIL = _LISTS["ko_tail"]
KO_PHRASES = _LISTS["ko_phrases"]
KO_LEGAL = _LISTS["ko_legal"]
KO_DEPT = _LISTS["ko_dept"]
KO_TITLE = _LISTS["ko_title"]
DUTY_VERB = _LISTS["duty_verb"]
DUTY_WHAT = _LISTS["duty_what"]
DUTY_END = _LISTS["duty_end"]
KO_DUTY_WHAT = _LISTS["ko_duty_what"]
KO_DUTY_END = _LISTS["ko_duty_end"]
SCHOOLS = _LISTS["schools"]
DEGREES = _LISTS["degrees"]
KO_SCHOOLS = _LISTS["ko_schools"]
KO_MAJORS = _LISTS["ko_majors"]
SKILLS = _LISTS["skills"]
KO_SKILLS = _LISTS["ko_skills"]
CERTS = _LISTS["certs"]
KO_CERTS = _LISTS["ko_certs"]
PROJECTS = _LISTS["projects"]
KO_PROJECTS = _LISTS["ko_projects"]
CLUBS = _LISTS["clubs"]
KO_CLUBS = _LISTS["ko_clubs"]
FRAMES = _READ["frames"]["en"]
FRAMES_KO = _READ["frames"]["ko"]
KINDS = {False: _LISTS["kinds"], True: _LISTS["ko_kinds"]}
OWN = {False: _LISTS["own"], True: _LISTS["ko_own"]}
ABOUT = {False: _LISTS["about"], True: _LISTS["ko_about"]}


def place(draw: random.Random) -> str:
    """A town, now and then with its region."""
    town = draw.choice(PLACES)
    return f"{town}, {draw.choice(REGIONS)}" if draw.random() < 0.35 else town


def firm(draw: random.Random) -> str:
    """An English firm or office."""
    kind = draw.random()
    if kind < 0.015:
        return draw.choice(OWN[False])
    if 0.12 < kind < 0.24:
        named = draw.choice(STEM) + draw.choice(TAIL) if draw.random() < 0.6 else draw.choice(LAST)
        return draw.choice(FOREIGN_FIRMS).format(s=named, p=draw.choice(PLACES).split(",")[0])
    if kind < 0.12:
        return draw.choice(OTHER_FIRMS).format(p=draw.choice(PLACES).split(",")[0])
    stem = draw.choice(STEM) + draw.choice(TAIL) if kind < 0.75 else draw.choice(PLAIN_FIRM)
    if draw.random() < 0.12:
        stem = f"{draw.choice(LAST)} & {draw.choice(LAST)}"
    elif draw.random() < 0.1:
        stem = f"{stem} {draw.choice(STEM)}{draw.choice(TAIL)}".title()
    if draw.random() < 0.35:
        return stem
    end = draw.choice(FIRM_END)
    if draw.random() < 0.1:
        end = f"{draw.choice(FIRM_END[15:])} {end}"
    return f"{stem} {end}"


def title(draw: random.Random) -> str:
    """What somebody was, English."""
    if draw.random() < 0.35:
        return draw.choice(TITLE_ODD)
    head = f"{draw.choice(TITLE_HEAD)} " if draw.random() < 0.35 else ""
    work = f"{draw.choice(TITLE_WORK)} " if draw.random() < 0.85 or not head else ""
    made = f"{head}{work}{draw.choice(TITLE_END)}"
    return f"{made}, {draw.choice(TITLE_WORK)}" if draw.random() < 0.03 else made


def korean_firm(draw: random.Random) -> str:
    """A Korean firm or office."""
    if draw.random() < 0.06:
        return draw.choice(OWN[True]) if draw.random() < 0.25 else firm(draw)
    stem = draw.choice(KO_STEM if draw.random() < 0.8 else KO_PHRASES)
    if draw.random() < 0.15:
        stem += draw.choice(KO_STEM)
    if draw.random() < 0.1:
        stem = f"{draw.choice(KO_STEM)} {stem}"
    tail = draw.choice(KO_TAIL) if draw.random() < 0.72 else ""
    gap = " " if tail and draw.random() < 0.12 else ""
    made = f"{stem}{gap}{tail}"
    chance = draw.random()
    if chance < 0.25:
        legal = draw.choice(KO_LEGAL)
        return f"{legal} {made}" if legal.endswith("회사") else legal + made
    return f"{made}{draw.choice(['㈜', '(주)'])}" if chance < 0.33 else made


def korean_title(draw: random.Random) -> str:
    """What somebody was, Korean."""
    return draw.choice(KO_TITLE)


def duty(draw: random.Random) -> str:
    """One thing somebody did at work."""
    made = f"{draw.choice(DUTY_VERB)} {draw.choice(DUTY_WHAT)}"
    if draw.random() < 0.6:
        made += f" {draw.choice(DUTY_END)}"
    if draw.random() < 0.25:
        made += f" and {draw.choice(DUTY_VERB).lower()} {draw.choice(DUTY_WHAT)}"
    return made + ("." if draw.random() < 0.4 else "")


def korean_duty(draw: random.Random) -> str:
    """The same in Korean."""
    made = f"{draw.choice(KO_DUTY_WHAT)} {draw.choice(KO_DUTY_END)}"
    return f"{draw.choice(KO_DUTY_WHAT)}, {made}" if draw.random() < 0.2 else made


def name(draw: random.Random, korean: bool) -> str:
    """Somebody's name."""
    if korean:
        return draw.choice(KO_LAST) + draw.choice(KO_FIRST)
    return f"{draw.choice(FIRST)} {draw.choice(LAST)}"
