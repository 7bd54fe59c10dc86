"""The description of the coordinator's HTTP API, from which the dashboard's client is generated."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

STREAMS = {"follow_interview", "follow_playbook_run", "get_dead_letter_bytes", "get_turn_audio"}


@pytest.fixture(scope="module")
def described() -> dict[str, Any]:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("COORDINATOR_")}
    program = Path(sys.executable).parent / "coordinator"
    done = subprocess.run([str(program), "openapi"], env=environment, capture_output=True, check=True, timeout=120)
    document: dict[str, Any] = json.loads(done.stdout)
    return document


def operations(described: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    return [(path, operation) for path, item in described["paths"].items() for operation in item.values()]


def test_it_needs_no_database_and_names_every_operation_once(described: dict[str, Any]) -> None:
    names = [operation["operationId"] for _, operation in operations(described)]
    assert len(set(names)) == len(names) >= 15
    assert all(re.fullmatch(r"[a-z]+(_[a-z]+)*", name) for name in names)


def test_every_answer_has_a_model_and_every_error_the_one_shape(described: dict[str, Any]) -> None:
    for _, operation in operations(described):
        for status, answer in operation["responses"].items():
            schemas = [content["schema"] for kind, content in answer.get("content", {}).items() if "json" in kind]
            if int(status) >= 400 and operation["operationId"] != "health":
                assert [schema["$ref"].rsplit("/", 1)[1] for schema in schemas] == ["ErrorBody"]
            elif operation["operationId"] not in STREAMS:
                (schema,) = schemas
                assert "$ref" in schema or "$ref" in schema["items"], operation["operationId"]


def test_all_but_login_health_and_a_nodes_enrolment_ask_for_a_login(described: dict[str, Any]) -> None:
    free = {operation["operationId"] for _, operation in operations(described) if not operation.get("security")}
    assert free == {"login", "health", "enrol_node"}


def test_the_dashboards_client_is_made_from_this_description(described: dict[str, Any]) -> None:
    kept = Path(__file__).parents[2] / "dashboards" / "api-client" / "openapi.json"
    assert json.loads(kept.read_text()) == described, "run `./justw api-client`"
