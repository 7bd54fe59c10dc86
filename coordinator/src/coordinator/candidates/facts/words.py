"""Words that tell a title from an employer, a school, a place or a way of being employed. Pure."""

import re
from collections.abc import Sequence

from coordinator.candidates.words.vocabulary import VOCABULARY, any_of

_TITLE_ENGLISH = re.compile(rf"\b(?:{any_of('title_english')})s?\b", re.IGNORECASE)
_ENDS_IN_TITLE = re.compile(rf"\b(?:{any_of('title_english')})$", re.IGNORECASE)
_ENDS_IN_TITLES = re.compile(rf"\w\W+(?:\w+\W+)*(?:{any_of('title_english')})s$", re.IGNORECASE)
"""Of people there is one; "Doyle Architects" is a firm."""
_LEGAL = re.compile(r"\b(?:inc|ltd|limited|llc|llp|plc|gmbh|corp|pvt|pty|s\.?r\.?l|b\.?v)\b\.?", re.IGNORECASE)
_ENDS_IN_LEGAL_FORM = re.compile(
    r"(?:^|[\s,])(?:inc|ltd|ltda|lda|llc|llp|plc|corp|co|bros|pty|pvt|pte|bhd|gmbh|oy|ab|aps|sarl|srl|sprl|kft|(?:[a-z]\.\s?){1,3}[a-z])\.$",
    re.IGNORECASE,
)
"""With a point that ends no sentence; "B.V.", "S.p.A." too."""
_TITLE_KOREAN = re.compile(rf"(?:^|[\s가-힣A-Za-z])(?:{any_of('title_korean_endings')})(?:급|보)?(?:\s?[(/].*)?$")
_RESEARCHER = re.compile(r"(?:^|선임|책임|주임|수석|전임|위촉|연수)\s?연구(?:원|사|관)$")

_AFTER_TITLE = re.compile(r"\s*(?:[,(/&–—:|]|\s-\s|\b(?:of|for|in|to|and|at|with)\b)\s*")
_RANK = re.compile(r"\s+(?:(?-i:[IVX]{1,3})|\d|level\s?\d|grade\s?\d+|intern|trainee|(?-i:[A-Z]{2,4}))$", re.IGNORECASE)
_DOER_ENGLISH = re.compile(
    r"(?!\w*(?:cent|pow|wat|pap|tow|silv|corn|copp|timb|wint|summ|numb|weath|feath|leath|oth|aft)er$|(?:riv|sup|amb|mast|ord|bord|und|ov)er$)"
    r"[a-z]{2,}(?:[^aeiou]er|[aeiou]er|[cst]or|ist|[ei]cian|[a-z]rian|eer|woman|man|smith|wright|hand|ant|aide|ess)$",
    re.IGNORECASE,
)
_DOER_KOREAN = re.compile(
    r"^(?!.*(?:출판사|신문사|건설사|본사|지사|회사|공장|시장|매장|농장|기관|도장|현장|[예례]식장|양조장|목장|승마장"
    r"|경기장|골프장|수영장|공연장|전시장|작업장|사업장|극장)$)[가-힣]+(?:원|직|사|장|자|관|생)$"
)
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
_TEAM = re.compile(r"[가-힣A-Za-z0-9](?:팀|사업부|본부|파트|부문)$")
_FUNCTIONS = frozenset(VOCABULARY["words"]["functions_english"])
_KINDS_OF_WORK = frozenset(map(str.lower, VOCABULARY["words"]["kinds_of_work_korean"]))
_EMPLOYMENT_KIND = re.compile(
    r"^(?:정규직|계약직|인턴직|파견직|프리랜서|비정규직|아르바이트|임시직"
    r"|full[- ]?time|part[- ]?time|contract|freelance"
    r"|permanent|temporary|hourly|salaried|internship|remote|hybrid|on[- ]?site|재택|퇴사|재직|졸업|재학|휴학|중퇴|수료"
    r"|\d\d(?:\.5)? ?(?:hours|hrs?)\.? ?(?:per|a|/) ?(?:week|wk)|주 ?\d\d시간)$",
    re.IGNORECASE,
)
_OWN_ACCOUNT = re.compile(
    r"(?:(?!(?:at|for)\b)\S+\s){0,3}?[(]?(?:self[- ]employ(?:ed|ment)|freelanc(?:e|er|ing)|sole (?:trader|proprietor)"
    r"|independent contractor)\b|(?:.*\s)?(?:프리랜서|자영업|개인 ?사업자?)",
    re.IGNORECASE,
)
_COUNTY = re.compile(r"(?:Co\.?|County) [A-Z][a-z]+$")
_REGIONS = frozenset(VOCABULARY["words"]["regions"])
_PLACES = frozenset(VOCABULARY["words"]["towns"]) | _REGIONS
_PLACE_KOREAN = re.compile(
    r"^(?:서울|부산|인천|대구|대전|광주|울산|세종|경기|강원|충북|충남|전북|전남|경북|경남|제주|충청[남북]|전라[남북]|경상[남북]|대한민국)"
    r"(?:특별시|광역시|시|도|특별자치도|특별자치시)?(?:\s(?:\S*[시군구읍면동리로길가층호]|\d\S*))*$"
    rf"|^(?:{any_of('towns_korean')})(?:시|군)?(?:\s(?:\S*[시군구읍면동리로길가층호]|\d\S*))*$"
)
_ROAD = re.compile(r"(?:Highway|Hwy\.?|Route|Rte\.?|County Road|State Road|Interstate) \w{1,5}$")
_STATE = re.compile(r"^[A-Z]{2}(?:\s\d{5})?$")

