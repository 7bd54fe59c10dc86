"""Alarm rules, routes and dashboards parse, ask for metrics that exist, and every alarm is tested and explained."""

import json
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import debian_tools
import promql_parser
import pytest
import yaml
from jinja2 import Environment, StrictUndefined

ROOT = Path(__file__).parents[2]
OBSERVABILITY = ROOT / "provisioning/observability"
RULES = sorted((OBSERVABILITY / "rules").glob("*.yml"))
DASHBOARDS = sorted((OBSERVABILITY / "dashboards").glob("*.json"))
sys.path.insert(0, str(ROOT / "docs"))

from metrics_page import figures  # noqa: E402 - needs the path above

KINDS = {figure.name: figure.kind for found in figures().values() for figure in found}
SERIES = {name for found in figures().values() for figure in found for name in figure.series}
FOREIGN = {
    "up",
    "ALERTS",
    "process_resident_memory_bytes",
    "process_cpu_seconds_total",
    # prometheus-node-exporter 1.5
    "node_memory_MemAvailable_bytes",
    "node_memory_MemTotal_bytes",
    "node_filesystem_avail_bytes",
    "node_filesystem_size_bytes",
}
UNITS = {"short", "s", "bytes", "percentunit", "reqps", "cps", "celsius"}


def rules() -> Iterator[dict[str, Any]]:
    for path in RULES:
        for group in yaml.safe_load(path.read_text())["groups"]:
            yield from group["rules"]


RECORDED = {rule["record"] for rule in rules() if "record" in rule}
ALERTS = {rule["alert"]: rule for rule in rules() if "alert" in rule}
PANELS = [(path.stem, panel) for path in DASHBOARDS for panel in json.loads(path.read_text())["panels"]]


def selectors(node: Any) -> Iterator[tuple[str, bool]]:
    """Names of all vector selectors below a parsed expression, and whether each is of a range."""
    if isinstance(node, promql_parser.MatrixSelector):
        yield node.vector_selector.name, True
    elif isinstance(node, promql_parser.VectorSelector):
        yield node.name, False
    elif isinstance(node, promql_parser.Call):
        for part in node.args:
            yield from selectors(part)
    else:
        for name in ("expr", "lhs", "rhs", "param"):
            below = getattr(node, name, None)
            if below is not None:
                yield from selectors(below)


def parsed(expression: str) -> Any:
    concrete = expression.replace("$__rate_interval", "1m").replace("$node", "node-1")
    assert not re.search(r"\$[A-Za-z_]", concrete)
    return promql_parser.parse(concrete)


def check(expression: str) -> None:
    found = list(selectors(parsed(expression)))
    assert found, f"asks for nothing: {expression}"
    for name, ranged in found:
        assert name in SERIES | RECORDED | FOREIGN, f"no such metric: {name}"
        if name in KINDS and not ranged and KINDS[name] == "counter":
            pytest.fail(f"{name} only ever grows: take a rate of it")


def test_the_walk_over_an_expression_sees_every_selector() -> None:
    expression = 'topk(3, sum by (a) (rate(b[5m])) / on (a) -c{d="e"}) unless (f or label_replace(g, "x", "y", "", ""))'
    assert sorted(name for name, _ in selectors(promql_parser.parse(expression))) == ["b", "c", "f", "g"]


@pytest.mark.parametrize("rule", list(rules()), ids=lambda rule: rule.get("alert") or rule["record"])
def test_a_rule_asks_for_metrics_that_exist(rule: dict[str, Any]) -> None:
    check(rule["expr"])


@pytest.mark.parametrize("rule", ALERTS.values(), ids=ALERTS)
def test_an_alarm_has_a_severity_words_and_a_way_out(rule: dict[str, Any]) -> None:
    assert rule["labels"]["severity"] in ("page", "ticket")
    assert {"summary", "description", "runbook"} == set(rule["annotations"])
    page, _, anchor = rule["annotations"]["runbook"].partition("#")
    headings = re.findall(r"^### (.+)$", (ROOT / page).read_text(), re.MULTILINE)
    assert anchor in {heading.lower().replace(" ", "-") for heading in headings}


def test_each_alarm_is_shown_to_fire_in_the_rule_tests() -> None:
    text = "\n".join(path.read_text() for path in (OBSERVABILITY / "rule_tests").glob("*.yml"))
    assert set(ALERTS) == set(re.findall(r'alertname="(\w+)",alertstate="firing"', text))
    assert all("exp_samples: []" in path.read_text() for path in (OBSERVABILITY / "rule_tests").glob("*.yml"))


def test_every_metric_of_a_process_is_on_a_dashboard_or_in_an_alarm() -> None:
    """What nobody looks at is not worth its place."""
    expressions = [rule["expr"] for rule in rules()]
    expressions += [target["expr"] for _, panel in PANELS for target in panel["targets"]]
    asked = {name for expression in expressions for name, _ in selectors(parsed(expression))}
    unseen = {figure.name for found in figures().values() for figure in found if not asked.intersection(figure.series)}
    assert unseen <= UNSEEN


