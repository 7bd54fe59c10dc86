"""Traits the law protects: never asked about, and never quoted back, whoever named them first.

The list is wide on purpose. A refused proposal costs one fallback question; a question about a marriage costs trust.
"""

import re

_TRAITS: dict[str, tuple[str, str]] = {
    "age": (
        r"how old|your age|age group|years? old|born in|date of birth|birth(?:day|date|place| year)|year of birth|"
        r"too (?:old|young)|retir(?:e|ement|ing)|generation z|millennial|your graduation|year of graduation|"
        r"(?:when|(?:what|which) year|years ago) (?:did|have) you (?:\w+ )?(?:graduate|(?:finish|complete|leave|"
        r"start|enter)"
        r"(?: your)?(?: \w+)? (?:school|college|university|degree|studies)(?= *\W*$))",
        r"(?:언제|몇 ?년도?에?|어느 ?해에?) ?[^.?]{0,12}(?:졸업|입학)|졸업 ?(?:연도|년도)|학번[이은]|몇 ?학번|"
        r"무슨 ?띠|환갑|"
        r"(?:고등학교|대학교?|학교)(?:를|을|은|는)? ?(?:언제|몇 ?년)|"
        r"(?<![가-힣])나이|연세(?!대)|연령|몇 ?살|생년월일|생일|출생|몇 ?년생|[0-9]{2,4}년생|정년|은퇴|젊으신",
    ),
    "marriage_and_family": (
        r"marri(?:ed|age)|wedding|spouses?|husbands?|wife|wives|girlfriends?|boyfriends?|fianc\w*|divorc\w*|widow\w*|"
        r"single or|children|kids?|child ?care|babysit\w*|parents?|mother|father|siblings?|family|families|"
        r"dating|relationship status|sons?|daughters?|brothers?|sisters?|in-laws|maiden name|your (?:childhood|"
        r"upbringing)|"
        r"live (?:alone|with anyone)",
        r"결혼|기혼|미혼|혼인|배우자|남편|(?<![가-힣])아내|(?<![가-힣])부인(?!하|할|했)|와이프|이혼|자녀|"
        r"아이들|아이가|(?<![가-힣])(?:아이|아기|애기|자식|둘째)(?:를|는|도)|육아|보육|남자 ?친구|여자 ?친구|"
        r"장인어른|장모|"
        r"(?<![가-힣])(?:아빠|엄마|언니|누나|오빠|동생)|시부모|누구(?:와|랑) ?(?:함께 |같이 )?사[시세]|혼자 ?사[시세]|"
        r"애인|약혼|연애|"
        r"부모|어머니|아버지|형제|자매|가족|시댁|친정|맞벌이",
    ),
    "pregnancy": (
        r"pregnan\w*|maternity|paternity|birth control|fertility|miscarriage|expecting a (?:child|baby)|bab(?:y|ies)",
        r"임신|출산|난임|불임|유산(?:을 ?(?:하|겪)|한 ?적|의 ?경험)|산후|(?<![가-힣])모성|(?<![가-힣])피임",
    ),
    "religion": (
        r"relig\w*|church\w*|mosque|temple|synagogue|pray\w*|worship\w*|bible|quran|christian\w*|catholic\w*|"
        r"protestant\w*|"
        r"muslim\w*|islam\w*|jewish|judaism|buddhis\w*|hindu\w*|atheis\w*|faith",
        r"종교|교회|(?<![가-힣])성당|절에 ?다니|신앙|기독교|천주교|(?<![가-힣])불교|이슬람|무슬림|예배|기도하|"
        r"(?<![가-힣])세례|(?<![가-힣])무교|(?<![가-힣])절에 ?(?:가[시세]|나가)|미사에|하나님|하느님|부처님",
    ),
    "origin": (
        r"ethnic\w*|race|races|racial|skin colou?r|nationalit\w*|citizenship|immigra\w*|native (?:country|language|"
        r"speaker)|"
        r"where (?:are|were) you (?:\w+ ){0,2}(?:from|born|raised)|where do you (?:\w+ )?come from|"
        r"where did you grow up|"
        r"your (?:first|mother) (?:language|tongue)|(?:which|what) country are you|your (?:ancest\w+|heritage|"
        r"roots)|hometown|home country|accent|foreigner|caste",
        r"인종|피부색|(?<!배달의)(?<!배달의 )민족|(?<![가-힣])국적|출신 ?(?:지역|지|국)|고향|(?<![가-힣])본적|"
        r"귀화|이민자|외국인이|억양|사투리|어디 ?출신|다문화|"
        r"어디 ?분이|태어나[신셨]|자라[신셨]|모국어",
    ),
    "gender_and_orientation": (
        r"gender\w*|sexual\w*|sex|gay|lesbian|bisexual|transgender|queer|homosexual\w*|as a (?:wo)?man|feminis\w*|"
        r"male or female|pronouns",
        r"성별|성적 ?지향|성 ?정체성|동성애|이성애|트랜스젠더|게이(?!트|지|밍|머)|레즈비언|여자로서|남자로서|"
        r"여성으로서|남성으로서|"
        r"페미니",
    ),
    "health_and_disability": (
        r"disab\w*|handicap\w*|illness\w*|disease\w*|sickness|medical\w*|medication|mental health|depress\w*|anxiety "
        r"disorder|"
        r"therap(?:y|ist)|hospitali[sz]\w*|cancer|diabetes|hiv|wheelchair|blood type|health (?:condition|problem|"
        r"history|"
        r"status)|your health",
        r"장애인|장애가 ?있|장애 ?등급|신체 ?장애|정신 ?질환|질병|질환|병력|건강 ?(?:상태|이|은|에|문제)|"
        r"우울증|복용|입원|"
        r"수술|암 ?투병|"
        r"당뇨|혈액형|휠체어|지병",
    ),
    "military": (
        r"military (?:service|duty)|conscript\w*|draft(?:ed)? into|served in the (?:army|navy|military)|"
        r"veteran status|"
        r"discharged from",
        r"병역|군대|군 ?복무|군필|미필|입대|(?<![가-힣])제대(?!로)|"
        r"(?<![가-힣])전역(?! ?변수| ?상태| ?설정|적|에 ?걸)|예비군|공익 ?근무|사회 ?복무",
    ),
    "union": (
        r"trade union\w*|labou?r union\w*|union member\w*|unioni[sz]\w*|collective bargaining|went on strike|"
        r"on strike",
        r"노동조합|(?<![가-힣])노조|조합원|단체 ?교섭|파업",
    ),
    "politics": (
        r"politic(?:al|s|ian)\w*|vote[ds]? for|voting|election\w*|which party|left[- ]wing|right[- ]wing|"
        r"conservative "
        r"party|"
        r"democrats?|republicans?|activis\w*",
        r"정치 ?(?:성향|적|관|견해)|지지 ?(?:정당|하는 ?정당)|(?<![가-힣])정당(?!하|한|성|화|히)|투표|선거|"
        r"진보 ?(?:성향|진영)|보수 ?성향|시위에",
    ),
    "looks": (
        r"your (?:looks|appearance|weight|height|body|face|hair)|good[- ]looking|attractive|overweight|slim|"
        r"tattoo\w*|"
        r"how tall|how much do you weigh|beautiful|handsome|pretty woman",
        r"외모|키와 ?몸무게|키가 ?(?:몇|얼마|어떻게)|몸무게|체중|신장이 ?(?:몇|얼마|작|크)|용모|예쁘|잘생|"
        r"얼굴이|문신|체형|인상이 ?(?:좋|세|험)",
    ),
    "wealth_and_record": (
        r"your (?:debt|wealth|assets|savings|credit score)|bankrupt\w*|criminal record|arrest(?:ed)?|"
        r"conviction|(?:own|rent) (?:a|an|your|your own) (?:house|home|flat|apartment)|rent or own|own or rent",
        r"재산|빚이|채무|부동산|(?<![가-힣])자가|(?<![가-힣])전세(?!계)|월세|신용 ?등급|파산|전과|범죄 ?경력|집안",
    ),
}
_COMPILED = {
    language: {
        trait: re.compile(rf"\b(?:{both[0]})\b" if language == "en" else f"(?:{both[1]})", re.IGNORECASE)
        for trait, both in _TRAITS.items()
    }
    for language in ("en", "ko")
}

