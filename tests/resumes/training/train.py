"""Trains the labeller: ``python -m training.train``; see ../README.md."""

import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from coordinator.candidates.facts.labelling.features import attributes
from coordinator.candidates.facts.labelling.marks import sense
from coordinator.candidates.pdf_reader import read as read_pdf
from coordinator.candidates.understanding import pages_of

from training.aligned import Read, labels, read
from training.resume import resume

FOLDER = Path(__file__).parent.parent
FORGOTTEN = (0.0, 0.1, 0.3)
"""Share of words that a list knows and the labeller is not told, in turn."""


def printed(files: Iterable[Path]) -> Iterator[tuple[str, Read, dict[str, Any]]]:
    """The resumes in the repository."""
    for file in files:
        known = json.loads(file.with_suffix(".json").read_text(encoding="utf-8"))
        yield file.stem, read(pages_of(read_pdf(file.read_bytes(), 50)), known["language"]), known


def made_up(count: int, first: int = 0) -> Iterator[tuple[str, Read, dict[str, Any]]]:
    """Resumes at random."""
    for seed in range(first, first + count):
        pages, known = resume(seed)
        yield str(seed), read(pages, known["language"]), known


def forgetful(seed: int, share: float) -> Any:
    """A judge of words that does not know some of them: what is new in a resume is not in any list."""

    def judge(text: str) -> str:
        if hash_of(f"{seed}:{text.lower()}") < share:
            return "0"
        return sense(text)

    return judge


def hash_of(text: str) -> float:
    """A number from 0 to 1 that is the same for the same text."""
    import zlib

    return zlib.crc32(text.encode()) / 2**32


def things(one: Read, judge: Any = sense) -> list[list[str]]:
    """What is said of each word."""
    return attributes(one.rows, one.tokens, one.kinds, one.headings, judge)


SCALE = 400
SMALLEST = 0.02


def exported(model: Path) -> bytes:
    """The trained chain as the product reads it."""
    import gzip
    import importlib

    tagger = importlib.import_module("pycrfsuite").Tagger()
    tagger.open(str(model))
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


MADE_UP = 2000
ITERATIONS = 60
PACKAGE = FOLDER.parent.parent / "coordinator" / "src" / "coordinator" / "candidates" / "facts" / "labelling"


def employments() -> bytes:
    """Train on made-up resumes and those in the repository; the weights as a file."""
    import importlib
    import tempfile

    trainer = importlib.import_module("pycrfsuite").Trainer(algorithm="lbfgs", verbose=False)
    trainer.set_params(
        {
            "c1": 0.3,
            "c2": 0.05,
            "max_iterations": ITERATIONS,
            "feature.minfreq": 2,
            "feature.possible_transitions": True,
        }
    )
    for name, one, known in made_up(MADE_UP):
        said = labels(one.tokens, known)
        if said is not None:
            trainer.append(things(one, forgetful(int(name), FORGOTTEN[int(name) % 3])), said)
    for _, one, known in printed(sorted(FOLDER.glob("*/*.pdf"))):
        said = labels(one.tokens, known)
        for seed, share in enumerate(FORGOTTEN if said is not None else ()):
            trainer.append(things(one, forgetful(seed, share)), said)
    with tempfile.TemporaryDirectory() as folder:
        model = Path(folder) / "model"
        trainer.train(str(model))
        return exported(model)


def main() -> None:
    """Write the weights and the digest that the product checks them by."""
    import hashlib
    import re

    content = employments()
    digest = hashlib.sha256(content).hexdigest()
    (PACKAGE / "employments.weights.gz").write_bytes(content)
    source = PACKAGE / "labeller.py"
    text = source.read_text(encoding="utf-8")
    source.write_text(re.sub(r'^DIGEST = ".*"$', f'DIGEST = "{digest}"', text, flags=re.MULTILINE), encoding="utf-8")
    sys.stderr.write(f"{len(content)} bytes, {digest}\n")


if __name__ == "__main__":
    main()
