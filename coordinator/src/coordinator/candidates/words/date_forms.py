"""How resumes write dates and spans of time, in English and Korean, as patterns. Pure."""

import re

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_YEAR = r"(?:19|20)\d\d"
_MONTH_NAME = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)"
)
_PRESENT = (
    r"(?:there\sstill|still\s(?:there|here|going|working|employed|in\spost)|(?:till|until|to|up\sto)\s+(?:date|now|present|today)|present(?:\sday)?|current(?:ly)?|now|today|ongoing|onwards?|to\sthis\sday|현재(?:까지|\s?(?:재직|근무)\s?중)?"
    r"|재직\s?중|근무\s?중|현직|계속\s?근무|재직|재학\s?중|진행\s?중|지금(?:까지|껏)?|이제껏)"
)
_POINTS = (
    # 2021년 1분기, 2021 상반기, 2020 Q3, 2020-H1: the part of the year has no number of a month
    rf"(?<![\d.,/])(?P<y{{0}}j>{_YEAR})\s?(?:년\s?)?(?:-?\b[qh][1-4]\b|[1-4]\s?[/]?\s?분기|[상하]반기|(?:봄|여름|가을|겨울)(?!(?!부터|까지|에)[가-힣]))",
    # 21년 3월: both words make it a date
    r"(?<![\d.])(?P<y{0}k>\d\d)\s?년\s?(?P<m{0}k>1[0-2]|0?[1-9])\s?월",
    # 2019.03, 2019-03-15, 2019년 3월 2일
    rf"(?P<y{{0}}a>{_YEAR})\s?(?:[./\u2010\u2011-]|년\s?)\s?(?P<m{{0}}a>1[0-2]|0?[1-9])(?!\d)(?:\s?월)?"
    rf"(?:(?:[./\u2010\u2011-]|[^\S\t])\s?(?P<d{{0}}a>3[01]|[12]\d|0?[1-9])(?:\s?일|(?![\d월])(?![./-]\d)(?!\s?년)(?!급|등급|등|차|회|학년|호|종)))?\.?(?!\d)",
    # 2019<tab>3<tab>15: cells of year, month and day
    rf"(?<![^\t\n])(?P<y{{0}}i>{_YEAR})\t(?P<m{{0}}i>1[0-2]|0?[1-9])\t(?:3[01]|[12]\d|0?[1-9])(?=[\t\n]|$)",
    # 15 March 2019, March 15, 2019, Mar. 2019, Mar '19
    rf"(?:(?<![\d.,/])\b(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?[^\S\t\n](?:of\s)?)?\b(?P<n{{0}}b>{_MONTH_NAME})\b\.?"
    rf"(?:\s\d{{{{1,2}}}}(?:st|nd|rd|th)?,)?,?\s?(?:of\s)?['‘’]?(?P<y{{0}}b>{_YEAR}|(?<=['‘’])\d\d)\b",
    # 2019 Mar
    rf"(?P<y{{0}}c>{_YEAR})\s(?P<n{{0}}c>{_MONTH_NAME})\b\.?",
    # 03/2019, 01.03.2019
    rf"(?<![\d.])(?:(?:3[01]|[12]\d|0?[1-9])[./\u2010\u2011-])?(?P<m{{0}}d>1[0-2]|0?[1-9])\s?[./\u2010\u2011-]\s?(?P<y{{0}}d>{_YEAR})(?!\d)",
    # 03/15/2019: there is no fifteenth month
    rf"(?<![\d./-])(?P<m{{0}}h>1[0-2]|0?[1-9])/(?:3[01]|2\d|1[3-9])/(?P<y{{0}}h>{_YEAR})(?!\d)",
    # Spring 2019, Q1 2019
    rf"(?:\b(?:(?:early|mid|late|(?:spring|summer|autumn|fall|winter|season)s?|[qh][1-4]|[1-4][qh])[\s/’'-]{{{{1,2}}}}))(?P<y{{0}}e>{_YEAR}|(?<=['‘’])\d\d)\b",
    # '19.3, ’19.03, '19. 3. 31.: the apostrophe makes it a year
    r"['‘’](?P<y{0}g>\d\d)\s?[./]\s?(?P<m{0}g>1[0-2]|0?[1-9])(?!\d)(?:\s?월|[./]\s?(?:3[01]|[12]\d|0?[1-9])(?!\d)\.?|\.(?!\d))?",
    # 2019, 2019년
    rf"(?<![\d.,/])(?P<y{{0}}f>{_YEAR})(?!\d)(?:\s?년(?!\s?\d))?",
)
_SHORT = (
    r"(?<!\d)['‘’]?(?P<s{0}>\d\d)\s?[./년]\s?(?P<t{0}>0[1-9]|1[0-2])(?!\d)"
    r"(?:\s?월|[./]\s?(?:3[01]|[12]\d|0[1-9])(?!\d|[./]\d)\.?)?"
)
_TO = (
    r"\s*(?:--|-|\u2010|\u2011|\u2012|\uff0d|–|—|―|−|~|～|∼|〜|→|⟶|⇒|…|\.{2,3}(?=\s?[\w'’])|➔|➝|›|»|▸|►|\{"
    r"|\bto\b\s?:?|\buntil\b|\btill\b|\bthrough\b|\bthru\b|부터|에서)\s*(?:the\s)?"
)


