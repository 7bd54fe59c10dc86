"""Reads one untrusted PDF, as a program of its own with little memory, little time and no way to write.

``python -m coordinator.candidates.pdf_reader PAGES_MAX MEGABYTES SECONDS LANGUAGE`` takes the file on stdin and writes
one JSON object to stdout: ``understanding.to_json`` of what it says, or ``{"error": code}`` with not_a_pdf,
pdf_encrypted, pdf_too_many_pages, pdf_no_text or pdf_too_long.

``read`` alone gives the print: ``{"hidden_words": number, "pages": [{"height": points, "lines": [[text, x0, y0, x1, y1,
size, bold, color, breaks, opening], ...], "turned": [...], "rules": [[x0, y0, x1, y1], ...], "boxes": [...]}, ...]}``;
``breaks`` are the places in the text where the print changes, ``opening`` how what is before the first is printed (null
where as most), turned lines those on their side, rules the upright and level strokes that may be a table's, boxes the
grounds and frames, hidden words those nobody sees.
"""

import json
import math
import resource
import sys
from typing import Any

from coordinator.candidates.printed.blanks import extent, with_blanks
from coordinator.candidates.printed.characters import Stops, clean, of_span, parted
from coordinator.candidates.printed.visible import Drawn
from coordinator.candidates.words.letters import drawn_together, spaced_out, without_blanks_between_letters

TEXT_CHARACTERS_MIN = 30
TEXT_CHARACTERS_MAX = 400_000
BOLD_FLAG = 16
ITALIC_FLAG = 2
FILES_OPEN_MAX = 64
DRAWINGS_MAX = 3000
RULE_POINTS_MAX = 2.5
RULE_POINTS_MIN = 6.0
EDGE_POINTS = 2.0
BOX_WIDE_MIN = 60.0
BOX_HIGH_MIN = 24.0
BOX_SHARE_MAX = 0.5
SIZE_POINTS_MIN = 2.5
DRAWN_SCALE = 1.5
DRAWN_POINTS_MAX = 4_000_000


def limit(megabytes: int, seconds: int) -> None:
    """Bound this process: address space, processor time, no file written, few opened."""
    size = megabytes * 1024 * 1024
    resource.setrlimit(resource.RLIMIT_AS, (size, size))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NOFILE, (FILES_OPEN_MAX, FILES_OPEN_MAX))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _line(line: dict[str, Any]) -> list[Any] | None:
    text = ""
    breaks: list[int] = []
    style: tuple[Any, ...] | None = None
    for span in line["spans"]:
        piece = clean(of_span(span))
        bold = bool(span["flags"] & BOLD_FLAG) or "bold" in span["font"].lower()
        printed = (bold, bool(span["flags"] & ITALIC_FLAG), round(span["size"]), span["color"])
        if style is not None and printed != style and piece.strip():
            breaks.append(len(text))
        if piece.strip():
            style = printed
        text += piece
    plain = text.strip(" \t")
    if spaced_out(plain.replace("\t", "  ")):
        plain = drawn_together([one for span in line["spans"] for one in span["chars"]])
        plain, breaks = clean(plain).strip(), []
    if not plain.strip():
        return None
    lead = len(text) - len(text.lstrip(" \t"))
    sized = max(line["spans"], key=lambda span: sum(not one["c"].isspace() for one in span["chars"]))
    edges = [round(edge, 1) for edge in extent(line)]
    within = [place - lead for place in breaks if 0 < place - lead < len(plain)]
    opening = next((_print(span) for span in line["spans"] if any(one["c"].strip() for one in span["chars"])), None)
    most = _print(sized)
    return [plain, *edges, *most, within, opening if within and opening != most else None]


def _print(span: dict[str, Any]) -> list[Any]:
    """Size, whether bold, and colour."""
    bold = bool(span["flags"] & BOLD_FLAG) or "bold" in span["font"].lower()
    return [round(span["size"], 1), bold, span["color"]]


def _drawn(library: Any, page: Any) -> Drawn:
    """The page as a person sees it, small."""
    scale = min(DRAWN_SCALE, math.sqrt(DRAWN_POINTS_MAX / max(page.rect.width * page.rect.height, 1.0)))
    picture = page.get_pixmap(matrix=library.Matrix(scale, scale), colorspace=library.csRGB, alpha=False)
    return Drawn(picture.samples, picture.width, picture.height, scale)


def _seen(line: dict[str, Any], drawn: Drawn) -> tuple[dict[str, Any], int]:
    """The line without print that nobody sees on the page, and how many words that leaves out; blanks stay."""
    kept, hidden = [], 0
    for span in line["spans"]:
        blank = not any(one["c"].strip() for one in span["chars"])
        if blank or (span["size"] >= SIZE_POINTS_MIN and drawn.shows(span["bbox"], span["color"])):
            kept.append(span)
        else:
            hidden += _words("".join(one["c"] for one in span["chars"]))
    return {**line, "spans": kept}, hidden


def _words(text: str) -> int:
    """How many of the text's words have a letter or a number in them."""
    return sum(any(map(str.isalnum, word)) for word in text.split())


def _beside_the_page(library: Any, page: Any, flags: int) -> int:
    """How many words of the page stand outside of it."""
    everywhere, inside = (
        sum(_words(word[4]) for word in page.get_textpage(clip=clip, flags=flags).extractWORDS())
        for clip in (library.INFINITE_RECT(), None)
    )
    return max(0, everywhere - inside)


