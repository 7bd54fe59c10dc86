"""A question names one or two things of a resume, as a person would, and Korean particles agree with them."""

import pytest
from coordinator.dispatch import grounding, particles
from coordinator.dispatch.naming import Named, NamedAs, Stated, goes_on, named

STATED = Stated(
    employers=("Halvorsen Water", "대림의료기"),
    titles=("Process Engineer II", "시니어 백엔드 개발자"),
    skills=("Python", "SQL", "Docker", "Kubernetes", "AWS", "Terraform", "Spring Boot", "JPA", "식스시그마", "FMEA"),
    certificates=("품질경영기사",),
)
SAID = "Your resume lists {}. With that in mind: Why?"


@pytest.mark.parametrize(
    ("line", "job", "things"),
    [
        ("Python, SQL, Docker, Kubernetes, AWS, Terraform", "", ("Python", "SQL")),
        ("Python, SQL, Docker, Kubernetes, AWS, Terraform", "We run Kubernetes on AWS.", ("Kubernetes", "AWS")),
        ("Cloud: AWS / Docker / Terraform", "", ("Docker", "AWS")),
        ("• Spring Boot, JPA", "", ("Spring Boot", "JPA")),
        ("#식스시그마 #미니탭 #FMEA", "", ("식스시그마", "FMEA")),
        ("견적 작성, 계약 관리, 고객 상담, 엑셀 실적 보고", "계약 관리 담당", ("계약 관리", "견적 작성")),
        ("Hazmat (5 years), Forklift (3 years), ELD logs", "", ("Hazmat", "Forklift")),
    ],
)
def test_of_a_list_one_or_two_are_named(line: str, job: str, things: tuple[str, ...]) -> None:
    found = named(line, STATED, job)
    assert found is not None
    assert found.named_as is NamedAs.SKILLS
    assert sorted(found.things) == sorted(things)
    assert found.things == things or not job


@pytest.mark.parametrize(
    ("line", "named_as", "thing"),
    [
        ("• Cut dosing by 18% with a feed-forward loop.", NamedAs.QUOTE, "Cut dosing by 18% with a feed-forward loop"),
        ("Halvorsen Water Green Bay, WI", NamedAs.EMPLOYER, "Halvorsen Water"),
        (
            "2019.05 ~ 2026.08 (7년 4개월) 대림의료기 과장 종합병원 12곳 영업 2024년 개인 매출 31억원 이직 준비",
            NamedAs.EMPLOYER,
            "대림의료기",
        ),
        ("품질경영기사 | 한국산업인력공단 | 2016.05", NamedAs.CERTIFICATE, "품질경영기사"),
        (
            "• 정산 시스템 재구축 (2022. 1 – 2022. 9): 야간 배치를 이벤트 방식으로 바꿈",
            NamedAs.QUOTE,
            "정산 시스템 재구축: 야간 배치를 이벤트 방식으로 바꿈",
        ),
        ("Low-Cost Turbidity Logger | Arduino, 3D printing, Go | 2020", NamedAs.QUOTE, "Low-Cost Turbidity Logger"),
        (
            "Built services with Django, Redis, Celery, RabbitMQ, Kafka, Elastic and a set of batch jobs for the night",
            NamedAs.QUOTE,
            "Built services with Django",
        ),
    ],
)
def test_what_was_done_is_quoted_to_where_a_thought_ends(line: str, named_as: NamedAs, thing: str) -> None:
    assert named(line, STATED) == Named(named_as, (thing,))


@pytest.mark.parametrize(
    "line",
    [
        "",
        "2019",
        "근무기간 : 2018.01 ~ 현재",
        "근무기간 회사명 직급 담당업무 퇴사사유",
        "직위 : 차장",
        "Process Engineer II July 2022 – Present",
        "시니어 백엔드 개발자 · 결제플랫폼팀",
        "August 2021 to Present (5 years)",
        "자동차운전면허 1종 보통 경찰청 2005.08",
        "Clean driver's licence since 2009",
        "프레임워크",
    ],
)
def test_dates_titles_and_heads_of_columns_are_not_named(line: str) -> None:
    assert named(line, STATED) is None


def test_lines_are_not_run_together_as_their_passage_has_them() -> None:
    section = (
        "Skills: Python, SQL, Docker\n• Led the move of nine services\nMuseum loans from the\nWhitworth of Manchester\n"
    )
    passage = (
        "Skills: Python, SQL, Docker • Led the move of nine services Museum loans from the Whitworth of Manchester"
    )
    lines = grounding.held_lines(section, passage).splitlines()
    assert lines == ["Skills: Python, SQL, Docker", "• Led the move of nine services", "Museum loans from the"]
    assert goes_on(lines[2])
    assert grounding.held_lines(section, "• Led the move of") == ""


