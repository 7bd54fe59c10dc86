"""Reads one untrusted PDF, as a program of its own with little memory, little time and no way to write.

``python -m coordinator.candidates.pdf_reader PAGES_MAX MEGABYTES SECONDS`` takes the file on stdin and writes one
JSON object to stdout: ``{"pages": n, "lines": [[[text, x0, y0, x1, y1, size, bold], ...] for each page]}`` or
``{"error": code}`` with not_a_pdf, pdf_encrypted, pdf_too_many_pages or pdf_no_text.
"""

import json
import resource
import sys
from typing import Any

TEXT_CHARACTERS_MIN = 30
TEXT_CHARACTERS_MAX = 400_000
BOLD_FLAG = 16
FILES_OPEN_MAX = 64


def limit(megabytes: int, seconds: int) -> None:
    """Bound this process: address space, processor time, no file written, few opened."""
    size = megabytes * 1024 * 1024
    resource.setrlimit(resource.RLIMIT_AS, (size, size))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NOFILE, (FILES_OPEN_MAX, FILES_OPEN_MAX))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _lines(page: Any) -> list[list[Any]]:
    found = []
    for block in page.get_text("dict")["blocks"]:
        for line in block.get("lines", ()):
            text = "".join(span["text"] for span in line["spans"]).replace("\x00", "").strip()
            if not text:
                continue
            sized = max(line["spans"], key=lambda span: len(span["text"]))
            bold = bool(sized["flags"] & BOLD_FLAG) or "bold" in sized["font"].lower()
            found.append([text, *(round(edge, 1) for edge in line["bbox"]), round(sized["size"], 1), bold])
    return found


def read(content: bytes, pages_max: int) -> dict[str, Any]:
    """The file's lines, or the code of what is wrong with it."""
    # Imported under the limits; the library parses what strangers send.
    import pymupdf  # noqa: PLC0415 - only once the limits hold

    library: Any = pymupdf  # its own types are partial
    library.TOOLS.mupdf_display_errors(False)
    library.TOOLS.mupdf_display_warnings(False)
    try:
        document = library.open(stream=content, filetype="pdf")
    except (RuntimeError, ValueError):
        return {"error": "not_a_pdf"}
    with document:
        if document.needs_pass:
            return {"error": "pdf_encrypted"}
        if document.page_count == 0:
            return {"error": "not_a_pdf"}
        if document.page_count > pages_max:
            return {"error": "pdf_too_many_pages"}
        pages = [_lines(page) for page in document]
    characters = sum(len(line[0]) for page in pages for line in page)
    if characters < TEXT_CHARACTERS_MIN:
        return {"error": "pdf_no_text"}
    if characters > TEXT_CHARACTERS_MAX:
        return {"error": "pdf_too_long"}
    return {"pages": len(pages), "lines": pages}


def main() -> None:
    """Read stdin, write stdout."""
    pages_max, megabytes, seconds = (int(argument) for argument in sys.argv[1:4])
    limit(megabytes, seconds)
    json.dump(read(sys.stdin.buffer.read(), pages_max), sys.stdout, ensure_ascii=False)


if __name__ == "__main__":
    main()
