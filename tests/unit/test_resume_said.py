"""What a resume says beside other words: blanks, specialties, prizes, tests of languages, names with titles."""

from typing import Any

import pytest
from coordinator.candidates.facts.employments.finding import jobs
from coordinator.candidates.facts.kinds import by_content
from coordinator.candidates.facts.lists.items import is_language_test
from coordinator.candidates.facts.lists.permits import certificates
from coordinator.candidates.facts.lists.skills import skills
from coordinator.candidates.facts.lists.tongues import languages, without_tests_of
from coordinator.candidates.facts.model import Row, rows_of
from coordinator.candidates.facts.person import name
from coordinator.candidates.facts.rows.pieces import pieces
from coordinator.candidates.facts.words import without_team
from coordinator.candidates.headings.hints import hint
from coordinator.candidates.headings.known import known_kind, tidy
from coordinator.candidates.headings.sections import Part
from coordinator.candidates.page.broken_lines import whole
from coordinator.candidates.page.cells import Cell
from coordinator.candidates.page.row_lines import rows_across
from coordinator.candidates.page.tables import with_tables
from coordinator.candidates.printed.blanks import extent, with_blanks
from coordinator.candidates.printed.strokes import Rule
from coordinator.candidates.schemas import Line
from coordinator.candidates.words.dates import periods

SIZE = 10.0


def line(text: str, x: float = 50, y: float = 50, *, size: float = SIZE, bold: bool = False) -> Line:
    return Line(text, x, y, x + len(text) * SIZE / 2, y + size + 2, size, bold)


def rows(*texts: str) -> list[Row]:
    return rows_of([line(text, y=50 + 15 * place) for place, text in enumerate(texts)])


def table(*texts: str, columns: tuple[float, ...] = (50, 150, 250, 350)) -> list[Line]:
    return [
        Line(text, 50, 50 + 15 * y, 500, 60 + 15 * y, SIZE, False, 0, (), columns, ruled=True, table=1)
        for y, text in enumerate(texts)
    ]


def spans(*said: tuple[str, float, int]) -> dict[str, Any]:
    """A line of words that each have their place from the left and their colour, and no blanks between them."""
    found = []
    for word, x, color in said:
        letters = [{"c": c, "bbox": (x + SIZE * n, 0, x + SIZE * (n + 1), 12)} for n, c in enumerate(word)]
        found.append({"chars": letters, "size": SIZE, "color": color, "flags": 0})
    return {"spans": found, "bbox": (0, 0, 400, 12), "dir": (1, 0)}


def words(one: dict[str, Any]) -> str:
    return "".join(letter["c"] for span in one["spans"] for letter in span["chars"])


def test_a_blank_that_only_white_space_shows_stands_where_the_print_changes_or_between_hangul() -> None:
    assert words(with_blanks(spans(("한빛메디팜", 50, 0), ("대전영업소", 102, 7)))) == "한빛메디팜 대전영업소"
    assert words(with_blanks(spans(("한빛", 50, 0), ("대전", 73, 0)))) == "한빛 대전"
    assert words(with_blanks(spans(("Sales", 50, 0), ("force", 100.5, 7)))) == "Salesforce"
    assert words(with_blanks(spans(("ab", 50, 0), ("cd", 73, 0)))) == "abcd"


def test_a_line_reaches_from_its_first_letter_to_its_last() -> None:
    assert extent(spans(("June ", 50, 0))) == (50, 0, 90, 12)
    assert extent({**spans(("June ", 50, 0)), "dir": (0, 1)}) == (0, 0, 400, 12)


def test_another_print_in_a_cell_begins_another_thing_however_full_the_line_before_is() -> None:
    cell = Cell((50, 50, 150, 80), [line("Blue Crane Foods Ltd", 52, 52, bold=True), line("Management Clerk", 52, 65)])
    assert cell.ends() == [len("Blue Crane Foods Ltd ")]


