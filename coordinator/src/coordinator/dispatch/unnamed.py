"""Lines of a resume of which nothing is ever named to a candidate: heads of tables, contacts, other people. Pure."""

import re

_LABELS = (
    r"(?:name|full name|tel(?:ephone)?|phone|mobile|cell|e-?mail|address|contacts?(?: details| information)?|website|"
    r"linkedin|github|fax|date of birth|birth ?date|nationality|emergency contact|references?|referees?|referred by|"
    r"relationship|전화(?:번호)?|휴대(?:폰|전화)|핸드폰|연락처|이메일|메일|전자우편|주소|거주지|블로그|홈페이지|"
    r"생년월일|성명|이름|"
    r"국적|병역|추천인|보증인|참조인|비상 ?연락(?:처|망)|관계)"
)
_CONTACT = re.compile(
    rf"[\w.+-]+@[\w-]+\.\w|(?<![\d.])\+\d[\d\s().-]{{6,}}\d|(?<![\d.])\(?0\d{{1,4}}[)\s.-][\d\s().-]{{5,}}\d|"
    rf"(?<!\d)\(?\d{{3}}\)?[\s.-]\s?\d{{3}}[.-]\d{{4}}(?!\d)|^\W*(?:\w+ )?{_LABELS}\s*[:：|]|^\W*(?:https?://|"
    rf"www\.)\S+\W*$",
    re.IGNORECASE,
)
_REFERENCES = re.compile(
    r"\W*(?:(?:professional |character |personal |work )?(?:references?|referees?)(?: and contacts?)?|"
    r"추천인(?: ?정보)?|"
    r"신원 ?보증인?|참조인|평판 ?조회(?: ?대상)?|가족 ?(?:사항|관계)|비상 ?연락처)\W*",
    re.IGNORECASE,
)
"""A line that heads what other people are named in."""

_ON_REQUEST = re.compile(
    r"\breferences?\b.{0,20}\b(?:request|available|provided)\b|추천(?:인|서).{0,12}(?:요청|제출|가능)", re.IGNORECASE
)
_PERSON_TITLE = r"(?:Mrs?|Ms|Miss|Mx|Dr|Prof(?:essor)?|Rev|Herr|Frau|Mme|M)\b\.?"
_ROLES = (
    r"(?:manager|director|supervisor|professor|lecturer|head|owner|foreman|teacher|principal|chief|officer|president|"
    r"ceo|cto|cfo|partner|coordinator|tutor|colleague|matron|sister|chef)"
)
_PERSON = re.compile(
    rf"^\W*(?:{_PERSON_TITLE}\s+[A-Z][\w'’-]+|"
    rf"(?:[A-Z][\w'’-]+\s+){{1,2}}[A-Z][\w'’-]+\s*[,(–-]\s*(?:[A-Za-z]+\s+){{0,3}}"
    rf"(?i:{_ROLES})\b)"
)
_PERSON_KO = re.compile(
    r"^\W*(?:[가-힣]{2,4}\s(?:교수|부장|팀장|과장|차장|대표|이사|원장|선생|실장|본부장|상무|전무|센터장|점장|소장|"
    r"사장)님?(?=[\s,(/|·]|$)|"
    r"(?:부|모|父|母|조부|조모|배우자|남편|아내|형|누나|언니|오빠|동생|자녀|아들|딸)\s+[가-힣]{2,4}(?=[\s,(/|]|$))"
)
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")

_HEAD_KO = re.compile(
    r"[가-힣]{0,5}(?:명|명칭|수준|기간|비고|구분|내용|일자|년월|연월|연도|년도|기관|발급처|발행처|역할|등급|점수|"
    r"여부|번호|방법|"
    r"종류|항목|정도|분야|상태|유형|사유|직급|직위|직책|부서|소속|업무|학교|전공|학위|학점|성적|기술|언어|자격|"
    r"자격증|경력|순번|이름|성명|관계|연락처|전화|주소|"
    r"활용도|숙련도|능력|도구|날짜|시기|장소|회사|직장)"
)
_HEAD_EN = re.compile(
    r"(?:no|nr|name|course|title|skills?|level|proficiency|years?|months?|notes?|remarks?|comments?|from|to|"
    r"start(?:ed)?|"
    r"end(?:ed)?|"
    r"grade|gpa|degree|school|university|institution|major|subject|results?|score|role|responsibilit(?:y|ies)|"
    r"description|tools?|technolog(?:y|ies)|languages?|certificat(?:e|es|ion)|licen[cs]e|issuer|issue|issued?|"
    r"expir(?:y|es)|"
    r"valid(?:ity)?|contact|phone|email|address|dates?|type|status|duration|department|reason|relationship|experience|"
    r"last|used|period|company|employer|position|duties|location|city|country|project|rating|self-?assessment|"
    r"reading|writing|speaking|listening)",
    re.IGNORECASE,
)
_JOINING = re.compile(r"(?:of|and|for|the|by|in|per|a|및|or)", re.IGNORECASE)
_TOKEN = re.compile(r"[^\s|/,:：·()\t]+")
_FEWEST_HEADS = 2
_HEADS_SHARE = {"en": 1.0, "ko": 0.6}


def heads_of_columns(line: str) -> bool:
    """Whether ``line`` is the head of a table or a row of labels: two words and more that say what stands below."""
    found = [word for word in _TOKEN.findall(line) if not _JOINING.fullmatch(word)]
    if len(found) < _FEWEST_HEADS or re.search(r"\d|[.!?;]", line):
        return False
    korean = sum("가" <= letter <= "힣" for letter in line) > len("".join(found)) / 2
    heads = sum(bool((_HEAD_KO if korean else _HEAD_EN).fullmatch(word)) for word in found)
    return heads >= _FEWEST_HEADS and heads >= _HEADS_SHARE["ko" if korean else "en"] * len(found)


def of_others(line: str) -> bool:
    """Whether ``line`` tells how to reach somebody, or speaks of another person: a referee, a relative."""
    if _CONTACT.search(line) or _ON_REQUEST.search(line) or _REFERENCES.fullmatch(line):
        return True
    return not _YEAR.search(line) and bool(_PERSON.search(line) or _PERSON_KO.search(line))


def names_others(title: str) -> bool:
    """Whether a section of that title is about other people."""
    return bool(_REFERENCES.fullmatch(title))


def without_others(lines: list[str]) -> list[str]:
    """``lines`` up to the one that heads the references or the family."""
    return lines[: next((at for at, line in enumerate(lines) if _REFERENCES.fullmatch(line)), len(lines))]
