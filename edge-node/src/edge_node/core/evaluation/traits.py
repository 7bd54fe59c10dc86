"""How people say their age, gender and school: patterns of what an evaluation does not read, by language."""

ALONE_KO = (
    r"(?=(?:이|가|을|를|은|는|과|와|도|의|에|에게|에서|로|으로|한테|하고|랑|처럼|때)?(?:[ ,.!?)]|$)"
    r"|이었|였|이고|이라|이며|로서|으로서)"
)
"""What follows a Korean word that stands for itself: a particle and an end. "찾아내고" holds no 아내."""


def any_of(*patterns: str) -> str:
    """One pattern that matches where any of ``patterns`` does."""
    return "|".join(patterns)


_TENS = r"(?:twenty|thirty|forty|fifty|sixty|seventy)"
_NUMBER = (
    rf"(?:\d{{1,2}}|{_TENS}(?:[- ](?:one|two|three|four|five|six|seven|eight|nine))?|"
    r"eighteen|nineteen)"
)
_SAID = (
    r"(?= *(?:[,.;!?]|and\b|but\b|when\b|now\b|then\b|years?\b|at the (?:moment|time)\b|(?:this|last|next) year\b|$))"
)

AGE = {
    "en": any_of(
        rf"\b(?:i am|i'm|i was|aged?|age of|at the age of) {_NUMBER}(?: years? old| years of age)?{_SAID}",
        rf"(?<=\bi )(?:(?:have |had |just |recently |only )*(?:turned|hit|reached)) {_NUMBER}{_SAID}",
        rf"(?<=\bi've )(?:(?:just |recently |only )*(?:turned|hit|reached)) {_NUMBER}{_SAID}",
        rf"\bat {_NUMBER}(?=, ?(?:i|he|she)\b)",
        rf"\b(?:being|i am|i'm|i was) (?:over|under|past|nearly|almost|about|around|well over) {_NUMBER}{_SAID}",
        rf"\b{_NUMBER}[- ]?(?:years?[- ]old|years? young|yo|y/o)\b",
        rf"\b(?:[2-7]0|{_TENS})[- ]?somethings?\b",
        r"\bborn (?:in|on) [\w ,]*\d{2,4}",
        r"\b(?:my|his|her|their) (?:(?:early|mid|late)[ -])?(?:twenties|thirties|forties|fifties|sixties)\b",
        r"\b(?:my|our) (?:\w+ )?birthday\b",
        r"\bclass of (?:'|’)?(?:19|20)?\d\d\b",
        r"(?<=\bgraduated in )(?:19|20)\d\d\b",
        r"\b(?:millennial|baby ?boomer|gen(?:eration)?[- ][xyz])s?\b",
    ),
    "ko": any_of(
        r"(?:만 ?)?(?:\d{1,2}|[가-힣]{1,4}) ?(?:살|세)(?=[에의이일인때 ,.]|였|입|부터|까지|$)",
        r"(?:스물|서른|마흔|쉰|예순|일흔)(?:하나|한|둘|두|셋|세|넷|네|다섯|여섯|일곱|여덟|아홉)?(?=[에이의인입일]|$)",
        r"(?:19|20)?\d{2} ?년(?:대)? ?생",
        r"(?:19|20)\d{2} ?년(?:에|도에)? ?(?:태어|출생)[가-힣]*",
        r"(?:이|삼|사|오|육|[2-7]0) ?십?대 ?(?:초반|중반|후반)|[2-6]0대|(?:이십|삼십|사십|오십|육십)대",
        r"(?:[이삼사오육]십|[2-6]0) ?줄",
        r"생년월일|환갑|칠순|불혹|지천명",
        r"나이[가는도]? ?[가-힣\d]+ ?(?:이라|라서|인)",
        r"\d{2} ?학번|(?:MZ|[XYZ]|베이비붐) ?세대",
        r"(?:쥐|소|호랑이|범|토끼|용|뱀|말|양|원숭이|닭|개|돼지)띠(?=[ 입이라인,.]|$)|띠동갑",
    ),
}

