"""What the words of a heading that no list has speak of. Pure."""

import re

from coordinator.candidates.schemas import SectionKind

# What a line printed like a heading speaks of, in the order they are tried.
_HINTS: tuple[tuple[SectionKind, str], ...] = (
    ("certificates", r"certif|licen[sc]e|credential|accreditation|\btickets?\b|admissions?$|자격|증명|면허|수료증"),
    (
        "awards",
        r"award|accolade|\bshort-?listed\b|\bwon\b|trophies|honou?r|recognition|prizes?\b|scholarships?\b|fellowships?\b|grants?\b|distinctions"
        r"|수상|표창|상훈|포상|(?:^|\s)상$|상 ?받은|받은 ?상",
    ),
    (
        "projects",
        r"project|portfolio|(?:selected|featured|notable) works?$"
        r"|\bcredits\b|프로젝트|포트폴리오|(?:대표|주요|수행)\s?(?:현장|공사|작업?|과제|실적)$",
    ),
    ("publications", r"publication|patent|paper|talks|\bwritings?$|논문|특허|저서|발표"),
    (
        "activities",
        r"volunt|activit|interest|hobb|communit|off work|(?:outside|beyond|besides|away from) (?:of )?(?:the |my )?\w+$"
        r"|\bservice$|활동|봉사|취미|나눔|나누는 ?일|모임|동호회|[가-힣] ?밖(?:의|에서|$)",
    ),
    # The last word of an English heading says what it is about: academic appointments are no schooling.
    (
        "experience",
        r"appointments?$|positions?(?: held)?$|employment$|\bjobs\b|\bso far$|(?<!educational )experiences?$"
        # "Before teaching": what somebody did for a living then.
        r"|^(?:before|prior to|previously|earlier|formerly)\b(?!.*\bschool)|이전$",
    ),
    (
        "education",
        r"educat|academ|studies|school|qualification|degrees|studied|graduated|\bstud(?:y|ies)\b|learning"
        r"|학력|학교|학업|배움|배운|공부|교육",
    ),
    (
        "experience",
        r"experience|employ|career|work history|where i.?ve worked|positions|roles|background|appointments|journey"
        r"|(?:where|places) i(?: have|['’]ve)? (?:\w+ed|taught|driven|built)\b"
        r"|(?:other|paid|past|previous|earlier|casual|seasonal|freelance|contract) work$|work (?:so far|to date)$"
        r"|worked|assignments|postings|placements|engagements|track record"
        r"|경력|업무 ?(?:및|/|·|내용|상세|실적)|근무|직장|이력|경험|재직|커리어|걸어온|여정|발자취|일한 |일해|일터",
    ),
    ("languages", r"language|linguistic|tongue|spoken|i speak|^talking$|어학|외국어|언어|구사"),
    (
        "skills",
        r"^it$|skill|competenc|technolog|tech stack|toolbox|tooling|toolkit|proficienc|expertise|strength"
        r"|what i (?:use|know|bring|can|do)"
        r"|good at|do best|abilit|know-how|software|methods|speciali|tools|stack|equipment|machines|instruments"
        r"|기술|스킬|역량|활용|능력|특기|도구|강점|툴|프로그램|장비|잘하는|할 수 있는|할 줄 아는|다루는|키워드",
    ),
    (
        "summary",
        r"summary|profile|^about\b|\babout (?:me|us|myself)\b|objective|introduc|statement|who i am|in brief"
        r"|at a glance|snapshot|highlights|\bbio\b|hello|\bhi there\b|^hi\b|mission|in short\b|short version"
        r"|\bbriefly\b"
        r"|소개|요약|개요|지원동기|성장|한마디|한눈에|말하면|말하자면|인사말|안녕",
    ),
    ("profile", r"contact|personal|details|reach me|(?:get|keep) (?:hold|in touch)|where to find|인적|연락|기본 ?정보"),
    ("other", r"reference|additional|추천|기타|병역|가족"),
)


def hint(text: str) -> SectionKind | None:
    """What the words of a heading speak of; None for what says nothing known."""
    for kind, pattern in _HINTS:
        if re.search(pattern, text, re.IGNORECASE):
            return kind
    return None
