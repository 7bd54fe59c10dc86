"""Whether a turn is a question of the candidate about the job, the company or the application.

Such a question is for a person to answer. Told by form and matter: nothing but questions and their courtesies, about
what comes with a job. A question of which answer is meant is none of these, and one told in a story is part of it.
"""

import re

from edge_node.core.interview.everyday import PLEASANTRIES, deeds
from edge_node.core.interview.signals import telling
from edge_node.core.interview.text import hangul_share, likeness, nfc, sentences, words

_MOST_WORDS = {"en": 60, "ko": 40}
_FEW_WORDS = 2
_READ_ALOUD = 0.6
"""From this likeness on, a question is the interviewer's own, read aloud."""

_COURTESY_EN = (
    r"(?:and|so|but|well|ok(?:ay)?|sorry|excuse me|hello|hi|thanks?(?: you)?|actually|um+|uh+|hmm+|first|also|"
    r"just|then|"
    r"before (?:i|we|that)(?: \w+){0,3}|by the way|one (?:more )?question|a question|quick question|i have (?:a|"
    r"one|another)"
    r"(?: \w+)? question(?: for you)?|if (?:i|we|you|hired)(?: \w+){0,6}|may i ask(?: you)?|"
    r"can i ask(?: you)?(?: something)?|could i ask(?: you)?|"
    r"let me ask(?: you)?|please)"
)
_COURTESY = re.compile(
    rf"\W*(?:{_COURTESY_EN}[\W]*)+|.{{0,12}}(?:질문|궁금한 ?(?:점|것))\S{{0,3}} ?.{{0,8}}", re.IGNORECASE
)
_WISH_EN = (
    r"(?:(?:can|could|would|will) you (?:please |also )?(?:tell|explain|say)(?: to)?(?: me)?|"
    r"do you (?:happen to )?know|"
    r"i(?:'d| would)(?: also| just| really)? (?:like|love) to (?:know|ask|hear)|i(?:'m| am|was| was) (?:just |also )?"
    r"(?:wondering|curious)|i wonder|i(?: also| just| really)? want to (?:know|ask)|(?:please )?tell me|"
    r"may i ask|"
    r"(?:can|could) i ask(?: you)?|let me ask(?: you)?)"
)
_ASKING_EN = r"(?:what|who|whom|whose|when|where|why|how|which)"
_VERB_EN = r"(?:is|are|am|was|were|do|does|did|can|could|will|would|should|may|might|has|have)"
_NOW_EN = r"(?:is|are|am|do|does|can|could|will|would|should|may|has|have)"
"""A question of the job to come; without a question mark, what was is rather told."""

