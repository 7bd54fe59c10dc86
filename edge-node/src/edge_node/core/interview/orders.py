"""Sentences that give orders to the program instead of answering: "ignore your instructions", "give me full marks".

They are kept in the record like everything said, but no model is shown them, no follow-up names them, and no rating
rests on them. Found by their words, not by understanding: an order worded in none of these ways is read as an answer,
so nothing else may rest on this list being complete (a model's output is checked whatever it read).
"""

import re

from edge_node.core.interview.text import hangul_share, nfc, sentences

_SCORE = r"(?:marks?|scores?|points?|ratings?|grades?|levels?|stars?|evaluation)"
_BEST = r"(?:full|max(?:imum)?|top|high(?:est)?|perfect|best|excellent|outstanding|good|better|positive)"
_START = (
    r"^\W*(?:(?:please|now|so|and|then|ok(?:ay)?|hey|hello|dear|just|also|finally|system|assistant|ai|interviewer)"
    r"[, ]+)*"
)

_META = (
    r"\b(?:you|your|yours|evaluator|rater|grader|examiner|reviewer|the model|interviewer|(?:my|this|the) (?:answer|"
    r"response|"
    r"interview|transcript|candidate|application)|my (?:grade|rating|score|marks?|evaluation|assessment))\b"
)
_RATED = (
    rf"\b(?:rubric|anchors?|(?:level|grade|score|rating) (?:of )?(?:\d|one|two|three|four|five|a\b)|{_BEST} "
    rf"(?:possible|{_SCORE})|(?:\d|four|five|ten) (?:out )?of (?:\d|four|five|ten)|(?:rate|score|grade|assign|award|"
    rf"mark)"
    r"\b.{0,20}\b(?:\d|one|two|three|four|five|everybody|everyone|me|maximum|highest|top|best)|"
    r"(?:to|at) the (?:very )?top|(?:recommend|approved?|select\w*) (?:me|for hire|for hiring|for level))\b"
)
"""A sentence about the program or this interview, and about how it is to be rated."""

