"""Trains the labeller: ``python -m training.train``; see ../README.md."""

import gzip
import hashlib
import importlib
import json
import re
import sys
import tempfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from coordinator.candidates.facts.labelling.features import attributes
from coordinator.candidates.facts.labelling.marks import sense
from coordinator.candidates.facts.labelling.outline import row_attributes, rule_states
from coordinator.candidates.pdf_reader import read as read_pdf
from coordinator.candidates.sections import sections
from coordinator.candidates.understanding import pages_of

from training.aligned import Read, labels, read
from training.outlined import row_states
from training.resume import resume

FOLDER = Path(__file__).parent.parent
PACKAGE = FOLDER.parent.parent / "coordinator" / "src" / "coordinator" / "candidates" / "facts" / "labelling"
MADE_UP = 1500
ITERATIONS = 50
FORGOTTEN = (0.0, 0.1, 0.3)
"""Share of words that a list knows and the labeller is not told, in turn."""
SCALE = 400
SMALLEST = 0.02
"""Weights are written as whole numbers of 1/SCALE; smaller ones are left out."""

Learnt = list[tuple[list[list[str]], list[str]]]
"""What is said of each word or row of a resume, and its label."""


def printed(files: list[Path]) -> Iterator[tuple[str, Read, dict[str, Any]]]:
    """The resumes in the repository."""
    for file in files:
        known = json.loads(file.with_suffix(".json").read_text(encoding="utf-8"))
        yield file.stem, read(pages_of(read_pdf(file.read_bytes(), 50)), known["language"]), known


def made_up(count: int, first: int = 0) -> Iterator[tuple[str, Read, dict[str, Any]]]:
    """Resumes at random."""
    for seed in range(first, first + count):
        pages, known = resume(seed)
        yield str(seed), read(pages, known["language"]), known


def forgetful(seed: int, share: float) -> Callable[[str], str]:
    """A judge of words that does not know some of them: what is new in a resume is not in any list."""

    def judge(text: str) -> str:
        # The same words are forgotten all over one resume.
        return "0" if zlib.crc32(f"{seed}:{text.lower()}".encode()) / 2**32 < share else sense(text)

    return judge


def things(one: Read, judge: Callable[[str], str] = sense) -> list[list[str]]:
    """What is said of each word."""
    return attributes(one.rows, one.tokens, one.kinds, one.headings, judge)


def learnt(files: list[Path], count: int) -> tuple[Learnt, Learnt]:
    """What the chain of words and the chain of rows learn from."""
    of_words: Learnt = []
    of_rows: Learnt = []
    for name, one, known in made_up(count):
        said = labels(one.tokens, known)
        if said is not None:
            of_words.append((things(one, forgetful(int(name), FORGOTTEN[int(name) % 3])), said))
        states = row_states(one.lines, known["states"])
        if states is not None:
            of_rows.append((row_attributes(one.lines, one.looks, one.found), states))
    for _, one, known in printed(files):
        said = labels(one.tokens, known)
        for seed, share in enumerate(FORGOTTEN if said is not None else ()):
            of_words.append((things(one, forgetful(seed, share)), said or []))
        kinds = {section.kind for section in sections(one.lines, one.found)}
        if kinds - {"profile"} == set(known["sections"]) - {"profile"}:
            # The rules read its sections right.
            said_of_rows = row_attributes(one.lines, one.looks, one.found)
            of_rows += [(said_of_rows, rule_states(len(one.lines), one.found))] * 2
    return of_words, of_rows


def trained(data: Learnt, seldom: int) -> bytes:
    """A chain's weights as the product reads them; what was met less often than ``seldom`` is not learnt."""
    crfsuite = importlib.import_module("pycrfsuite")
    trainer = crfsuite.Trainer(algorithm="lbfgs", verbose=False)
    trainer.set_params(
        {
            "c1": 0.3,
            "c2": 0.05,
            "max_iterations": ITERATIONS,
            "feature.minfreq": seldom,
            "feature.possible_transitions": True,
        }
    )
    for said, wanted in data:
        trainer.append(said, wanted)
    with tempfile.TemporaryDirectory() as folder:
        trainer.train(str(Path(folder) / "model"))
        tagger = crfsuite.Tagger()
        tagger.open(str(Path(folder) / "model"))
        return _packed(tagger)


def _packed(tagger: Any) -> bytes:
    info = tagger.info()
    names = sorted(tagger.labels())
    number = {name: place for place, name in enumerate(names)}
    states: dict[str, list[int]] = {}
    for (attribute, label), weight in sorted(info.state_features.items()):
        if abs(weight) >= SMALLEST:
            states.setdefault(attribute, []).extend((number[label], round(weight * SCALE)))
    moves = [[round(info.transitions.get((one, other), 0.0) * SCALE) for other in names] for one in names]
    said = {"labels": names, "scale": SCALE, "states": states, "moves": moves}
    return gzip.compress(json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode(), mtime=0)


def main() -> None:
    """Write the weights and the digests that the product checks them by."""
    of_words, of_rows = learnt(sorted((FOLDER / "tuned").glob("*.pdf")), MADE_UP)
    for name, module, data, seldom in (
        ("sections", "sectioned", of_rows, 3),
        ("employments", "labeller", of_words, 2),
    ):
        content = trained(data, seldom)
        digest = hashlib.sha256(content).hexdigest()
        (PACKAGE / f"{name}.weights.gz").write_bytes(content)
        source = PACKAGE / f"{module}.py"
        text = source.read_text(encoding="utf-8")
        source.write_text(
            re.sub(r'^DIGEST = ".*"$', f'DIGEST = "{digest}"', text, flags=re.MULTILINE), encoding="utf-8"
        )
        sys.stderr.write(f"{name}: {len(content)} bytes, {digest}\n")


if __name__ == "__main__":
    main()
