"""Sentences about how the speaker is to be rated. They are no evidence of anything the speaker did.

Wider than :mod:`orders` on purpose, and used for evidence only: an order can be worded in endless ways, but to raise a
rating it has to speak of one. What is lost is at most one sentence of a true answer; it stays in the record.
"""

import re

from edge_node.core.interview.orders import is_order, told_about
from edge_node.core.interview.text import hangul_share, nfc

_SPEAKS_OF_RATING = {
    "en": re.compile(
        r"\b(?:ratings?|rated|rates? me|scor(?:e|es|ed|ing)|grad(?:e|es|ed|ing)|rubrics?|anchors?|criteri(?:on|a)|"
        r"competenc(?:y|ies)|full marks?|marks|mark(?:ed)? (?:me|this|everything|as)|evaluat\w*|assess\w*|candidates?|"
        r"applicants?|interview(?:er|ers|s)?|levels? (?:\d|one|two|three|four|five)|"
        r"(?:approve|hire|pass|recommend|promote|select|choose|pick) me|(?:be|am|is) (?:hired|recommended|qualified|"
        r"outstanding|exceptional|excellent|perfect)|answered (?:perfect|well|correct|every question|all)\w*|"
        r"this answer|my answers?|this response|the maximum|perfect\w*|"
        r"transcript|record show)\b|^\W*(?:assume|suppose|pretend|imagine|note|consider)\b",
        re.IGNORECASE,
    ),
    "ko": re.compile(
        r"채점|평가|점수|만점|등급|\d ?점(?!심)|역량|[\d일이삼사오] ?단계|(?:최고|최상|높은|가장 높은) ?(?:단계|수준|"
        r"레벨)|"
        r"합격|(?:저를|나를|절|꼭|제발|무조건|반드시|당장)[^.]{0,8}(?:통과시|채용해|뽑아|추천해)|"
        r"(?:통과시켜|채용해|뽑아|추천해) ?(?:야|주(?:세요|십|시|길|기를)|줘|달라|달래)|충족|지원자|응시자|면접|"
        r"(?:제|이|본|저의) ?(?:답변|대답|응답)|가정하|완벽|간주|종료됩니다"
    ),
}
_OF_SOMETHING_ELSE = {
    "en": re.compile(
        r"\b(?:satisfaction|customers?|credit|quality|tests?|reviews?|audit\w*|service|safety|products?|suppliers?|"
        r"vendors?|"
        r"school|exams?|nps|surveys?|risk|satisfied|stars?|guests?|users?|students?|patients?|engines?|machines?)\b"
        r".{0,40}\b(?:rat\w+|scor\w+|grad\w+|evaluat\w+|assess\w+|criteri\w+|marks?)\b|"
        r"\b(?:i|we) (?:interviewed|evaluated|assessed|compared|graded|scored|rated)\b.{0,40}\b(?:options?|vendors?|"
        r"suppliers?|tools?|offers?|candidates?|products?|systems?|ways|plans?|parts?|samples?|students?)\b",
        re.IGNORECASE,
    ),
    "ko": re.compile(
        r"(?:고객|만족|품질|협력사|업체|시험|상품|제품|서비스|안전|근무|신용|연말|설문|후기|학생|환자|위험|성능|방법|"
        r"대안|도구|장비)"
        r"[^.]{0,16}(?:평가|점수|등급|\d ?점|만점)|평가(?:한 뒤|하고 나서|한 다음|회의|표를|서를)"
    ),
}


def no_evidence(sentence: str) -> bool:
    """Whether ``sentence`` speaks of the rating or orders the program about, and so can be no evidence."""
    text = nfc(sentence)
    language = "ko" if hangul_share(text) >= 0.3 else "en"
    if is_order(text):
        return True
    if told_about(text):
        return False
    return bool(_SPEAKS_OF_RATING[language].search(text)) and not _OF_SOMETHING_ELSE[language].search(text)
