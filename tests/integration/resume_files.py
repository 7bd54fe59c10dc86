"""PDF files as candidates send them: resumes in two layouts and two languages, and files that are none."""

from typing import Any

import pymupdf

ENGLISH = [
    (22, "Mara Lindqvist"),
    (10, "mara.lindqvist@example.test | +46 70 000 00 00 | Gothenburg"),
    (14, "PROFESSIONAL SUMMARY"),
    (10, "Backend engineer with eight years in logistics. Likes boring technology and clear runbooks."),
    (14, "WORK EXPERIENCE"),
    (10, "Senior engineer, Nordhamn Terminal Systems, 2019 to 2026"),
    (10, "Moved the berth planner from nightly batches to an event stream; planning delay fell from"),
    (10, "six hours to forty seconds. Led the on-call rota of five people."),
    (10, "Engineer, Kust Parcel, 2016 to 2019"),
    (10, "Wrote the label service that printed two million labels a day at peak."),
    (14, "EDUCATION"),
    (10, "MSc Computer Science, Chalmers, 2016"),
    (14, "SKILLS"),
    (10, "Python, PostgreSQL, NATS, Linux, incident response"),
]
KOREAN = [
    (22, "김하늘"),
    (10, "haneul.kim@example.test / 010-0000-0000 / 부산광역시"),
    (14, "자기소개"),
    (10, "물류 현장에서 육 년간 백엔드 시스템을 개발하고 운영해 온 개발자입니다."),
    (14, "경력 사항"),
    (10, "동해항만정보 주식회사, 선임 개발자, 2020년부터 2026년까지"),
    (
        10,
        "선석 배정 시스템을 야간 일괄 처리에서 실시간 이벤트 처리로 전환하여 지연을 사십 초로 줄였습니다.",
    ),
    (10, "장애 대응 당번 다섯 명을 이끌며 사후 보고서 양식을 만들었습니다."),
    (14, "학력"),
    (10, "부산대학교 정보컴퓨터공학부 학사, 2019년 졸업"),
    (14, "보유 기술"),
    (10, "파이썬, 포스트그레스, 리눅스, 장애 대응"),
    (14, "자격증"),
    (10, "정보처리기사, 2018년"),
]


def single_column(lines: list[tuple[int, str]], *, font: str = "helv") -> bytes:
    """One column; the number is the size of the print, points."""
    document = pymupdf.open()
    page = document.new_page()
    y = 60.0
    for size, text in lines:
        y += size * 1.6
        page.insert_text((50, y), text, fontname=font, fontsize=size)
    return document.tobytes()


def two_columns() -> bytes:
    """A narrow left column beside a wide right one, drawn row by row as a design program does."""
    left = [
        "CONTACT",
        "Oslo, Norway",
        "ole@example.test",
        "SKILLS",
        "Welding",
        "Crane licence",
        "LANGUAGES",
        "Norwegian",
    ]
    right = [
        "EXPERIENCE",
        "Foreman at Fjord Steel, led a crew of twelve welders",
        "Cut rework on hull sections by a third in two years",
        "EDUCATION",
        "Trade certificate in welding, Bergen, 2011",
        "PROJECTS",
        "Built a training stand for new crane drivers",
        "Wrote the yard's first lifting plan handbook",
    ]
    document = pymupdf.open()
    page = document.new_page()
    page.insert_text((50, 60), "Ole Brekke", fontsize=24)
    for row, (narrow, wide) in enumerate(zip(left, right, strict=True)):
        y = 110 + row * 22
        page.insert_text((50, y), narrow, fontsize=10)
        page.insert_text((220, y), wide, fontsize=10)
    return document.tobytes()


def placed(cells: list[tuple[float, float, int, str]], *, font: str = "helv") -> bytes:
    """Each text where it is said to stand: x and y in points, size, text."""
    document = pymupdf.open()
    page = document.new_page()
    for x, y, size, text in cells:
        page.insert_text((x, y), text, fontsize=size, fontname=font)
    return document.tobytes()


def headings_beside() -> bytes:
    """Headings in a narrow left column, each beside what it heads."""
    return placed(
        [
            (50, 50, 22, "Ida Moen"),
            (50, 100, 11, "Experience"),
            (180, 100, 10, "Crane operator, Bergen Yard, 2018 to 2024"),
            (180, 115, 10, "Trained nine new operators and wrote the handbook"),
            (180, 130, 10, "Cut the waiting time of ships by a fifth"),
            (50, 160, 11, "Education"),
            (180, 160, 10, "Trade certificate, Bergen, 2012"),
            (50, 190, 11, "Skills"),
            (180, 190, 10, "Rigging, hydraulics"),
            (180, 205, 10, "First aid instructor"),
        ]
    )


def form() -> bytes:
    """A Korean resume as a form of tables."""
    person = [("성명", "김하늘", "생년", "1990"), ("주소", "부산광역시", "연락처", "010-0000-0000")]
    work = [
        ("기간", "회사명", "직위", "담당업무"),
        ("2020-2026", "동해항만정보", "선임", "선석 배정 시스템 개발"),
        ("2016-2020", "남해물류", "사원", "라벨 서비스 운영"),
        ("2014-2016", "서해통신", "인턴", "시험 자동화"),
    ]
    cells: list[tuple[float, float, int, str]] = [(50, 50, 20, "이 력 서"), (50, 150, 12, "경력사항")]
    for top, columns, rows in ((90, (50, 120, 250, 320), person), (175, (50, 170, 300, 380), work)):
        for place, row in enumerate(rows):
            cells += [(x, top + place * 20, 10, text) for x, text in zip(columns, row, strict=True)]
    cells += [(50, 290, 12, "학 력 사 항"), (50, 310, 10, "2010-2014"), (170, 310, 10, "부산대학교")]
    return placed(cells, font="korea")


def encrypted() -> bytes:
    """Needs a password to open."""
    document = pymupdf.open(stream=single_column(ENGLISH))
    return document.tobytes(encryption=pymupdf.PDF_ENCRYPT_AES_256, user_pw="open sesame", owner_pw="owner")


def of_pages(count: int) -> bytes:
    """``count`` pages with text on each."""
    document = pymupdf.open()
    for number in range(count):
        document.new_page().insert_text((50, 60), f"Page {number} of a very long life, told in full.")
    return document.tobytes()


def scan() -> bytes:
    """A picture of a page and no text."""
    document = pymupdf.open()
    picture = pymupdf.Pixmap(pymupdf.csGRAY, pymupdf.IRect(0, 0, 200, 280))
    picture.clear_with(230)
    document.new_page().insert_image(pymupdf.Rect(0, 0, 595, 842), pixmap=picture)
    return document.tobytes()


def with_white_words(content: bytes, words: str) -> bytes:
    """The file with ``words`` printed white on the white of its first page."""
    library: Any = pymupdf  # its own types are partial
    with library.open(stream=content) as document:
        document[0].insert_text((40, 20), words, color=(1, 1, 1))
        return bytes(document.tobytes())
