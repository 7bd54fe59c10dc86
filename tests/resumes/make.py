"""Makes each resume's PDF from its source, with the tool the source's first line names.

``python tests/resumes/make.py [NAME ...]`` needs chromium, weasyprint, typst, reportlab, fpdf2, pymupdf, LibreOffice
with python-docx, python-pptx and openpyxl, xhtml2pdf, pdflatex and groff:
only whoever adds a layout needs them, the tests read the PDFs.
"""

import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pymupdf

FOLDER = Path(__file__).parent


def chromium(source: Path, made: Path) -> None:
    """Print to PDF, as a candidate does from a web page."""
    with tempfile.TemporaryDirectory() as profile:
        command = ["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer"]
        subprocess.run(
            [*command, f"--user-data-dir={profile}", f"--print-to-pdf={made}", source.as_uri()],
            check=True,
            capture_output=True,
        )


def weasyprint(source: Path, made: Path) -> None:
    """Paged media from HTML."""
    subprocess.run([sys.executable, "-m", "weasyprint", str(source), str(made)], check=True)


def typst(source: Path, made: Path) -> None:
    """A typesetting program."""
    import typst as compiler

    compiler.compile(str(source), output=str(made))


def script(source: Path, made: Path) -> None:
    """reportlab, fpdf2 or PyMuPDF, by a script with ``build(path)``."""
    names: dict[str, Any] = {}
    exec(compile(source.read_text(encoding="utf-8"), source.name, "exec"), names)
    names["build"](str(made))


def story(source: Path, made: Path) -> None:
    """PyMuPDF's own HTML layout."""
    text = pymupdf.Story(source.read_text(encoding="utf-8"))
    writer = pymupdf.DocumentWriter(str(made))
    more = 1
    while more:
        device = writer.begin_page(pymupdf.paper_rect("a4"))
        more, _ = text.place(pymupdf.paper_rect("a4") + (50, 50, -50, -50))
        text.draw(device)
        writer.end_page()
    writer.close()
    with pymupdf.open(made) as document:
        document.subset_fonts()
        content = document.tobytes(garbage=4, deflate=True)
    made.write_bytes(content)


def libreoffice(source: Path, made: Path, kind: str = "docx") -> None:
    """A document, a sheet or slides, written by a script and exported as a candidate does."""
    with tempfile.TemporaryDirectory() as folder:
        document = Path(folder) / f"{source.stem}.{kind}"
        script(source, document)
        command = ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", "pdf"]
        subprocess.run([*command, "--outdir", folder, str(document)], check=True, capture_output=True)
        made.write_bytes(document.with_suffix(".pdf").read_bytes())


def xhtml2pdf(source: Path, made: Path) -> None:
    """A library that web services print with."""
    subprocess.run([sys.executable, "-m", "xhtml2pdf.pisa", str(source), str(made)], check=True)


def latex(source: Path, made: Path) -> None:
    """The typesetting program of universities."""
    with tempfile.TemporaryDirectory() as folder:
        command = ["pdflatex", "-interaction=batchmode", "-halt-on-error", "-output-directory", folder, str(source)]
        subprocess.run(command, check=True, capture_output=True)
        made.write_bytes((Path(folder) / f"{source.stem}.pdf").read_bytes())


def groff(source: Path, made: Path) -> None:
    """The oldest typesetting program still in use."""
    command = ["groff", "-Kutf8", "-ms", "-Tpdf", str(source)]
    made.write_bytes(subprocess.run(command, check=True, capture_output=True).stdout)


TOOLS: dict[str, Callable[..., None]] = {
    "chromium": chromium,
    "weasyprint": weasyprint,
    "typst": typst,
    "reportlab": script,
    "fpdf2": script,
    "pymupdf": story,
    "pymupdf-script": script,
    "libreoffice": libreoffice,
    "xhtml2pdf": xhtml2pdf,
    "latex": latex,
    "groff": groff,
}


def main(names: list[str]) -> None:
    """Make those named, or all."""
    for source in sorted(FOLDER.glob("*/*.*")):
        if source.suffix not in (".html", ".typ", ".txt", ".tex", ".ms") or (names and source.stem not in names):
            continue
        tool, *kind = source.read_text(encoding="utf-8").splitlines()[0].strip('<!->/#%.\\" ').split()
        TOOLS[tool](source, source.with_suffix(".pdf"), *kind)
        sys.stderr.write(f"{source.stem}: {tool}, {source.with_suffix('.pdf').stat().st_size // 1024} KB\n")


if __name__ == "__main__":
    main(sys.argv[1:])