UNSEEN = {
    "edge_node_trace_exports_total",
    # behind figures that are shown, for a closer look
    "coordinator_build_info",
    "edge_node_bus_served_seconds",
    "edge_node_candidates_joined_total",
    "edge_node_interviews_opened_total",
    "edge_node_journal_facts_total",
    "edge_node_kits_ready",
    "edge_node_kiosk_request_seconds",
    "edge_node_language_sequences",
    "edge_node_link_credentials_expiry_timestamp_seconds",
    "edge_node_reviews_completed_total",
    "edge_node_room_problem",
    "edge_node_uplink_committed_sequence",
    "edge_node_uplink_journal_rolled_back",
    "edge_node_uplink_last_sequence",
    "edge_node_uplink_rewinds",
    "edge_node_build_info",
}


def test_the_dashboards_are_made_from_their_list(tmp_path: Path) -> None:
    subprocess.run([sys.executable, OBSERVABILITY / "make_dashboards.py", tmp_path], check=True)
    made = {path.name: path.read_text() for path in tmp_path.iterdir()}
    assert made == {path.name: path.read_text() for path in DASHBOARDS}, "run ./justw docs"
    listed = tomllib.loads((OBSERVABILITY / "dashboards.toml").read_text())["dashboard"]
    assert len(made) == len(listed) == 5


@pytest.mark.parametrize("path", DASHBOARDS, ids=lambda path: path.stem)
def test_a_dashboard_is_whole(path: Path) -> None:
    dashboard = json.loads(path.read_text())
    numbers = [panel["id"] for panel in dashboard["panels"]]
    titles = [panel["title"] for panel in dashboard["panels"]]
    assert len(set(numbers)) == len(numbers)
    assert len(set(titles)) == len(titles)
    variables = {variable["name"]: variable for variable in dashboard["templating"]["list"]}
    assert variables["datasource"]["type"] == "datasource"
    for variable in variables.values():
        if variable["type"] == "query":
            metric = re.fullmatch(r"label_values\((\w+), node\)", variable["definition"])
            assert metric
            assert metric[1] in SERIES
    uses_node = "$node" in path.read_text()
    assert uses_node == ("node" in variables)
    places = [(p["gridPos"]["x"], p["gridPos"]["y"]) for p in dashboard["panels"]]
    assert len(set(places)) == len(places)
    assert all(p["gridPos"]["x"] + p["gridPos"]["w"] <= 24 for p in dashboard["panels"])


def test_no_two_dashboards_have_one_uid() -> None:
    uids = [json.loads(path.read_text())["uid"] for path in DASHBOARDS]
    assert len(set(uids)) == len(uids)


@pytest.mark.parametrize(("name", "panel"), PANELS, ids=[f"{name}: {panel['title']}" for name, panel in PANELS])
def test_a_panel_asks_for_metrics_that_exist_in_units_people_read(name: str, panel: dict[str, Any]) -> None:
    assert panel["fieldConfig"]["defaults"]["unit"] in UNITS
    assert panel["datasource"]["uid"] == "${datasource}"
    for target in panel["targets"]:
        assert target["datasource"]["uid"] == "${datasource}"
        check(target["expr"])


@pytest.mark.parametrize(
    "break_it", ["edge_node_no_such_thing", "rate(edge_node_turns_total[5m)", "edge_node_turns_total"]
)
def test_the_check_refuses_what_is_wrong(break_it: str) -> None:
    with pytest.raises((AssertionError, ValueError, pytest.fail.Exception)):
        check(break_it)


@pytest.fixture(name="tools", scope="module")
def _tools() -> Path:
    try:
        return debian_tools.ensure()
    except debian_tools.NotThere as error:
        pytest.skip(str(error))


def test_promtool_and_amtool_accept_every_file(tools: Path, tmp_path: Path) -> None:
    run = lambda *argv: subprocess.run([str(a) for a in argv], check=True, capture_output=True, cwd=OBSERVABILITY)  # noqa: E731 - short
    run(tools / "promtool", "check", "rules", *RULES)
    run(tools / "promtool", "check", "config", "--syntax-only", "prometheus.yml")
    run(tools / "amtool", "check-config", "alertmanager.yml")
    template = Environment(undefined=StrictUndefined).from_string(
        (OBSERVABILITY / "prometheus-node.yml.j2").read_text()
    )
    values = {
        "node_id": "n1",
        "metrics_first_port": 9810,
        "remote_write_url": "https://head.example/api/v1/write",
        "remote_write_ca_file": "/etc/ca.pem",
        "remote_write_password_file": "/etc/password",
    }
    for url in ("", values["remote_write_url"]):
        (tmp_path / "node.yml").write_text(template.render(values | {"remote_write_url": url}))
        run(tools / "promtool", "check", "config", "--syntax-only", "--agent", tmp_path / "node.yml")


def test_every_alarm_fires_when_it_should_and_only_then(tools: Path) -> None:
    tests = sorted((OBSERVABILITY / "rule_tests").glob("*.yml"))
    assert len(tests) == len(RULES)
    done = subprocess.run([tools / "promtool", "test", "rules", *tests], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize(
    ("labels", "receiver"),
    [({"severity": "page", "node": "n1"}, "pages"), ({"severity": "ticket"}, "tickets"), ({}, "tickets")],
)
def test_alarms_go_where_they_belong(tools: Path, labels: dict[str, str], receiver: str) -> None:
    argv = [
        tools / "amtool",
        "config",
        "routes",
        "test",
        "--config.file=alertmanager.yml",
        f"--verify.receivers={receiver}",
    ]
    subprocess.run(
        [*argv, *(f"{k}={v}" for k, v in labels.items())], check=True, capture_output=True, cwd=OBSERVABILITY
    )