def test_a_row_of_a_table_stands_above_what_its_long_cell_tells() -> None:
    rules: list[Rule] = [(x, 10.0, x, 110.0) for x in (10.0, 110.0, 390.0)]
    rules += [(10.0, y, 390.0, y) for y in (10.0, 24.0, 110.0)]
    told = [line(f"What was done, number {n}", 115, 26 + 13 * n) for n in range(6)]
    said = [line("Period", 15, 12), line("Duties", 115, 12), line("2019 - 2021", 15, 50), *told]
    read = rows_across(with_tables(said, rules), lambda _: False)
    assert [one.text.strip() for one in read][1:3] == ["2019 - 2021", "What was done, number 0"]


@pytest.mark.parametrize(
    ("heading", "kind"),
    [
        ("Professional Memberships and Licences", "certificates"),
        ("Memberships & Certifications", "certificates"),
        ("Awards and Activities", "awards"),
    ],
)
def test_memberships_beside_licences_are_permits(heading: str, kind: str) -> None:
    assert known_kind(heading) == kind


def test_headings_speak_of_what_is_done_outside_the_work() -> None:
    told = ("Outside the classroom", "Beyond my desk", "Away from school", "나눔과 모임")
    assert [hint(text) for text in told] == ["activities"] * 4
    assert [hint(text) for text in ("Teaching & other work", "Where I've cooked", "Work so far")] == ["experience"] * 3
    assert tidy("◎ 들어가며") == "들어가며"


def test_seasons_date_what_was_done_in_several() -> None:
    found = periods("Summers 2009 – 2011\tCamp Counsellor")
    assert [(one.first.value, one.last and one.last.value, one.start) for one in found] == [("2009", "2011", 0)]


def test_an_overview_with_a_table_of_employers_is_experience_also_beside_what_tells_of_them() -> None:
    told = rows_of(table("근무기간\t회사명\t부서\t직급", "2019.07 - 재직 중\t두림정밀\t설계팀\t과장"))
    parts = [Part("summary", "경력 개요", 0, 2), Part("experience", "경력", 2, 2)]
    assert [part.kind for part in by_content(parts, told)] == ["experience", "experience"]


def test_what_forms_ask_beside_employments_is_done_without_pay() -> None:
    parts = [Part("experience", "경력", 0, 1), Part("experience", "경험/활동/교육", 1, 2)]
    said = rows("(주)누리온 대리 2019.01 - 2020.01", "해외봉사단 2014.07 - 2014.12")
    assert [part.kind for part in by_content(parts, said)] == ["experience", "activities"]


def test_military_service_in_a_row_of_labels_heads_it_and_a_head_of_a_table_is_none() -> None:
    def heads(one: Line) -> bool:
        return known_kind(one.text) is not None

    served = table(
        "병역\t군 별\t육군\t계 급\t병장\t기 간\t1995.05 ~ 1997.07", columns=(50, 90, 130, 170, 210, 250, 290)
    )
    assert [one.text.split("\t")[0] for one in rows_across(served, heads)] == ["병역", "군 별"]
    assert len(rows_across(table("자격증\t취득일\t발급기관"), heads)) == 1


@pytest.mark.parametrize(
    ("said", "title"),
    [
        ("Charge Nurse, Medical ICU", "Charge Nurse, Medical ICU"),
        ("Park Ranger (Interpretation)", "Park Ranger (Interpretation)"),
        ("HGV Driver / Team Leader", "HGV Driver / Team Leader"),
        ("Welder, London", "Welder"),
        ("Welder, Boyce, VA", "Welder"),
        ("Developer (Contract)", "Developer"),
    ],
)
def test_a_title_goes_on_in_what_it_says_of_itself(said: str, title: str) -> None:
    found = jobs(rows("Kestrel Holdings Ltd\t2019 - 2021", said, "Osprey Holdings Ltd\t2016 - 2018", "Head Clerk"))
    assert [job.title.text if job.title else "" for job in found] == [title, "Head Clerk"]


