"""What a run found: every check by its name, and the figures of the interface."""

import sys
from dataclasses import dataclass, field
from typing import Any


@dataclass
class Findings:
    """Every check by name, with what was seen where it failed; and the figures of the interface."""

    checks: dict[str, bool] = field(default_factory=dict)
    seen: dict[str, Any] = field(default_factory=dict)
    figures: dict[str, Any] = field(default_factory=dict)

    def check(self, name: str, ok: bool, detail: Any = "") -> bool:
        """Note a check; tells it at once."""
        self.checks[name] = ok
        if not ok:
            self.seen[name] = detail if isinstance(detail, (dict, list, int, float)) else str(detail)[-800:]
        sys.stderr.write(f"  {'ok    ' if ok else 'FAILED'} {name}{'' if ok else f': {str(detail)[-600:]}'}\n")
        return ok