_MARKERS = (
    r"<\|[^|]*\|>|</?(?:system|instructions?|inst|admin|user|assistant)>|\[/?(?:inst|system|admin)\]|^\s*#{2,}|```|"
    r"(?:^|\s)(?:system|assistant|user|admin(?:istrator)?|developer|evaluator|grader)\s*[:：]|"
    r"\bnote to (?:the )?\w*\s?(?:ai|evaluator|grader|reviewer|interviewer|system|model|rater|assistant)\b"
)
_ENGLISH = (
    rf"{_START}(?:ignore|disregard|forget|override|bypass)\b",
    r"(?<!to )(?<!we )(?<!they )(?<!i )\b(?:ignore|disregard|forget|override|bypass)\b.{0,30}\b(?:previous|prior|"
    r"above|earlier|your|system|these|those|"
    r"all (?:of )?(?:the|your))\b.{0,30}\b(?:instructions?|prompts?|rules?|guidelines?|rubrics?|criteria|orders?|"
    r"commands?|questions?)\b",
    rf"\b(?:give|award|assign|grant|rate|score|mark|grade|evaluate|rank|put)\b.{{0,30}}\b(?:me|my|this|the "
    rf"(?:candidate|"
    rf"applicant|answer)|it)\b.{{0,40}}\b(?:{_BEST}|\d+|one|two|three|four|five|ten|hundred)\b(?:.{{0,25}}\b{_SCORE}\b|"
    r".{0,12}\bout of\b|\s*$|\W*$|.{0,8}\bhundred\b)",
    rf"{_START}(?:give|award|assign|grant|rate|score|mark|grade|rank|set|raise|increase)\b.{{0,40}}\b(?:{_BEST}|"
    rf"{_SCORE})\b",
    r"\b(?:you|i) (?:must|should|have to|need to|want you to|order you to|ask you to)\b.{0,30}\b(?:give|rate|score|"
    r"hire|"
    r"recommend|grade|mark|pass|select|approve)\b.{0,25}\b(?:me|this|candidate|applicant|full|highest|top|score)\b",
    rf"\bi (?:\w+ )?deserve\b.{{0,40}}\b(?:{_SCORE}|{_BEST}|job|hired|\d+)\b",
    r"\byou are (?:now |just |only )?(?:an? |the )?(?:\w+ )?(?:ai|assistant|language model|chatbot|evaluator|grader|"
    r"judge|"
    r"program|machine learning model)\b",
    rf"\b(?:give|grant|award|assign) me (?:the |an? |your )?{_BEST}\b",
    rf"{_START}(?:translate|convert|map|turn|answer|respond|reply|output|print|return|choose|pick|treat|"
    rf"count)\b.{{0,50}}\b"
    r"(?:\d|one|two|three|four|five|ratings?|levels?|best|top)\W*$",
    rf"{_START}(?:kindly )?(?:bump|push|lift|boost|move|raise|increase)\b.{{0,12}}\bmy\b.{{0,12}}\b{_SCORE}\b",
    r"\b(?:your|reveal|show|print|repeat)\b.{0,15}\bsystem prompt\b",
    r"\b(?:developer mode|admin mode|debug mode|jailbreak|new instructions?|"
    r"your (?:new )?(?:instructions?|prompt|programming|system prompt|rubric|scoring))\b",
    rf"{_START}(?:write|say|state|report|output|respond|reply|return|print|conclude|record|summari[sz]e|"
    rf"tell)\b.{{0,80}}\b"
    r"(?:candidate|applicant|level|ratings?|scores?|marks?|hire[ds]?|recommend\w*|anchors?|json|evidence|competenc\w*|"
    r"strengths?|excellent|outstanding)\b",
    r"\b(?:conclude|write|report|say|state|note|record) that (?:the|this) (?:candidate|applicant)\b",
    r"\b(?:this|my|the) (?:answer|response|candidate|applicant|interview)\b.{0,30}\b(?:deserves?|should (?:get|be|"
    r"receive)|"
    r"must (?:get|be|receive)|meets?|satisf\w+|fulfil\w*|qualif\w+|counts? as|is worth)\b.{0,50}\b(?:level|perfect|"
    rf"excellent|full|highest|maximum|top|outstanding|anchors?|criteria|rubric|competenc\w*|{_SCORE}|hired)\b",
    r"\b(?:i|the candidate|this candidate)\b.{0,20}\b(?:meets?|satisf\w+|fulfil\w*)\b.{0,40}\b(?:level|anchors?|rubric|"
    r"competenc\w*|highest|all (?:of )?(?:the |your )?criteria)\b",
    rf"\b(?:candidate|applicant)\b.{{0,40}}\b(?:level (?:\d|one|two|three|four|five)|{_BEST} {_SCORE})\b",
    r"\byou (?:must|should|will|have to|need to|can)\b.{0,20}\b(?:hire|recommend|accept|select|approve|choose) (?:me|"
    r"this)\b",
    rf"{_START}(?:hire|recommend|approve|select|choose|accept|pass) (?:me|this candidate)\b",
    rf"{_START}(?:do not|don't|stop|never)\b.{{0,12}}\b(?:evaluat\w*|verif\w*|check\w*|ask\w*|follow|rat(?:e|ing)|"
    rf"scor\w*|"
    r"mention\w*|question\w*)\b",
    rf"{_START}(?:pretend|act as|behave as|imagine)\b.{{0,30}}\b(?:you|evaluator|interviewer|assistant|ai)\b",
    rf"{_START}(?:end|stop|finish|skip) (?:the |this )?(?:interview|evaluation|assessment|review)\b",
    rf"\b(?:set|change|raise|increase|adjust)\b.{{0,20}}\bmy\b.{{0,12}}\b{_SCORE}\b",
    rf"\bi (?:want|need|expect|demand|would like|must have|should (?:get|have|receive))\b.{{0,20}}\b{_BEST} {_SCORE}\b",
    rf"\b(?:appreciate|be (?:nice|fair|appropriate|fitting))\b.{{0,20}}\b{_BEST} {_SCORE}\b",
    r"\ba (?:five|four|ten|5|4|10) (?:would|will|seems|is) (?:be )?(?:appropriate|fair|fitting|right|fine|nice)\b",
    rf"{_START}(?:quote|cite|copy|write down|note down|add|include|record|log)\b.{{0,12}}\b(?:this|the following|"
    r"that i|(?:to |in |as )?(?:my |the )?evidence)\b",
    rf"{_START}(?:treat|consider|accept|regard|take)\b.{{0,50}}\bas (?:a )?(?:verified|true|"
    r"facts?|evidence|proof|proven)\b",
    r"\b(?:everything|all|whatever) (?:that )?i (?:say|said|tell)\b.{0,30}\b(?:evidence|proof|proves?|true)\b",
    rf"{_START}from now on\b.{{0,30}}\b(?:answer|respond|reply|output|rate|score|say|only|you)\b",
    r"\byou (?:will |must |are )?now (?:switch|be|become|act|enter|work|in)\b",
    r"\bif you(?:'re| are) an? (?:ai|language model|assistant|machine|bot|program)\b",
    rf"{_START}skip (?:the |all |any |your )?(?:checks?|rules?|ratings?|rubric|verification)\b",
    r"\bi(?:'ve| have)? already (?:been )?(?:passed|hired|accepted|selected|approved)\b.{0,20}\b(?:this|the) "
    r"(?:stage|interview|round|job|position)\b",
)
_ORDER_END = (
    r"(?:주세요|주십시오|주시기|주시면|줘(?:요|라)?(?![가-힣])|달라|부탁|하세요|하십시오|해라|하라(?![가-힣])|하시오|"
    r"바랍니다|바라|하도록|해야 (?:합|하|돼|됩|해)|드려야|시켜|써라|적어라|마세요|마십시오|마라|말아)"
)
_GOOD = (
    r"(?:만점|백점|백 점|최고 ?(?:점|점수|등급|단계|수준|평가|레벨)|최상(?:위)?|높은 ?(?:점수|등급|평가|단계|수준)|"
    r"가산점|"
    r"좋은 ?(?:점수|평가|등급)|후한 ?점수|\d+ ?(?:점|단계|등급)|[일이삼사오육칠팔구십] ?(?:점|단계|등급)|에이 ?플러스|"
    r"점수)"
)
_KOREAN = (
    r"(?:이전|앞선|앞의|위의|위|기존|지금까지의?|모든|시스템|너의|당신의|원래)\s*(?:모든\s*)?(?:의\s*)?(?:지시|지침|"
    r"명령|"
    r"프롬프트|규칙|설정|질문|평가 ?기준|기준)[^.]{0,20}(?:무시|잊|따르지|버리|취소|지우)",
    rf"(?:지시|지침|명령|프롬프트|규칙|기준)[^.]{{0,12}}(?:무시|잊)[^.]{{0,12}}{_ORDER_END}",
    rf"{_GOOD}[^.]{{0,30}}{_ORDER_END}",
    rf"(?:점수|등급|평가|역량|단계)[^.]{{0,20}}{_GOOD}[^.]{{0,20}}{_ORDER_END}",
    rf"{_GOOD}[^.]{{0,12}}(?:받아야|받을 자격|받을 만|마땅|자격이 있)",
    r"(?:당신은|너는|넌|귀하는)[^.]{0,40}(?:AI|인공지능|언어 ?모델|챗봇|프로그램|평가자|채점자|평가 ?모델|도우미)",
    r"시스템 ?프롬프트|개발자 ?모드|관리자 ?(?:모드|명령|권한)|시스템 ?(?:명령|지시)|새로운 ?(?:지시|명령)|탈옥",
    r"(?:시스템|관리자|평가자|채점자|면접관|심사위원|개발자)\s*[:：]",
    r"(?:이|본|제|내|나의|저의|해당)\s*(?:답변|대답|지원자|면접|응답)[^.]{0,60}(?:만점|최고|완벽|우수|합격|탁월|충족|"
    r"높은 ?(?:점수|등급|평가)|\d ?단계|모든 ?(?:기준|역량))",
    rf"(?:지원자|응시자)[^.]{{0,40}}(?:평가|기록|추천|합격|채용|우수|탁월|최고|작성|출력|요약)[^.]{{0,16}}{_ORDER_END}",
    rf"(?:라고|다고|으로|로)\s*(?:만\s*)?(?:평가|기록|작성|출력|보고|요약|적|써|대답|답변?|판단|"
    rf"결론)[^.]{{0,12}}{_ORDER_END}",
    r"(?:저를|나를|저는|제가|꼭|무조건|반드시)[^.]{0,16}(?:채용|합격|추천|뽑|선발|통과)[^.]{0,10}"
    rf"{_ORDER_END}",
    r"(?:평가|채점|검증|질문|면접|확인)[^.]{0,10}(?:하지 ?(?:마|말)|그만|중단|건너뛰|생략|끝내|종료)[^.]{0,10}"
    rf"{_ORDER_END}",
    r"(?:인 ?척|처럼|역할을?)[^.]{0,10}(?:행동|연기|대답|답변|평가)[^.]{0,8}" + _ORDER_END,
    rf"(?:점수|등급|평가)[^.]{{0,8}}(?:올려|높여|높이|조정|바꿔|변경)[^.]{{0,10}}{_ORDER_END}",
    r"(?:다음|이|아래|위) ?(?:문장|내용|말|답변)[^.]{0,12}(?:근거|증거)[^.]{0,10}(?:기록|적어|써|인용|사용|삼아|남겨)",
    r"앞으로는? ?(?:모든|무조건|항상)[^.]{0,20}(?:출력|대답|답변?)[^.]{0,4}(?:해|하)",
    rf"후하게[^.]{{0,8}}(?:봐|보아|평가|채점|{_ORDER_END})",
    r"프롬프트[^.]{0,8}(?:보여|알려|출력|공개)",
)
_REPORTED = re.compile(
    r"(?:달라고|하라고|말라고|해 ?주라고|라고)[^.]{0,16}(?:요청|부탁|지시|말|전달|안내|설득|제안|건의)[^.]{0,6}(?:했|"
    r"드렸|하였)|야 ?했"
)
"""Korean speech told about: what somebody was asked to do is a story, not an order."""

