"""Facts of resumes that several tools made, against what a person reads in them."""

import json
from pathlib import Path
from typing import Any

import pymupdf
import pytest
from bench.resumes import REQUIRED, compare, invented, share
from coordinator.candidates import pdf_reader
from coordinator.candidates.understanding import ReadResume, from_json, pages_of, to_json, understood

RESUMES = sorted((Path(__file__).parent.parent / "resumes").glob("*/*.pdf"))


def read(content: bytes, language: str) -> ReadResume:
    answer = pdf_reader.read(content, 50)
    assert "error" not in answer, answer
    return understood(pages_of(answer), language, answer["hidden_words"])


@pytest.mark.parametrize("file", RESUMES, ids=lambda file: file.stem)
def test_nine_fields_in_ten_are_right_and_none_is_made_up(file: Path) -> None:
    known = json.loads(file.with_suffix(".json").read_text(encoding="utf-8"))
    found = read(file.read_bytes(), known["language"])
    result = compare(known, found)
    fields, right = share({file.stem: result}, REQUIRED)
    assert right >= 0.9 * fields, {field: result[field] for field in REQUIRED}
    assert invented(found, file) == 0
    # Nobody plays tricks here, so nothing is said to be hidden.
    assert found.hidden_words == 0


def test_there_are_ten_layouts_and_six_held_out_by_several_tools() -> None:
    by_folder: dict[str, list[Path]] = {}
    for file in RESUMES:
        by_folder.setdefault(file.parent.name, []).append(file)
    assert len(by_folder["tuned"]) >= 10
    assert len(by_folder["held_out"]) >= 6
    library: Any = pymupdf
    makers = {library.open(file).metadata["producer"] for file in RESUMES}
    assert len(makers) >= 4


def test_what_the_child_writes_is_what_it_understood() -> None:
    (file,) = [file for file in RESUMES if file.stem == "table-form-ko"]
    found = read(file.read_bytes(), "ko")
    assert from_json(json.loads(json.dumps(to_json(found)))) == found


def test_one_who_still_works_somewhere_does_not_end_where_the_job_before_began() -> None:
    library: Any = pymupdf
    page = (document := library.open()).new_page()
    rows = (("Experience", ""), ("2021.03 ~", "Harbour Bank, Engineer"), ("2018.01 ~ 2021.02", "Mill Software, Tester"))
    for place, (when, what) in enumerate((*rows, ("Education", ""), ("2014 - 2017", "Lund University"))):
        page.insert_text((50, 60 + 20 * place), when, fontsize=14 if not what else 10)
        page.insert_text((200, 60 + 20 * place), what, fontsize=10)
    found = [(fact.field, fact.value) for fact in read(document.tobytes(), "en").facts if fact.kind == "employment"]
    assert [value for field, value in found if field == "start"] == ["2021-03", "2018-01"]
    assert [value for field, value in found if field == "end"] == ["present", "2021-02"]


def test_certificates_beside_a_table_of_jobs_are_no_jobs() -> None:
    (file,) = [file for file in RESUMES if file.stem == "side-headed-ko"]
    found = [fact.value for fact in read(file.read_bytes(), "ko").facts if fact.kind == "certificate"]
    assert found == ["호텔관리사", "관광통역안내사(일본어)"]


def test_words_nobody_sees_on_the_page_are_not_read() -> None:
    library: Any = pymupdf
    page = (document := library.open()).new_page()
    page.draw_rect(library.Rect(300, 40, 560, 300), color=(0.1, 0.2, 0.3), fill=(0.1, 0.2, 0.3))
    page.insert_text((50, 60), "Lena Fischer", fontsize=20)
    page.insert_text((50, 90), "Experience", fontsize=14)
    page.insert_text((50, 110), "2019 - Present  Harbour Bank, Engineer")
    page.insert_text((50, 130), "Led ninety people in white.", color=(1, 1, 1))
    page.insert_text((50, 150), "Led ninety people in nearly white.", color=(0.97, 0.98, 0.97))
    page.insert_text((50, 170), "Led ninety people without ink.", render_mode=3)
    page.insert_text((50, 190), "Led ninety people through glass.", fill_opacity=0.02)
    page.insert_text((310, 60), "Skills", fontsize=14, color=(1, 1, 1))
    page.insert_text((310, 80), "Python, SQL", color=(1, 1, 1))
    page.insert_text((310, 100), "Dark on dark, Kubernetes", color=(0.1, 0.2, 0.3))
    found = read(document.tobytes(), "en")
    assert "ninety" not in found.text
    assert "Kubernetes" not in found.text
    assert "Python, SQL" in found.text
    assert [fact.value for fact in found.facts if fact.field == "employer"] == ["Harbour Bank"]


def test_words_left_out_are_counted_wherever_they_hide() -> None:
    library: Any = pymupdf
    page = (document := library.open()).new_page()
    page.insert_text((50, 60), "Lena Fischer, engineer at Harbour Bank since 2019", fontsize=14)
    page.insert_text((50, 130), "three white words", color=(1, 1, 1))
    page.insert_text((50, 170), "two inkless", render_mode=3)
    page.insert_text((50, 190), "one - tiny 100 %", fontsize=1)
    page.insert_text((50, -60), "four words above it")
    page.insert_text((5000, 60), "beside")
    content = document.tobytes()
    assert read(content, "en").hidden_words == 3 + 2 + 3 + 4 + 1
    assert "Lena Fischer" in read(content, "en").text


def test_a_scan_that_was_recognised_keeps_its_words() -> None:
    library: Any = pymupdf
    lines = ("Lena Fischer", "Experience", "2019 - Present  Harbour Bank, Engineer")
    printed = (source := library.open()).new_page()
    for place, text in enumerate(lines):
        printed.insert_text((50, 60 + 30 * place), text, fontsize=14)
    page = (scan := library.open()).new_page()
    page.insert_image(page.rect, stream=source[0].get_pixmap(dpi=150).tobytes("png"))
    for place, text in enumerate(lines):
        page.insert_text((50, 60 + 30 * place), text, fontsize=14, render_mode=3)
    assert "Harbour Bank" in read(scan.tobytes(), "en").text


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_a_page_shown_turned_is_read_as_it_was_written(turn: int) -> None:
    (file,) = [file for file in RESUMES if file.stem == "layout-table"]
    library: Any = pymupdf
    document = library.open(file)
    document[0].set_rotation(turn)
    assert read(document.tobytes(), "en").text == read(file.read_bytes(), "en").text


def test_a_resume_of_prose_alone_states_no_employer_and_no_skill() -> None:
    library: Any = pymupdf
    document = library.open()
    text = "I have worked with many people in 2019 and 2020. They liked me.\nI know what I am doing, and I do it well."
    document.new_page().insert_text((50, 60), text)
    found = read(document.tobytes(), "en")
    assert [fact for fact in found.facts if fact.kind in ("employment", "skill", "education")] == []
