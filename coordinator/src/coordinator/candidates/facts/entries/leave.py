"""Entries that say why somebody did not work, and military service: neither is an employment's or a paper's name. Pure.

Nothing is made of them: leave, care and health are private, and no employer stands behind them.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from coordinator.candidates.facts import words
from coordinator.candidates.facts.entries.tabled import Entry

_RELATIVE = (
    r"(?:mother|father|mum|mom|dad|parents?|grand\w+|sons?|daughters?|child(?:ren)?|kids|bab(?:y|ies)|twins|relatives?"
    r"|family(?: members?)?|husband|wife|partner|spouse|brother|sister|newborn)"
)
_GOES_ON = r"(?=$|\s*[:,(]|\s(?:to|for|due|because|while|after|following|from|taken|as|with|and|in|of absence)\b)"
_ENGLISH = re.compile(
    r"(?:(?:planned|voluntary|unpaid|paid|extended|full[- ]time|personal|family|short|on) )*"
    r"(?:(?:career|employment|work|parenting|health) (?:break|gap|pause)s?"
    r"|(?:maternity|paternity|parental|adoption|sick|medical|carer['’]?s?|caregiver|caregiving|bereavement|childcare"
    r"|compassionate|study|unpaid|educational|personal|family|sabbatical|shared parental)"
    r"(?: ?(?:/|and|&|or) ?(?:maternity|paternity|parental|adoption|sick|medical))? leave"
    r"|(?:maternity|paternity)|leave of absence|sabbatical(?: (?:year|break))?|gap year|time off|homemaker"
    r"|unemployed|job[- ]?seeking|job search)"
    + _GOES_ON
    + r"|(?:full[- ]time )?(?:car(?:ing|ed|er) (?:for|of)|looking after|raising|bringing up|nursing) "
    r"(?:(?:my|our|an?|the|two|three|young|small|elderly|ill|sick|own|ageing|aging|dying|\w+['’]s) ){0,3}"
    rf"{_RELATIVE}\b"
    r"|(?:full[- ]time|stay[- ]at[- ]home) (?:parent|mother|father|mum|mom|dad)$"
    r"|(?:(?:world|extended|overseas|independent) )?(?:travel(?:l?ing|led|ed)|backpacking)"
    r"(?:$|(?= (?:around|in|through|throughout|across|the world|abroad|overseas|for)\b))"
    r"|travels?(?:$| (?:abroad|overseas|around the world|break|year)$)",
    re.IGNORECASE,
)
_KOREAN = re.compile(
    r"(?:휴직|(?:출산|육아|산전 ?후|산후|병|돌봄) ?휴가|(?:^|\s)병가|경력 ?단절|안식[년월]|(?:^|\s)(?:경력 )?공백기?)"
    r"(?: ?(?:기간|중|사용))?$"
    r"|^(?:육아|출산(?: ?및 ?육아)?|가사|전업 ?주부|간병|건강 ?회복"
    r"|(?:가족|부모님?|모친|부친|조부모님?) ?(?:간병|간호|돌봄)"
    r"|세계 ?(?:일주|여행)|배낭 ?여행|구직 ?(?:활동|중|기간)|취업 ?준비(?: ?기간)?)$"
)
_RANKS = (
    r"이병|일병|상병|병장|하사|중사|상사|원사|소위|중위|대위|소령|만기|전역|제대|복무|소집 ?해제|병역|군필|입대|의가사"
)
_SERVICE = re.compile(
    r"(?:병역|군 ?복무|군 ?경력|군필|군별)(?: ?(?:사항|관계|여부|이행|의무|기간|경력|필|면제))*(?=$|\s*[(（:,])"
    r"|(?:대한민국 ?)?(?:육군|해군|공군|해병대?|의무 ?경찰|의경|의무 ?소방|카투사"
    r"|상근 ?예비역|사회 ?복무 ?요원|공익 ?근무 ?요원)"
    rf"(?=$|[ ,/]*.*(?:{_RANKS}))"
    r"|(?:[이일상]병|병장) ?(?:만기)? ?(?:전역|제대)|(?:만기|의가사) ?(?:전역|제대)|소집 ?해제"
    r"|(?:병역 ?)?(?:군필|미필|면제)$"
    r"|(?:compulsory |mandatory |national )?military service$|national service$",
    re.IGNORECASE,
)


def is_leave(text: str) -> bool:
    """Whether ``text`` names leave, care at home, travel or a time without work, and not work around these."""
    bare = text.strip()
    return _ENGLISH.match(bare) is not None or _KOREAN.search(bare) is not None


def is_service(text: str) -> bool:
    """Whether ``text`` names military service or stands above it: "병역", "육군 병장 만기전역"."""
    return _SERVICE.match(text.strip()) is not None


def without_leaves(found: Sequence[Entry]) -> list[Entry]:
    """``found`` without entries of leave; one that also says whose work was left keeps that and no more."""
    kept: list[Entry] = []
    for entry in found:
        private = [piece for piece in entry.parts if is_leave(piece.text)]
        if not private:
            kept.append(entry)
            continue
        others = tuple(piece for piece in entry.parts if piece not in private)
        titled = any(words.names_a_title(piece.text) or words.could_be_title(piece.text) for piece in others)
        first, leave = entry.parts[0], private[0]
        # After the dates it is an aside: "City Clinic, 2016 - 2018 (maternity leave 2017)".
        aside = leave is not first and entry.first is not None and leave.span.start > entry.first.point.start
        opens = leave is first and leave.line == entry.dated_line
        if others and not opens and (titled or aside):
            kept.append(replace(entry, parts=others))
    return kept