def test_a_helper_is_somebody_and_a_yard_hand_is_no_yard() -> None:
    found = jobs(rows("Bayou Fabrication\t6/2011 - 1/2014", "Welder Helper", "Lone Oak Feed\t2009 - 2011", "Yard Hand"))
    assert [job.title.text if job.title else "" for job in found] == ["Welder Helper", "Yard Hand"]


def test_the_point_behind_a_korean_date_ends_no_sentence() -> None:
    assert [piece.text for piece in pieces(rows("2010. 11.\t건축기사\t한국산업인력공단")[0], 0)] == [
        "건축기사",
        "한국산업인력공단",
    ]


def test_certificates_have_their_part_and_neither_issuer_nor_prize_nor_service() -> None:
    found = certificates(
        rows("Special Education, Part 1", "AWS D1.1, 3G and 4G (exp. 11/2026)", "병역\t육군 병장", "공모전 장려상")
    )
    assert [span.text for span in found] == ["Special Education, Part 1", "AWS D1.1, 3G and 4G"]
    issued = certificates(rows("2013.05\t정보처리기사 한국산업인력공단", "2018.09\tSQLD 한국데이터산업진흥원"))
    assert [span.text for span in issued] == ["정보처리기사", "SQLD"]


def test_each_dated_row_names_a_certificate_however_it_is_printed() -> None:
    said = [
        Line(text, 50, y, 300, y + 12, SIZE, bold)
        for text, y, bold in (("2021.07\tADsP", 50, True), ("2020.12\tSQLD", 65, False), ("2019.11\tSQLP", 80, True))
    ]
    assert [span.text for span in certificates(rows_of(said))] == ["ADsP", "SQLD", "SQLP"]


def test_each_row_that_begins_with_a_language_names_one() -> None:
    found = languages(rows("English, first language", "Italian, fluent", "Greek, a little"), alone=True)
    assert [span.text for span in found] == ["English", "Italian", "Greek"]


def test_beside_how_well_they_are_spoken_stand_languages() -> None:
    said = rows_of(table("\tSpeak\tRead\tWrite", "isiZulu\tMother tongue\t\t", "English\tGood\tGood\tFair"))
    assert [span.text for span in languages(said, alone=True)] == ["isiZulu", "English"]


def test_tests_have_no_scores_and_are_left_out_where_their_language_is_named() -> None:
    assert [span.text for span in languages(rows("TOEIC 905점", "HSK 6급"))] == ["TOEIC", "HSK"]
    found = without_tests_of(languages(rows("영어 (상)", "TOEIC Speaking IM3", "HSK 6급")))
    assert [span.text for span in found] == ["영어", "HSK"]
    assert not is_language_test("DELF Examiner Accreditation")


def test_a_label_behind_a_full_stop_begins_another_list_and_counts_are_no_skill() -> None:
    found = skills(rows("Computing: R, MATLAB. At sea: CTD casts, plankton nets (168 sea days)"))
    assert [span.text for span in found] == ["R", "MATLAB", "CTD casts", "plankton nets"]


@pytest.mark.parametrize(
    ("said", "person"),
    [
        ("사회복지사 연보라", "연보라"),
        ("연보라 사회복지사", "연보라"),
        ('TOBIAS "TOBY" MARCHETTI', 'TOBIAS "TOBY" MARCHETTI'),
        ("Robert “Bob” Tallis", "Robert “Bob” Tallis"),
        ("Robert (Bob) Tallis", "Robert (Bob) Tallis"),
    ],
)
def test_a_name_stands_beside_a_title_or_has_what_its_bearer_is_called_in_it(said: str, person: str) -> None:
    told = rows_of([line(said, size=20), line("bora@welfare.example / 광주 북구", y=80), line("용봉로", y=95)])
    found = name(told, told)
    assert found is not None
    assert found.text == person