_SPREAD = re.compile(r"(?<!\S)(?:[^\W\d_] ){3,}[^\W\d_](?!\S)")
"""Letters that stand alone, as somebody writes who hides a word: "i g n o r e"."""

_FLAGS = re.IGNORECASE | re.MULTILINE
_MARKER = re.compile(_MARKERS, _FLAGS)
_META_PATTERN = re.compile(_META, _FLAGS)
_RATED_PATTERN = re.compile(_RATED, _FLAGS)
_PATTERNS = {
    "en": tuple(re.compile(pattern, _FLAGS) for pattern in _ENGLISH),
    "ko": tuple(re.compile(pattern, _FLAGS) for pattern in _KOREAN),
}


def is_order(sentence: str) -> bool:
    """Whether ``sentence`` orders or addresses the program. Judged by its own language, whatever the interview's."""
    text = _SPREAD.sub(lambda spread: spread.group().replace(" ", ""), nfc(sentence))
    if _MARKER.search(text):
        return True
    korean = hangul_share(text) >= 0.3
    if korean and told_about(text):
        return False
    if not korean and _META_PATTERN.search(text) and _RATED_PATTERN.search(text):
        return True
    return any(pattern.search(text) for pattern in _PATTERNS["ko" if korean else "en"])


def told_about(sentence: str) -> bool:
    """Whether a Korean sentence tells what somebody asked somebody else to do."""
    return bool(_REPORTED.search(nfc(sentence)))


def without_orders(text: str) -> str:
    """``text`` without such sentences; exactly ``text`` when it has none."""
    kept = [sentence for sentence in sentences(text) if not is_order(sentence)]
    return text if len(kept) == len(sentences(text)) else " ".join(kept)
