"""Log lines are told apart by literal events, and their keys are known: what may be about a person is marked."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from edge_node.support.redaction import KEPT_KEYS

ROOT = Path(__file__).parents[2]
PERSONAL = (".text", "candidate_name", "email", "transcript", "payload", "answer")
METHODS = {"debug", "info", "warning", "error", "exception"}
SHOWN_NOT_BUNDLED = {"detail", "exc_info"}
"""In the log for an operator; the bundle leaves them out, or takes what is no message from them."""


def calls() -> Iterator[tuple[str, ast.Call]]:
    for folder in ("edge-node/src", "coordinator/src"):
        for path in (ROOT / folder).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text())):
                if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
                    continue
                whose = ast.unparse(node.func.value)
                if node.func.attr in METHODS and (whose.endswith("log") or "get_logger(" in whose):
                    yield f"{path.relative_to(ROOT)}:{node.lineno}", node


CALLS = list(calls())


def test_there_are_log_calls_to_look_at() -> None:
    assert len(CALLS) > 80


@pytest.mark.parametrize(("place", "call"), CALLS, ids=[place for place, _ in CALLS])
def test_a_log_line_holds_nothing_of_a_person(place: str, call: ast.Call) -> None:
    assert call.args, place
    event = call.args[0]
    assert isinstance(event, ast.Constant), f"{place}: an event that is put together may hold anything"
    assert isinstance(event.value, str)
    for keyword in call.keywords:
        if keyword.arg is None:
            continue
        marked = keyword.arg.startswith("pii_")
        assert marked or keyword.arg in KEPT_KEYS | SHOWN_NOT_BUNDLED, f"{place}: is {keyword.arg} about a person?"
        text = ast.unparse(keyword.value)
        personal = any(
            word in text for word in (".text", "candidate_name", ".name_of", "email", "transcript", "payload")
        )
        assert marked or not personal, f"{place}: {keyword.arg} says {text}"
