"""Nothing is named to a candidate of table heads, of other people, or of how to reach somebody."""

import pytest
from coordinator.dispatch import grounding
from coordinator.dispatch.naming import NamedAs, Stated, named
from coordinator.dispatch.unnamed import names_others

STATED = Stated(
    employers=("Northgate Couriers", "한빛제지", "Swift Parcels", "다올물산"),
    titles=("Shift Lead",),
    skills=("Excel", "SAP", "엑셀"),
)


@pytest.mark.parametrize(
    "line",
    [
        "기술명 활용수준 비고",
        "구분 내용 기간",
        "보유기술 숙련도 사용경험",
        "Mrs Jane Holt, Manager, Swift Parcels, 0113 496 0000",
        "Prof. Lena Fischer (thesis supervisor), TU Hamburg",
        "Character reference: Rev. Ian Moss",
        "Michael O'Brien, Senior Project Manager at Swift Parcels",
        "Contact: Jane Holt",
        "jane@swift.example | 07700 900123",
        "Name Relationship Company Phone",
        "Technology Proficiency Years",
        "이름 관계 소속 연락처",
        "김민수 교수 (지도교수)",
        "다올물산 정해인 팀장 010-1111-2222",
        "모 이순자 주부 동거",
        "skill / level / comments",
        "Course Institution Year Grade",
        "학교명 전공 기간 학점",
        "Hobbies: contact on +1 212 555 0100",
        "도구 숙련도 사용기간 비고",
        "프로그램명 | 활용능력 | 비고",
        "자격증명 취득일자 발급기관 등급",
        "번호 프로젝트명 기간 역할 사용기술",
        "외국어 언어명 시험명 점수 취득일",
        "Skill Level Years of experience Last used",
        "Language | Reading | Writing | Speaking",
        "Project name / Role / Period / Tools",
        "Certificate, Issuer, Date of issue",
        "Ms Clara Benning, Team Lead, Northgate Couriers, 0161 555 0182",
        "Dr. Peter Alvarez, Northgate Couriers",
        "Joan Whitfield, Operations Manager",
        "Joan Whitfield – Head of Service, Northgate Couriers",
        "Reference: Tom Hale, tom.hale@example.com",
        "References available on request",
        "Northgate Couriers, HR desk, +44 161 555 0182",
        "Phone: (614) 555-0137",
        "Emergency contact: my sister, 0171 2345678",
        "박지훈 부장, 한빛제지 생산팀",
        "추천인 : 한빛제지 이상민 차장",
        "부 김영호 자영업 동거",
        "연락처 010-2345-6789 서울시 마포구",
        "전화 02)345-6789",
        "주소 : 대전광역시 유성구 대학로 99번길 12",
    ],
)
def test_no_head_no_contact_and_nobody_else_is_named(line: str) -> None:
    assert named(line, STATED) is None
    assert grounding.items(line, STATED) == []


@pytest.mark.parametrize(
    "line",
    [
        "Managed a team of twelve and wrote the safety rules",
        "Senior Accountant, closed the books in four days instead of nine",
        "Introduced level checks on tools, skills and experience",
        "Miss-sort rate cut from 4 % to 1 %",
        "Sir Isaac Newton school robot club founded and led",
        "Moved 1,200,000 records without loss",
        "팀장으로서 신입 교육 과정을 새로 설계함",
        "업무 분야 확대를 위해 신규 거래처 20곳을 발굴함",
        "프로젝트 관리 도구 도입으로 보고 시간 단축",
        "학교 전산실 장비 교체를 맡아 예산을 20% 줄임",
        "사용 방법 안내서 제작 및 배포",
        "Assisted Dr. Alvarez with a trial of three new pumps",
        "Trained the new operations manager and two shift leads",
        "Rebuilt the contact form and cut wrong addresses by half",
        "Wrote project status reports and skill matrices for the shop",
        "Named supervisor of the year at the Leeds depot in 2019",
        "Handled 12 000 parcels a week across four depots",
        "Collected references from forty suppliers before the tender",
        "Northgate Couriers, Shift Lead, 2018 - 2021",
        "Cut waiting time 2019.03 ~ 2020.11 from nine days to two",
        "박지훈 부장과 함께 재고 실사 절차를 새로 만듦",
        "설비 점검 시간을 하루 40분 줄임",
        "거래처 연락처 3천 건을 정리해 중복을 없앰",
        "한빛제지 2017.03 ~ 2022.08 생산관리 과장",
        "추천 시스템을 다시 설계해 클릭을 두 배로 늘림",
        "고객 상담 내용을 분류하는 기준을 마련함",
    ],
)
def test_what_somebody_did_is_still_named(line: str) -> None:
    assert named(line, STATED) is not None


def test_below_the_head_of_the_references_nothing_is_held() -> None:
    section = "Led the night shift of nine drivers\nReferees\nClara Benning praised the new route plan\n"
    passage = " ".join(section.split())
    assert grounding.held_lines(section, passage) == "Led the night shift of nine drivers"


@pytest.mark.parametrize(
    ("title", "others"),
    [
        ("References", True),
        ("PROFESSIONAL REFERENCES", True),
        ("추천인", True),
        ("가족사항", True),
        ("Projects", False),
        ("기타", False),
    ],
)
def test_a_section_about_other_people_is_known_by_its_title(title: str, others: bool) -> None:
    assert names_others(title) is others


def test_two_lines_about_one_employer_begin_no_two_questions() -> None:
    passages = [
        "Northgate Couriers Leeds, 2018 - 2021\nNorthgate Couriers, Shift Lead\nSAP, Excel, Word\nExcel, SAP, Access"
    ]
    taken: list[str] = []
    found = [grounding.best_named(passages, "anything", "", taken, STATED) for _ in range(4)]
    kinds = [each[2].named_as for each in found if each]
    assert sorted(kinds) == [NamedAs.EMPLOYER, NamedAs.SKILLS]
    asked = [grounding.with_item("Why?", each[2], "en") for each in found if each]
    assert len({question.split(". ")[0] for question in asked}) == len(asked)
