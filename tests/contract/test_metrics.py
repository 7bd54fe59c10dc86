"""Every metric is named as Prometheus' users expect, counts no person, and stands in docs/metrics.md."""

import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "docs"))

from metrics_page import Figure, figures  # noqa: E402 - needs the path above

FIGURES = [figure for found in figures().values() for figure in found]
NOT_BASE_UNITS = ("_ms", "_milliseconds", "_minutes", "_kb", "_megabytes", "_percent", "_mb")
LABELS = {
    "process", "version", "subject", "code", "method", "route", "status", "problem", "reason", "language", "kind",
    "mode", "heard", "part", "deadline_class", "found", "model", "profile", "gpu", "name", "node", "result",
}  # fmt: skip


@pytest.mark.parametrize("figure", FIGURES, ids=lambda figure: figure.name)
def test_a_metric_says_whose_it_is_what_it_means_and_in_which_unit(figure: Figure) -> None:
    assert figure.name.startswith(("edge_node_", "coordinator_"))
    assert figure.meaning.endswith(".")
    assert figure.name.lower() == figure.name
    assert not figure.name.removesuffix("_total").endswith(NOT_BASE_UNITS)
    assert (figure.kind == "counter") == figure.name.endswith("_total")
    if figure.kind == "histogram":
        assert figure.name.endswith(("_seconds", "_rows", "_sequences", "_levels"))


@pytest.mark.parametrize("figure", FIGURES, ids=lambda figure: figure.name)
def test_a_label_is_a_code_a_route_or_a_role_and_never_a_person_or_an_interview(figure: Figure) -> None:
    assert set(figure.labels) <= LABELS


def test_no_name_is_taken_twice() -> None:
    names = [figure.name for figure in FIGURES]
    assert len(names) == len(set(names))


def test_every_metrics_module_is_on_the_page() -> None:
    from metrics_page import SECTIONS

    modules = {
        ".".join(path.relative_to(source).with_suffix("").parts)
        for source in (ROOT / "edge-node/src", ROOT / "coordinator/src")
        for path in source.rglob("metrics.py")
    }
    assert modules == {module for _, module in SECTIONS}
