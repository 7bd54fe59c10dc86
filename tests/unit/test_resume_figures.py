"""Figures shown off, headings in two sizes, summaries that list employers, and headings that name several kinds."""

import pytest
from coordinator.candidates.facts.lists.items import items
from coordinator.candidates.facts.lists.permits import certificates
from coordinator.candidates.facts.lists.skills import skills
from coordinator.candidates.facts.model import rows_of
from coordinator.candidates.facts.person import name
from coordinator.candidates.facts.rows.masks import without_dates
from coordinator.candidates.facts.rows.pieces import pieces
from coordinator.candidates.headings.finding import Headings
from coordinator.candidates.headings.halves import split_label
from coordinator.candidates.headings.hints import hint
from coordinator.candidates.headings.known import known_kind
from coordinator.candidates.headings.outranking import is_figure
from coordinator.candidates.page.order import Page
from coordinator.candidates.printed.columns import are_columns
from coordinator.candidates.schemas import Line
from coordinator.candidates.understanding import ReadResume, understood
from coordinator.candidates.words.letters import spaced_out, without_blanks_between_letters
from fakes.told_jobs import told_jobs

INK, RED = 0x222222, 0xAA2222


def line(text: str, x: float, y: float, *, size: float = 10.0, bold: bool = False, color: int = INK) -> Line:
    return Line(text, x, y, x + len(text) * size / 2, y + size * 1.2, size, bold, color)


def read(*lines: Line) -> ReadResume:
    return understood([Page(800, list(lines), [])], "en")


def kinds(found: ReadResume) -> list[str]:
    return [section.kind for section in found.sections]


@pytest.mark.parametrize(
    ("text", "figure"),
    [
        ("13", True),
        ("27%", True),
        ("47억", True),
        ("£2.4m", True),
        ("15개", True),
        ("Work", False),
        ("2 rosettes held", False),
    ],
)
def test_a_number_with_its_unit_is_a_figure(text: str, figure: bool) -> None:
    assert is_figure(line(text, 50, 50)) is figure


def test_figures_larger_than_the_headings_hide_none_of_them() -> None:
    figures = [line(text, 50 + 90 * place, 90, size=18) for place, text in enumerate(("13", "2", "27%", "19"))]
    counted = [
        line(text, 50 + 90 * place, 112, size=8) for place, text in enumerate(("years", "rosettes", "cost", "taught"))
    ]
    text = [
        line("Where I have cooked", 50, 150, size=14),
        line("The Salt Loft, Edinburgh", 50, 170),
        line("Head Chef | Mar 2020 to date", 50, 184),
        line("Kokkeri Nord, Aarhus", 50, 204),
        line("Commis Chef | Mar 2018 to Feb 2020", 50, 218),
        line("Education", 50, 250, size=14),
        line("Thomas Danby College, 2009 – 2011", 50, 270),
        line("Skills", 50, 300, size=14),
        line("Butchery, Curing, Baking", 50, 320),
    ]
    found = read(line("Callum Ross", 50, 40, size=24), *figures, *counted, *text)
    assert kinds(found) == ["profile", "experience", "education", "skills"]


def test_what_a_figure_counts_is_no_heading() -> None:
    lines = [line("7년", 50, 80, size=16), line("실무 경력", 50, 100, size=8), line("경력", 50, 140, bold=True)]
    looks = Headings.of([[*lines, *(line("일을 하였습니다", 50, 160 + 14 * place) for place in range(9))]])
    assert [looks.opens(one) for one in lines] == [False, False, True]


