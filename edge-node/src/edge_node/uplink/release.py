"""What the playbook left word of: which release runs here, and what became of the last change of it."""

import json
from pathlib import Path

from edge_node.uplink.codec import Release

FILE = "release.json"
STATES = ("active", "rolled_back", "failed")
NAME_MOST = 100
REASON_MOST = 300
BYTES_MOST = 16_384


def read_release(data_dir: Path) -> Release | None:
    """The word in the node's data folder; None where there is none or it cannot be understood."""
    path = data_dir / FILE
    try:
        if path.stat().st_size > BYTES_MOST:
            return None
        said = json.loads(path.read_text())
        actual, target, state, reason = (str(said[key]) for key in ("actual", "target", "state", "reason"))
    except (OSError, ValueError, KeyError, TypeError):
        return None
    if state not in STATES:
        return None
    return Release(actual[:NAME_MOST], target[:NAME_MOST], state, reason[:REASON_MOST])
