"""Generate the Python code of the wire contract into a folder: ``python proto/generate.py [OUT]``.

protoc writes absolute imports of ``interview.v1``; inside the package they become ``interview_proto.v1``.
"""

import sys
import tempfile
from importlib import resources
from pathlib import Path

from grpc_tools import protoc

ROOT = Path(__file__).parent


def generate(out: Path) -> None:
    """Write ``*_pb2.py`` and ``*_pb2.pyi`` of every .proto file to ``out``; raises SystemExit if protoc fails."""
    sources = sorted((ROOT / "interview" / "v1").glob("*.proto"))
    well_known = str(resources.files("grpc_tools") / "_proto")
    with tempfile.TemporaryDirectory() as scratch:
        argv = ["protoc", f"-I{ROOT}", f"-I{well_known}", f"--python_out={scratch}", f"--pyi_out={scratch}"]
        code = protoc.main([*argv, *map(str, sources)])
        if code != 0:
            raise SystemExit(code)
        out.mkdir(parents=True, exist_ok=True)
        for stale in out.glob("*_pb2.py*"):
            stale.unlink()
        for made in sorted(Path(scratch, "interview", "v1").iterdir()):
            text = made.read_text().replace("from interview.v1 import", "from interview_proto.v1 import")
            (out / made.name).write_text(text)
    (out / "__init__.py").write_text('"""Generated from interview/v1/*.proto by proto/generate.py; not edited."""\n')


if __name__ == "__main__":
    generate(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "src" / "interview_proto" / "v1")
