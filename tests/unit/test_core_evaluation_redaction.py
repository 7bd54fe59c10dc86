"""What an evaluation must not know is masked before a model reads it, and quotes still lead to what was said."""

from dataclasses import replace

import pytest
from edge_node.core.evaluation.evidence import Quote, verify
from edge_node.core.evaluation.redaction import Redaction, masked, names_of, redact, redaction, restored
from edge_node.core.interview.events import TurnMode, TurnTaken
from fakes.walked_interview import ANSWERS, kit

EN = Redaction("en", names_of("Dana Reyes"))
KO = Redaction("ko", names_of("김하늘"))


@pytest.mark.parametrize(
    ("rule", "said", "hidden"),
    [
        (EN, "My name is Dana Reyes and people call me Dana.", ("Dana", "Reyes")),
        (EN, "I was 27 years old when I took over the depot.", ("27",)),
        (EN, "As a 45-year-old I learned to code.", ("45",)),
        (EN, "I am thirty four and I led the move.", ("thirty four",)),
        (EN, "In my late fifties I changed careers.", ("fifties",)),
        (EN, "I was born in March 1988 in the north.", ("1988",)),
        (EN, "As a mother of two I plan well, and my husband helps.", ("mother", "husband")),
        (EN, "I was the only woman in the group.", ("woman",)),
        (EN, "I studied at Harbour State University and at the University of Leeds.", ("Harbour State", "Leeds")),
        (EN, "At MIT I built a pump.", ("MIT",)),
        (KO, "저는 김하늘이고 하늘이라고 부릅니다.", ("김하늘", "하늘")),
        (KO, "제가 27살에 창고를 맡았습니다.", ("27살",)),
        (KO, "저는 서른네 살입니다.", ("서른네",)),
        (KO, "1988년생이고 50대 초반의 팀장과 일했습니다.", ("1988", "50대")),
        (KO, "여성으로서 처음 현장을 맡았고 남편이 도왔습니다.", ("여성", "남편")),
        (EN, "I turned 52 last year, and at 58, I will retire.", ("52", "58")),
        (EN, "I'm in my mid-fifties, a 40-something at heart, class of 1998.", ("fifties", "40", "1998")),
        (
            EN,
            "I graduated in 1989 from Dartmouth, then did a PhD at Carnegie Mellon.",
            ("1989", "Dartmouth", "Carnegie"),
        ),
        (EN, "As a grandmother, non-binary, she/her, I led the move.", ("grandmother", "binary", "she/her")),
        (KO, "올해 쉰둘이고 90년대생 동료와 98학번 선배가 있습니다.", ("쉰둘", "90년대", "98학번")),
        (KO, "1985년에 태어났고 호랑이띠입니다.", ("1985", "호랑이")),
        (KO, "저 김 하늘은 여사원으로 시작해 워킹맘이 됐습니다.", ("김 하늘", "하늘", "여사원", "워킹맘")),
        (KO, "장녀이고 해병대를 나온 오빠가 있습니다.", ("장녀", "해병대", "오빠")),
        (KO, "연대 출신이고 동래고를 졸업했고 하버드에서 배웠습니다.", ("연대", "동래고", "하버드")),
        (KO, "한국외대에서 배우고 지방대 나온 동료와 일했습니다.", ("한국외대", "지방대")),
        (KO, "군 복무 때 배웠습니다.", ("군 복무",)),
        (EN, "I served in the US Army and left the navy as an army veteran.", ("Army", "navy", "veteran")),
        (EN, "After my military service I was honorably discharged.", ("military", "discharged")),
        (EN, "When I was in the marines I was a soldier who fixed radios.", ("marines", "soldier")),
        (EN, "I'm married and we have two kids, so I got divorced from late shifts.", ("married", "kids", "divorced")),
        (EN, "Marital status: Single. After we got married I moved.", ("Marital", "Single", "married")),
        (EN, "I came back from maternity leave, then my husband took parental leave.", ("maternity", "parental")),
        (EN, "During paternity leave I learned Rust.", ("paternity",)),
        (KO, "저는 군필이고 육군에서 병장으로 만기전역했습니다.", ("군필", "육군", "병장", "전역")),
        (KO, "전역 후에 입사했고 제대한 뒤 예비군 훈련을 다녔습니다.", ("전역", "제대", "예비군")),
        (KO, "병역을 마치고 상병 때 배운 통신 장비를 다뤘습니다.", ("병역", "상병")),
        (KO, "저는 기혼이고 배우자와 두 아이가 있습니다.", ("기혼", "배우자", "아이")),
        (KO, "미혼입니다. 결혼하고 나서 이직했습니다.", ("미혼", "결혼")),
        (KO, "육아휴직을 마치고 복직했고 육아 휴직 중에 공부했습니다.", ("육아",)),
        (KO, "아내가 출산휴가를 썼고 딸과 아들이 있습니다.", ("아내", "출산", "딸", "아들")),
        (KO, "부산해양대학교를 나와 서울대에서 공부했습니다.", ("부산해양", "서울대")),
    ],
)
def test_person_age_gender_and_school_are_masked(rule: Redaction, said: str, hidden: tuple[str, ...]) -> None:
    shown = redact(said, rule)
    assert not [word for word in hidden if word in shown], shown
    assert shown == redact(said, rule)


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        (EN, "I cut the list from thirty features to nine, and we delivered it in six weeks."),
        (EN, "After 27 days I was 3 items short, so I called the port."),
        (EN, "We trained a school of fish sensors in the harbour."),
        (EN, ANSWERS["en"][0]),
        (EN, "We got the latency to 40 ms, and at 50, we stopped the test."),
        (EN, "We reached 50, and the 30-odd servers stayed up."),
        (EN, "I attended KubeCon and talked to the guild."),
        (KO, "자료를 들고 다니며 설명하고 졸업 작품처럼 다듬었습니다."),
        (KO, "현대 출신 협력사와 최고의 결과를 냈고 서른 명을 가르쳤습니다."),
        (KO, "재고를 줄이고 광고를 새로 만들었더니 기대 이상의 수치가 나왔습니다."),
        (KO, "이십 대의 트럭을 점검하고 시간을 30퍼센트 줄였습니다."),
        (KO, "상대의 기대를 확인하고 최대한 빨리 보고했습니다."),
        (EN, "I studied marine biology and wrote the leave of absence policy I designed for 300 people."),
        (EN, "An army of volunteers moved in, and we married the two data sets in navy blue charts."),
        (EN, "I ran the maternity ward's rota and wrote the parental leave policy for the firm."),
        (EN, "As a veteran engineer I left the single point of failure out; the service discharged its queue."),
        (EN, "We built a military-grade enclosure, and children's books were our best product."),
        (EN, "I engaged the client, and we served the store with military projects in mind."),
        (KO, "원인을 찾아내고 거래처가 요청한 일을 제대로 처리했습니다."),
        (KO, "서울 전역에 배송했고 심사위원과 수입대금을 확인했습니다."),
        (KO, "팀원의 참여성과를 알아내고 딸기 농가와 협의했습니다."),
        (KO, "육아휴직 제도를 설계하고 출산율 자료를 분석했습니다."),
        (KO, "결혼정보 서비스를 만들고 필수 항목을 이병렬 과장과 점검했습니다."),
        (EN, "As a marine biologist I counted crabs, and I was a marine engineer."),
        (EN, "I worked with the Navy on a depot and sold to customers in the military sector."),
        (EN, "I had the children's books printed and had 12 children in my class."),
        (KO, "수출산업 자료와 질병역학 모델을 함께 배우자는 뜻으로 나눴고 책임신뢰를 얻었습니다."),
        (KO, "서울 전역 후보지를 조사하고 소위 말하는 회의경과를 정리했습니다."),
        (KO, "해군에 납품하는 체계를 만들고 보육아동 통계를 냈습니다."),
        (KO, "수입영업 담당자와 회사위치를 확인하고 감사위원에게 보고했습니다."),
        (KO, "상병 코드를 정리하고 훈련 자료를 만들었습니다."),
        (KO, ANSWERS["ko"][0]),
    ],
)
def test_work_is_left_as_it_is(rule: Redaction, said: str) -> None:
    assert redact(said, rule) == said


