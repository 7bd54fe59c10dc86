"""Planned questions that ask a candidate about a trait the law protects. Pure.

Narrower than the list a node holds a model to: a nurse may be asked about illness at work, nobody about their own.
"""

import re

_ASKED = {
    "en": re.compile(
        r"\b(?:are|were) you (?:\w+ )?(?:married|single|divorced|engaged|pregnant|disabled|religious|gay|straight|a "
        r"veteran|"
        r"a (?:christian|muslim|buddhist|citizen)|in a union|a (?:union )?member of)\b|"
        r"\b(?:do|did|will) you (?:have|want|plan)\b.{0,25}\b(?:children|kids|a (?:family|baby|disability|husband|"
        r"wife)|"
        r"to (?:marry|have children|get pregnant)|any (?:disabilit\w+|illness\w*|chronic\w*))\b|"
        r"\byour (?:own )?(?:age|date of birth|birthday|religion|faith|church|nationality|ethnic\w*|race|skin|hometown|"
        r"marital status|husband|wife|spouse|children|parents|family (?:plans?|situation|background)|health|"
        r"(?:medical|criminal) (?:history|record)|disabilit\w+|military service|political \w+|sexual \w+|gender|weight|"
        r"height|looks|appearance|accent|debts?|assets)\b|"
        r"\bhow old are you\b|\bwhere were you born\b|\bwhich (?:party|church)\b|\bwho did you vote\b|\bhow tall are "
        r"you\b|"
        r"\bserved? in the (?:army|military|navy)\b",
        re.IGNORECASE,
    ),
    "ko": re.compile(
        r"결혼(?:은|을|하|계획| 계획| 여부)|기혼|미혼|(?:배우자|남편|아내|자녀|애인|남자 ?친구|여자 ?친구|형제|"
        r"부모님?)[이은는께가]|임신|"
        r"출산 ?(?:계획|예정)|나이[가는를도]|연세|몇 ?살|생년월일|종교[가는를]|(?:교회|성당|절)에 ?다니|신앙|"
        r"국적[이은]|고향[이은]|"
        r"출신 ?지역|본적|성별[이은]|성적 ?지향|장애[가는] ?있|장애 ?(?:여부|등급)|(?:앓|질병|병력|지병)|건강 "
        r"?(?:상태|은)|병역|"
        r"군대[는를에]|군 ?복무|노조[에는]|노동조합에|정당[이을]|정치 ?성향|투표|외모|키[가는] ?(?:얼마|몇|어떻)|"
        r"몸무게|재산|"
        r"가족 ?(?:관계|사항|계획)|집안"
    ),
}


def asks_for_protected(question: str) -> bool:
    """Whether ``question`` asks the candidate about a protected trait, in either language."""
    return any(pattern.search(question) for pattern in _ASKED.values())
