"""How people say that they are married, have children, took leave for them, or were in an army, by language.

Work is left alone: a maternity ward, a policy on leave, a project for the navy, "제대로", "수출산업".
"""

from edge_node.core.evaluation.traits import ALONE_KO, any_of

_ARMED = (
    r"(?:the )?(?:(?:us|u\.s\.|british|royal|korean|south korean|israeli|indian|turkish|national) )*"
    r"(?:army|navy|air force|marines|marine corps|coast guard|armed forces|military)\b"
    r"(?!-| (?:of|yard|base|blue|grade|spec\w*|sector|market|industry|projects?|contracts?|customers?|programm?e?s?)\b)"
)
_MARRIED = r"(?:(?:un)?married|divorced|widowed|a widow(?:er)?|a newlywed|a single parent)"
_MANY = r"(?:(?:a|an|one|two|three|four|five|\d|no|young|small|little|several|twin|grown) ){0,2}"
_CHILDREN = r"(?:kids?|child|children|toddlers?|bab(?:y|ies))"
# Whose policy, ward or software it is, is work.
_RULES = r"(?:polic\w+|schemes?|programm?e?s?|payroll|law|rules|requests?|applications?)"
_WARDS = r"(?:wards?|units?|clinics?|hospitals?|care|wear|wing|services?|nurs\w+)"

FAMILY = {
    "en": any_of(
        r"\bmarital status\b(?:\s*[:–-]\s*\w+)?",
        rf"\b(?:i am|i'm|i was|he is|she is|getting|got|recently|newly|happily|being|been|not yet) {_MARRIED}\b",
        rf"\b(?:after|before|when|since|once|because) (?:i|we) (?:(?:got|was|were) )?{_MARRIED}\b(?! the\b)",
        rf"\b(?:my|our|his|her) (?:marriage|wedding|honeymoon|divorce|spouse|in-laws|newborn|{_CHILDREN})\b",
        rf"\b(?:i|we) (?:have|had|raised?|am raising|are raising) {_MANY}{_CHILDREN}\b(?! in\b|['’])",
        rf"\b(?:maternity|paternity)\b(?! {_WARDS}\b)(?!(?: leave)? {_RULES}\b)",
        rf"\b(?:parental|adoption|child[- ]?care|baby) leave\b(?! {_RULES}\b)",
    ),
    "ko": any_of(
        r"(?<![가-힣])(?:기혼|미혼|이혼|재혼|비혼|신혼)(?:자|남|녀|부부|여행)?(?![가-힣]*율)",
        r"결혼(?! ?(?:정보|식장|준비|예식|중개|상품|업체|시장))[가-힣]*|혼인 ?(?:여부|상태|신고)",
        r"배우자(?=[와가의를도,.]|입니다|가 있|에게)|(?:제|저의) 배우자",
        r"(?<![가-힣])임신|(?<![가-힣])출산(?! ?(?:율|정책|용품|지원|병원))",
        r"(?<![가-힣])육아 ?휴직(?! ?(?:제도|규정|정책|관리|급여|대체|신청))",
        r"(?<![가-힣])육아(?! ?(?:휴직|용품|앱|서비스|플랫폼|시장|박람회|종합|정보|커뮤니티))[가-힣]*",
        r"(?<![가-힣])(?:제|저희|우리|내|두|세|네|첫째|둘째|셋째) (?:아이|자녀|아기)(?=[가를는은이와도의 ,.]|들|$)",
        r"다둥이|자녀 ?(?:계획|양육)",
    ),
}

ARMY = {
    "en": any_of(
        r"\b(?:military|national|conscript|mandatory|compulsory|selective)(?: military)? (?:service|duty)\b",
        r"\bconscript\w*\b",
        rf"\b(?:(?:served|serving|career|years?) with|(?:retired|discharged) from) {_ARMED}",
        rf"\b(?:enlisted|drafted|joined|joining|left|leaving|after|in|into) {_ARMED}",
        r"\b(?:army|navy|military|marine|air force|combat|war|disabled|iraq|afghanistan|vietnam) veterans?\b",
        r"\bveterans?['’]? (?:status|preference)\b",
        r"\b(?:i (?:was|am)|i'm|as) (?:an? )?(?:\w+ )?(?:soldier|reservist|army (?:officer|medic))\b",
        r"\b(?:i (?:was|am)|i'm|as) a marine\b(?! \w+(?:ist|er|or)\b)",
        r"\b(?:dis)?honou?rabl[ey] discharged?\b|\bmedically discharged\b|\btour of duty\b",
    ),
    "ko": any_of(
        r"(?<![가-힣])(?:군대|군인|군필|미필|병역)|현역 ?(?:복무|병|입대|군인)",
        r"(?<![가-힣])군 ?(?:복무|생활|시절|필자?|미필|면제|휴학)",
        r"전역(?= ?(?:한 (?:뒤|후|다음)|하(?:고|자|기|면|여)|했|후(?:에|로|[ ,])|직후|자(?:가|로|입)|을 앞|예정))",
        r"(?:만기|의병|조기|의가사) ?(?:전역|제대)",
        rf"(?<![가-힣])제대(?!로)(?:(?=[하한했])|{ALONE_KO})",
        r"(?<![가-힣])입대(?=[하한했전후를 ,.]|$)|(?<![가-힣])입영",
        r"(?:논산|육군|신병) ?훈련소|예비군|해병대|카투사|부사관|사회복무요원|공익 ?근무",
        r"산업기능요원|전문연구요원|의무경찰",
        r"(?<![가-힣])(?:육군|해군|공군)(?!(?:에|에서|의)? ?(?:납품|사업|과제|체계|군수))(?=[에을를의으로 ,.]|$)",
        rf"(?<![가-힣])(?:이병|일병|병장|하사|중사|중위|대위){ALONE_KO}",
        rf"(?<![가-힣])상병(?! ?(?:코드|명|분류)){ALONE_KO}",
        r"소위로 (?:임관|전역|복무)|ROTC|알오티씨|학군단|학사장교",
    ),
}