_ONE_EN = r"(?:i|you|we|they|it|there|this|that|these|those|the|my|your|a|an|any|anyone|somebody|someone)"
_ASKS_EN = re.compile(
    rf"^\W*(?:{_COURTESY_EN}[,:;. ]+)*(?:"
    rf"(?:{_ASKING_EN}|{_VERB_EN})\b.*\?\W*$|"
    rf"{_WISH_EN}\b[,:]?.{{0,12}}\b(?:{_ASKING_EN}|if|whether|about|the|my|your)\b|"
    rf"{_ASKING_EN}(?:'s| {_NOW_EN}) {_ONE_EN}\b|how (?:much|many|long|often|soon|big) (?:\w+ ){{0,3}}?{_NOW_EN}\b|"
    rf"{_NOW_EN} {_ONE_EN}\b)",
    re.IGNORECASE,
)
_ASKS_KO = re.compile(
    r"[?？]\W*$|(?:나요|까요|니까|[은는인]가요|는지요|을지요|궁금(?:합니다|해요|한데요|하네요)|알고 ?싶(?:습니다|"
    r"어요|은데요)|"
    r"(?:여쭤|여쭙|물어)\S{0,3} ?(?:보고 ?)?싶(?:습니다|어요|은데요)|알려 ?주(?:세요|십시오|실 ?수|시겠)|"
    r"질문(?:이|을)? ?(?:하나 ?)?(?:있|드)\S{0,5})[\s.!~]*$"
)
_MATTER = {
    "en": re.compile(
        r"\b(?:salar(?:y|ies)|pa(?:y|id)|wages?|bonus(?:es)?|benefits?|insurance|pension|vacations?|holidays?|days off|"
        r"leave days|earn|remote(?:ly)?|hybrid|home office|(?:work(?:ing)?|job) (?:from home|hours?|time|days?|"
        r"schedule)|"
        r"overtime|shifts|contract|probation|permanent|(?:full|part)[- ]time|start(?:ing)? date|(?:i|we) (?:start|"
        r"begin|"
        r"report|join)|(?:my|the|your) (?:boss|manager|supervisor|team lead|team|department|colleagues|co-?workers)|"
        r"report to|next (?:step|round|stage)s?|results?|hear (?:back|from)|decision|decide|appl(?:y|ied|icants?)|"
        r"candidates|hir(?:e|ed|ing)|(?:the|this|your) (?:position|role|job|company|office|vacancy|interview|"
        r"process|firm|"
        r"business)|for (?:this|the) (?:position|role|job)|career|promot\w+|training|dress code|parking|canteen|travel|"
        r"relocat\w+|visa|feedback|departments?|another interview|the office|laptop|record(?:ed|ing)|real person|"
        r"human|robot|an? ai|how many (?:people|"
        r"employees)|"
        r"who (?:reads|sees|listens|hears|watches|evaluates|decides|made|built))\b",
        re.IGNORECASE,
    ),
    "ko": re.compile(
        r"연봉|월급|급여|봉급|임금|상여|보너스|수당|인센티브|퇴직금|복지|휴가|연차|휴일|쉬는 ?날|재택|원격 ?근무|"
        r"유연 ?근무|"
        r"출퇴근|출근|근무 ?(?:시간|지|조건|환경|형태|요일)|교대|야근|주말 ?근무|정규직|계약직|수습|계약|입사|"
        r"결과[는가도를은]|합격|"
        r"발표|다음 ?(?:단계|전형|면접)|전형|연락[은을이]|상사|팀장|팀[은이에]|몇 ?명|부서|회사|사무실|직무|"
        r"포지션|자리[는가]|"
        r"교육|승진|면접관|면접[은이]|녹음|녹화|누가|진짜 ?사람|AI|인공지능|로봇|채용|경쟁률|지원자|주차|복장|"
        r"식대|숙소|비자"
    ),
}
_ABOUT_THE_ANSWER = {
    "en": re.compile(
        r"\bdo you (?:mean|want|need|prefer|like me)\b|\bwhat do you mean\b|\bare you (?:asking|looking for|"
        r"interested)\b|"
        r"\bis it (?:ok|okay|fine|all right|alright|enough)\b|\bwould you (?:like|prefer|rather)\b|\b(?:can|could|may|"
        r"should|shall|must) (?:i|it|that|this) (?:\w+ )?(?:talk|tell|speak|use|give|answer|describe|start with|"
        r"begin with|"
        r"say|take|mention|choose|think|be|come)\b|\b(?:what|which) (?:kind|sort|type) of (?:problem|people|"
        r"person|example|"
        r"situation|experience|thing|answer|project|job|work)|\b(?:repeat|again|rephrase|(?:the|your|that|"
        r"this) question)\b",
        re.IGNORECASE,
    ),
    "ko": re.compile(
        r"말씀(?:이신|이세요|하시는|하신|인가요|드려도|드리면|드릴까)|(?:이야기|얘기|답변|대답|설명|예)(?:를|"
        r"을)? ?\S{0,4} ?"
        r"(?:해도|드려도|들어도|하면|드리면)|뜻|의미|(?:여야|이어야|해야) ?(?:하나요|합니까|할까요|되나요)|"
        r"괜찮(?:나요|을까요|은가요)|"
        r"다시 ?(?:말|질문|한 ?번)|무슨 ?(?:뜻|말|질문)|질문을? ?(?:다시|이해|못)"
    ),
}
_OWN_KO = re.compile(r"저는|제가|저희[는가]|우리[는가]")
_TELLS_ON_KO = re.compile(r"(?:했|었|았|였|렸|켰)(?:는데|지만|으며|고|으면서)")


def asks_about_the_job(answer: str, question: str = "") -> bool:
    """Whether ``answer`` to ``question`` is the candidate's own question about job, company or application."""
    text = nfc(answer)
    script = "ko" if hangul_share(text) >= 0.3 else "en"
    if len(words(text)) > _MOST_WORDS[script]:
        return False
    said = sentences(text)
    asking = [each for each in said if _asks(each, script)]
    if not asking:
        return False
    first = said.index(asking[0])
    if not all(each in asking or _is_beside(each, at < first, script) for at, each in enumerate(said)):
        return False
    asked = " ".join(asking)
    if _ABOUT_THE_ANSWER[script].search(asked) or not _MATTER[script].search(asked):
        return False
    return not any(likeness(each, question) >= _READ_ALOUD for each in asking)


def _is_beside(sentence: str, before: bool, script: str) -> bool:
    """Whether a sentence beside a question says nothing of its own; one behind it may be the answer to it."""
    if PLEASANTRIES[script].search(sentence) or len(words(sentence)) <= _FEW_WORDS or _COURTESY.fullmatch(sentence):
        return True
    return before and not (telling(sentence, script) or deeds(sentence, script))


def _asks(sentence: str, script: str) -> bool:
    if script == "en":
        return bool(_ASKS_EN.search(sentence)) and (sentence.rstrip().endswith("?") or not deeds(sentence, script))
    if not _ASKS_KO.search(sentence) or _TELLS_ON_KO.search(sentence):
        return False
    return not (_OWN_KO.search(sentence) and deeds(sentence, script))