def test_what_is_larger_than_headings_in_their_colour_is_one_too() -> None:
    lines = [line("선우다빈", 50, 40, size=24), line("나의 여정", 50, 80, size=13, color=RED)]
    lines += [line("달콤상회 | 마케터 | 2018년 1월 ~ 2019년 12월", 50, 100)]
    lines += [line("학력", 50, 140, size=11, color=RED), line("금강대학교, 2012년 3월 ~ 2017년 2월", 50, 160)]
    lines += [line("어학", 50, 200, size=11, color=RED), line("영어", 50, 220)]
    lines += [line("회사 밖의 나", 50, 260, size=13, color=RED), line("유기견 임시보호", 50, 280)]
    assert kinds(read(*lines)) == ["profile", "experience", "education", "languages", "activities"]
    assert kinds(read(*lines[:-2])) != ["profile", "experience", "education", "languages"]


def test_rows_of_gauges_are_no_margin_of_dates() -> None:
    left = [line("Skills", 50, 50, bold=True)]
    left += [
        line(text, 50 + 40 * at, 70 + 30 * row) for row in range(2) for at, text in enumerate(("92%", "80%", "65%"))
    ]
    left += [
        line(text, 50 + 40 * at, 84 + 30 * row) for row in range(2) for at, text in enumerate(("GA4", "GTM", "SQL"))
    ]
    right = [line("Education", 250, 50, bold=True), line("Lakeside College", 250, 75), line("Marketing", 250, 92)]
    assert are_columns(left, right, lambda one: one.bold)
    margin = [line("Skills", 50, 50, bold=True), *(line("90%", 150, 70 + 17 * row) for row in range(3))]
    assert not are_columns(margin, right, lambda one: one.bold)


CAREER = [
    ("① 테라시스템즈㈜", "근무기간 : 2019-03 – 현재 | 직위 : 대리"),
    ("② ㈜에이스진공", "근무기간 : 2013-01 – 2015-05 | 직위 : 사원"),
]


@pytest.mark.parametrize("heading", ["경력 개요", "Career Summary", "자기소개"])
def test_a_summary_that_lists_employers_is_the_experience(heading: str) -> None:
    lines = [line("봉재혁", 50, 30, size=20), line(heading, 50, 70, size=14)]
    lines += [line(text, 50, 90 + 16 * place) for place, text in enumerate(text for job in CAREER for text in job)]
    found = read(*lines, line("학력", 50, 190, size=14), line("호서대학교, 2007 – 2012", 50, 210))
    assert kinds(found) == ["profile", "experience", "education"]
    stated = [fact.value for fact in found.facts if fact.field == "employer"]
    assert stated == ["테라시스템즈㈜", "㈜에이스진공"]


def test_a_heading_of_several_kinds_is_divided_where_its_rows_say_theirs() -> None:
    cells = [
        ("취득일", "구분", "명칭"),
        ("2018.11", "자격증", "TAT 1급"),
        ("2023.08", "어학", "영어"),
        ("2022.12", "수상", "으뜸상"),
    ]
    lines = [
        line("남궁세라", 50, 30, size=20),
        line("경력", 50, 60, size=14),
        line("한결물류 주식회사 | 사원 | 2014.09 ~ 2016.01", 50, 80),
    ]
    lines += [line("자격증/어학/수상", 50, 110, size=14)]
    lines += [
        line(cell, 50 + 100 * at, 130 + 16 * row) for row, said in enumerate(cells) for at, cell in enumerate(said)
    ]
    assert kinds(read(*lines)) == ["profile", "experience", "certificates", "languages", "awards"]


def test_one_date_where_others_have_spans_is_when_it_began_and_ended() -> None:
    jobs = [
        ("Lakehead Pipe Co.", "2018 - 2020"),
        ("Bjornson Fabrication", "2012 - 2014"),
        ("Tern Salvage", "Summer 2011"),
    ]
    lines: list[Line] = []
    for place, (employer, date) in enumerate(jobs):
        y = 50.0 + 50 * place
        lines += [line(employer, 50, y, bold=True), line(date, 400, y, bold=True), line("Welder", 50, y + 16)]
    assert told_jobs(lines)[-1] == ("Tern Salvage", "Welder", "2011", "2011")
    # A line printed like those below the heads says one date of something else.
    told = [*lines[:6], line("Rigging Level 1", 50, 116), line("2013", 400, 116)]
    assert all(employer != "Rigging Level 1" for employer, *_ in told_jobs(told))


