"""Traits the law protects: never asked about, and never quoted back, whoever named them first.

The list is wide on purpose. A refused proposal costs one fallback question; a question about a marriage costs trust.
"""

import re

_TRAITS: dict[str, tuple[str, str]] = {
    "age": (
        r"how old|your age|age group|years? old|born in|date of birth|birth(?:day|date|place| year)|year of birth|"
        r"too (?:old|young)|retir(?:e|ement|ing)|generation z|millennial",
        r"나이|연세|연령|몇 ?살|생년월일|생일|출생|몇 ?년생|[0-9]{2,4}년생|정년|은퇴|젊으신|나이가",
    ),
    "marriage_and_family": (
        r"marri(?:ed|age)|wedding|spouses?|husbands?|wife|wives|girlfriends?|boyfriends?|fianc\w*|divorc\w*|widow\w*|"
        r"single or|children|kids?|child ?care|babysit\w*|parents?|mother|father|siblings?|family|families|"
        r"dating|relationship status",
        r"결혼|기혼|미혼|혼인|배우자|남편|아내|부인|와이프|이혼|자녀|아이들|아이가|육아|보육|남자 ?친구|여자 ?친구|"
        r"애인|약혼|연애|"
        r"부모|어머니|아버지|형제|자매|가족|시댁|친정|맞벌이",
    ),
    "pregnancy": (
        r"pregnan\w*|maternity|paternity|birth control|fertility|miscarriage|expecting a (?:child|baby)|bab(?:y|ies)",
        r"임신|출산|난임|불임|유산|산후|모성|피임",
    ),
    "religion": (
        r"relig\w*|church\w*|mosque|temple|synagogue|pray\w*|worship\w*|bible|quran|christian\w*|catholic\w*|"
        r"protestant\w*|"
        r"muslim\w*|islam\w*|jewish|judaism|buddhis\w*|hindu\w*|atheis\w*|faith",
        r"종교|교회|성당|절에 ?다니|신앙|기독교|천주교|불교|이슬람|무슬림|예배|기도하|세례|무교",
    ),
    "origin": (
        r"ethnic\w*|race|races|racial|skin colou?r|nationalit\w*|citizenship|immigra\w*|native (?:country|language|"
        r"speaker)|"
        r"where are you (?:really |originally )?from|hometown|home country|accent|foreigner|caste",
        r"인종|피부색|민족|국적|출신 ?(?:지역|지|국)|고향|본적|귀화|이민자|외국인이|억양|사투리|어디 ?출신|다문화",
    ),
    "gender_and_orientation": (
        r"gender\w*|sexual\w*|sex|gay|lesbian|bisexual|transgender|queer|homosexual\w*|as a (?:wo)?man|feminis\w*|"
        r"male or female|pronouns",
        r"성별|성적 ?지향|성 ?정체성|동성애|이성애|트랜스젠더|게이|레즈비언|여자로서|남자로서|여성으로서|남성으로서|"
        r"페미니",
    ),
    "health_and_disability": (
        r"disab\w*|handicap\w*|illness\w*|disease\w*|sickness|medical\w*|medication|mental health|depress\w*|anxiety "
        r"disorder|"
        r"therap(?:y|ist)|hospitali[sz]\w*|cancer|diabetes|hiv|wheelchair|blood type|health (?:condition|problem|"
        r"history|"
        r"status)|your health",
        r"장애인|장애가|장애 ?등급|신체 ?장애|정신 ?질환|질병|질환|병력|건강 ?(?:상태|이|은|에|문제)|우울증|복용|입원|"
        r"수술|암 ?투병|"
        r"당뇨|혈액형|휠체어|지병",
    ),
    "military": (
        r"military (?:service|duty)|conscript\w*|draft(?:ed)? into|served in the (?:army|navy|military)|veteran status|"
        r"discharged from",
        r"병역|군대|군 ?복무|군필|미필|입대|제대|전역|예비군|공익 ?근무|사회 ?복무",
    ),
    "union": (
        r"trade union\w*|labou?r union\w*|union member\w*|unioni[sz]\w*|collective bargaining|went on strike|on strike",
        r"노동조합|노조|조합원|단체 ?교섭|파업",
    ),
    "politics": (
        r"politic(?:al|s|ian)\w*|vote[ds]? for|voting|election\w*|which party|left[- ]wing|right[- ]wing|conservative "
        r"party|"
        r"democrats?|republicans?|activis\w*",
        r"정치 ?(?:성향|적|관|견해)|지지 ?(?:정당|하는 ?정당)|정당|투표|선거|진보|보수 ?성향|시위에",
    ),
    "looks": (
        r"your (?:looks|appearance|weight|height|body|face|hair)|good[- ]looking|attractive|overweight|slim|tattoo\w*|"
        r"how tall|how much do you weigh|beautiful|handsome|pretty woman",
        r"외모|키와 ?몸무게|키가 ?(?:몇|얼마|어떻게)|몸무게|체중|신장이|용모|예쁘|잘생|얼굴이|문신|체형|인상이",
    ),
    "wealth_and_record": (
        r"your (?:debt|wealth|assets|savings|credit score)|bankrupt\w*|criminal record|arrest(?:ed)?|conviction|own a "
        r"house|"
        r"rent or own",
        r"재산|빚이|채무|부동산|자가|전세|월세|신용 ?등급|파산|전과|범죄 ?경력|집안",
    ),
}
_COMPILED = {
    language: {
        trait: re.compile(rf"\b(?:{both[0]})\b" if language == "en" else f"(?:{both[1]})", re.IGNORECASE)
        for trait, both in _TRAITS.items()
    }
    for language in ("en", "ko")
}

TRAITS = tuple(_TRAITS)
"""Names of the traits."""


def protected_trait(text: str, language: str) -> str:
    """The first protected trait ``text`` touches, by name; empty for none. English words count in Korean text too."""
    for code in dict.fromkeys((language, "en")):
        for trait, pattern in _COMPILED[code].items():
            if pattern.search(text):
                return trait
    return ""