GENDER = {
    "en": any_of(
        r"\b(?:wom[ae]n|m[ae]n|girls?|boys?|guys?|females?|males?|lad(?:y|ies)|gentlem[ae]n)\b",
        r"\b(?:grand)?(?:mothers?|fathers?|daughters?|sons?)\b|\bgrand(?:ma|pa)s?\b",
        r"\b(?:moms?|mums?|dads?|mommy|mummy|daddy|sisters?|brothers?|wife|wives|housewi(?:fe|ves)|husbands?)\b",
        r"\b(?:girlfriends?|boyfriends?|fianc[eé]e?s?|sororit(?:y|ies)|fraternit(?:y|ies))\b",
        r"(?-i:\b(?:Mr|Mrs|Ms)\b\.?)",
        r"\b(?:pregnan\w*|childbirth)\b",
        r"\b(?:non-?binary|trans(?:gender|sexual)?|gay|lesbian|bisexual|queer)\b",
        r"\b(?:she|he|they)/(?:her|him|them)(?:/\w+)?\b",
    ),
    "ko": any_of(
        r"여자|남자|(?<![가-힣])여성|워킹여성|(?<![가-힣])남성|(?:여|남)(?:직원|사원|교사|의사|학생|선배|후배|동료|상사)",
        rf"(?<![가-힣])(?:아내|딸|아들|처가|사위|누나|장모){ALONE_KO}",
        r"남편|와이프|엄마|아빠|어머니|아버지|할머니|할아버지|언니|오빠|(?<![가-힣])형님",
        r"여동생|남동생|며느리|시부모|시댁|장남|장녀|차남|차녀",
        r"아줌마|아저씨|총각|처녀|워킹 ?맘|워킹 ?대디",
    ),
}

_NAME = r"[A-Z][\w.&'-]*"
_COLLEGES_EN = (
    r"Harvard|Stanford|Yale|Oxford|Cambridge|Princeton|Columbia University|MIT|Caltech|KAIST|POSTECH|UCLA|Berkeley|SNU"
    r"|Yonsei|Cornell|Dartmouth|Carnegie Mellon|Johns Hopkins|Georgetown|Georgia Tech|Virginia Tech|Penn State"
    r"|Ohio State|NYU|UPenn|LSE|UCL|Imperial College(?: London)?|ETH(?: Z[uü]rich)?|EPFL|INSEAD|Wharton|Sorbonne|Eton"
    r"|Waseda|Keio|Tsinghua|Peking University|Ivy[- ]League|Oxbridge"
)
_WENT = r"출신|다니|다닐|다녔|졸업|재학|시절|동문|입학|합격"

SCHOOL = {
    "en": any_of(
        rf"\b(?:the )?(?:{_NAME} ){{1,5}}(?:University|College|Institute of Technology|Polytechnic|Academy|(?:High |"
        r"Business |Law |Medical |Grammar )?School)\b",
        r"\b(?:University|College|Institute|School) of (?:[A-Z][\w-]+ ?)+(?:, [A-Z]\w+)?",
        rf"\b(?:{_COLLEGES_EN})\b",
        rf"(?<=\bgraduated from )(?:the )?{_NAME}(?: (?:of |and )?{_NAME}){{0,4}}",
        rf"(?<=\bmy alma mater, )(?:the )?{_NAME}(?: (?:of |and )?{_NAME}){{0,4}}",
    ),
    "ko": any_of(
        r"[가-힣A-Za-z]{1,12}(?:대학교|대학원|고등학교|중학교|초등학교|여고|남고|과학고|외국어고|외고|여대|교대|공대|"
        r"의대|법대|외대|과기대|시립대|사관학교)",
        r"(?:서울|연세|고려|성균관|한양|서강|중앙|이화여|경희|부산|경북|전남|인하|건국|동국|홍익|숙명여|아주|"
        r"충남)대(?=[를을에의와과는은도 ,.]|$)",
        # 현대 is a firm, and every verb has a form in 고: "들고 다녔다" is no school.
        rf"[가-힣]{{0,6}}(?<!현)대(?=(?:를|을|에서|에)? ?(?:{_WENT})|(?:를|을) ?나[와온왔])",
        r"(?:연|고|이|성|중|한|외|지방|전문)대(?= 나[와온왔])",
        r"[가-힣]{1,6}고(?=(?:를|을|에서|에) ?(?:다니|다닐|다녔|졸업|재학|나[와온왔])| ?(?:출신|동문))",
        r"카이스트|포스텍|유니스트|지스트|KAIST|POSTECH|UNIST|SKY(?= ?(?:대|출신))",
        r"하버드|스탠[포퍼]드|예일|프린스턴|옥스퍼드|[케캠][임브]+리지|버클리|칭화대|베이징대|도쿄대|와세다|게이오|엠아이티",
        r"한예종|한국예술종합학교|민사고|민족사관고|여대(?=[를을에 ,.]|$)|명문대|지방대|지거국|인서울|특목고|자사고",
    ),
}