_INSTITUTION = re.compile(
    r"\b(?:university|college|school|institute|academy|polytechnic|universit[äàé]t?|universidad|universidade|hochschule"
    r"|politecnico|politécnico|école|lycée|gymnasium|conservatory|faculty|chalmers|mit|ucla|kaist|bootcamp)\b"
    r"|universit|instituto|\bliceul?\b|\blice[ou]m?\b|\b(?:tafe|eth|istituto|escola|escuela|scuola|col[ée]gio|[šs]kola|szkoła|skole|technikum)\b"
    r"|\bpolytech(?:nique)?\b|^\w+ tech$"
    r"|\b\w*(?:schule|skolan?|hogeschool|gymnasium|akademie)\b|\bcentro de forma(?:ção|ción)\b",
    re.IGNORECASE,
)
_INSTITUTION_KOREAN = re.compile(
    r"(?:대학교|대학원|대학|고등학교|고교|중학교|학교|과기원|과학기술원|학원|아카데미|사관학교|캠퍼스|[가-힣]{2,}대|[가-힣]{2,}고)"
    r"(?=$|\s|\()|(?:대학교|고등학교)(?=[가-힣]{1,8}(?:계열|학과|학부|전공|과정)(?:$|\s))"
)
_PART_OF_SCHOOL = re.compile(
    r"(?:the )?(?:department|dept\.?|school|faculty|division|chair|cent(?:re|er)|college|laboratory|lab|section|unit)"
    r" (?:of|for) "
    r"(?!.*universit)",
    re.IGNORECASE,
)
_DEGREE = re.compile(
    r"\b(?:b\.?\s?sc|m\.?\s?sc|b\.?a|m\.?a|b\.?s|m\.?s|b\.?eng|m\.?eng|mba|ph\.?\s?d|bachelor|master|doctor|diploma|degree|a-levels?"
    r"|gcse|certificate|associate|minor|major|m\.?stat|b\.?com|m\.?phil|llb|llm|md|msn|bsn|vocational|honou?rs|thesis|abitur)\b"
    r"|학사|석사|박사|전공|학과|학부|공학|졸업|수료|계열|전문학사",
    re.IGNORECASE,
)

_PARTICLE = re.compile(r"[가-힣](?:에서는?|까지는?|부터는?|에게|에는|이며|하며|하고|하여|으로서?|였으며|되어|했고)$")


def is_within_a_sentence(text: str) -> bool:
    """Whether Korean ``text`` ends as words do in the middle of a sentence, and no name does: "그 전에는"."""
    return bool(_PARTICLE.search(text))


def is_title(text: str) -> bool:
    """Whether ``text`` names what somebody was."""
    if _RESEARCHER.search(text):
        return True
    if _LEGAL.search(text) or _ENDS_IN_TITLES.search(text):
        return False
    return bool(_TITLE_ENGLISH.search(text) or _TITLE_KOREAN.search(text))


def names_a_title(text: str) -> bool:
    """Whether a title is what ``text`` is about: "Head of Growth", but not "Office of Representative Whitcomb"."""
    if not is_title(text):
        return False
    heads = [_RANK.sub("", part.strip()) for part in _AFTER_TITLE.split(text)]
    return is_korean_title(text) or any(_ENDS_IN_TITLE.search(head) for head in heads if head)


def could_be_title(text: str) -> bool:
    """Whether ``text`` ends as English words for what people do end: "Arborist"."""
    if is_title(text) or is_employer(text) or is_place(text):
        return False
    named = _AFTER_TITLE.split(text)[0].split()
    return bool(named) and _DOER_ENGLISH.match(named[-1]) is not None


def could_be_korean_title(word: str) -> bool:
    """Whether ``word`` ends as Korean words for what people do end: "운전원"; many names of firms do, too."""
    return not is_employer(word) and _DOER_KOREAN.match(word) is not None