def test_a_rubric_that_asks_for_schooling_sees_schools_and_still_no_name() -> None:
    plan = replace(kit(), candidate_name="Dana Reyes")
    wanted = replace(plan.competencies[0], definition="Uses what the university degree taught.")
    said = "Dana learned statics at Harbour State University."
    assert "Harbour State University" in redact(said, redaction(plan, wanted))
    assert "Dana" not in redact(said, redaction(plan, wanted))
    assert "University" not in redact(said, redaction(plan, plan.competencies[0]))


def test_a_quote_of_a_masked_sentence_is_verified_in_what_was_said() -> None:
    text = "As Dana I rebuilt the pump. My husband, 40 years old, held the lamp."
    turn = TurnTaken("t1", "q1", text, TurnMode.SPOKEN, 0, 1)
    known = masked([("t1", "As Dana I rebuilt the pump."), ("t1", "My husband, 40 years old, held the lamp.")], EN)
    copied = [Quote(turn_id, sentence) for turn_id, sentence in known.shown]
    assert all("[" in quote.text for quote in copied)
    verified = verify(restored(copied, known), [turn], "en")
    assert [e.quote for e in verified.evidence] == [
        "As Dana I rebuilt the pump.",
        "My husband, 40 years old, held the lamp.",
    ]
    assert verified.refused == 0
    invented = verify(restored([Quote("t1", "As [name] I rebuilt the crane.")], known), [turn], "en")
    assert (invented.evidence, invented.refused) == ((), 1)
