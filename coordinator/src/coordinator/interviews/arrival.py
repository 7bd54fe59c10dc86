"""Whether an interview's record came late, and when things were, by the coordinator's clock. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class ArrivalRules:
    """From where on a delay is called late and a node's clock wrong."""

    late_seconds: float = 60.0
    clock_error_seconds: float = 5.0

    def of_list(self, head: Mapping[str, Any]) -> dict[str, Any]:
        """``late`` and ``delay_ms`` of an interview's row."""
        delay_ms = head["longest_delay_ms"]
        return {"late": delay_ms is not None and delay_ms > self.late_seconds * 1000, "delay_ms": delay_ms}

    def of_detail(self, head: Mapping[str, Any], moments: Mapping[str, Any]) -> dict[str, Any]:
        """Also how far off the node's clock was, and the moments a recruiter is shown.

        Where the node said how long its facts were on their way, moments are by the coordinator's clock, else by the
        node's.
        """
        error_ms = head["clock_error_ms"]
        return {
            **self.of_list(head),
            "clock_error_ms": error_ms,
            "clock_wrong": error_ms is not None and abs(error_ms) > self.clock_error_seconds * 1000,
            "opened_at": moments["opened_at"] or head["opened_at"],
            "closed_at": moments["closed_at"] or head["closed_at"],
            "received_at": moments["received_at"],
            "missing_facts": moments["missing_facts"],
        }