def test_a_date_that_its_column_broke_over_several_lines_is_one() -> None:
    said = [
        line(text, x, 50 + 13 * y) for y, (text, x) in enumerate((("September", 50), ("2015 – June", 50), ("2020", 50)))
    ]
    assert [one.text for one in whole(said)] == ["September 2015 – June 2020"]
    assert len(whole([line("May", 50, 50), line("Harbour Lodge", 50, 63)])) == 2


def test_a_line_that_its_date_opens_tells_the_rest_of_the_entry() -> None:
    found = jobs(
        rows(
            "Brightwater Primary School, Class Teacher",
            "From September 2019 to July 2023. Year 4 class, maths lead and all of the trips.",
            "Hill Road Nursery, Nursery Assistant",
            "From January 2016 to August 2019. Toddlers' room and outdoor play in any weather.",
        )
    )
    assert [job.employer.text if job.employer else "" for job in found] == [
        "Brightwater Primary School",
        "Hill Road Nursery",
    ]


def test_an_overview_of_dated_lines_that_name_employers_is_experience_and_a_story_is_none() -> None:
    told = rows("2019.07 ~ 현재\t두림정밀공업㈜ 설계팀 과장", "2015.03 ~ 2019.06\t세아테크윈㈜ 품질팀 사원")
    assert [part.kind for part in by_content([Part("summary", "경력 요약", 0, 2)], told)] == ["experience"]
    beside = [Part("summary", "경력 요약", 0, 2), Part("experience", "경력", 2, 2)]
    assert [part.kind for part in by_content(beside, told)] == ["summary", "experience"]
    story = rows("Nurse of ten years at Hill Clinic.", "Since 2015 on wards of many kinds.", "Now looking for more.")
    assert [part.kind for part in by_content([Part("summary", "Summary", 0, 3)], story)] == ["summary"]


def test_until_date_is_until_now_and_a_team_behind_a_firm_is_no_part_of_it() -> None:
    found = periods("Teller, June 2019 – Date")
    assert found[0].last is not None
    assert found[0].last.value == "present"
    told = table("회사\t기간\t직급", "(주)대한건기 정비2팀\t2019/05 ~ 2024/06\t과장", columns=(50, 150, 250))
    assert [job.employer.text if job.employer else "" for job in jobs(rows_of(told))] == ["(주)대한건기"]
    assert without_team("주식회사 우리팀") == "주식회사 우리팀"


def test_qualifications_beside_an_education_are_certificates_where_they_name_no_school() -> None:
    said = rows("AAT Level 4, 2015", "Streatham College, 2004 - 2006")
    parts = [Part("education", "Qualifications", 0, 1), Part("education", "Education", 1, 2)]
    assert [part.kind for part in by_content(parts, said)] == ["certificates", "education"]
    assert [part.kind for part in by_content(parts[:1], said)] == ["education"]


def test_levels_behind_a_blank_are_no_part_of_a_skill_and_and_joins_languages() -> None:
    assert [span.text for span in skills(rows("엑셀 상 / ERP(SAP) 중 / 파워포인트 상"))] == [
        "엑셀",
        "ERP(SAP)",
        "파워포인트",
    ]
    assert [span.text for span in languages(rows("Arabic, English and French"))] == ["Arabic", "English", "French"]


def test_a_table_of_ships_names_ranks_and_when_somebody_signed_on_and_off() -> None:
    told = table(
        "Vessel\tRank\tCompany\tSign on\tSign off",
        "MT Sulu Star\tThird Engineer\tVisayan Ship Management\t12.02.2022\t20.11.2022",
        columns=(50, 150, 250, 350, 450),
    )
    (job,) = jobs(rows_of(told))
    assert job.employer is not None
    assert job.last is not None
    assert (job.employer.text, job.last.point.value) == ("Visayan Ship Management", "2022-11")
