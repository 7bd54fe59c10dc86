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
    return understood(pages_of(answer), language)


@pytest.mark.parametrize("file", RESUMES, ids=lambda file: file.stem)
def test_nine_fields_in_ten_are_right_and_none_is_made_up(file: Path) -> None:
    known = json.loads(file.with_suffix(".json").read_text(encoding="utf-8"))
    found = read(file.read_bytes(), known["language"])
    result = compare(known, found)
    fields, right = share({file.stem: result}, REQUIRED)
    assert right >= 0.9 * fields, {field: result[field] for field in REQUIRED}
    assert invented(found, file) == 0


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


def test_a_resume_of_prose_alone_states_no_employer_and_no_skill() -> None:
    library: Any = pymupdf
    document = library.open()
    text = "I have worked with many people in 2019 and 2020. They liked me.\nI know what I am doing, and I do it well."
    document.new_page().insert_text((50, 60), text)
    found = read(document.tobytes(), "en")
    assert [fact for fact in found.facts if fact.kind in ("employment", "skill", "education")] == []