def test_a_word_that_is_only_slanted_in_a_line_is_no_heading() -> None:
    slanted = Line("Methods 2, 15-22.", 50, 50, 150, 62, 10.0, False, INK, (8,))
    assert [one.text for one in split_label(slanted)] == ["Methods 2, 15-22."]
    bold = Line("Methods pumping tests", 50, 50, 150, 62, 10.0, True, INK, (8,))
    assert [one.text for one in split_label(bold)] == ["Methods", "pumping tests"]


@pytest.mark.parametrize(
    "employer",
    ["Save Valley Drilling (Pvt) Ltd", "Orchid Foods (India) Pvt Ltd", "Tern Rock (M) Sdn Bhd", "(주)온새미로"],
)
def test_brackets_before_a_legal_form_are_part_of_the_name(employer: str) -> None:
    (row,) = rows_of([line(f"{employer}, 2006-2009", 50, 50)])
    assert pieces(row, 0)[0].text == employer
    assert "(" not in without_dates(employer)


@pytest.mark.parametrize(
    ("text", "listed"),
    [
        ("① 저상·전기버스 운행 ② 경정비, 점검", ["저상·전기버스 운행", "경정비, 점검"]),
        ("Field: pumping tests, gas sampling. Laboratory: CRDS", ["pumping tests", "gas sampling", "CRDS"]),
        ("소프트웨어 : Python, JMP", ["Python", "JMP"]),
        ("하드웨어 : HPLC / 소프트웨어 : Minitab", ["HPLC", "Minitab"]),
    ],
)
def test_numbers_and_labels_divide_a_list(text: str, listed: list[str]) -> None:
    assert [text[start:end] for start, end in items(text, bracketed=False)] == listed


@pytest.mark.parametrize(
    ("printed", "said"),
    [
        ("DWAYNE R. KOWALCZYK, JR.", "DWAYNE R. KOWALCZYK, JR."),
        ("Ann Lee Moss III", "Ann Lee Moss III"),
        ("Ann Moss, RN", "Ann Moss"),
    ],
)
def test_which_of_several_of_a_name_belongs_to_it(printed: str, said: str) -> None:
    rows = rows_of([line(printed, 50, 30, size=20), line("4410 Tamarack Road, Superior", 50, 60)])
    found = name(rows, rows)
    assert found is not None
    assert found.text == said


def test_letters_set_apart_may_have_an_ampersand_among_them() -> None:
    assert spaced_out("L I C E N S E S & C E RT S")
    assert not spaced_out("A B & Sons")


@pytest.mark.parametrize(
    ("heading", "kind"),
    [("Licenses & Certs", "certificates"), ("상벌", "awards"), ("보유기능", "skills"), ("Giving Back", "activities")],
)
def test_more_words_of_headings_are_known(heading: str, kind: str) -> None:
    assert known_kind(heading) == kind


@pytest.mark.parametrize(
    ("heading", "kind"),
    [
        ("Where I've cooked", "experience"),
        ("before teaching", "experience"),
        ("Selected work", "projects"),
        ("회사 밖의 나", "activities"),
        ("병원 밖에서", "activities"),
    ],
)
def test_more_words_of_headings_speak_of_something(heading: str, kind: str) -> None:
    assert hint(heading) == kind


