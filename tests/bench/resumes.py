"""Resumes of many layouts and tools: how many of their facts are read right, and whether any is made up."""

import argparse
import asyncio
import json
import re
import sys
import unicodedata
from collections import Counter
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent.parent / "resumes"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """``--show`` names what is wrong."""
    parser.add_argument("--show", action="store_true", help="say on stderr what is missing and what is too much")


def _plain(text: str) -> str:
    return re.sub(r"\s+", "", text).casefold().replace("\u2019", "'")


def stated(read: Any) -> dict[str, Counter[str]]:
    """What the program says, by field: employers with their dates, each as one text to compare."""
    found: dict[str, Counter[str]] = {
        field: Counter()
        for field in ("name", "section", "employer", "title", "date", "skill", "institution", "certificate", "language")
    }
    jobs: dict[int, dict[str, str]] = {}
    for fact in read.facts:
        if fact.kind == "employment":
            jobs.setdefault(fact.entry, {})[fact.field] = fact.value
        elif fact.kind == "person" and fact.field == "name":
            found["name"][_plain(fact.value)] += 1
        elif fact.kind in ("skill", "certificate", "language"):
            found[fact.kind][_plain(fact.value)] += 1
        elif fact.field == "institution":
            found["institution"][_plain(fact.value)] += 1
    for job in jobs.values():
        _add_job(found, job)
    found["section"] = Counter({section.kind: 1 for section in read.sections if section.kind != "profile"})
    return found


def _add_job(found: dict[str, Counter[str]], job: dict[str, str]) -> None:
    employer = _plain(job.get("employer", ""))
    if employer:
        found["employer"][employer] += 1
    if job.get("title"):
        found["title"][_plain(job["title"])] += 1
    for end in ("start", "end"):
        if job.get(end):
            # A date is right at its own employer only.
            found["date"][f"{employer} {end} {job[end]}"] += 1


def truth(known: dict[str, Any]) -> dict[str, Counter[str]]:
    """What a person reads, in the same form."""
    found: dict[str, Counter[str]] = {field: Counter() for field in ("employer", "title", "date")}
    for job in known["employments"]:
        _add_job(found, job)
    return {
        **found,
        "name": Counter([_plain(known["name"])]),
        "section": Counter({kind: 1 for kind in known["sections"] if kind != "profile"}),
        "skill": Counter(map(_plain, known["skills"])),
        "institution": Counter(map(_plain, known["institutions"])),
        "certificate": Counter(map(_plain, known["certificates"])),
        "language": Counter(map(_plain, known["languages"])),
    }


REQUIRED = ("name", "section", "employer", "date", "skill")
BESIDE = ("title", "institution", "certificate", "language")


def compare(known: dict[str, Any], read: Any) -> dict[str, Any]:
    """Per field: how many there are, how many are right, and what is missing or too much."""
    says, is_so = stated(read), truth(known)
    return {
        field: {
            "fields": sum((says[field] | is_so[field]).values()),
            "right": sum((says[field] & is_so[field]).values()),
            "missing": sorted((is_so[field] - says[field]).elements()),
            "too_much": sorted((says[field] - is_so[field]).elements()),
        }
        for field in (*REQUIRED, *BESIDE)
    }


def invented(read: Any, file: Path) -> int:
    """Facts whose words another reading of the file does not hold; white space and width of letters apart."""
    import pymupdf

    library: Any = pymupdf
    with library.open(file) as document:
        said = "".join(unicodedata.normalize("NFKC", page.get_text()) for page in document)
    words = Counter(_plain(said))
    count = 0
    for fact in read.facts:
        held = " ".join(read.text[fact.span.start : fact.span.end].split()) == fact.span.text
        letters = Counter(_plain(unicodedata.normalize("NFKC", fact.span.text)))
        count += not held or bool(letters - words)
    return count


def share(results: dict[str, dict[str, Any]], fields: tuple[str, ...]) -> tuple[int, int]:
    """Fields and right ones over all resumes; what is said too much is a field that is wrong."""
    return (
        sum(result[field]["fields"] for result in results.values() for field in fields),
        sum(result[field]["right"] for result in results.values() for field in fields),
    )


async def read_all(folder: Path, *, show: bool) -> tuple[dict[str, dict[str, Any]], int]:
    """Each resume of a folder against what is known of it, and how many facts are made up."""
    from coordinator.candidates.reading import ReadingLimits, ResumeReader

    reader = ResumeReader(ReadingLimits())
    results: dict[str, dict[str, Any]] = {}
    made_up = 0
    for file in sorted(folder.glob("*.pdf")):
        known = json.loads(file.with_suffix(".json").read_text(encoding="utf-8"))
        read = await reader.read(file.read_bytes(), known["language"])
        results[file.stem] = compare(known, read)
        made_up += invented(read, file)
        if show:
            for field, result in results[file.stem].items():
                if result["missing"] or result["too_much"]:
                    sys.stderr.write(f"  {file.stem} {field}: -{result['missing']} +{result['too_much']}\n")
    return results, made_up


def run(options: argparse.Namespace) -> dict[str, Any]:
    """Read every resume; ``fields`` and ``right`` are of the layouts the rules were written with."""
    tuned, made_up = asyncio.run(read_all(FOLDER / "tuned", show=options.show))
    held_out, more = asyncio.run(read_all(FOLDER / "held_out", show=options.show))
    fields, right = share(tuned, REQUIRED)
    held_fields, held_right = share(held_out, REQUIRED)
    by_field = {
        field: {
            "share": _ratio(*share(tuned, (field,))),
            "too_much": _too_much(tuned, field),
            "held_out_share": _ratio(*share(held_out, (field,))),
            "held_out_too_much": _too_much(held_out, field),
        }
        for field in (*REQUIRED, *BESIDE)
    }
    return {
        "fields": fields,
        "right": right,
        "share": _ratio(fields, right),
        "invented": made_up + more,
        "held_out_fields": held_fields,
        "held_out_right": held_right,
        "held_out_share": _ratio(held_fields, held_right),
        "by_field": by_field,
        "by_resume": {name: _ratio(*share({name: result}, REQUIRED)) for name, result in (tuned | held_out).items()},
    }


def _too_much(results: dict[str, dict[str, Any]], field: str) -> int:
    """How many facts are said that no person reads there: the file's own words, taken for what they are not."""
    return sum(len(result[field]["too_much"]) for result in results.values())


def _ratio(fields: int, right: int) -> float:
    return round(right / fields, 3) if fields else 1.0