_TERMS_OF_WORK = re.compile(
    r"\b(?:race conditions?|data races?|leader elections?|election (?:timeout|term)s?|in good faith|"
    r"(?:parent|child|children)(?:'s)? (?:process(?:es)?|class(?:es)?|nodes?|tables?|records?|components?|threads?|"
    r"spans?|compan(?:y|ies)|issues?|tickets?)|(?:product|job|font|instance|protocol) famil(?:y|ies)|"
    r"medical (?:devices?|records?|imaging|software|data))\b|"
    r"\bsister (?:compan(?:y|ies)|sites?|teams?|brands?)\b|\broot causes?\b|"
    r"(?:부모|자녀|자식) ?(?:클래스|노드|프로세스|컴포넌트|테이블|스레드|요소)|"
    r"(?:클래스|노드|프로세스|컴포넌트|테이블|스레드|요소|트리)의 ?(?:부모|자녀|자식)",
    re.IGNORECASE,
)
"""Words of a trade that only sound like a trait: taken out before the traits are looked for."""

TRAITS = tuple(_TRAITS)
"""Names of the traits."""


def protected_trait(text: str, language: str) -> str:
    """The first protected trait ``text`` touches, by name; empty for none.

    The other language's words count too: a question may be written in either.
    """
    text = _TERMS_OF_WORK.sub(" ", text)
    for code in dict.fromkeys((language, "en", "ko")):
        for trait, pattern in _COMPILED[code].items():
            if pattern.search(text):
                return trait
    return ""
