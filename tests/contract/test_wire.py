"""The wire contract: generated code is what the .proto files say, and they stay compatible."""

import subprocess
import sys
from pathlib import Path

import pytest
from interview_proto import subjects

ROOT = Path(__file__).parents[2]
GENERATED = ROOT / "proto/src/interview_proto/v1"


def test_generated_code_is_up_to_date(tmp_path: Path) -> None:
    subprocess.run([sys.executable, ROOT / "proto/generate.py", tmp_path / "v1"], check=True)
    fresh = {p.name: p.read_text() for p in (tmp_path / "v1").iterdir()}
    kept = {p.name: p.read_text() for p in GENERATED.iterdir() if p.is_file()}
    assert fresh == kept, "run ./justw proto-generate"


def test_a_breaking_change_is_noticed(tmp_path: Path) -> None:
    """The check itself works: removing a field is refused."""
    for source in (ROOT / "proto").rglob("interview/v1/*.proto"):
        target = tmp_path / source.relative_to(ROOT / "proto")
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(source.read_text().replace("  uint64 number = 5;\n", ""))
    (tmp_path / "buf.yaml").write_text((ROOT / "proto/buf.yaml").read_text())
    buf = ROOT / "proto/buf"
    argv = [buf, "breaking", "--against", ROOT / "proto/baseline.binpb"]
    result = subprocess.run(argv, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert result.returncode == 100, result.stderr
    assert "number" in result.stdout


@pytest.mark.parametrize("bad", ["", "a.b", "a b", "*", ">", "x" * 65, "ü"])
def test_nothing_that_changes_a_subject_gets_into_one(bad: str) -> None:
    for build in (subjects.journal, subjects.event_batch, subjects.kits_bucket, subjects.edge_domain):
        with pytest.raises(ValueError, match="not a subject token"):
            build(bad)