def _point(tag: str, *, short: bool = False) -> str:
    return "(?:" + "|".join([*(one.format(tag) for one in _POINTS), *([_SHORT.format(tag)] if short else [])]) + ")"


RANGE = re.compile(
    rf"(?P<start>{_point('1')}){_TO}(?:(?P<end>{_point('2', short=True)})|(?P<now>{_PRESENT}|date\b))"
    rf"|(?P<start3>{_point('3', short=True)}){_TO}(?:(?P<end3>{_point('4', short=True)})|(?P<now3>{_PRESENT}|date\b))"
    rf"|(?P<start5>{_point('5')})\s?(?P<now5>{_PRESENT})"
    rf"|(?:(?P<now6>(?:^|(?<=[\t\n(|]))(?:since|seit|desde|depuis))|\bsince)\s(?P<start6>{_point('6')})",
    re.IGNORECASE,
)
OPEN = re.compile(rf"(?P<start>{_point('7')})\s*(?P<open>~|～|–|—|-|부터)\s*(?=$|[\t\n|)])", re.IGNORECASE)
# 2015–19; with a hyphen 2015-09 is a month, 2015-19 is not.
YEARS = re.compile(rf"(?<![\d.,/])(?P<first>{_YEAR})\s?(?:[–—~]\s?|-(?=1[3-9]|[2-9]\d))(?P<last>\d\d)(?![\d./년월-])")
# Spans that say the year or the century once, or only between their ends.
SHORTENED = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        # 2019-03/2021-02, as ISO 8601 writes it
        rf"(?<![\d./-])(?P<y1>{_YEAR})-(?P<m1>0[1-9]|1[0-2])(?:-\d\d)?\s?/\s?"
        rf"(?:(?P<y2>{_YEAR})-(?P<m2>0[1-9]|1[0-2])(?:-\d\d)?(?![\d-])|(?P<now>{_PRESENT}))",
        # June – August 2019
        rf"\b(?P<n1>{_MONTH_NAME})\b\.?\s?(?:[-‐-―~/]|to\b|and\b|through\b)\s?(?P<n2>{_MONTH_NAME})\b\.?,?\s(?P<y1>{_YEAR})\b(?!{_TO}\d)",
        # 2019.06 ~ 08, 2019년 6월 ~ 8월
        rf"(?<![\d./-])(?P<y1>{_YEAR})\s?(?:[./]|년)\s?(?P<m1>1[0-2]|0?[1-9])(?:\s?월|\.)?\s?"
        r"(?:[~～〜∼–-]\s?(?P<m2>1[0-2]|0?[1-9])\s?월|[~～〜∼–]\s?(?P<m3>1[0-2]|0[1-9])(?![\d./년월-]))",
        # 03/19 – 11/21
        r"(?<![\d./-])(?P<m1>1[0-2]|0?[1-9])/(?P<y1>\d\d)\s?(?:-|–|—|\bto\b)\s?"
        rf"(?:(?P<m2>1[0-2]|0?[1-9])/(?P<y2>\d\d)(?![\d/])|(?P<now>{_PRESENT}))",
        # Mar 19 – Nov 21
        rf"\b(?P<n1>{_MONTH_NAME})\b\.?[\s'’-]?(?P<y1>\d\d){_TO}"
        rf"(?:(?P<n2>{_MONTH_NAME})\b\.?[\s'’-]?(?P<y2>\d\d)(?!\d|,?\s\d)|(?P<now>{_PRESENT}))",
    )
)
MONTHS_ALONE = re.compile(
    rf"(?<![\d.])(?P<from>\b(?P<n1>{_MONTH_NAME})\b\.?|(?P<m1>1[0-2]|[1-9])\s?월)(?:{_TO})"
    rf"(?P<to>\b(?P<n2>{_MONTH_NAME})\b\.?|(?P<m2>1[0-2]|[1-9])\s?월)(?!\s*\d)",
    re.IGNORECASE,
)
"""From one month to another, of a year that is said elsewhere."""
SINGLE = re.compile(_point("8"), re.IGNORECASE)
NOW = re.compile(rf"^\W*{_PRESENT}\W*$", re.IGNORECASE)
DURATION = re.compile(
    r"[(\[]?\s*(?:총\s?)?(?:약\s?)?(?:\d{1,2}\+?\s?(?:years?|yrs?|년)\.?\s?,?\s?(?:\d{1,2}\s?(?:months?|mos?|개월)\.?)?"
    r"|\d{1,2}\s?(?:months?|mos|개월)\.?)\s?(?:근무|간)?\s*[)\]]?",
    re.IGNORECASE,
)
"""A length of time, "(2 years 3 months)"."""
