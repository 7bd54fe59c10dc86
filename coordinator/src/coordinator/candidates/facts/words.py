"""Words that tell a title from an employer, a school, a place or a way of being employed. Pure."""

import re

from coordinator.candidates.vocabulary import VOCABULARY, any_of

_TITLE_ENGLISH = re.compile(rf"\b(?:{any_of('title_english')})s?\b", re.IGNORECASE)
_TITLE_KOREAN = re.compile(rf"(?:^|[\s가-힣A-Za-z])(?:{any_of('title_korean_endings')})(?:급|보)?(?:\s?[(/].*)?$")
_RESEARCHER = re.compile(r"(?:^|선임|책임|주임|수석|전임|위촉|연수)\s?연구(?:원|사|관)$")

_EMPLOYER_ENGLISH = re.compile(rf"\b(?:{any_of('employer_english')})\b\.?", re.IGNORECASE)
_EMPLOYER_KOREAN = re.compile(
    rf"주식회사|유한회사|㈜|\((?:주|유|재|사|합)\)|재단법인|사단법인|(?:{any_of('employer_korean_endings')})$"
)
_EMPLOYER_SURE = re.compile(
    r"주식회사|유한회사|㈜|\((?:주|유|재|사|합)\)|[가-힣]{2,}(?:은행|병원|의료원|의원|증권|재단|대학교|공사|공단|협회|호텔|백화점|법인|물산|학교"
    r"|유치원|어린이집|구청|시청|도청|교육청|미술관|박물관|진흥원|위원회|복지관)$"
)
_DEPARTMENT = re.compile(
    r"(?:팀|본부|사업부|부문|실|그룹|파트|센터|셀|스쿼드|챕터|개발부|영업부|기획부|총무부|인사부|생산부|관리부|무역부|제작부|편집부|홍보부|구매부|품질부|설계부|재무부|마케팅부|물류부|보도부|공무부|연구실|병동)$"
    r"|\b(?:department|team|division|unit|squad|dept)\b",
    re.IGNORECASE,
)
_EMPLOYMENT_KIND = re.compile(
    r"^(?:정규직|계약직|인턴직|파견직|프리랜서|비정규직|아르바이트|임시직"
    r"|full[- ]?time|part[- ]?time|contract|freelance"
    r"|permanent|temporary|internship|remote|hybrid|on[- ]?site|재택|퇴사|재직|졸업|재학|휴학|중퇴|수료)$",
    re.IGNORECASE,
)
_PLACES = frozenset(VOCABULARY["words"]["places"])
_PLACE_KOREAN = re.compile(
    r"^(?:서울|부산|인천|대구|대전|광주|울산|세종|경기|강원|충북|충남|전북|전남|경북|경남|제주|수원|성남|판교|대한민국)"
    r"(?:특별시|광역시|시|도|특별자치도|특별자치시)?(?:\s.*)?$"
)
_STATE = re.compile(r"^[A-Z]{2}(?:\s\d{5})?$")

_INSTITUTION = re.compile(
    r"\b(?:university|college|school|institute|academy|polytechnic|universit[äàé]t?|universidad|universidade|hochschule"
    r"|politecnico|politécnico|école|lycée|gymnasium|conservatory|faculty|chalmers|mit|ucla|kaist|bootcamp)\b"
    r"|universit|instituto",
    re.IGNORECASE,
)
_INSTITUTION_KOREAN = re.compile(
    r"(?:대학교|대학원|대학|고등학교|고교|중학교|학교|과기원|과학기술원|학원|아카데미|사관학교|캠퍼스|[가-힣]{2,}대|[가-힣]{2,}고)"
    r"(?=$|\s|\()"
)
_DEGREE = re.compile(
    r"\b(?:b\.?\s?sc|m\.?\s?sc|b\.?a|m\.?a|b\.?s|m\.?s|b\.?eng|m\.?eng|mba|ph\.?\s?d|bachelor|master|doctor|diploma|degree|a-levels?"
    r"|gcse|certificate|associate|minor|major|m\.?stat|b\.?com|m\.?phil|llb|llm|md|vocational|honou?rs|thesis|abitur)\b"
    r"|학사|석사|박사|전공|학과|학부|공학|졸업|수료|계열|전문학사",
    re.IGNORECASE,
)


def is_title(text: str) -> bool:
    """Whether ``text`` names what somebody was."""
    if _RESEARCHER.search(text):
        return True
    return bool(_TITLE_ENGLISH.search(text) or _TITLE_KOREAN.search(text))


def is_korean_title(text: str) -> bool:
    """Whether the Korean word ``text`` names what somebody was."""
    return bool(_RESEARCHER.search(text) or _TITLE_KOREAN.search(text))


def is_employer(text: str) -> bool:
    """Whether ``text`` has a word that names of firms and offices have."""
    return bool(_EMPLOYER_ENGLISH.search(text) or _EMPLOYER_KOREAN.search(text))


def is_surely_employer(text: str) -> bool:
    """Whether the Korean word ``text`` can name nothing but a firm or an office."""
    return bool(_EMPLOYER_SURE.search(text))


def is_department(text: str) -> bool:
    """Whether ``text`` names a part of a firm."""
    return bool(_DEPARTMENT.search(text))


def is_employment_kind(text: str) -> bool:
    """Whether ``text`` says how somebody was employed, or where a course of study stands."""
    return bool(_EMPLOYMENT_KIND.match(text.strip()))


def is_own_account(text: str) -> bool:
    """Whether ``text`` says that somebody worked for nobody in particular."""
    return re.fullmatch(r"(?:self[- ]employed|freelance|프리랜서|자영업)", text.strip(), re.IGNORECASE) is not None


def is_place(text: str) -> bool:
    """Whether ``text`` is a town, a state or a country."""
    bare = text.strip(" .").lower()
    return bare in _PLACES or bool(_STATE.match(text.strip())) or bool(_PLACE_KOREAN.match(text.strip()))


def is_institution(text: str) -> bool:
    """Whether ``text`` names a school."""
    return bool(_INSTITUTION.search(text) or _INSTITUTION_KOREAN.search(text))


def is_degree(text: str) -> bool:
    """Whether ``text`` names a degree or a subject of study."""
    return bool(_DEGREE.search(text))