def _lines(library: Any, page: Any, rules: list[list[float]]) -> tuple[list[list[Any]], list[list[Any]], int]:
    """What can be seen on the page, upright and on its side, and how many words cannot."""
    drawn = _drawn(library, page)
    flags = library.TEXT_PRESERVE_WHITESPACE | library.TEXT_MEDIABOX_CLIP
    upright: list[list[Any]] = []
    turned: list[list[Any]] = []
    hidden = _beside_the_page(library, page, flags)
    printed = [line for block in page.get_text("rawdict", flags=flags)["blocks"] for line in block.get("lines", ())]
    at = Stops.of(printed, [(x0, y0, y1) for x0, y0, x1, y1 in rules if x1 - x0 < y1 - y0])
    for line in printed:
        seen, unseen = _seen(line, drawn)
        hidden += unseen
        for part in parted(seen, at) if seen["spans"] else ():
            made = _line(without_blanks_between_letters(with_blanks(part)))
            if made is not None:
                (upright if abs(line["dir"][1]) < 0.1 else turned).append(made)
    return upright, turned, hidden


def _edges(x0: float, y0: float, x1: float, y1: float) -> list[tuple[float, float, float, float]]:
    return [(x0, y0, x1, y0), (x0, y1, x1, y1), (x0, y0, x0, y1), (x1, y0, x1, y1)]


def _rules(page: Any) -> list[list[float]]:
    found: list[tuple[float, float, float, float]] = []
    for drawing in page.get_cdrawings()[:DRAWINGS_MAX]:
        for item in drawing["items"]:
            if item[0] == "l":
                (ax, ay), (bx, by) = item[1], item[2]
                found.append((min(ax, bx), min(ay, by), max(ax, bx), max(ay, by)))
            elif item[0] == "re":
                x0, y0, x1, y1 = item[1]
                thin = min(x1 - x0, y1 - y0) <= RULE_POINTS_MAX
                middle = ((x0 + x1) / 2, (y0 + y1) / 2)
                if thin and x1 - x0 >= y1 - y0:
                    found.append((x0, middle[1], x1, middle[1]))
                elif thin:
                    found.append((middle[0], y0, middle[0], y1))
                elif "s" in drawing["type"]:
                    found += _edges(x0, y0, x1, y1)
    level = (rule for rule in found if min(rule[2] - rule[0], rule[3] - rule[1]) < 1.0)
    long = (rule for rule in level if max(rule[2] - rule[0], rule[3] - rule[1]) >= RULE_POINTS_MIN)
    # No table reaches to the paper's edge: that is a ground's.
    x0, y0, x1, y1 = page.rect
    inside = (
        rule
        for rule in long
        if (rule[0] > x0 + EDGE_POINTS and rule[2] < x1 - EDGE_POINTS)
        and (rule[1] > y0 + EDGE_POINTS and rule[3] < y1 - EDGE_POINTS)
    )
    return [[round(edge, 1) for edge in rule] for rule in dict.fromkeys(inside)]


def _boxes(page: Any) -> list[list[float]]:
    """The grounds and frames drawn on the page that are large enough for a stretch of it, and smaller than it."""
    found: list[tuple[float, float, float, float]] = []
    for drawing in page.get_cdrawings()[:DRAWINGS_MAX]:
        if any(item[0] == "c" for item in drawing["items"]):
            found.append(drawing["rect"])
        found += [item[1] for item in drawing["items"] if item[0] == "re"]
    largest = BOX_SHARE_MAX * page.rect.width * page.rect.height
    large = (
        box
        for box in found
        if box[2] - box[0] >= BOX_WIDE_MIN and box[3] - box[1] >= BOX_HIGH_MIN
        if (box[2] - box[0]) * (box[3] - box[1]) <= largest
    )
    return [[round(edge, 1) for edge in box] for box in dict.fromkeys(large)]


def _page(library: Any, page: Any) -> dict[str, Any]:
    rules = _rules(page)
    lines, turned, hidden = _lines(library, page, rules)
    boxes = _boxes(page)
    return {
        "height": page.rect.height,
        "lines": lines,
        "turned": turned,
        "rules": rules,
        "boxes": boxes,
        "hidden": hidden,
    }


def read(content: bytes, pages_max: int) -> dict[str, Any]:
    """The file's pages, or the code of what is wrong with it."""
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
        for page in document:
            # Print, strokes and picture in one system of coordinates.
            page.set_rotation(0)
        pages = [_page(library, page) for page in document]
    characters = sum(len(line[0]) for page in pages for line in (*page["lines"], *page["turned"]))
    if characters < TEXT_CHARACTERS_MIN:
        return {"error": "pdf_no_text"}
    if characters > TEXT_CHARACTERS_MAX:
        return {"error": "pdf_too_long"}
    return {"hidden_words": sum(page.pop("hidden") for page in pages), "pages": pages}


def main() -> None:
    """Read stdin, write stdout."""
    pages_max, megabytes, seconds = (int(argument) for argument in sys.argv[1:4])
    limit(megabytes, seconds)
    answer = read(sys.stdin.buffer.read(), pages_max)
    if "error" not in answer:
        # What strangers write can cost as much to understand as to read: both stand under the limits.
        from coordinator.candidates.understanding import answer_of, pages_of  # noqa: PLC0415 - limits first

        answer = answer_of(pages_of(answer), sys.argv[4], answer["hidden_words"])
    json.dump(answer, sys.stdout, ensure_ascii=False)


if __name__ == "__main__":
    main()
