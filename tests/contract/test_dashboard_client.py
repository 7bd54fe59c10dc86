"""The dashboard's client is generated from the coordinator's API as it is now."""

import json
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_the_committed_description_is_the_coordinators() -> None:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("COORDINATOR_")}
    program = Path(sys.executable).parent / "coordinator"
    done = subprocess.run([str(program), "openapi"], env=environment, capture_output=True, check=True, timeout=120)
    committed = (ROOT / "dashboards/api-client/openapi.json").read_text()
    assert json.loads(committed) == json.loads(done.stdout), (
        "run `coordinator openapi > dashboards/api-client/openapi.json`, then `npm run generate` in dashboards/"
    )
