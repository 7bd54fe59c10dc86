"""Noun-like spans of Korean speech, found by the particles that close them."""

import re

from edge_node.core.interview.english import Span


def _set(text: str) -> frozenset[str]:
    return frozenset(text.split())


_TOKEN = re.compile(r"\S+")
_EDGE = ".,!?;:\u3002\u2026\"'()[]\u201c\u201d\u2018\u2019"

_PARTICLES = (
    ("에 대해서", 2.0),
    ("에서는", 1.5), ("으로는", 1.0), ("에게는", 0.5), ("과의", 1.5), ("와의", 1.5), ("에서", 1.5), ("으로", 1.5),
    ("에게", 0.5), ("부터", 0.5), ("까지", 0.5), ("이라는", 1.5), ("라는", 1.0), ("에는", 1.0),
    ("을", 2.0), ("를", 2.0),
    ("와", 1.0), ("과", 1.0), ("의", 1.0), ("로", 1.0), ("이", 1.0), ("가", 1.0), ("은", 0.5), ("는", 0.5), ("에", 1.0),
)  # fmt: skip

_NOUNS_LIKE_PARTICLES = _set(
    "결과 효과 성과 학과 과 회의 문의 정의 동의 강의 평가 추가 참가 국가 휴가 물가 원가 전문가 속도 정도 "
    "제도 태도 온도 빈도 난이도 만족도 완성도 경로 도로 진로 자료 종료 의료 서로 사이 차이 아이 디자이너 "
    "나이 데이 플레이 리플레이 가이 웨이 게이트웨이 이유 마을 가을"
)

_VERB_ENDINGS = _set(
    "니다 어요 아요 해요 네요 죠 지요 거든요 해서 하여 되어 어서 아서 라서 하며 되며 으며 하면 되면 으면 "
    "지만 는데 은데 인데 면서 려고 도록 하게 되게 하던 했던 었던 았던 하는 되는 있는 없는 없이 같은 좋은 "
    "많은 높은 낮은 어려운 새로운 다는 자는 냐는 위한 통한 대한 관한 위해 통해 대해 하기 되기 하지 되지 "
    "않고 않은 않는 이며 였던 해 한 된 할 될 던 주는 받는 보는 가는 오는 나는 드는 쓰는 아닌 있어 없어 "
    "나누어 맡아 맡은 쌓은 만든 만들 배운 느린 빠른 싶은 다가 마다 보다 처럼 만큼 이나 하나 거나 든지 "
    "가서 와서 려서 여서 켜서 져서 워서 나서"
)
_NOUNS_IN_GO = _set("광고 사고 재고 보고 최고 참고 창고 경고 원고 신고 금고 냉장고 로고 중고 권고 예고 충고")
"""Nouns with the ending that otherwise joins verbs."""

_FINAL_SS = 20
"""Index of the final consonant of every Korean past tense, in a composed syllable."""

_STOP = _set(
    "저는 제가 저의 제 저 저희 저희가 저희는 저희의 우리 우리는 우리가 그 이 그것 이것 그리고 그래서 그런데 "
    "하지만 그러나 또 또한 먼저 우선 다음으로 매우 정말 아주 많이 다시 함께 직접 바로 가장 더 덜 약 각 각각 "
    "모든 모두 여러 다른 새 첫 한 두 세 네 몇 당시 당시에 결국 특히 사실 주로 계속 매일 매주 매달 항상 자주 "
    "가끔 처음 처음에 나중에 마지막 마지막으로 이후 이후에 이전 이전에 그때 그때는 때 때는 때문에 덕분에 "
    "경우 것 것이 것을 것은 수 수가 등 등의 및 음 어 네 예 아 뭐 좀 약간 조금 어떤 어떻게 왜 무엇 무엇을 이런 "
    "그런 저런 스스로 가까이 서로 같이 따로 미리 빨리 천천히 잘 못 안 꼭 거의 대략 즉 만약 비록 아직 이미 지금 현재 "
    "오늘 어제 작년 올해 지난 후 후에 전 전에 중 중에 동안 위해 통해 대해 가지 일 일을 점 점이 점을 부분 "
    "정도"
)
_EMPTY_HEADS = _set(
    "이야기 얘기 양쪽 "
    "것 수 때 점 등 부분 경우 생각 저희 우리 사람 사람들 시간 당시 이후 이전 일 때문 내용 문제 정도 다음 "
    "처음 마지막 자신 본인 지금 과정 결과 상황 경험 방법 이유 필요 중요 도움 노력 모습 의견 말씀 번 개월 년 "
    "주일 하루 매일 회사 팀 팀원 동료 고객 목표 역할 업무 프로젝트 먼저 거기 여기 이때 그때 이것 그것 무엇 "
    "누구"
)


def spans(text: str) -> list[Span]:
    """Noun-like spans of ``text`` (NFC, single blanks), in order; the closing particle is left out."""
    found: list[Span] = []
    run: list[tuple[int, int]] = []
    for match in _TOKEN.finditer(text):
        raw = match.group()
        token = raw.strip(_EDGE)
        start = match.start() + len(raw) - len(raw.lstrip(_EDGE))
        noun, weight = _noun(token)
        if not token or token in _STOP or _cut_short(token) or (not weight and _verb(token)):
            run = []
            continue
        run.append((start, start + len(noun)))
        closed = weight > 0 or raw != raw.rstrip(_EDGE)
        if not closed:
            continue
        span = _span(text, run[-4:], weight)
        if span:
            found.append(span)
        run = []
    return found


def _verb(token: str) -> bool:
    past = any("가" <= c <= "힣" and (ord(c) - ord("가")) % 28 == _FINAL_SS for c in token)
    joins = token.endswith("고") and not token.endswith(tuple(_NOUNS_IN_GO))
    return past or joins or token.endswith(tuple(_VERB_ENDINGS))


def _cut_short(token: str) -> bool:
    """A particle on a single syllable: nothing to name, and nothing to go on with."""
    return len(token) == 2 and token[1] in "이가은는을를에의로와과도만" and token not in _NOUNS_LIKE_PARTICLES


def _noun(token: str) -> tuple[str, float]:
    """``token`` without its particle and what the particle is worth; 0 when it has none."""
    if token.endswith(tuple(_NOUNS_LIKE_PARTICLES)) or _verb(token):
        return token, 0.0
    for particle, weight in _PARTICLES:
        if token.endswith(particle) and len(token) - len(particle) >= 2:
            return token[: -len(particle)], weight
    return token, 0.0


def _span(text: str, run: list[tuple[int, int]], weight: float) -> Span | None:
    start, end = run[0][0], run[-1][1]
    head = text[run[-1][0] : end]
    if not weight or end - start < 3 and len(run) == 1 and weight < 2 or len(run) == 1 and head in _EMPTY_HEADS:
        return None
    score = weight + {1: 0.0, 2: 2.0, 3: 2.5}.get(len(run), 1.5) + min(end - start, 10) / 10
    score -= 2.0 if head in _EMPTY_HEADS else 0.0
    return Span(start, end, False, score)


def joined_share(text: str) -> float:
    """Share of words with a particle or a verb's ending, [0, 1]; more than a half in speech, 0 in a list of nouns."""
    found = [token for m in _TOKEN.finditer(text) if (token := m.group().strip(_EDGE))]
    joined = [t for t in found if _noun(t)[1] or _verb(t) or t in _STOP or t[-1] in "다요죠까"]
    return len(joined) / len(found) if found else 0.0
