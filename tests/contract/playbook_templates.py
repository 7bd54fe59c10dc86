"""The playbook's templates with its defaults, rendered without Ansible: what a machine would be given."""

import base64
import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import jinja2
import yaml

PROVISIONING = Path(__file__).parents[2] / "provisioning"
ROLES = PROVISIONING / "roles"


def _b64decode(text: str) -> str:
    return base64.b64decode(text).decode()


def environment() -> jinja2.Environment:
    """Jinja as Ansible sets it up for files, with those of its filters that templates use."""
    made = jinja2.Environment(trim_blocks=True, keep_trailing_newline=True, undefined=jinja2.StrictUndefined)
    made.filters |= {
        "to_json": json.dumps,
        "from_json": json.loads,
        "to_nice_json": lambda value: json.dumps(value, indent=4, sort_keys=True),
        "b64decode": _b64decode,
        "basename": lambda path: Path(path).name,
        "regex_replace": lambda text, pattern, by: re.sub(pattern, by, text),
        "bool": bool,
        "unique": lambda items: list(dict.fromkeys(items)),
        "intersect": lambda items, others: [item for item in items if item in others],
        "extract": lambda name, container: container[name],
        "zip": zip,
        "combine": lambda one, other: {**one, **other},
    }
    return made


def defaults(**own: Any) -> dict[str, Any]:
    """Every role's defaults over the playbook's shared variables, resolved; ``own`` as an inventory would give them."""
    raw: dict[str, Any] = {}
    for file in sorted(ROLES.glob("*/defaults/main.yml")) + sorted(ROLES.glob("*/vars/main.yml")):
        raw |= yaml.safe_load(file.read_text()) or {}
    host = {
        "inventory_hostname": "branch-a",
        "ansible_host": "10.0.0.11",
        "group_names": ["nodes"],
        "groups": {"coordinator": ["head-office"], "nodes": ["branch-a"], "all": ["head-office", "branch-a"]},
        "hostvars": {"head-office": {"ansible_host": "10.0.0.10"}, "branch-a": {"ansible_host": "10.0.0.11"}},
        "bundle_facts": {"id": "0123456789abcdef", "version": "1.0"},
        "release_path": "/opt/interview/releases/1.0-01234567",
        "ansible_facts": {"memtotal_mb": 16000},
    }
    return Resolving({**raw, **host, **own}).everything()


class Resolving:
    """Variables that speak of each other."""

    def __init__(self, raw: Mapping[str, Any]) -> None:
        self._raw = raw
        self._done: dict[str, Any] = {}
        self._native = jinja2.Environment(undefined=jinja2.StrictUndefined)
        self._native.filters |= environment().filters

    def everything(self) -> dict[str, Any]:
        """All of them; those that cannot be known without a machine are left out."""
        for name in self._raw:
            try:
                self._done[name] = self._value(self._raw[name])
            except (jinja2.UndefinedError, RecursionError):
                continue
        return self._done

    def _value(self, value: Any) -> Any:
        if isinstance(value, list):
            return [self._value(item) for item in value]
        if isinstance(value, dict):
            return {key: self._value(item) for key, item in value.items()}
        if not isinstance(value, str) or "{{" not in value:
            return value
        names = {name: self._value(item) for name, item in self._raw.items() if re.search(rf"\b{name}\b", value)}
        whole = re.fullmatch(r"\{\{(.*)\}\}", value.strip(), re.DOTALL)
        if whole and "{{" not in whole[1]:
            found = self._native.compile_expression(whole[1], undefined_to_none=False)(**names)
            if isinstance(found, jinja2.Undefined):
                raise jinja2.UndefinedError(value)
            return found
        return self._native.from_string(value).render(**names)


def render(role: str, template: str, variables: Mapping[str, Any]) -> str:
    """One template of one role."""
    return environment().from_string((ROLES / role / "templates" / template).read_text()).render(**variables)


def units(variables: Mapping[str, Any]) -> dict[str, str]:
    """Every unit's and drop-in's text by its path below /etc/systemd/system."""
    found = {"interview-.service.d/10-confinement.conf": render("os_base", "confinement.conf.j2", variables)}
    for role, template, name in (
        ("edge_node", "interview-node.service.j2", "edge_node_processes"),
        ("coordinator", "interview-coordinator.service.j2", "coordinator_processes"),
    ):
        for item in variables[name]:
            found[f"interview-{item['name']}.service"] = render(role, template, {**variables, "item": item})
    for role, unit in (
        *(("nats_leaf", "nats"), ("nats_hub", "hub"), ("postgres", "postgres")),
        ("coordinator", "provision-runner"),
    ):
        found[f"interview-{unit}.service"] = render(role, f"interview-{unit}.service.j2", variables)
    for kind in ("path", "service"):
        found[f"appliance-release.{kind}"] = render("pull", f"appliance-release.{kind}.j2", variables)
    for item in variables["os_base_slices"]:
        found[f"{item['name']}.slice"] = render("os_base", "slice.j2", {**variables, "item": item})
    return found
