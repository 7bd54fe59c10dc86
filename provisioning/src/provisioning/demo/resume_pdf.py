"""Typesets the made-up person's resume as a PDF, so that the demo uploads what a recruiter would."""

from collections.abc import Mapping
from typing import Any

import pymupdf

MARGIN_POINTS = 56
LINE_POINTS = 16


_FONTS = {"en": "helv", "ko": "korea"}
"""Fonts every PDF reader has; the files carry none."""


def typeset(resume: Mapping[str, Any], language: str = "en") -> bytes:
    """One A4 page with the name, a headline and the sections; bytes of the PDF file."""
    document: Any = pymupdf.open()  # type: ignore[no-untyped-call] # the library is typed in part
    page = document.new_page(width=595, height=842)

    def line(y: float, text: str, points: int) -> None:
        page.insert_text((MARGIN_POINTS, y), text, fontsize=points, fontname=_FONTS[language])

    y = MARGIN_POINTS + 20.0
    line(y, resume["name"], 20)
    y += 22
    line(y, f"{resume['headline']}   {resume['email']}", 10)
    for section in resume["sections"]:
        y += LINE_POINTS * 1.8
        line(y, section["title"], 13)
        for text in section["lines"]:
            y += LINE_POINTS
            line(y, text, 10)
    data: bytes = document.tobytes(deflate=True, garbage=3)
    document.close()
    return data