@pytest.mark.parametrize(
    ("heading", "told"),
    [
        ("어학 및 자격", ["certificates", "languages"]),
        ("자격증 · 수상", ["certificates", "awards"]),
        ("Certificates & Awards", ["certificates", "awards"]),
    ],
)
def test_rows_tell_in_words_which_of_several_kinds_they_are(heading: str, told: list[str]) -> None:
    rows = {
        "certificates": "품질경영기사 (2015.11)" if "자격" in heading else "First aid permit, 2015",
        "languages": "TOEIC 840 (2019.05)",
        "awards": "공모전 장려상, 2019.11" if "자격" in heading else "Dean's Prize, 2019",
    }
    lines = [line("남궁세라", 50, 30, size=20), line("경력", 50, 60, size=14)]
    lines += [line("한결물류 주식회사 | 사원 | 2014.09 ~ 2016.01", 50, 80), line(heading, 50, 110, size=14)]
    lines += [line(rows[kind], 50, 130 + 16 * place) for place, kind in enumerate(told)]
    assert kinds(read(*lines)) == ["profile", "experience", *told]


def test_large_print_that_mostly_speaks_of_sections_is_headings() -> None:
    said = [
        ("지금까지 일한 곳", "바로풀필먼트(주) | 센터장 | 2020년 3월 ~ 현재"),
        ("배운 곳", "인하대학교, 2009 – 2015"),
    ]
    said += [("자격", "물류관리사"), ("할 줄 아는 것", "지게차, SQL, 피킹 설계")]
    lines = [line("이도현", 50, 20, size=24)]
    for place, (heading, text) in enumerate(said):
        lines += [line(heading, 50, 60 + 60 * place, size=15), line(text, 50, 84 + 60 * place)]
    assert kinds(read(*lines)) == ["profile", "experience", "education", "certificates", "skills"]


def test_a_lone_date_in_brackets_counts_among_spans_in_brackets() -> None:
    jobs = [
        ("Gulf Packers LLC", "Supervisor (May 2017 - Present)"),
        ("Bay Hotels Inc.", "Cook (June 2012 - April 2017)"),
    ]
    jobs += [("Azalea Festival Committee", "Vendor Coordinator (March 2012)")]
    lines: list[Line] = []
    for place, (employer, title) in enumerate(jobs):
        lines += [line(employer, 50, 50 + 50.0 * place, bold=True), line(title, 50, 66 + 50.0 * place)]
    assert told_jobs(lines)[-1] == ("Azalea Festival Committee", "Vendor Coordinator", "2012-03", "2012-03")


def test_a_blank_as_narrow_as_between_letters_divides_no_words() -> None:
    chars = []
    x = 50.0
    for letter in "NA IR  II":
        # The reader puts a blank where two letters happen to stand a little farther from each other.
        width = 3.0 if letter == " " else 10.0
        chars.append({"c": letter, "bbox": (x, 50, x + width, 60)})
        x += width if letter == " " else width + (0 if len(chars) == 2 else 3.0)
    printed = {"spans": [{"size": 20.0, "chars": chars}]}
    (span,) = without_blanks_between_letters(printed)["spans"]
    assert "".join(one["c"] for one in span["chars"]) == "NAIR  II"


def test_the_head_of_a_table_is_no_certificate() -> None:
    head = Line("구분\t취득일\t내용\t기관", 50, 50, 450, 62, 10.0, False, cells=(50, 150, 250, 350))
    said = Line(
        "자격증\t2013.06\t기계가공기능장\t산업인력공단", 50, 70, 450, 82, 10.0, False, cells=(50, 150, 250, 350)
    )
    assert "구분" not in [span.text for span in certificates(rows_of([head, said]))]


def test_a_dot_joins_words_where_each_line_says_one_thing() -> None:
    said = ["Illustrator", "Photoshop", "Figma", "옵셋·그라비어 감리"]
    assert [
        span.text for span in skills(rows_of([line(text, 50, 50 + 16.0 * at) for at, text in enumerate(said)]))
    ] == said
    listed = ["기획·운영", "예산·정산", "Figma"]
    rows = rows_of([line(text, 50, 50 + 16.0 * at) for at, text in enumerate(listed)])
    assert [span.text for span in skills(rows)] == ["기획", "운영", "예산", "정산", "Figma"]