def is_korean_title(text: str) -> bool:
    """Whether the Korean word ``text`` names what somebody was."""
    return bool(_RESEARCHER.search(text) or _TITLE_KOREAN.search(text))


def is_employer(text: str) -> bool:
    """Whether ``text`` has a word that names of firms and offices have."""
    if _LEGAL.search(text) or _ENDS_IN_TITLES.search(text):
        return True
    if _ENDS_IN_TITLE.search(text) or is_function(text):
        # A "Hotel Manager" is none, nor are "Client Services".
        return False
    return bool(_EMPLOYER_ENGLISH.search(text) or _EMPLOYER_KOREAN.search(text))


def is_surely_employer(text: str) -> bool:
    """Whether the Korean word ``text`` can name nothing but a firm or an office."""
    return bool(_EMPLOYER_SURE.search(text))


def is_function(text: str) -> bool:
    """Whether ``text`` names nothing but a part of any firm's work: "Sales and Marketing", "해외영업 담당"."""
    named = [word for word in re.split(r"[\s/&,]+", text.lower()) if word not in ("and", "of", "the", "")]
    return bool(named) and all(word in _FUNCTIONS or word in _KINDS_OF_WORK for word in named)


def is_kind_of_work(text: str) -> bool:
    """Whether the Korean word ``text`` stands before a title and says more of it: "백엔드", "시니어"."""
    return text.lower() in _KINDS_OF_WORK or is_department(text)


def could_be_korean_firm(named: Sequence[str]) -> bool:
    """Whether Korean words may be a firm's name, beside a title: "청솔여객", "로스터리 담담", but not "백엔드"."""
    text = " ".join(named)
    if all(map(is_kind_of_work, named)) or is_title(text) or is_place(text):
        return False
    return re.fullmatch(r"[가-힣()㈜\s]{2,}", text) is not None


def ends_in_legal_form(text: str) -> bool:
    """Whether ``text`` ends as the name of a firm does that says its form: "Estaleiros da Barra, Lda."."""
    return _ENDS_IN_LEGAL_FORM.search(text) is not None


def is_legal_form(word: str) -> bool:
    """Whether the Korean ``word`` only says what kind of firm the word beside it names."""
    return word in (
        "주식회사",
        "유한회사",
        "㈜",
        "(주)",
        "재단법인",
        "사단법인",
        "의료법인",
        "학교법인",
        "사회복지법인",
    )


def without_team(text: str) -> str:
    """A Korean firm's name without the team behind it: "(주)대한건기 정비2팀"."""
    named = text.split()
    team = len(named) > 1 and _TEAM.search(named[-1]) is not None and not is_legal_form(" ".join(named[:-1]))
    return text[: text.rindex(named[-1])].rstrip() if team else text


def is_department(text: str) -> bool:
    """Whether ``text`` names a part of a firm."""
    return bool(_DEPARTMENT.search(text))


def is_employment_kind(text: str) -> bool:
    """Whether ``text`` says how somebody was employed, or where a course of study stands."""
    return bool(_EMPLOYMENT_KIND.match(text.strip()))


def is_own_account(text: str) -> bool:
    """Whether ``text`` says that somebody worked for nobody in particular."""
    return re.fullmatch(r"(?:self[- ]employed|freelance|프리랜서|자영업)", text.strip(), re.IGNORECASE) is not None


def works_for_nobody(text: str) -> bool:
    """Whether ``text`` says so of some work, too: "Freelance translator", "프리랜서 번역가"."""
    return _OWN_ACCOUNT.match(text.strip()) is not None


def is_place(text: str) -> bool:
    """Whether ``text`` is a town, a state or a country."""
    bare = text.strip(" .").lower()
    return bare in _PLACES or is_region(text) or bool(_PLACE_KOREAN.match(text.strip()) or _ROAD.match(text.strip()))


def is_region(text: str) -> bool:
    """Whether ``text`` is a state or a country: what stands before it is as likely a town as a firm."""
    bare = text.strip(" .")
    state, _, country = bare.partition(" ")
    return (
        bare.lower() in _REGIONS
        or bool(_COUNTY.match(bare))
        or bool(_STATE.match(bare))
        or bool(_STATE.match(state) and is_region(country))
    )


def is_institution(text: str) -> bool:
    """Whether ``text`` names a school."""
    return bool(_INSTITUTION.search(text) or _INSTITUTION_KOREAN.search(text))


def is_part_of_school(text: str) -> bool:
    """Whether ``text`` names a part of a university or a hospital: "School of Geography"."""
    return _PART_OF_SCHOOL.match(text) is not None


def is_degree(text: str) -> bool:
    """Whether ``text`` names a degree or a subject of study."""
    return bool(_DEGREE.search(text))