def test_a_skill_is_named_where_one_is_asked_for_and_a_deed_elsewhere() -> None:
    passages = ["Python, SQL, Docker, Kubernetes", "Halvorsen Water Green Bay, WI\n• Led the move of nine services"]
    assert grounding.best_item(passages, "anything", stated=STATED, for_skill=True) == (0, passages[0])
    assert grounding.best_item(passages, "anything", stated=STATED) == (1, "Led the move of nine services")
    taken = [passages[0], "Led the move of nine services"]
    assert grounding.best_item(passages, "anything", taken, STATED) == (1, "Halvorsen Water Green Bay, WI")
    assert grounding.asks_for_skill("Professional skill", "")
    assert grounding.asks_for_skill("", "가장 중요한 기술은 무엇이라고 보시나요?")
    assert not grounding.asks_for_skill("문제 해결", "어려운 문제를 말씀해 주세요.")


def test_a_dot_in_a_date_ends_no_sentence() -> None:
    korean, english = "• 간편결제 연동 (2021. 5 – 2021. 12): 연동 모듈을 공통화", "Intern since Aug. 2019 in the lab."
    held = f"{korean}\n{english} Sampled the digester daily."
    assert grounding.items(held, STATED) == [
        "간편결제 연동 (2021. 5 – 2021. 12): 연동 모듈을 공통화",
        "Intern since Aug. 2019 in the lab.",
        "Sampled the digester daily.",
    ]


@pytest.mark.parametrize(
    ("item", "english", "korean"),
    [
        (Named(NamedAs.SKILLS, ("Python", "SQL")), SAID.format("Python and SQL"), "이력서에 Python, SQL 항목을"),
        (Named(NamedAs.SKILLS, ("계약 관리",)), SAID.format("계약 관리"), "이력서에 계약 관리 항목을"),
        (Named(NamedAs.CERTIFICATE, ("CDL A",)), SAID.format("CDL A"), "이력서에 CDL A 자격을"),
        (
            Named(NamedAs.EMPLOYER, ("대림의료기",)),
            "Your resume mentions your work at 대림의료기. With that in mind: Why?",
            "이력서에서 대림의료기 경력을 보았습니다.",
        ),
    ],
)
def test_the_words_around_it_fit_what_is_named(item: Named, english: str, korean: str) -> None:
    assert grounding.with_item("Why?", item, "en") == english
    assert grounding.with_item("왜요?", item, "ko").startswith(korean)


def test_it_stands_in_the_place_the_job_gives_it() -> None:
    skills = Named(NamedAs.SKILLS, ("Python", "SQL"))
    assert grounding.with_item("Tell me about {resume}.", skills, "en") == "Tell me about Python and SQL."
    at = Named(NamedAs.EMPLOYER, ("Halvorsen Water",))
    assert grounding.with_item("Tell me about {resume}.", at, "en") == "Tell me about your work at Halvorsen Water."
    quote = Named(NamedAs.QUOTE, ("주문서를 하나로 줄임",))
    assert grounding.with_item("{resume}를 설명해 주세요.", quote, "ko") == '"주문서를 하나로 줄임"을 설명해 주세요.'
    assert grounding.with_item("{resume}와 관련해", None, "ko") == "최근에 하신 일과 관련해"


@pytest.mark.parametrize(
    ("text", "word", "wanted"),
    [
        ("{}을 쓰셨나요?", "Docker", "Docker를 쓰셨나요?"),
        ("{}를 쓰셨나요?", "Python", "Python을 쓰셨나요?"),
        ("{}을(를) 쓰셨나요?", "엑셀", "엑셀을 쓰셨나요?"),
        ("{}이(가) 왜", "SQL", "SQL이 왜"),
        ("{}은 왜", "Kubernetes", "Kubernetes는 왜"),
        ("{}으로 하신 일", "엑셀", "엑셀로 하신 일"),
        ("{}로 하신 일", "식스시그마", "식스시그마로 하신 일"),
        ("{}(으)로 하신 일", "계약", "계약으로 하신 일"),
        ("{}와 관련해", "계약", "계약과 관련해"),
        ("{}이라는 일", "설계", "설계라는 일"),
        ("{}를 보면", '"S3"', '"S3"을 보면'),
        ("{} 경험을", "계약", "계약 경험을"),
        ("{}가격을", "계약", "계약가격을"),
    ],
)
def test_particles_agree(text: str, word: str, wanted: str) -> None:
    assert particles.put(text, "{}", word) == wanted
